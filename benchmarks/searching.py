"""Exact search of an index version beside bare FAISS on the same vectors."""

import numpy as np

from benchmarks.timing import Row, median_seconds
from index.search import search

VECTORS, DIMENSION, QUERIES, K = 100_000, 128, 64, 5


def measure(repeats: int) -> list[Row]:
    """Times 64 queries at once: FAISS alone, and with our exact scores, fixed order of ties and filter."""
    import faiss

    chance = np.random.default_rng(1)
    vectors = chance.standard_normal((VECTORS, DIMENSION), dtype=np.float32)
    queries = chance.standard_normal((QUERIES, DIMENSION), dtype=np.float32)
    half = chance.random(VECTORS) < 0.5  # noqa: PLR2004
    index = faiss.IndexFlatIP(DIMENSION)
    index.add(vectors)
    bare = median_seconds(lambda: index.search(queries, K), repeats=repeats)
    ours = median_seconds(lambda: search(index, vectors, queries, K), repeats=repeats)
    filtered = median_seconds(lambda: search(index, vectors, queries, K, allowed=half), repeats=repeats)
    return [
        Row("bare FAISS, Flat", bare, QUERIES, "queries", 1.0),
        Row("our search", ours, QUERIES, "queries", ours / bare, "same bytes in any batch, ties by row"),
        Row("our search, half the blocks filtered out", filtered, QUERIES, "queries", filtered / bare),
    ]

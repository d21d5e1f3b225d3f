"""What FAISS factories cost and find at a million blocks: memory a block, build time, recall, speed."""

import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.made_version import DIMENSION, clustered_vectors
from benchmarks.timing import median_seconds
from index.faiss_index import write_faiss
from index.gate import evenly_spread
from index.search import exact_rows, recall, search

VECTORS, QUERIES, K = 1_000_000, 256, 5
_LISTS, _PROBES, _TRAINED_ON = 1024, 32, 100_000
FACTORIES: Final = (
    "Flat",
    "SQ8",
    "SQfp16",
    "PQ32",
    f"IVF{_LISTS},Flat",
    f"IVF{_LISTS},SQ8",
    f"IVF{_LISTS},PQ32",
    f"OPQ32,IVF{_LISTS},PQ32",
)
CORPORA: Final = {"13.35 M": 13_353_718, "1 G": 1_000_000_000}  # English Wikipedia of 2018, and what comes after it


@dataclass(frozen=True)
class Measured:
    """One factory.

    Attributes:
        factory: FAISS factory string.
        bytes_per_block: of `index.faiss`.
        build_s: training and adding.
        seconds: to search all queries at once.
        recall: share of the exact best found, after ranking with the stored vectors as `index.search` does.
    """

    factory: str
    bytes_per_block: float
    build_s: float
    seconds: float
    recall: float

    def line(self) -> str:
        """The row of the table, with the size projected to whole corpora."""
        projected = "  ".join(f"{self.bytes_per_block * count / 1e9:9.1f} GB" for count in CORPORA.values())
        return (
            f"  {self.factory:20} {self.bytes_per_block:8.1f} B  {self.build_s:8.1f} s  {self.recall:8.3f}  "
            f"{QUERIES / self.seconds:12,.0f}  {projected}"
        )


def measure(factory: str, vectors: np.ndarray, queries: np.ndarray, exact: np.ndarray) -> Measured:
    """Builds and measures one."""
    import faiss

    started = time.perf_counter()
    index: Any = faiss.index_factory(DIMENSION, factory, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[evenly_spread(len(vectors), _TRAINED_ON)])
    index.add(vectors)
    build = time.perf_counter() - started
    inverted = faiss.try_extract_index_ivf(index)
    if inverted is not None:
        inverted.nprobe = _PROBES
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
        path = Path(scratch) / "index.faiss"
        write_faiss(index, path)
        size = path.stat().st_size
    return Measured(
        factory=factory,
        bytes_per_block=size / len(vectors),
        build_s=build,
        seconds=median_seconds(lambda: search(index, vectors, queries, K), repeats=3),
        recall=recall(search(index, vectors, queries, K).rows, exact),
    )


def print_factories() -> None:
    """Prints the table; takes some minutes."""
    vectors, queries = clustered_vectors(VECTORS), clustered_vectors(QUERIES, seed=2)
    # Queries near clumps that are not in the index would find nothing near; these are near some of its vectors.
    queries = vectors[evenly_spread(VECTORS, QUERIES)] + np.float32(0.3) * (queries - queries.mean(0))
    exact = exact_rows(vectors, queries, K)
    print(
        f"FAISS factories, {VECTORS:,} x {DIMENSION}, {_PROBES} probes, trained on {_TRAINED_ON:,}, "
        f"{os.cpu_count()} cores; recall@{K} after exact ranking of the best {K + 16}"
    )
    names = "  ".join(f"{name:>12}" for name in CORPORA)
    print(f"  {'factory':20} {'a block':>10}  {'build':>10}  {'recall':>8}  {'queries/s':>12}  {names}")
    for factory in FACTORIES:
        print(measure(factory, vectors, queries, exact).line(), flush=True)
    print()

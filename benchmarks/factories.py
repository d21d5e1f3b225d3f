"""What FAISS factories cost and find at a million blocks: size, recall, speed, and time and memory of building."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.building import PROBES, SHARD_BLOCKS, TRAINED_ON, Build, build, mapped
from benchmarks.made_version import DIMENSION, clustered_vectors
from benchmarks.timing import median_seconds
from index.faiss_index import open_faiss
from index.gate import evenly_spread
from index.search import exact_rows, recall, search

VECTORS, QUERIES, K = 1_000_000, 256, 5
_LISTS = 1024
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
        parts: building it in parts, as the index stage does.
        whole: building it in memory, as FAISS does.
        seconds: to search all queries at once, memory-mapped.
        recall: share of the exact best found, after ranking with the stored vectors as `index.search` does.
    """

    factory: str
    bytes_per_block: float
    parts: Build
    whole: Build
    seconds: float
    recall: float

    def line(self) -> str:
        """The row of the table, with the size projected to whole corpora."""
        projected = "  ".join(f"{self.bytes_per_block * count / 1e9:8.1f} GB" for count in CORPORA.values())
        builds = "  ".join(f"{one.seconds:6.1f} s {one.peak_bytes / 1e6:7.0f} MB" for one in (self.parts, self.whole))
        return (
            f"  {self.factory:20} {self.bytes_per_block:7.1f} B  {self.recall:8.3f}  {QUERIES / self.seconds:9,.0f}  "
            f"{builds}  {projected}"
        )


def measure(factory: str, file: Path, queries: np.ndarray, exact: np.ndarray) -> Measured:
    """Builds one of the vectors in `file` both ways, and searches what was built in parts."""
    path, vectors = file.with_name("index.faiss"), mapped(file)
    whole = build(file, factory, path, whole=True)
    parts = build(file, factory, path, whole=False)
    index = open_faiss(path)
    return Measured(
        factory=factory,
        bytes_per_block=path.stat().st_size / len(vectors),
        parts=parts,
        whole=whole,
        seconds=median_seconds(lambda: search(index, vectors, queries, K), repeats=3),
        recall=recall(vectors, queries, search(index, vectors, queries, K).rows, exact),
    )


def print_factories() -> None:
    """Prints the table; takes some minutes."""
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
        file = Path(scratch) / "vectors"
        clustered_vectors(VECTORS).tofile(file)
        vectors, noise = mapped(file), clustered_vectors(QUERIES, seed=2)
        # Queries near clumps that are not in the index would find nothing near; these are near some of its vectors.
        queries = vectors[evenly_spread(VECTORS, QUERIES)] + np.float32(0.3) * (noise - noise.mean(0))
        exact = exact_rows(vectors, queries, K)
        print(
            f"FAISS factories, {VECTORS:,} x {DIMENSION}, {PROBES} probes, trained on {TRAINED_ON:,}, {os.cpu_count()} "
            f"cores; recall@{K} after exact ranking of the best {K + 16}; seconds and memory of a build in parts of "
            f"{SHARD_BLOCKS:,} and of one as a whole"
        )
        names = "  ".join(f"{name:>11}" for name in CORPORA)
        ways = "  ".join(f"{name:>19}" for name in ("in parts", "whole"))
        print(f"  {'factory':20} {'a block':>9}  {'recall':>8}  {'queries/s':>9}  {ways}  {names}")
        for factory in FACTORIES:
            print(measure(factory, file, queries, exact).line(), flush=True)
    print()

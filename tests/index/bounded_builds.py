"""Builds FAISS indices in children whose memory of their own may grow by a few MB only; run by test_parts.py.

What is mapped from files does not count, as the system may drop it at any time. Prints a line of JSON for each
factory: how the child ended that adds all vectors at once, and how the one that builds in parts, opens what it has
built and searches it; `NO_MEMORY` is the end for want of memory.
"""

import dataclasses
import json
import os
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import faiss
import numpy as np

from index.faiss_index import build_faiss, open_faiss
from index.search import search
from tests.index.world import CONFIG

BLOCKS, DIMENSION, SHARD_BLOCKS = 300_000, 64, 10_000
MORE_BYTES = 28 << 20
NO_MEMORY = 3


def whole(vectors: np.ndarray, factory: str, _folder: Path) -> None:
    """Trains on a few vectors and adds all."""
    index: Any = faiss.index_factory(DIMENSION, factory, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[:SHARD_BLOCKS])
    index.add(vectors)


def in_parts(vectors: np.ndarray, factory: str, folder: Path) -> None:
    """Builds, opens and searches."""
    config = dataclasses.replace(CONFIG, factory=factory, train_blocks=SHARD_BLOCKS, shard_blocks=SHARD_BLOCKS)
    build_faiss(vectors, config, folder / "index.faiss")
    found = search(open_faiss(folder / "index.faiss"), vectors, np.array(vectors[:50]), 1)
    if not np.array_equal(found.rows[:, 0], np.arange(50)):
        raise SystemExit("these are not the vectors' own rows")


def ended(work: Callable[[np.ndarray, str, Path], None], vectors: np.ndarray, factory: str, folder: Path) -> int:
    """Exit status of a child that does the work with little memory."""
    number = os.fork()
    if number:
        return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    status = 1
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
        used = next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmData"))
        resource.setrlimit(resource.RLIMIT_DATA, (used + MORE_BYTES, used + MORE_BYTES))
        work(vectors, factory, folder)
        status = 0
    except MemoryError:
        status = NO_MEMORY
    finally:  # never back into the parent's code, whatever happened
        os._exit(status)


def main() -> None:
    """Arguments: a folder to write to, and the factories."""
    folder = Path(sys.argv[1])
    chance = np.random.default_rng(1)
    vectors: Any = np.memmap(folder / "vectors", dtype=np.float32, mode="w+", shape=(BLOCKS, DIMENSION))
    for first in range(0, BLOCKS, SHARD_BLOCKS):
        made = chance.standard_normal((SHARD_BLOCKS, DIMENSION), dtype=np.float32)
        vectors[first : first + SHARD_BLOCKS] = made / np.linalg.norm(made, axis=1, keepdims=True)
    for factory in sys.argv[2:]:
        ends = {work.__name__: ended(work, vectors, factory, folder) for work in (whole, in_parts)}
        print(json.dumps({"factory": factory, **ends}), flush=True)


if __name__ == "__main__":
    main()

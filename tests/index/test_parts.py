"""An index that is built in parts is the one that FAISS builds as a whole, and takes no more memory for more blocks."""

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

from index.faiss_index import build_faiss
from index.gate import evenly_spread
from index.gpus import clustering_on_gpus, on_gpus
from index.parts import write_faiss
from tests.index.bounded_builds import NO_MEMORY
from tests.index.world import CONFIG

DIMENSION, BLOCKS = 32, 1_203
VECTORS = np.random.default_rng(3).standard_normal((BLOCKS, DIMENSION), dtype=np.float32)


def built_whole(factory: str, path: Path) -> bytes:
    """What FAISS itself trains, fills and writes."""
    index: Any = faiss.index_factory(DIMENSION, factory, faiss.METRIC_INNER_PRODUCT)
    index.train(np.ascontiguousarray(VECTORS[evenly_spread(BLOCKS, CONFIG.train_blocks)]))
    index.add(VECTORS)
    inverted = faiss.try_extract_index_ivf(index)
    if inverted is not None:
        inverted.nprobe = min(CONFIG.probes, inverted.nlist)
    write_faiss(index, path)
    return path.read_bytes()


@pytest.mark.parametrize(
    ("factory", "parts"),
    [
        *((one, (BLOCKS, 500, 7)) for one in ("Flat", "SQ8", "SQfp16", "PCA16,SQ8")),
        *((one, (BLOCKS, 500, 7)) for one in ("IVF7,Flat", "IVF7,SQ8", "PCA16,IVF7,SQ8")),
        ("IVF900,Flat", (7,)),  # some lists hold nothing
        ("PQ4x4np", (BLOCKS, 500, 7)),
        ("OPQ4_16,IVF7,PQ4x4np", (500,)),
    ],
)
def test_parts_give_the_bytes_of_the_index_that_faiss_builds_as_a_whole(
    tmp_path: Path, factory: str, parts: tuple[int, ...]
) -> None:
    whole = built_whole(factory, tmp_path / "whole.faiss")
    for rows in parts:
        path = tmp_path / f"{rows}.faiss"
        build_faiss(VECTORS, dataclasses.replace(CONFIG, factory=factory, shard_blocks=rows), path)
        assert path.read_bytes() == whole, f"{rows} blocks a part"
    assert len(list(tmp_path.iterdir())) == 1 + len(parts), "no other file stays behind"


def test_a_build_in_parts_passes_at_a_memory_limit_at_which_a_whole_one_fails(tmp_path: Path) -> None:
    factories = ["Flat", "SQfp16", "IVF16,Flat"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.index.bounded_builds", str(tmp_path), *factories],
        env=os.environ | {"OMP_NUM_THREADS": "1"},  # a thread's stack counts
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["factory"] for one in told] == factories, done.stderr
    assert [one["in_parts"] for one in told] == [0, 0, 0], done.stderr
    assert [one["whole"] for one in told] == [NO_MEMORY] * 3, "the limit is so tight that it is of use"


def test_without_a_gpu_nothing_leaves_the_cpu() -> None:
    if faiss.get_num_gpus():
        pytest.skip("this machine has a GPU")
    index: Any = faiss.index_factory(DIMENSION, "IVF7,Flat", faiss.METRIC_INNER_PRODUCT)
    assert on_gpus(index, "this") is index
    with clustering_on_gpus(index):
        assert index.clustering_index is None


@pytest.mark.parametrize("factory", ["Flat", "SQ8", "IVF7,Flat", "PCA16,IVF7,SQ8", "HNSW8"])
def test_a_full_disk_is_told_by_every_way_of_filling(tmp_path: Path, factory: str) -> None:
    path = tmp_path / "index.faiss"
    path.symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        build_faiss(VECTORS, dataclasses.replace(CONFIG, factory=factory, shard_blocks=BLOCKS), path)

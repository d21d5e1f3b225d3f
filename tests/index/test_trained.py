"""Factories that are trained: what they promise, and what is refused before anything is embedded."""

import dataclasses
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.config import IndexConfig
from index.faiss_index import build_faiss
from index.version import IndexVersion
from realm.errors import UserError
from tests.files import contents
from tests.index.world import CONFIG, World, bodies

FLOOR = 0.9

# A quarter of a GB of codewords, and a tenth of one that there is.
NO_ROOM = """
import dataclasses, resource
from pathlib import Path
import faiss
from index.faiss_index import rehearse
from realm.errors import main_guard
from tests.index.world import CONFIG
used = next(int(one.split()[1]) << 10 for one in open("/proc/self/status") if one.startswith("VmData"))
resource.setrlimit(resource.RLIMIT_DATA, (used + 100_000_000,) * 2)
config = dataclasses.replace(CONFIG, factory="PQ8x22")
main_guard(lambda: rehearse(config, dimension=16, blocks=30))
"""


def configured(factory: str, **changes: Any) -> IndexConfig:
    return dataclasses.replace(
        CONFIG, factory=factory, gate=dataclasses.replace(CONFIG.gate, recall_floor=FLOOR), **changes
    )


@pytest.mark.parametrize("factory", ["IVF5,Flat", "SQ8", "PQ16x4"])
def test_built_incrementally_and_from_nothing_a_trained_index_reaches_the_same_floor(
    world: World, factory: str
) -> None:
    config = configured(factory, shard_blocks=70)
    old, new = world.corpus("old", bodies(190)), world.corpus("new", bodies(190, first=10))
    world.build(old, "old", config=config)
    metrics = {
        "full": world.build(new, "full", config=config),
        "updated": world.build(new, "updated", config=config, previous=world.index("old")),
    }
    assert (metrics["full"]["reused"], metrics["updated"]["reused"]) == (0, 180)
    for name, one in metrics.items():
        version = IndexVersion.open(world.index(name))
        gate = version.manifest.facts["gate"]
        assert FLOOR <= gate["recall"] == one["recall"]
        found = version.search(np.array(version.vectors), 1).rows[:, 0]
        assert (found == np.arange(190)).mean() >= FLOOR


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        (configured("Nonsense"), r"FAISS refuses index\.factory 'Nonsense' for 30 vectors of 16 numbers"),
        (configured("PQ5x4"), r"FAISS refuses index\.factory 'PQ5x4' for 30 vectors of 16 numbers"),
        (configured("IVF31,Flat"), r"'IVF31,Flat' has 31 clusters to learn, but 30 blocks to learn them from"),
        (configured("IVF20,Flat", train_blocks=10), "has 20 clusters to learn, but 10 blocks"),
        (configured("PQ4"), "'PQ4' has 256 clusters to learn, but 30 blocks"),
        (configured("IVF1000000000,Flat"), "has 1,000,000,000 clusters to learn, but 30 blocks"),
        (configured("IVF1k,Flat"), "has 1,024 clusters to learn, but 30 blocks"),
        (configured("IVF0,Flat"), r"'IVF0,Flat' .*it ends the process, or comes to no end"),
        (configured("NSG8"), r"'NSG8' .*it ends the process, or comes to no end"),
        (configured("HNSW1"), r"'HNSW1' .*it ends the process, or comes to no end"),
        (configured("PQ4x0"), r"'PQ4x0' .*it ends the process, or comes to no end"),
        (configured("IDMap,Flat"), r"FAISS refuses index\.factory 'IDMap,Flat' .*add does not make sense"),
        (
            configured("IVF4(PQ4x4),Flat"),
            r"FAISS refuses index\.factory 'IVF4\(PQ4x4\),Flat' .*Number of training points",
        ),
        (configured("OPQ4,PQ4x4"), "'OPQ4,PQ4x4' has 256 clusters to learn, but 30 blocks"),
        (configured("HNSW8_PQ8x8"), "'HNSW8_PQ8x8' has 256 clusters to learn, but 30 blocks"),
        (configured("RQ2x8"), "'RQ2x8' has 256 clusters to learn, but 30 blocks"),
        (configured("HNSW8", shard_blocks=20), "'HNSW8' cannot be built in parts, and 30 blocks are more than the 20"),
        (
            configured("IVF2,PQ4x4,RFlat", shard_blocks=20),
            "cannot be built in parts, and 30 blocks are more than the 20",
        ),
    ],
)
def test_a_factory_that_cannot_be_is_refused_before_anything_is_embedded_and_the_published_version_stays(
    world: World, config: IndexConfig, sentence: str
) -> None:
    world.build(world.corpus("old", bodies(20)), "a")
    before = contents(world.index("a"))
    with pytest.raises(UserError, match=sentence):
        world.build(world.corpus("new", bodies(30)), "a", config=config, cache=world.root / "untouched")
    assert contents(world.index("a")) == before
    assert not list((world.root / "untouched").rglob("vectors/*/*.arrow"))


@pytest.mark.parametrize("factory", ["IVF3,PQ4x4", "PQ4x4", "IVF3,Flat"])
def test_few_blocks_for_the_clusters_are_told_in_our_words_alone(
    world: World, capfd: pytest.CaptureFixture[str], factory: str
) -> None:
    most = 16 if "PQ" in factory else 3
    config = dataclasses.replace(configured(factory), gate=dataclasses.replace(CONFIG.gate, recall_floor=0.0))
    world.build(world.corpus("a", bodies(30)), "a", config=config)
    out, errors = capfd.readouterr()
    assert f"index: 30 blocks are few for the {most} clusters of index.factory '{factory}'" in out
    assert "WARNING" not in out + errors


@pytest.mark.parametrize(
    ("factory", "most"),
    [("OPQ2,PQ2x4", 256), ("RQ2x4", 16), ("HNSW8_PQ2x4", 16), ("PRQ2x1x4", 16), ("PQ2x3,Refine(PQ2x4)", 16)],
)
def test_few_vectors_for_rotations_residuals_and_graphs_are_told_in_our_words_alone_too(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], factory: str, most: int
) -> None:
    vectors = np.random.default_rng(2).standard_normal((260, 4), dtype=np.float32)
    build_faiss(vectors, configured(factory), tmp_path / "index.faiss")
    out, errors = capfd.readouterr()
    assert f"index: 260 blocks are few for the {most} clusters of index.factory '{factory}'" in out
    assert "WARNING" not in out + errors


def test_memory_that_is_too_small_for_a_factory_is_told_by_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_ROOM],
        env=os.environ | {"OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert (
        "FAISS refuses index.factory 'PQ8x22' for 30 vectors of 16 numbers (there is no memory for it)" in done.stderr
    )

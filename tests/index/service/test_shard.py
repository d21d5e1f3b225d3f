"""Shards: cut, searched and merged, they answer as the whole does."""

import dataclasses
import itertools
import os
import sys
from contextlib import ExitStack
from subprocess import PIPE, Popen

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.config import IndexConfig
from index.filters import NO_FILTER, BlockFilter
from index.search import SearchResult
from index.service.shard import Shard, ShardPlace, merged
from index.version import IndexVersion
from realm.errors import UserError
from tests.files import flip_a_byte
from tests.index.world import CONFIG, World, bodies


def configured(factory: str) -> IndexConfig:
    return dataclasses.replace(CONFIG, factory=factory, gate=dataclasses.replace(CONFIG.gate, recall_floor=0.0))


def opened(world: World, factory: str) -> IndexVersion:
    world.build(world.corpus("a", bodies(70)), "a", config=configured(factory))
    return IndexVersion.open(world.index("a"))


def shards_of(version: IndexVersion, count: int) -> list[Shard]:
    fingerprint = version.manifest.fingerprint
    return [Shard.open(version.directory, fingerprint, ShardPlace(number, count)) for number in range(count)]


@pytest.mark.parametrize("factory", ["Flat", "IVF4,Flat", "IVF4,SQ8"])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_shards_together_find_what_the_whole_finds(world: World, factory: str, count: int) -> None:
    version = opened(world, factory)
    queries = np.random.default_rng(5).standard_normal((9, version.dimension), dtype=np.float32)
    whole = version.search(queries, 12)
    found = merged([one.search(queries, 12, NO_FILTER) for one in shards_of(version, count)], 12)
    assert found.rows.tolist() == whole.rows.tolist()
    assert found.scores.tobytes() == whole.scores.tobytes()


def test_shards_of_a_lossy_index_together_find_no_worse_blocks_than_the_whole(world: World) -> None:
    version = opened(world, "PCA8,IVF4,Flat")
    queries = np.random.default_rng(5).standard_normal((9, version.dimension), dtype=np.float32)
    whole = version.search(queries, 12)
    found = merged([one.search(queries, 12, NO_FILTER) for one in shards_of(version, 3)], 12)
    assert (found.scores >= whole.scores).all()  # each shard's candidates are ranked by exact scores, so more are


@pytest.mark.parametrize("factory", ["Flat", "IVF4,Flat"])
def test_a_filter_is_exact_in_shards_too_even_where_one_has_nothing_that_passes(world: World, factory: str) -> None:
    corpora = world.corpus("many", bodies(67)), world.corpus("few", bodies(3, first=90), date="2020-01-01")
    version = world.joined_index("both", list(corpora), config=configured(factory))
    queries = np.random.default_rng(5).standard_normal((3, version.dimension), dtype=np.float32)
    only = BlockFilter(since="2019-01-01")
    found = merged([one.search(queries, 5, only) for one in shards_of(version, 4)], 5)
    assert found.rows.tolist() == version.search(queries, 5, allowed=version.rows_where(only)).rows.tolist()
    assert sorted(found.rows[0].tolist()) == [-1, -1, *np.flatnonzero(version.rows_where(only)).tolist()]


@given(
    scores=st.lists(st.sampled_from([-1.0, 0.0, 0.5, 2.0]), min_size=1, max_size=30),
    cuts=st.lists(st.integers(0, 30), max_size=4),
    k=st.integers(1, 8),
)
def test_merging_the_best_of_any_parts_gives_the_best_of_all(scores: list[float], cuts: list[int], k: int) -> None:
    def best(rows: list[int]) -> SearchResult:
        ordered = sorted(rows, key=lambda row: (-scores[row], row))[:k]
        missing = k - len(ordered)
        return SearchResult(
            rows=np.array([ordered + [-1] * missing]),
            scores=np.array([[scores[row] for row in ordered] + [-np.inf] * missing], dtype=np.float32),
        )

    borders = [0, *sorted(min(cut, len(scores)) for cut in cuts), len(scores)]
    parts = [best(list(range(a, b))) for a, b in itertools.pairwise(borders)]
    assert merged(parts, k).rows.tolist() == best(list(range(len(scores)))).rows.tolist()


def test_a_graph_cannot_be_cut_and_the_sentence_says_what_to_do(world: World) -> None:
    version = opened(world, "HNSW16")
    assert shards_of(version, 1)[0].search(version.vectors[:1], 1, NO_FILTER).rows.shape == (1, 1)
    with pytest.raises(UserError, match=r"factory 'HNSW16', which cannot be cut .* index\.service\.shards to 1"):
        shards_of(version, 2)


def test_another_version_in_the_directory_than_the_one_published_is_refused(world: World) -> None:
    version = opened(world, "Flat")
    with pytest.raises(
        UserError, match=f"holds version {version.manifest.fingerprint}, but version 1234 was published"
    ):
        Shard.open(version.directory, "1234", ShardPlace(0, 1))


def test_an_empty_filter_says_so() -> None:
    assert NO_FILTER.empty
    assert not BlockFilter(since="2019-01-01").empty


@pytest.mark.parametrize("name", ["index.faiss", "vectors.arrow", "blocks.arrow"])
@pytest.mark.parametrize("number", [0, 1, 2])
def test_no_shard_opens_a_damaged_file_though_another_has_checked_the_version(
    world: World, name: str, number: int
) -> None:
    version = opened(world, "Flat")
    assert len(shards_of(version, 3)) == 3
    flip_a_byte(version.directory / name)
    with pytest.raises(UserError, match=rf"{name} is damaged"):
        Shard.open(version.directory, version.manifest.fingerprint, ShardPlace(number, 3))


def test_shards_that_check_at_once_in_many_processes_all_find_the_version_sound(world: World) -> None:
    version = opened(world, "Flat")
    for path in version.directory.iterdir():
        os.utime(path, (1_000_000_000, 1_000_000_000))
    code = (
        "import sys, pathlib\n"
        "from index.service.shard import Shard, ShardPlace\n"
        "sys.stdin.readline()\n"
        "for number in range(40):\n"
        "    pathlib.Path(sys.argv[3]).unlink(missing_ok=True)\n"
        "    Shard.open(pathlib.Path(sys.argv[1]), sys.argv[2], ShardPlace(1, 2))\n"
    )
    note = version.directory.with_name(f".{version.directory.name}.verified.json")
    arguments = [str(version.directory), version.manifest.fingerprint, str(note)]
    with ExitStack() as stack:
        started = [
            stack.enter_context(Popen([sys.executable, "-c", code, *arguments], stdin=PIPE, stderr=PIPE, text=True))
            for _ in range(3)
        ]
        told = [one.communicate("go\n")[1] for one in started]
    assert [one.returncode for one in started] == [0, 0, 0], told
    assert sorted(path.name for path in version.directory.parent.glob(".*.tmp")) == []

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import index.search
import realm.verified
from index.filters import BlockFilter
from index.search import scores_of
from index.vectors import write_vectors
from index.version import IndexVersion, open_for
from realm.errors import MismatchError, UserError
from tests.files import flip_a_byte
from tests.index.world import CONFIG, World, bodies, put_into


@pytest.fixture
def version(world: World) -> IndexVersion:
    world.build(world.corpus("a", bodies(80)), "a")
    return IndexVersion.open(world.index("a"))


def brute_force(version: IndexVersion, queries: np.ndarray, k: int, allowed: np.ndarray | None = None) -> np.ndarray:
    scores = queries.astype(np.float64) @ version.vectors.T.astype(np.float64)
    if allowed is not None:
        scores[:, ~allowed] = -np.inf
    return np.argsort(-scores, axis=1, kind="stable")[:, :k]


def queries_for(version: IndexVersion, count: int = 7) -> np.ndarray:
    return np.random.default_rng(5).standard_normal((count, version.dimension), dtype=np.float32)


def test_search_finds_what_brute_force_finds_with_the_scores_of_inner_products(version: IndexVersion) -> None:
    queries = queries_for(version)
    found = version.search(queries, 10)
    assert np.array_equal(found.rows, brute_force(version, queries, 10))
    assert np.allclose(found.scores, np.take_along_axis(queries @ version.vectors.T, found.rows, axis=1), atol=1e-5)
    assert (np.diff(found.scores) <= 0).all()


def test_a_query_gets_the_same_bytes_alone_and_in_any_batch(version: IndexVersion) -> None:
    queries = queries_for(version, 40)
    together = version.search(queries, 10)
    for number in (0, 17, 39):
        alone = version.search(queries[number : number + 1], 10)
        assert alone.scores.tobytes() == together.scores[number].tobytes()
        assert alone.rows.tolist() == together.rows[number : number + 1].tolist()


@pytest.mark.parametrize("factory", ["Flat", "IVF4,Flat", "HNSW16"])
def test_a_filter_is_exact_whatever_the_factory(world: World, factory: str) -> None:
    config = dataclasses.replace(CONFIG, factory=factory, gate=dataclasses.replace(CONFIG.gate, recall_floor=0.0))
    world.build(world.corpus("a", bodies(60)), "a", config=config)
    version = IndexVersion.open(world.index("a"))
    allowed = np.arange(version.count) % 7 == 0
    queries = queries_for(version)
    assert np.array_equal(version.search(queries, 4, allowed=allowed).rows, brute_force(version, queries, 4, allowed))


def test_where_fewer_blocks_pass_than_asked_for_the_rest_is_marked(version: IndexVersion) -> None:
    allowed = np.zeros(version.count, dtype=bool)
    assert version.search(queries_for(version), 3, allowed=allowed).rows.max() == -1
    allowed[11] = True
    found = version.search(queries_for(version), 3, allowed=allowed)
    assert found.rows[:, 0].tolist() == [11] * 7
    assert (found.rows[:, 1:] == -1).all()
    assert np.isneginf(found.scores[:, 1:]).all()
    assert (version.search(queries_for(version), 100).rows >= 0).sum() == 7 * 80


def test_dates_and_sources_filter_rows(world: World) -> None:
    texts = bodies(9)
    old = world.corpus("old", texts[:3], date="2015-06-01")
    new = world.corpus("new", texts[3:6], source="ccnews", date="2020-01-02", outlet="example.org")
    undated = world.corpus("undated", texts[6:], source="text", date="")
    version = world.joined_index("all", [old, new, undated])
    sources = [version.record(row).source for row in range(9)]

    def passed(**filters: Any) -> set[str]:
        return {sources[row] for row in np.flatnonzero(version.rows_where(BlockFilter(**filters)))}

    assert passed() == {"wikipedia", "ccnews", "text"}
    assert passed(since="2016-01-01") == {"ccnews"}
    assert passed(until="2020-01-01") == {"wikipedia", "text"}
    assert passed(since="2015-06-01", until="2020-01-02", sources=("ccnews", "text")) == {"ccnews"}
    assert passed(sources=("nowhere",)) == set()
    assert passed(outlets=("example.org", "example.com")) == {"ccnews"}
    assert passed(outlets=("example.org",), until="2020-01-01") == set()


@pytest.mark.parametrize("name", ["index.faiss", "vectors.arrow", "blocks.arrow"])
def test_a_flipped_byte_and_a_missing_file_are_found_on_opening(version: IndexVersion, name: str) -> None:
    path = version.directory / name
    flip_a_byte(path)
    with pytest.raises(UserError, match=f"{name} is damaged"):
        IndexVersion.open(version.directory)
    path.unlink()
    with pytest.raises(UserError, match=f"{name} is missing"):
        IndexVersion.open(version.directory)


def test_a_flipped_byte_anywhere_in_the_manifest_is_found(version: IndexVersion) -> None:
    path = version.directory / "manifest.json"
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        changed = bytearray(whole)
        changed[place] ^= 1
        path.write_bytes(changed)
        if changed.split() == whole.split():  # a blank for another blank
            continue
        with pytest.raises(UserError):
            IndexVersion.open(version.directory)
    path.write_bytes(whole)
    assert IndexVersion.open(version.directory).count == version.count


@pytest.mark.parametrize("blocks", [79, 81])
@pytest.mark.parametrize("name", ["index.faiss", "vectors.arrow", "blocks.arrow"])
def test_a_file_with_fewer_or_more_rows_than_the_manifest_says_is_refused_also_when_its_checksum_is_known(
    world: World, version: IndexVersion, monkeypatch: pytest.MonkeyPatch, name: str, blocks: int
) -> None:
    monkeypatch.setattr(realm.verified, "_SETTLED_NS", -1)  # so that the first opening notes what it has checked
    world.build(world.corpus("b", bodies(blocks)), "b")
    put_into(version.directory, world.index("b") / name)
    for _ in range(2):
        with pytest.raises(UserError, match=rf"'blocks' is 80, but .*{blocks} in {name}"):
            IndexVersion.open(version.directory).record(0)


@pytest.mark.parametrize("verify", [True, False])
def test_vectors_under_the_ids_of_other_blocks_are_refused_with_the_first_row_each_time_the_version_is_opened(
    world: World, version: IndexVersion, monkeypatch: pytest.MonkeyPatch, *, verify: bool
) -> None:
    monkeypatch.setattr(realm.verified, "_SETTLED_NS", -1)
    ids = np.array(version.block_ids)
    ids[[70, 71]] = ids[[71, 70]]  # in the second batch of the block table
    write_vectors(world.root / "vectors.arrow", ids, version.vectors)
    put_into(version.directory, world.root / "vectors.arrow")
    said = rf"Row 70 of .*index/a is block {ids[70]} in vectors\.arrow, but block {ids[71]} in blocks\.arrow"
    for _ in range(2):
        with pytest.raises(UserError, match=said):
            IndexVersion.open(version.directory, verify=verify)


def test_vectors_that_are_shorter_than_those_in_the_index_are_refused(world: World, version: IndexVersion) -> None:
    write_vectors(world.root / "vectors.arrow", version.block_ids, version.vectors[:, :8])
    put_into(version.directory, world.root / "vectors.arrow")
    with pytest.raises(UserError, match=r"'dimension' is 16, but it is 16 in index\.faiss and 8 in vectors\.arrow"):
        IndexVersion.open(version.directory)


def test_an_index_opens_for_its_own_model_and_takes_only_queries_of_its_dimension(
    world: World, version: IndexVersion
) -> None:
    assert open_for(world.model, version.directory).count == 80
    with pytest.raises(MismatchError, match=r"Queries of shape \(2, 15\) do not fit an index of dimension 16"):
        version.search(np.zeros((2, 15), dtype=np.float32), 3)


def test_the_folder_one_stands_in_can_be_opened(version: IndexVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    (version.directory / "below").mkdir()
    for place, name in ((version.directory, "."), (version.directory / "below", "..")):
        monkeypatch.chdir(place)
        assert IndexVersion.open(Path(name)).count == version.count


@pytest.mark.parametrize("factory", ["Flat", "IVF4,Flat"])
@pytest.mark.parametrize("filtered", [False, True])
@pytest.mark.parametrize(("value", "length"), [(np.nan, "nan"), (-np.inf, "inf"), (3e38, "inf")])
def test_a_query_without_a_length_is_refused_by_every_way_of_searching(
    world: World, factory: str, *, filtered: bool, value: float, length: str
) -> None:
    config = dataclasses.replace(CONFIG, factory=factory, gate=dataclasses.replace(CONFIG.gate, recall_floor=0.0))
    world.build(world.corpus("a", bodies(30)), "a", config=config)
    version = IndexVersion.open(world.index("a"))
    queries = queries_for(version)
    queries[[2, 5], 3] = value
    allowed = np.arange(30) % 2 == 0 if filtered else None
    with pytest.raises(UserError, match=rf"Query 2 of 7 .*squared length {length} \(and 1 more\)"):
        version.search(queries, 3, allowed=allowed)


@pytest.mark.parametrize("k", [0, -1])
def test_fewer_than_one_result_is_refused(version: IndexVersion, k: int) -> None:
    with pytest.raises(UserError, match=f"{k} results were asked for of each query"):
        version.search(queries_for(version), k)


@pytest.mark.parametrize("k", [65_537, 10**9, 10**30])
def test_more_results_than_there_are_blocks_are_refused_where_they_would_fill_memory(
    version: IndexVersion, k: int
) -> None:
    said = f"{k:,} results were asked for of each query, but there are 80 blocks. Ask for 65,536 at most"
    for allowed in (None, np.arange(80) < 3):
        with pytest.raises(UserError, match=said):
            version.search(queries_for(version), k, allowed=allowed)
    found = version.search(queries_for(version), 65_536)
    assert found.rows.shape == found.scores.shape == (7, 65_536)
    assert (found.rows >= 0).sum(axis=1).tolist() == [80] * 7


@pytest.mark.parametrize("at_once", [1, 7, 30, 200])
def test_how_many_candidates_are_scored_at_once_changes_no_byte(
    version: IndexVersion, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    queries, most = queries_for(version), 0
    whole = version.search(queries, 60)

    def counted(vectors: np.ndarray, asked: np.ndarray, rows: np.ndarray) -> np.ndarray:
        nonlocal most
        most = max(most, rows.size)
        return scores_of(vectors, asked, rows)

    monkeypatch.setattr(index.search, "_SCORED_AT_ONCE", at_once)
    monkeypatch.setattr(index.search, "scores_of", counted)
    found = version.search(queries, 60)
    assert most <= at_once
    assert (found.rows.tobytes(), found.scores.tobytes()) == (whole.rows.tobytes(), whole.scores.tobytes())

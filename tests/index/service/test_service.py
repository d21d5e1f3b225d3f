"""The service by real Ray actors: swapped under load, asked by many at once, handed what it must refuse."""

import dataclasses
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest

from index.filters import BlockFilter
from index.service.client import IndexService
from index.service.lease import LeasedVersion
from realm.errors import MismatchError, UserError
from tests.files import flip_a_byte
from tests.index.service.served import CONFIG, NAME, Expected, K, asked_meanwhile, expected, require_right, wait_until
from tests.index.world import World


@pytest.fixture
def known(world: World) -> list[Expected]:
    return [expected(world, name, first=first) for name, first in (("old", 0), ("new", 9))]


def test_what_is_published_is_answered_as_a_search_of_the_files_does(world: World, service: IndexService) -> None:
    old = expected(world, "old")
    with pytest.raises(UserError, match="No version is in service yet"), service.lease():
        pass
    assert service.publish(old.directory) == old.fingerprint
    assert set(require_right(service, [old], rounds=3)) == {old.fingerprint}
    with pytest.raises(UserError, match=rf"Version fff is not in service \(in service: {old.fingerprint}\)"):
        service.lease("fff").__enter__()
    # As another process would find it, which may have other settings.
    other = IndexService.named(dataclasses.replace(CONFIG, shards=1), name=NAME)
    only = BlockFilter(sources=("wikipedia",), until="2018-06-01")
    with other.lease() as version:
        found = version.search(old.queries, K, only=only)
        nothing = version.search(old.queries[:1], K, only=BlockFilter(since="2019-01-01"))
    assert found.rows.tolist() == old.rows.tolist()
    assert nothing.rows.tolist() == [[-1] * K]


def test_many_who_ask_at_once_get_the_answers_that_each_gets_alone(world: World, service: IndexService) -> None:
    old = expected(world, "old")
    service.publish(old.directory)
    calls = list(range(40)) * 5

    def ask(number: int) -> None:
        row = calls[number]
        if number % 10 == 0:  # in one batch with the others
            with pytest.raises(MismatchError, match=r"Queries of shape \(2, 15\) do not fit an index of dimension 16"):
                version.search(np.zeros((2, 15), dtype=np.float32), K)
        found = version.search(old.queries[row : row + 1], K)
        assert found.rows.tolist() == old.rows[row : row + 1].tolist()
        assert found.scores.tobytes() == old.scores[row : row + 1].tobytes()

    with service.lease() as version, ThreadPoolExecutor(16) as pool:
        list(pool.map(ask, range(len(calls))))


@pytest.mark.parametrize(("rounds", "swaps"), [(60, 6), pytest.param(1_500, 60, marks=pytest.mark.fault)])
def test_swaps_under_load_miss_and_mix_no_answer(
    world: World, service: IndexService, tmp_path: Path, rounds: int, swaps: int
) -> None:
    versions = [expected(world, f"v{number}", first=7 * number) for number in range(3)]
    service.publish(versions[0].directory)
    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(require_right, service, versions, rounds=rounds, size=16) for _ in range(4)]
        for number in range(swaps):
            one = versions[(number + 1) % 3]
            service.publish(one.copy(tmp_path / f"copy-{number}"), disposable=True)
        seen = {name for one in asking for name in one.result()}
    assert len(seen) >= 2
    assert set(require_right(service, versions, rounds=1)) == {versions[0].fingerprint}
    wait_until(lambda: list(service.registry().versions) == [versions[0].fingerprint])
    wait_until(lambda: [path.name for path in tmp_path.glob("*copy-*")] == [f"copy-{swaps - 1}"])


def test_two_publishers_at_once_are_served_one_after_the_other(
    known: list[Expected], service: IndexService, tmp_path: Path
) -> None:
    service.publish(known[0].directory)
    with asked_meanwhile(service, known), ThreadPoolExecutor(4) as pool:
        copies = [known[number % 2].copy(tmp_path / f"copy-{number}") for number in range(8)]
        published = list(pool.map(lambda one: service.publish(one, disposable=True), copies))
    assert published == [known[number % 2].fingerprint for number in range(8)]
    wait_until(lambda: len(service.registry().versions) == 1 and not service.registry().retired)
    (last,) = service.registry().versions.values()
    assert [str(path) for path in tmp_path.glob("copy-*")] == [last.directory]


def test_the_same_version_again_is_served_from_where_it_was_published_last(
    known: list[Expected], service: IndexService, tmp_path: Path
) -> None:
    new = known[0]
    first, second = new.copy(tmp_path / "first"), new.copy(tmp_path / "second")
    assert service.publish(first, disposable=True) == service.publish(first, disposable=True) == new.fingerprint
    assert first.exists()
    with service.lease() as leased:
        damaged = new.copy(tmp_path / "damaged")
        flip_a_byte(damaged / "vectors.arrow")
        with pytest.raises(UserError, match=r"damaged/vectors\.arrow is damaged"):
            service.publish(damaged)
        assert service.publish(second) == new.fingerprint
        assert not first.exists()
        assert second.exists()
        assert damaged.exists()
        assert leased.search(new.queries, K).scores.tobytes() == new.scores.tobytes()
    registry = service.registry()
    assert [one.directory for one in registry.versions.values()] == [str(second)]
    assert registry.retired == ()


def test_a_directory_that_another_version_took_over_is_not_removed_with_the_one_before(
    known: list[Expected], service: IndexService, tmp_path: Path
) -> None:
    old, new = known
    place = old.copy(tmp_path / "place")
    service.publish(place, disposable=True)
    place.rename(tmp_path / "aside")
    new.copy(place)
    assert set(require_right(service, known, rounds=2)) == {old.fingerprint}
    with service.lease() as leased:
        service.publish(place)
        assert set(require_right(service, known, rounds=2)) == {new.fingerprint}
        assert leased.search(old.queries, K).scores.tobytes() == old.scores.tobytes()
    wait_until(lambda: list(service.registry().versions) == [new.fingerprint] and not service.registry().retired)
    assert place.exists()


def test_a_damaged_version_is_refused_and_the_published_one_stays_in_service(
    known: list[Expected], service: IndexService, tmp_path: Path
) -> None:
    old, new = known
    service.publish(old.directory)
    for name in ("index.faiss", "vectors.arrow", "blocks.arrow", "manifest.json"):
        damaged = new.copy(tmp_path / name)
        flip_a_byte(damaged / name)
        with pytest.raises(UserError, match=rf"{name} is (damaged|not JSON)") as refused:
            service.publish(damaged)
        assert "\n" not in str(refused.value)
    with pytest.raises(UserError, match=r"nowhere has no manifest\.json"):
        service.publish(tmp_path / "nowhere")
    assert set(require_right(service, [old], rounds=2)) == {old.fingerprint}
    assert list(service.registry().versions) == [old.fingerprint]


def test_a_version_that_cannot_be_noted_is_not_in_service(
    known: list[Expected], service: IndexService, tmp_path: Path
) -> None:
    old, new = known
    service.publish(old.directory)
    notes = tmp_path / "service" / "service.json"
    notes.rename(tmp_path / "aside")
    notes.mkdir()  # as a full disk would: nothing can be written there
    with pytest.raises(OSError, match=r"service\.json"):
        service.publish(new.directory)
    assert set(require_right(service, known, rounds=2)) == {old.fingerprint}
    notes.rmdir()
    service.publish(new.directory)
    assert set(require_right(service, known, rounds=2)) == {new.fingerprint}


@pytest.mark.usefixtures("ray")
def test_a_service_that_finds_no_room_is_an_error_that_says_why(tmp_path: Path) -> None:
    greedy = dataclasses.replace(CONFIG, cpus_per_shard=1_000.0, placement_timeout_s=1.0)
    why = r"greedy-searcher-0, greedy-searcher-1 of an index service of 2 shards with 1000\.0 CPUs each did not answer"
    with (
        pytest.raises(UserError, match=rf"{why} for 1 s; Ray has .*'CPU'"),
        IndexService.running(tmp_path / "service", greedy, name="greedy"),
    ):
        pass
    with pytest.raises(UserError, match=r"No index service 'greedy' runs in this Ray"):
        IndexService.named(CONFIG, name="greedy")


@pytest.mark.usefixtures("ray")
def test_what_keeps_a_service_from_starting_is_a_sentence(service: IndexService, tmp_path: Path) -> None:
    def starting(root: Path, name: str) -> Callable[[], object]:
        return IndexService.running(root, dataclasses.replace(CONFIG, shards=1), name=name).__enter__

    with pytest.raises(UserError, match=r"An index service 'test' runs in this Ray already"):
        starting(tmp_path / "other", NAME)()
    with pytest.raises(UserError, match=r"Another index service keeps its notes in .*service\. End it first"):
        starting(tmp_path / "service", "other")()
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "service.json").write_text("{")
    with pytest.raises(UserError, match=r"damaged/service\.json is damaged"):
        starting(tmp_path / "damaged", "other")()
    nothing = dataclasses.replace(CONFIG, shards=0)
    with (
        pytest.raises(UserError, match="A service of no shards holds nothing"),
        IndexService.running(tmp_path / "other", nothing, name="other"),
    ):
        pass
    assert service.registry().versions == {}


@pytest.mark.usefixtures("ray")
def test_who_asks_a_service_that_has_ended_is_told_so(known: list[Expected], tmp_path: Path) -> None:
    with IndexService.running(tmp_path / "service", dataclasses.replace(CONFIG, shards=1), name=NAME) as service:
        service.publish(known[0].directory)
        held = service.lease()
        version = held.__enter__()
    held.__exit__(None, None, None)
    with pytest.raises(UserError, match=r"The index service 'test' has ended"):
        ask_for_ever(version, known[0].queries)  # its actors may have a moment yet
    with pytest.raises(UserError, match=r"The index service 'test' has ended"):
        service.lease().__enter__()


def ask_for_ever(version: LeasedVersion, queries: np.ndarray) -> NoReturn:
    while True:
        version.search(queries, K)


def test_a_call_of_more_queries_than_a_batch_holds_is_cut_and_answered_as_a_whole(
    world: World, service: IndexService
) -> None:
    old = expected(world, "old")
    service.publish(old.directory)
    many = np.tile(old.queries, (5, 1))
    assert len(many) > 3 * CONFIG.max_batch
    with service.lease() as version:
        found = version.search(many, K)
        assert version.search(many[:0], K).rows.shape == (0, K)
    assert found.scores.tobytes() == np.tile(old.scores, (5, 1)).tobytes()
    assert found.rows.tolist() == np.tile(old.rows, (5, 1)).tolist()


def test_what_cannot_be_asked_is_a_sentence_and_lists_of_numbers_are_queries(
    world: World, service: IndexService
) -> None:
    old = expected(world, "old")
    service.publish(old.directory)
    with service.lease() as version:
        with pytest.raises(UserError, match="k is -1; ask for at least 1"):
            version.search(old.queries, -1)
        with pytest.raises(UserError, match=r"sources of the filter is \['wikipedia'\]; give a tuple of names"):
            version.search(old.queries, K, only=BlockFilter(sources=["wikipedia"]))  # type: ignore[arg-type]
        with pytest.raises(UserError, match="The queries are no array of numbers"):
            version.search([["river"]], K)  # type: ignore[arg-type]
        found = version.search(old.queries.tolist(), K)  # type: ignore[arg-type]
    assert found.scores.tobytes() == old.scores.tobytes()

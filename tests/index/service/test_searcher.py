"""A searcher in this process: what it searches together, and what goes on meanwhile."""

import asyncio
import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from index.filters import NO_FILTER, BlockFilter
from index.search import SearchResult
from index.service.searcher import Searcher
from index.service.shard import Shard, ShardPlace
from tests.index.service.served import CONFIG, Expected, K, expected
from tests.index.world import World


@pytest.mark.parametrize("moment", [0, 1 << 30], ids=["in another thread", "at once"])
@pytest.mark.parametrize("sizes", [[150], [10, 150, 3, 64, 65, 1]])
def test_no_batch_is_larger_than_it_may_be(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sizes: list[int], moment: int
) -> None:
    old, searched = expected(world, "old"), list[int]()
    monkeypatch.setattr(Searcher, "moment", moment)
    search = Shard.search

    def counted(self: Shard, queries: np.ndarray, k: int, only: BlockFilter) -> SearchResult:
        searched.append(len(queries))
        return search(self, queries, k, only)

    monkeypatch.setattr(Shard, "search", counted)

    async def ask() -> list[SearchResult]:
        searcher = await searching(old, tmp_path)
        calls = [searcher.search(old.fingerprint, np.resize(old.queries, (n, 16)), K, NO_FILTER) for n in sizes]
        return await asyncio.gather(*calls)

    found = asyncio.run(ask())
    assert [one.rows.tolist() for one in found] == [np.resize(old.rows, (n, K)).tolist() for n in sizes]
    assert sum(searched) == sum(sizes)
    assert max(searched) <= CONFIG.max_batch


def test_a_search_needs_no_thread_that_may_not_be_had_by_then(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = expected(world, "old")
    monkeypatch.setattr(Searcher, "moment", 0)

    def none_left(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    async def ask() -> SearchResult:
        searcher = await searching(old, tmp_path)
        with monkeypatch.context() as now:
            now.setattr(threading.Thread, "start", none_left)
            return await asyncio.wait_for(searcher.search(old.fingerprint, old.queries, K, NO_FILTER), 10)

    assert asyncio.run(ask()).rows.tolist() == old.rows.tolist()


@dataclass(frozen=True)
class Held:
    """A search that has begun and ends when it is let."""

    begun: threading.Event
    may_end: threading.Event


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Held:
    one = Held(threading.Event(), threading.Event())
    search = Shard.search

    def long(self: Shard, queries: np.ndarray, k: int, only: BlockFilter) -> SearchResult:
        one.begun.set()
        assert one.may_end.wait(60)
        return search(self, queries, k, only)

    monkeypatch.setattr(Shard, "search", long)
    return one


async def searching(old: Expected, root: Path) -> Searcher:
    searcher = Searcher(root, ShardPlace(0, 1), CONFIG)
    await searcher.load(old.fingerprint, str(old.directory))
    return searcher


def test_a_long_search_keeps_nobody_waiting_who_asks_for_something_else(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    old = expected(world, "old")
    needed = len(old.queries) * (old.version.count + 16 * K) * old.version.dimension
    monkeypatch.setattr(Searcher, "moment", needed - 1)

    async def ask() -> SearchResult:
        searcher = await searching(old, tmp_path)
        asked = asyncio.create_task(searcher.search(old.fingerprint, old.queries, K, NO_FILTER))
        assert await asyncio.to_thread(held.begun.wait, 60)
        assert await searcher.loaded() == [old.fingerprint]
        await searcher.drop(old.fingerprint)
        assert not asked.done()
        held.may_end.set()
        return await asked

    assert asyncio.run(ask()).rows.tolist() == old.rows.tolist()


def test_a_caller_who_is_cancelled_ends_nobody_elses_search(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: Held
) -> None:
    old = expected(world, "old")
    monkeypatch.setattr(Searcher, "moment", 0)

    async def ask() -> list[SearchResult]:
        searcher = await searching(old, tmp_path)

        def asked(rows: slice) -> "asyncio.Task[SearchResult]":
            return asyncio.create_task(searcher.search(old.fingerprint, old.queries[rows], K, NO_FILTER))

        searched, kept = asked(slice(3)), asked(slice(3, 9))
        assert await asyncio.to_thread(held.begun.wait, 60)
        waiting, later = asked(slice(9, 12)), asked(slice(12, 15))
        await asyncio.sleep(0)
        for cancelled in (searched, waiting):
            cancelled.cancel()
        await asyncio.wait([searched, waiting])
        held.may_end.set()
        return await asyncio.wait_for(asyncio.gather(kept, later), 10)

    assert [one.rows.tolist() for one in asyncio.run(ask())] == [old.rows[3:9].tolist(), old.rows[12:15].tolist()]

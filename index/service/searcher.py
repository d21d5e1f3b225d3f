"""The actor that holds a shard of every version in service and answers queries in batches."""

import asyncio
import time
from collections import defaultdict, deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeAlias

import numpy as np

from index.filters import BlockFilter
from index.search import SearchResult
from index.service.config import ServiceConfig
from index.service.direct import Address, Listener
from index.service.packed import Question, packed_answer
from index.service.registry import Registry
from index.service.shard import Shard, ShardPlace, joined
from realm.errors import UserError


@dataclass(frozen=True)
class _Asked:
    """What may be searched together; the shard is held, so that it may go out of service meanwhile."""

    version: str
    shard: Shard = field(compare=False)
    k: int
    only: BlockFilter


@dataclass(frozen=True)
class Searched:
    """What a searcher has done since it was started.

    Attributes:
        queries: how many it searched for.
        batches: in how many searches.
        seconds: that these took.
    """

    queries: int = 0
    batches: int = 0
    seconds: float = 0.0

    def __add__(self, other: "Searched") -> "Searched":
        return Searched(self.queries + other.queries, self.batches + other.batches, self.seconds + other.seconds)


_COLD_BYTES = 1 << 24  # of vectors, which may have to be read from disk first
_RANKING = 16  # a result costs what so many vectors do: its score is computed anew, and all of them are sorted

_Answers: TypeAlias = "asyncio.Future[list[SearchResult]]"


@dataclass(frozen=True)
class _Waiting:
    """A call that waits for its batch: the answers to all of it, and which of them is this call's."""

    asked: _Asked
    queries: np.ndarray
    batch: "asyncio.Future[tuple[_Answers, int]]" = field(compare=False)


class Searcher:
    """One shard of every version in service.

    It keeps nothing that it cannot read again from the registry, so that a restarted one goes on. A query is
    answered alone and in any batch with the same bytes (`index.search`).
    """

    moment: ClassVar[int] = 1 << 27  # multiplications that take some milliseconds at most

    def __init__(self, root: Path, place: ShardPlace, config: ServiceConfig) -> None:
        self._root, self._place, self._config = root, place, config
        self._shards: dict[str, Shard] = {}
        # By version, so that a query for one never waits for another's checksums. Locks of versions gone are few bytes.
        self._opening: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: deque[_Waiting] = deque()
        self._serving: asyncio.Task[None] | None = None
        self._searched = Searched()
        self._listener = Listener(self.search_packed)
        self._search_thread = ThreadPoolExecutor(1)
        self._search_thread.submit(int)  # begun now: one that cannot be had is an actor that does not start, no hang

    async def address(self) -> Address:
        """Where this searcher listens for questions that do not come by Ray.

        Raises:
            OSError: it cannot listen on this machine's address.
        """
        import ray

        return await self._listener.listen(ray.util.get_node_ip_address())

    async def ready(self) -> int:
        """The process id; also tells that the actor is up."""
        import os

        return os.getpid()

    async def load(self, version: str, directory: str) -> None:
        """Opens a version beside those that are served; queries go on meanwhile.

        One that is held already stays as it is, and what lies in `directory` is checked none the less.

        Raises:
            UserError: it is damaged or something else.
        """
        async with self._opening[version]:
            self._shards.setdefault(version, await self._opened(version, directory))

    async def move(self, version: str, directory: str) -> None:
        """Serves a version from another directory, where `load` has found it sound.

        Raises:
            UserError: it is damaged or something else by now.
        """
        async with self._opening[version]:
            if version not in self._shards or str(self._shards[version].version.directory) != directory:
                self._shards[version] = await self._opened(version, directory)

    async def drop(self, version: str) -> None:
        """Lets go of a version, and of one that is being opened when it is."""
        async with self._opening[version]:
            self._shards.pop(version, None)

    async def loaded(self) -> list[str]:
        """Fingerprints of the versions held."""
        return sorted(self._shards)

    async def searched(self) -> Searched:
        """What it has done since it was started."""
        return self._searched

    async def search_packed(self, message: bytes) -> bytes:
        """`search` of a packed `Question`; the answer is packed too (`index.service.packed`)."""
        asked = Question.unpacked(message)
        return packed_answer(await self.search(asked.version, asked.queries, asked.k, asked.only))

    async def search(self, version: str, queries: np.ndarray, k: int, only: BlockFilter) -> SearchResult:
        """Up to `k` blocks of this shard a query, from `version` alone.

        Raises:
            UserError: the version is not in service (any more).
            MismatchError: the queries have another dimension than the version.
        """
        shard = self._shards.get(version) or await self._restored(version)
        shard.require_fitting(queries)  # here, as a batch fails as a whole
        asked = _Asked(version, shard, k, only)
        if len(queries) <= self._config.max_batch:
            return await self._answered(asked, queries)
        starts = range(0, len(queries), self._config.max_batch)
        cut = [self._answered(asked, queries[start : start + self._config.max_batch]) for start in starts]
        return joined(await asyncio.gather(*cut))

    async def _answered(self, asked: _Asked, queries: np.ndarray) -> SearchResult:
        """The answers to no more queries than a batch holds; others may be searched with them."""
        loop = asyncio.get_running_loop()
        one = _Waiting(asked, queries, loop.create_future())
        self._waiting.append(one)
        if self._serving is None:
            self._serving = loop.create_task(self._serve())
        answers, number = await one.batch
        return (await asyncio.shield(answers))[number]  # who is cancelled ends nobody else's search

    async def _restored(self, version: str) -> Shard:
        """After a restart: opens what the registry says is in service."""
        async with self._opening[version]:
            if version not in self._shards:
                # Read with the lock: who drops a version takes it out of the registry before waiting for that.
                served = Registry.read(self._root).versions.get(version)
                if served is None:
                    raise UserError(
                        f"Version {version} is not in service. Take a lease before asking, and renew it while you ask."
                    )
                self._shards[version] = await self._opened(version, served.directory)
            return self._shards[version]

    async def _opened(self, version: str, directory: str) -> Shard:
        return await asyncio.to_thread(Shard.open, Path(directory), version, self._place)

    async def _serve(self) -> None:
        """Searches what waits, batch by batch; what arrives during one search is the next batch."""
        while self._waiting:
            batch = self._next_batch()
            answers = self._begun(batch)
            for number, one in enumerate(batch):
                if not one.batch.cancelled():
                    one.batch.set_result((answers, number))
            await asyncio.wait([answers])  # an error is for those who asked
        self._serving = None

    def _next_batch(self) -> list[_Waiting]:
        first = self._waiting.popleft()
        batch, size = [first], len(first.queries)
        left: deque[_Waiting] = deque()
        while self._waiting:
            one = self._waiting.popleft()
            fits = one.asked == first.asked and size + len(one.queries) <= self._config.max_batch
            size += len(one.queries) if fits else 0
            (batch if fits else left).append(one)
        self._waiting = left
        return batch

    def _begun(self, batch: Sequence[_Waiting]) -> _Answers:
        """The answers to a batch: found at once where another thread would take longer to begin than to search."""
        loop = asyncio.get_running_loop()
        if self._takes_a_moment(batch[0].asked, sum(len(one.queries) for one in batch)):
            return loop.create_task(self._search_here(batch))
        return loop.run_in_executor(self._search_thread, self._search, batch)

    async def _search_here(self, batch: Sequence[_Waiting]) -> list[SearchResult]:
        return self._search(batch)

    def _takes_a_moment(self, asked: _Asked, queries: int) -> bool:
        rows, dimension = asked.shard.count, asked.shard.version.dimension
        little = rows * dimension * np.float32().nbytes <= _COLD_BYTES and asked.only.empty
        return little and queries * (rows + _RANKING * asked.k) * dimension <= self.moment

    def _search(self, batch: Sequence[_Waiting]) -> list[SearchResult]:
        import faiss

        faiss.omp_set_num_threads(self._config.threads)  # FAISS keeps it by thread
        asked = batch[0].asked
        queries = np.concatenate([one.queries for one in batch])
        started = time.perf_counter()
        found = asked.shard.search(queries, asked.k, asked.only)
        self._searched += Searched(len(queries), 1, time.perf_counter() - started)  # nobody searches beside this
        ends = np.cumsum([len(one.queries) for one in batch])[:-1]
        rows, scores = np.split(found.rows, ends), np.split(found.scores, ends)
        return [SearchResult(rows=a, scores=b) for a, b in zip(rows, scores, strict=True)]

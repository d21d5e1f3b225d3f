"""What the tests of the service share: versions whose answers are known, and who asks for them."""

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

import numpy as np

from index.service.client import IndexService
from index.service.config import ServiceConfig
from index.service.lease import LeasedVersion
from index.version import IndexVersion
from tests.index.world import World, bodies

CONFIG = ServiceConfig(shards=2, cpus_per_shard=0, threads=1, max_batch=64, lease_s=60.0, placement_timeout_s=60.0)
SHORT = replace(CONFIG, lease_s=1.5)
NAME, K = "test", 5


@dataclass(frozen=True)
class Expected:
    """A version, and what a search of it in this process finds."""

    version: IndexVersion
    queries: np.ndarray
    rows: np.ndarray
    scores: np.ndarray

    @property
    def fingerprint(self) -> str:
        return self.version.manifest.fingerprint

    @property
    def directory(self) -> Path:
        return self.version.directory

    def copy(self, directory: Path) -> Path:
        """The same version, in a directory that may be removed."""
        return Path(shutil.copytree(self.directory, directory))


def expected(world: World, name: str, *, first: int = 0, blocks: int = 60) -> Expected:
    world.build(world.corpus(name, bodies(blocks, first=first)), name)
    version = IndexVersion.open(world.index(name))
    queries = np.random.default_rng(5).standard_normal((40, version.dimension), dtype=np.float32)
    found = version.search(queries, K)
    return Expected(version, queries, found.rows, found.scores)


def require_right(service: IndexService, known: list[Expected], *, rounds: int, size: int = 3) -> list[str]:
    """Leases and asks again and again; every answer must be that of the version it names. Returns the versions."""
    by_name = {one.fingerprint: one for one in known}
    seen = []
    for number in range(rounds):
        with service.lease() as version:
            right = by_name[version.fingerprint]
            rows = [(number * size + step) % len(right.queries) for step in range(size)]
            found = version.search(right.queries[rows], K)
        assert found.rows.tolist() == right.rows[rows].tolist()
        assert found.scores.tobytes() == right.scores[rows].tobytes()
        seen.append(version.fingerprint)
    return seen


def publish_a_copy(service: IndexService, one: Expected, directory: Path) -> Path:
    """Publishes a version from a directory that may be tampered with, and returns that."""
    service.publish(one.copy(directory))
    return directory


@contextmanager
def lease_on_the_first(service: IndexService, known: list[Expected]) -> Iterator[LeasedVersion]:
    """A lease on the first of two versions, which the second has followed."""
    first, second = known
    service.publish(first.directory)
    with service.lease() as leased:
        service.publish(second.directory)
        yield leased


@contextmanager
def asked_meanwhile(service: IndexService, known: list[Expected], *, threads: int = 2) -> Iterator[list[str]]:
    """Asks without a pause for the length of the block, all answers right; afterwards the list holds the versions."""
    ended, seen = Event(), list[str]()

    def ask() -> None:
        while not ended.is_set():
            seen.extend(require_right(service, known, rounds=1))

    with ThreadPoolExecutor(threads) as pool:
        asking: list[Future[None]] = [pool.submit(ask) for _ in range(threads)]
        try:
            yield seen
        finally:
            ended.set()
        for one in asking:
            one.result()


def wait_until(condition: Callable[[], object]) -> None:
    limit = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < limit, "it did not come about in 60 s"
        time.sleep(0.05)

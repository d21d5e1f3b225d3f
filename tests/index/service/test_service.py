"""The service by real Ray actors: swapped under load, killed, handed damaged versions."""

import dataclasses
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.filters import BlockFilter
from index.ray_runtime import connect
from index.ray_session import Session
from index.service.client import IndexService
from index.service.config import ServiceConfig
from index.version import IndexVersion
from realm.errors import MismatchError, UserError
from tests.index.processes import actors
from tests.index.world import World, bodies

CONFIG = ServiceConfig(shards=2, cpus_per_shard=0, threads=1, max_batch=64, lease_s=60.0, placement_timeout_s=60.0)
NAME, K = "test", 5


@pytest.fixture(scope="module", autouse=True)
def ray(session: Session) -> Iterator[Session]:
    with connect():
        yield session


@pytest.fixture
def service(tmp_path: Path) -> Iterator[IndexService]:
    with IndexService.running(tmp_path / "service", CONFIG, name=NAME) as one:
        yield one


@dataclasses.dataclass(frozen=True)
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


def wait_until(condition: object) -> None:
    limit = time.monotonic() + 60
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < limit, "it did not come about in 60 s"
        time.sleep(0.05)


def test_what_is_published_is_answered_as_a_search_of_the_files_does(world: World, service: IndexService) -> None:
    old = expected(world, "old")
    with pytest.raises(UserError, match="Version None is not in service"), service.lease():
        pass
    assert service.publish(old.directory) == old.fingerprint
    assert set(require_right(service, [old], rounds=3)) == {old.fingerprint}
    other = IndexService.named(CONFIG, name=NAME)  # as another process would find it
    only = BlockFilter(sources=("wikipedia",), until="2018-06-01")
    with other.lease() as version:
        found = version.search(old.queries, K, only=only)
        nothing = version.search(old.queries[:1], K, only=BlockFilter(since="2019-01-01"))
        with pytest.raises(MismatchError, match=r"Queries of shape \(2, 15\) do not fit an index of dimension 16"):
            version.search(np.zeros((2, 15), dtype=np.float32), K)
    assert found.rows.tolist() == old.rows.tolist()
    assert nothing.rows.tolist() == [[-1] * K]


def test_many_who_ask_at_once_get_the_answers_that_each_gets_alone(world: World, service: IndexService) -> None:
    old = expected(world, "old")
    service.publish(old.directory)
    with service.lease() as version, ThreadPoolExecutor(16) as pool:
        found = list(pool.map(lambda row: version.search(old.queries[row : row + 1], K), list(range(40)) * 5))
    for row, one in zip(list(range(40)) * 5, found, strict=True):
        assert one.rows.tolist() == old.rows[row : row + 1].tolist()
        assert one.scores.tobytes() == old.scores[row : row + 1].tobytes()


def test_swaps_under_load_miss_and_mix_no_answer(world: World, service: IndexService) -> None:
    versions = [expected(world, f"v{number}", first=7 * number) for number in range(4)]
    service.publish(versions[0].directory)
    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(require_right, service, versions, rounds=60, size=8) for _ in range(4)]
        for one in versions[1:]:
            time.sleep(0.3)
            service.publish(one.directory)
        seen = {name for one in asking for name in one.result()}
    assert seen >= {versions[0].fingerprint, versions[-1].fingerprint}
    wait_until(lambda: list(service.registry().versions) == [versions[-1].fingerprint])


def test_a_leased_version_stays_until_its_lease_ends_and_only_disposable_files_are_removed(
    world: World, service: IndexService
) -> None:
    old, middle, new = (expected(world, name, first=first) for name, first in (("old", 0), ("middle", 5), ("new", 9)))
    service.publish(old.directory, disposable=True)
    with service.lease() as version:
        service.publish(middle.directory)
        assert version.search(old.queries, K).rows.tolist() == old.rows.tolist()
        assert set(service.registry().versions) == {old.fingerprint, middle.fingerprint}
        assert old.directory.exists()
    wait_until(lambda: not old.directory.exists())
    with pytest.raises(UserError, match=f"Version {old.fingerprint} is not in service"):
        version.search(old.queries, K)
    service.publish(new.directory)
    assert list(service.registry().versions) == [new.fingerprint]
    assert middle.directory.exists()


def test_a_holder_that_is_killed_keeps_its_version_no_longer_than_its_lease(world: World, tmp_path: Path) -> None:
    short = dataclasses.replace(CONFIG, shards=1, lease_s=3.0)
    old, new = expected(world, "old"), expected(world, "new", first=9)
    code = (
        "import sys, time; from index.ray_runtime import connect; from index.service.client import IndexService\n"
        "from tests.index.service.test_service import CONFIG, NAME; import dataclasses\n"
        "with connect(), IndexService.named(dataclasses.replace(CONFIG, shards=1, lease_s=3.0), name=NAME).lease():\n"
        "    print('leased', flush=True); time.sleep(100)"
    )
    with IndexService.running(tmp_path / "service", short, name=NAME) as service:
        service.publish(old.directory)
        with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "leased\n"
            service.publish(new.directory)
            time.sleep(short.lease_s + 0.5)  # it is alive and renews
            assert require_right(service, [new], rounds=1)
            assert old.fingerprint in service.registry().versions
            os.kill(holder.pid, signal.SIGKILL)
        time.sleep(short.lease_s + 0.5)
        assert require_right(service, [new], rounds=1)  # whose lease ends, and with it what ran out is collected
        wait_until(lambda: list(service.registry().versions) == [new.fingerprint])


@pytest.mark.parametrize("victim", ["Searcher", "Coordinator"])
def test_a_killed_actor_comes_back_with_what_is_in_service_and_no_answer_is_lost(
    world: World, service: IndexService, ray: Session, victim: str
) -> None:
    old, new = expected(world, "old"), expected(world, "new", first=9)
    service.publish(old.directory)
    with service.lease() as leased, ThreadPoolExecutor(2) as pool:
        service.publish(new.directory)
        asking = pool.submit(require_right, service, [new], rounds=40)
        for _ in range(2):
            victims = actors(ray, victim)
            os.kill(victims[0], signal.SIGKILL)
            wait_until(lambda before=victims: actors(ray, victim) != before and len(actors(ray, victim)) == len(before))
        assert leased.search(old.queries, K).rows.tolist() == old.rows.tolist()
        assert set(asking.result()) == {new.fingerprint}
    assert set(require_right(service, [new], rounds=2)) == {new.fingerprint}


@pytest.mark.parametrize("delay", [0.0, 0.02, 0.1])
def test_a_coordinator_killed_while_it_publishes_leaves_a_whole_version_current(
    world: World, service: IndexService, ray: Session, delay: float
) -> None:
    old, new = expected(world, "old"), expected(world, "new", first=9)
    service.publish(old.directory, disposable=True)
    publishing = threading.Thread(target=service.publish, args=(new.directory,))
    publishing.start()
    time.sleep(delay)
    os.kill(actors(ray, "Coordinator")[0], signal.SIGKILL)
    assert set(require_right(service, [old, new], rounds=3)) <= {old.fingerprint, new.fingerprint}
    publishing.join()
    assert set(require_right(service, [new], rounds=3)) == {new.fingerprint}
    wait_until(lambda: not old.directory.exists())


@pytest.mark.parametrize("name", ["index.faiss", "vectors.arrow", "blocks.arrow", "manifest.json"])
def test_a_damaged_version_is_refused_and_the_published_one_stays_in_service(
    world: World, service: IndexService, name: str
) -> None:
    old, new = expected(world, "old"), expected(world, "new", first=9)
    service.publish(old.directory)
    path = new.directory / name
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)
    with pytest.raises(UserError, match=r"damaged|not a manifest|manifest says|is a \w+, but|schema version"):
        service.publish(new.directory)
    assert set(require_right(service, [old], rounds=2)) == {old.fingerprint}
    assert list(service.registry().versions) == [old.fingerprint]


def test_a_service_that_finds_no_room_is_an_error_that_says_why(tmp_path: Path) -> None:
    greedy = dataclasses.replace(CONFIG, cpus_per_shard=1_000.0, placement_timeout_s=1.0)
    with (
        pytest.raises(UserError, match=r"2 shards with 1000.0 CPUs each was not up after 1 s; Ray has .*'CPU'"),
        IndexService.running(tmp_path / "service", greedy, name="greedy"),
    ):
        pass
    with pytest.raises(UserError, match="No index service 'greedy' with 2 shards runs"):
        IndexService.named(CONFIG, name="greedy")

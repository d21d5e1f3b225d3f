"""Leases: how long a version stays, whoever stops, dies or stands still meanwhile."""

import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.ray_session import Session
from index.service.client import IndexService
from realm.errors import UserError
from tests.index.processes import actors
from tests.index.service.served import (
    CONFIG,
    NAME,
    SHORT,
    Expected,
    K,
    expected,
    lease_on_the_first,
    require_right,
    wait_until,
)
from tests.index.world import World

ALONE = dataclasses.replace(SHORT, shards=1)
HOLDER = """
import time
from index.ray_runtime import connect
from index.service.client import IndexService
from tests.index.service.served import CONFIG, NAME
with connect(), IndexService.named(CONFIG, name=NAME).lease():
    print("leased", flush=True)
    time.sleep(100)
"""


@pytest.fixture
def known(world: World) -> list[Expected]:
    return [expected(world, name, first=first) for name, first in (("old", 0), ("new", 9))]


@pytest.mark.usefixtures("ray")
def test_a_leased_version_stays_until_its_lease_ends_and_only_disposable_files_are_removed(
    known: list[Expected], tmp_path: Path
) -> None:
    old, new = known
    directory = old.copy(tmp_path / "old")
    with IndexService.running(tmp_path / "service", CONFIG, name=NAME) as service:
        service.publish(directory, disposable=True)
        with service.lease() as version:
            service.publish(new.directory)
            assert version.search(old.queries, K).rows.tolist() == old.rows.tolist()
            assert set(service.registry().versions) == {old.fingerprint, new.fingerprint}
            assert directory.exists()
        wait_until(lambda: not directory.exists())
        with pytest.raises(UserError, match=f"Version {old.fingerprint} is not in service"):
            version.search(old.queries, K)
        service.publish(old.directory)
        assert list(service.registry().versions) == [old.fingerprint]
        assert new.directory.exists()


@pytest.mark.usefixtures("ray")
def test_a_holder_that_is_killed_keeps_its_version_no_longer_than_its_lease(
    known: list[Expected], tmp_path: Path
) -> None:
    old, new = known
    with IndexService.running(tmp_path / "service", ALONE, name=NAME) as service:
        service.publish(old.directory)
        with subprocess.Popen([sys.executable, "-c", HOLDER], stdout=subprocess.PIPE, text=True) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == "leased\n"
            service.publish(new.directory)
            time.sleep(2 * ALONE.lease_s)  # it is alive and renews
            assert old.fingerprint in service.registry().versions
            os.kill(holder.pid, signal.SIGKILL)
        # Nobody publishes, leases or collects: that happens by itself.
        wait_until(lambda: list(service.registry().versions) == [new.fingerprint])
        assert set(require_right(service, known, rounds=1)) == {new.fingerprint}


def test_a_coordinator_that_stood_still_or_was_killed_waits_for_renewals(
    known: list[Expected], tmp_path: Path, ray: Session
) -> None:
    old, new = known
    with IndexService.running(tmp_path / "service", ALONE, name=NAME) as service:
        with lease_on_the_first(service, known) as version:
            (coordinator,) = actors(ray, "Coordinator")
            os.kill(coordinator, signal.SIGSTOP)
            time.sleep(2 * ALONE.lease_s)
            os.kill(coordinator, signal.SIGCONT)
            assert service.registry().current == new.fingerprint
            os.kill(coordinator, signal.SIGKILL)
            time.sleep(2 * ALONE.lease_s)
            assert set(service.registry().versions) == {old.fingerprint, new.fingerprint}
            assert version.search(old.queries, K).scores.tobytes() == old.scores.tobytes()
        wait_until(lambda: list(service.registry().versions) == [new.fingerprint])


def test_an_actor_that_does_not_answer_is_an_error_and_not_a_hang(
    known: list[Expected], tmp_path: Path, ray: Session
) -> None:
    with IndexService.running(tmp_path / "service", ALONE, name=NAME) as service:
        service.publish(known[0].directory)
        impatient = IndexService.named(dataclasses.replace(ALONE, placement_timeout_s=0.5), name=NAME)
        (searcher,) = actors(ray, "Searcher")
        with impatient.lease() as version:
            os.kill(searcher, signal.SIGSTOP)
            with pytest.raises(UserError, match=r"test-searcher-0 of an index service of 1 shards .* did not answer"):
                version.search(known[0].queries, K)
            os.kill(searcher, signal.SIGCONT)
            assert version.search(known[0].queries, K).rows.tolist() == known[0].rows.tolist()


def test_a_lease_that_is_lost_is_told_to_who_asks_next(known: list[Expected], tmp_path: Path, ray: Session) -> None:
    with IndexService.running(tmp_path / "service", ALONE, name=NAME) as service:
        service.publish(known[0].directory)
        impatient = IndexService.named(dataclasses.replace(ALONE, placement_timeout_s=0.5), name=NAME)
        with impatient.lease() as version:
            (coordinator,) = actors(ray, "Coordinator")
            os.kill(coordinator, signal.SIGSTOP)
            time.sleep(ALONE.lease_s / 3 + 1.5)  # a renewal is asked for and given up
            with pytest.raises(UserError, match=rf"The lease on version {known[0].fingerprint} is lost \(.*did not an"):
                version.search(known[0].queries, K)
            os.kill(coordinator, signal.SIGCONT)
        assert set(require_right(service, known, rounds=1)) == {known[0].fingerprint}

"""Any process killed at any moment leaves the last published version whole and in service, and no answer is wrong."""

import contextlib
import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.filters import NO_FILTER
from index.ray_session import Session
from index.service.client import IndexService
from realm.errors import UserError
from tests.files import flip_a_byte
from tests.index.processes import actors
from tests.index.service.mortal import COORDINATOR_MOMENTS, MYSELF, SEARCHER_MOMENTS, doom, make_mortal, pending
from tests.index.service.served import (
    NAME,
    SHORT,
    Expected,
    asked_meanwhile,
    expected,
    lease_on_the_first,
    publish_a_copy,
    require_right,
    wait_until,
)
from tests.index.world import World

PUBLISHER = """
import sys, pathlib
from index.ray_runtime import connect
from index.service.client import IndexService
from tests.index.service.served import NAME, SHORT
with connect():
    service = IndexService.named(SHORT, name=NAME)
    print("here", flush=True)
    service.publish(pathlib.Path(sys.stdin.readline().strip()), disposable=True)
    print("published", flush=True)
    sys.stdin.readline()
"""
HOST = """
import sys, pathlib, pytest
from index.ray_runtime import connect
from index.service.client import IndexService
from tests.index.service.mortal import make_mortal
from tests.index.service.served import SHORT
make_mortal(pytest.MonkeyPatch())
with connect(), IndexService.running(pathlib.Path(sys.argv[1]), SHORT, name="hosted") as service:
    for line in sys.stdin:
        service.publish(pathlib.Path(line.strip()), disposable=True)
        print("published", flush=True)
"""
RANDOM_S, LONGEST_S = 25.0, 1.5


@pytest.fixture
def known(world: World) -> list[Expected]:
    return [expected(world, name, first=first) for name, first in (("even", 0), ("odd", 9))]


def published_in_turns_through_deaths(
    service: IndexService, root: Path, known: list[Expected], moments: Sequence[str]
) -> None:
    """Publishes one version after the other, each in place of one that is removed; at each moment an actor ends."""
    before = known[0].copy(root / "version-0")
    service.publish(before, disposable=True)
    with asked_meanwhile(service, known) as seen:
        for number, moment in enumerate(moments, start=1):
            new = known[number % 2]
            directory = new.copy(root / f"version-{number}")
            doom(root, moment)
            assert service.publish(directory, disposable=True) == new.fingerprint
            assert service.registry().current == new.fingerprint
            wait_until(lambda gone=before: not [*pending(root), *root.glob(f"*{gone.name}*")])
            before = directory
        assert set(require_right(service, known, rounds=2)) == {new.fingerprint}
    assert set(seen) == {one.fingerprint for one in known}
    wait_until(lambda: (list(service.registry().versions), service.registry().retired) == ([new.fingerprint], ()))


@pytest.mark.parametrize(
    "moments",
    [
        ("within current", "within removal", "opened", "before drop"),
        pytest.param(COORDINATOR_MOMENTS, marks=pytest.mark.fault),
        pytest.param(SEARCHER_MOMENTS, marks=pytest.mark.fault),
    ],
    ids=["some", "coordinator", "searcher"],
)
@pytest.mark.usefixtures("ray")
def test_an_actor_killed_at_a_moment_of_a_swap_loses_nothing(
    tmp_path: Path, known: list[Expected], monkeypatch: pytest.MonkeyPatch, moments: Sequence[str]
) -> None:
    make_mortal(monkeypatch)
    root = tmp_path / "service"
    with IndexService.running(root, SHORT, name=NAME) as service:
        published_in_turns_through_deaths(service, root, known, moments)


@pytest.mark.usefixtures("ray")
def test_a_publisher_killed_before_during_or_after_leaves_a_whole_version_current(
    tmp_path: Path, known: list[Expected], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_mortal(monkeypatch)
    root = tmp_path / "service"
    moments = ("before publishing", "loaded", "after current", "after publishing")
    with contextlib.ExitStack() as stack:
        service = stack.enter_context(IndexService.running(root, SHORT, name=NAME))
        service.publish(known[0].copy(root / "first"), disposable=True)
        publishers = [stack.enter_context(process(PUBLISHER)) for _ in moments]
        for number, (moment, publisher) in enumerate(zip(moments, publishers, strict=True), start=1):
            said(publisher, "here")
            doom(root, moment, publisher.pid)
            tell(publisher, known[number % 2].copy(root / f"version-{number}"))
            assert publisher.wait(timeout=60) == -signal.SIGKILL
            # What it asked for is done all the same: nobody has to know that it is dead.
            wait_until(lambda now=known[number % 2]: service.registry().current == now.fingerprint)
            assert set(require_right(service, known, rounds=2)) == {known[number % 2].fingerprint}
        wait_until(lambda: [path.name for path in root.glob("*version-*")] == ["version-4"])


@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        ("after current", "new"),
        *(
            pytest.param(one, "old", marks=pytest.mark.fault)
            for one in ("before publishing", "loaded", "within current")
        ),
        *(pytest.param(one, "new", marks=pytest.mark.fault) for one in ("after retired", "within removal")),
    ],
)
@pytest.mark.usefixtures("ray")
def test_a_service_whose_process_is_killed_comes_back_with_what_was_published_last(
    tmp_path: Path, known: list[Expected], moment: str, kept: str
) -> None:
    root, (old, new) = tmp_path / "service", known
    with process(HOST, str(root)) as host:
        tell(host, old.copy(root / "old"))
        said(host, "published")
        doom(root, moment, host.pid, MYSELF)
        tell(host, new.copy(root / "new"))
        assert host.wait(timeout=60) == -signal.SIGKILL
    with IndexService.running(root, SHORT, name=NAME) as service:
        assert service.registry().current == {"old": old, "new": new}[kept].fingerprint
        assert require_right(service, known, rounds=2)
        service.publish(old.copy(root / "last"), disposable=True)
        assert set(require_right(service, known, rounds=2)) == {old.fingerprint}
        wait_until(lambda: list(service.registry().versions) == [old.fingerprint])


@pytest.mark.usefixtures("ray")
def test_all_actors_killed_at_once_come_back_with_all_that_was_in_service(
    tmp_path: Path, known: list[Expected], ray: Session
) -> None:
    old, new = known
    with IndexService.running(tmp_path / "service", SHORT, name=NAME) as service:
        with lease_on_the_first(service, known) as leased:
            with asked_meanwhile(service, known) as seen:
                for pid in (*actors(ray, "Coordinator"), *actors(ray, "Searcher")):
                    os.kill(pid, signal.SIGKILL)
                assert leased.search(old.queries, 5).scores.tobytes() == old.scores.tobytes()
                time.sleep(2 * SHORT.lease_s)  # long enough for garbage to be collected
            assert set(seen) == {new.fingerprint}
            assert leased.search(old.queries, 5).scores.tobytes() == old.scores.tobytes()
        wait_until(lambda: list(service.registry().versions) == [new.fingerprint])


def test_a_publication_that_ray_repeats_changes_nothing_once_another_has_followed_it(
    tmp_path: Path, known: list[Expected], ray: Session
) -> None:
    old, new = known
    with IndexService.running(tmp_path / "service", SHORT, name=NAME) as service:
        first = ("publish", "a publication", str(old.copy(tmp_path / "first")), True)
        assert service._coordinator(*first) == old.fingerprint
        service.publish(new.directory)
        wait_until(lambda: not (tmp_path / "first").exists())
        assert service._coordinator(*first) == old.fingerprint
        os.kill(actors(ray, "Coordinator")[0], signal.SIGKILL)
        assert service._coordinator(*first) == old.fingerprint
        assert service.registry().current == new.fingerprint
        assert set(require_right(service, known, rounds=2)) == {new.fingerprint}


def test_a_version_whose_directory_is_gone_is_answered_until_a_searcher_has_to_open_it_again(
    tmp_path: Path, known: list[Expected], ray: Session
) -> None:
    old, new = known
    with IndexService.running(tmp_path / "service", SHORT, name=NAME) as service:
        place = publish_a_copy(service, old, tmp_path / "place")
        place.rename(tmp_path / "aside")
        assert set(require_right(service, known, rounds=2)) == {old.fingerprint}
        os.kill(actors(ray, "Searcher")[0], signal.SIGKILL)
        with service.lease() as leased, pytest.raises(UserError, match=r"place has no manifest\.json"):
            leased.search(old.queries, 5)
        new.copy(place)
        with (
            service.lease() as leased,
            pytest.raises(UserError, match=r"place holds version .* of its own"),
        ):
            leased.search(old.queries, 5)
        service.publish(new.directory)
        assert set(require_right(service, known, rounds=2)) == {new.fingerprint}


def test_a_searcher_of_any_shard_that_comes_back_serves_no_damaged_file(
    tmp_path: Path, known: list[Expected], ray: Session
) -> None:
    old, new = known
    with IndexService.running(tmp_path / "service", SHORT, name=NAME) as service:
        place = publish_a_copy(service, old, tmp_path / "place")
        assert require_right(service, [old], rounds=2)
        mapped = place / "vectors.arrow"  # what is open stays as it is
        mapped.unlink()
        mapped.write_bytes((old.directory / "vectors.arrow").read_bytes())
        flip_a_byte(mapped)
        for pid in actors(ray, "Searcher"):
            os.kill(pid, signal.SIGKILL)
        with service.lease() as leased:
            for one in leased._actors.searchers:
                with pytest.raises(UserError, match=r"place/vectors\.arrow is damaged"):
                    leased._actors.answer(
                        leased._actors.asked(one, "search", old.fingerprint, old.queries, 5, NO_FILTER)
                    )
        service.publish(new.directory)
        assert set(require_right(service, known, rounds=2)) == {new.fingerprint}


@pytest.mark.fault
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_actors_killed_at_random_while_two_publish_and_many_ask_lose_and_mix_no_answer(
    tmp_path: Path, known: list[Expected], ray: Session, seed: int
) -> None:
    root, ended, killed, numbers = tmp_path / "service", threading.Event(), list[int](), itertools.count()

    def publish_again_and_again(service: IndexService) -> None:
        while not ended.is_set():
            number = next(numbers)
            service.publish(known[number % 2].copy(root / f"version-{number}"), disposable=True)

    def kill(chance: random.Random) -> None:
        while not ended.wait(chance.uniform(0.0, LONGEST_S)):
            if alive := actors(ray, "Coordinator") + actors(ray, "Searcher"):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(alive), signal.SIGKILL)
                    killed.append(1)

    with IndexService.running(root, SHORT, name=NAME) as service:
        publish_first = known[1].copy(root / "first")
        service.publish(publish_first, disposable=True)
        with asked_meanwhile(service, known, threads=4) as seen, ThreadPoolExecutor(3) as pool:
            work = [pool.submit(publish_again_and_again, service) for _ in range(2)]
            work.append(pool.submit(kill, random.Random(seed)))
            time.sleep(RANDOM_S)
            ended.set()
            for one in work:
                one.result()
        assert len(killed) >= 10
        assert set(seen) == {one.fingerprint for one in known}
        wait_until(lambda: (len(service.registry().versions), service.registry().retired) == (1, ()))
        (last,) = service.registry().versions.values()
        assert [str(path) for path in root.iterdir() if path.is_dir()] == [last.directory]
        assert require_right(service, known, rounds=2)


def process(code: str, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def tell(one: "subprocess.Popen[str]", directory: Path) -> None:
    assert one.stdin is not None
    one.stdin.write(f"{directory}\n")
    one.stdin.flush()


def said(one: "subprocess.Popen[str]", line: str) -> None:
    assert one.stdout is not None
    assert one.stdout.readline() == f"{line}\n"

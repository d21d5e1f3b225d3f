"""Questions that go to the searchers over sockets, and by Ray where those are of no use."""

import os
import signal
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from index.ray_session import Session
from index.service.actors import Actors
from index.service.client import IndexService
from index.service.connections import Connections
from index.service.direct import Address, Connection
from index.service.lease import LeasedVersion
from realm.errors import MismatchError
from tests.index.processes import actors
from tests.index.service.served import CONFIG, NAME, Expected, K, expected
from tests.index.world import World

SECRET, WELCOME = b"s" * 32, b"w" * 32
NOBODY = Actors("nobody", None, (None,), CONFIG)


@pytest.fixture
def old(world: World) -> Expected:
    return expected(world, "old")


@pytest.fixture
def by_ray(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which searchers have been asked by Ray."""
    asked = list[int]()
    ask = Connections._by_ray

    def noted(self: Connections, number: int, question: bytes) -> Any:
        asked.append(number)
        return ask(self, number, question)

    monkeypatch.setattr(Connections, "_by_ray", noted)
    return asked


def require_known(version: LeasedVersion, old: Expected) -> None:
    assert version.search(old.queries, K).scores.tobytes() == old.scores.tobytes()


def address_of(version: LeasedVersion, number: int = 0) -> Address:
    address: Address = version._actors.answer(version._actors.asked(version._actors.searchers[number], "address"))
    return address


def test_questions_need_no_call_of_ray(old: Expected, service: IndexService, by_ray: list[int]) -> None:
    with service.lease(service.publish(old.directory)) as version:
        for _ in range(3):
            require_known(version, old)
        many = np.tile(old.queries, (1_000, 1))  # more than any buffer on the way holds
        assert version.search(many, 1).rows.ravel().tolist() == np.tile(old.rows[:, 0], 1_000).tolist()
        assert [len(idle) for idle in version._connections._idle] == [1] * CONFIG.shards
    assert by_ray == []
    done = service.searched()
    assert [one.queries for one in done] == [3 * len(old.queries) + len(many)] * CONFIG.shards
    assert all(one.batches > len(many) / CONFIG.max_batch and one.seconds > 0 for one in done)


def test_a_task_that_is_given_a_lease_asks_over_connections_of_its_own(old: Expected, service: IndexService) -> None:
    import ray

    task = ray.remote(num_cpus=0)(scores_found)
    with service.lease(service.publish(old.directory)) as version:
        require_known(version, old)
        assert ray.get(task.remote(version, old.queries)) == (old.scores.tobytes(), [1] * CONFIG.shards)
        assert [len(idle) for idle in version._connections._idle] == [1] * CONFIG.shards
        require_known(version, old)


def scores_found(version: LeasedVersion, queries: np.ndarray) -> tuple[bytes, list[int]]:
    """The scores, and how many connections to each searcher this process has then."""
    return version.search(queries, K).scores.tobytes(), [len(idle) for idle in version._connections._idle]


def test_a_refused_question_is_asked_by_ray_which_says_why_and_the_next_one_is_not(
    old: Expected, service: IndexService, by_ray: list[int]
) -> None:
    with service.lease(service.publish(old.directory)) as version:
        require_known(version, old)
        with pytest.raises(MismatchError, match=r"Queries of shape \(2, 15\) do not fit"):
            version.search(np.zeros((2, 15), dtype=np.float32), K)
        assert by_ray
        by_ray.clear()
        require_known(version, old)
        assert by_ray == []


def test_who_does_not_know_the_secret_gets_no_answer(old: Expected, service: IndexService) -> None:
    with service.lease(service.publish(old.directory)) as version:
        address = address_of(version)
        assert address.secret.hex() not in str(address)
        assert address.welcome.hex() not in str(address)
        with pytest.raises(ConnectionError):
            Connection(replace(address, secret=bytes(len(address.secret))), 60.0)
        require_known(version, old)


def test_searchers_that_come_back_are_asked_over_new_connections(
    old: Expected, service: IndexService, ray: Session, by_ray: list[int]
) -> None:
    with service.lease(service.publish(old.directory)) as version:
        with ThreadPoolExecutor(4) as pool:
            list(pool.map(lambda _: require_known(version, old), range(200)))
        assert by_ray == []
        for pid in actors(ray, "Searcher"):
            os.kill(pid, signal.SIGKILL)
        require_known(version, old)
        assert sorted(by_ray) == [0, 1]
        by_ray.clear()
        require_known(version, old)
        assert by_ray == []


@pytest.mark.parametrize("wrong", ["cannot listen", "cannot be reached"])
def test_a_searcher_that_cannot_be_reached_is_asked_by_ray_and_not_tried_again_at_once(
    old: Expected, service: IndexService, by_ray: list[int], monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    tried = list[str]()

    def fails(*_: object, **__: object) -> Any:
        tried.append(wrong)
        raise OSError(wrong)

    if wrong == "cannot listen":
        monkeypatch.setattr(Connections, "_address", fails)
    else:
        monkeypatch.setattr(socket, "create_connection", fails)
    with service.lease(service.publish(old.directory)) as version:
        for _ in range(3):
            require_known(version, old)
    assert by_ray == [0, 1] * 3
    assert len(tried) == CONFIG.shards


def test_a_question_that_its_asker_gives_up_leaves_no_answer_for_the_next_one(
    old: Expected, service: IndexService, by_ray: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    receive = Connection.receive

    def interrupted(_self: Connection, _require_coming: Callable[[], None]) -> bytes:
        raise KeyboardInterrupt

    with service.lease(service.publish(old.directory)) as version:
        require_known(version, old)
        monkeypatch.setattr(Connection, "receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            version.search(old.queries[::-1], K)
        monkeypatch.setattr(Connection, "receive", receive)
        require_known(version, old)
    assert by_ray == []


def test_a_forked_process_gets_its_own_answers(old: Expected, service: IndexService) -> None:
    """Ray itself does not work in one, but whoever has asked before may ask on."""
    with service.lease(service.publish(old.directory)) as version:
        require_known(version, old)
        right, backwards = (version.search(old.queries[::step], K).scores.tobytes() for step in (1, -1))
        child = os.fork()
        if child == 0:
            found = [version.search(old.queries[::-1], K).scores.tobytes() for _ in range(200)]
            os._exit(0 if found == [backwards] * 200 else 1)
        found = [version.search(old.queries, K).scores.tobytes() for _ in range(200)]
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert found == [right] * 200


def test_an_answer_that_takes_longer_than_an_actor_may_be_silent_is_waited_for(
    old: Expected, service: IndexService, ray: Session, by_ray: list[int]
) -> None:
    """What an actor that does not come back is told as: `test_leases`."""
    service.publish(old.directory)
    impatient = IndexService.named(replace(CONFIG, placement_timeout_s=3.0), name=NAME)
    with impatient.lease() as version:
        require_known(version, old)
        searcher = actors(ray, "Searcher")[0]
        os.kill(searcher, signal.SIGSTOP)
        going_on = threading.Timer(3.5, os.kill, (searcher, signal.SIGCONT))  # while it is asked whether it is there
        going_on.start()
        require_known(version, old)
        going_on.join()
    assert by_ray == []


def test_a_searcher_that_is_lost_without_a_word_is_asked_again(
    old: Expected, service: IndexService, by_ray: list[int]
) -> None:
    """As when its machine is gone: nothing ends the connection, and Ray has started the actor elsewhere."""
    with service.lease(service.publish(old.directory)) as version, in_its_place(WELCOME) as gone:
        version._connections._addresses[0] = gone
        version._connections._actors = replace(version._actors, config=replace(CONFIG, placement_timeout_s=1.0))
        require_known(version, old)
        assert by_ray == [0]
        require_known(version, old)
        assert by_ray == [0]


def test_whoever_has_the_port_of_a_searcher_that_is_gone_is_not_taken_for_it(
    old: Expected, service: IndexService, by_ray: list[int]
) -> None:
    with service.lease(service.publish(old.directory)) as version:
        for says in (b"", SECRET, b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n", bytes(1_000)):
            with in_its_place(says, closes=True) as stranger:
                version._connections._forget(0)
                version._connections._addresses[0] = stranger
                require_known(version, old)
                assert by_ray == [0]
                require_known(version, old)
                assert by_ray == [0]
            by_ray.clear()


@contextmanager
def in_its_place(says: bytes, *, closes: bool = False) -> Iterator[Address]:
    """Somebody who listens, says that to who comes first, and nothing after it."""
    with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as pool, ExitStack() as held:
        listening.settimeout(10)  # should nobody come

        def answer() -> None:
            one = listening.accept()[0]
            one.recv(len(SECRET))
            one.sendall(says)
            if closes:
                one.close()
            else:
                held.enter_context(one)

        answering = pool.submit(answer)
        yield Address("127.0.0.1", listening.getsockname()[1], SECRET, WELCOME)
        answering.result()


def test_one_question_alone_finds_out_whether_a_searcher_can_be_reached_again(monkeypatch: pytest.MonkeyPatch) -> None:
    connections, tried = Connections(NOBODY), list[int]()

    def fails(self: Connections, number: int) -> Address:
        tried.append(number)
        if len(tried) > 1:  # somebody else asks meanwhile
            with pytest.raises(OSError, match="a moment ago"):
                self._connected(number)
        raise OSError("no way")

    monkeypatch.setattr(Connections, "_address", fails)
    for _ in range(2):
        with pytest.raises(OSError, match="no way"):
            connections._connected(0)
        connections._unreachable_until[0] = 0.0  # a minute has passed
    assert tried == [0, 0]
    for _ in range(2):
        with in_its_place(WELCOME) as there:
            connections._addresses[0] = there
            connections._connected(0).close()


def test_a_connection_that_another_thread_takes_meanwhile_is_not_missed() -> None:
    class TakenMeanwhile(deque[Connection]):
        def __bool__(self) -> bool:
            return True  # there was one just now

    connections = Connections(NOBODY)
    connections._idle = (TakenMeanwhile(),)
    connections._addresses[0] = Address("127.0.0.1", 1, SECRET, WELCOME)
    connections._forget(0)
    assert connections._addresses == {}


def test_no_thread_of_a_forked_process_finds_its_parents_connections() -> None:
    connections, parents = Connections(NOBODY), deque[Connection]()
    seen = list[bool]()

    class Seen(Connections):
        """Looks as another thread would, whenever something changes."""

        def __setattr__(self, name: str, value: object) -> None:
            super().__setattr__(name, value)
            seen.append(self._process == os.getpid() and self._idle[0] is parents)

    connections._idle, connections._process = (parents,), -1
    connections.__class__ = Seen
    connections._begin()
    assert seen == [False, False]

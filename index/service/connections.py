"""How a process asks the searchers: over connections of its own, and by Ray where there is none."""

import os
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final

from index.service.actors import Actors
from index.service.direct import Address, Connection

_AGAIN_S: Final = 60.0  # a searcher that cannot be reached, behind a firewall perhaps, is tried again after so long


class Connections:
    """The connections of one process to the searchers of a service; each is used by one thread at a time."""

    def __init__(self, actors: Actors) -> None:
        self._actors = actors
        self._addresses: dict[int, Address] = {}
        self._unreachable_until: dict[int, float] = {}
        self._begin()

    def answers(self, question: bytes) -> list[bytes]:
        """What each searcher answers, in the order of their shards.

        Raises:
            UserError: the question is refused, the service has ended, or an actor is not up in time.
        """
        self._actors.require_joined()
        if self._process != os.getpid():  # forked: the parent's connections would give either the other's answers
            self._begin()
        unanswered = set[Connection]()
        try:
            asked = [self._asked(one, question, unanswered) for one in range(len(self._actors.searchers))]
            return [answer() for answer in asked]
        finally:
            for connection in unanswered:  # what comes there answers a question that nobody waits for any more
                connection.close()

    def __reduce__(self) -> "tuple[type[Connections], tuple[Actors]]":
        """Another process, to which Ray may pass a service, makes its own."""
        return Connections, (self._actors,)

    def close(self) -> None:
        """Ends those that nobody uses at the moment."""
        for number in range(len(self._idle)):
            self._forget(number)

    def _begin(self) -> None:
        self._idle: tuple[deque[Connection], ...] = tuple(deque() for _ in self._actors.searchers)
        self._process = os.getpid()  # last: another thread goes by it, and must not find the parent's connections then

    def _asked(self, number: int, question: bytes, unanswered: set[Connection]) -> Callable[[], bytes]:
        """Asks a searcher, and returns what waits for its answer."""
        try:
            connection = self._taken(number)
            unanswered.add(connection)
            connection.send(question)
        except OSError:
            self._forget(number)
            return partial(self._actors.answer, self._by_ray(number, question))
        return partial(self._received, number, connection, question, unanswered)

    def _received(self, number: int, connection: Connection, question: bytes, unanswered: set[Connection]) -> bytes:
        try:
            answer = connection.receive(partial(self._require_coming, number, connection))
        except OSError:
            self._forget(number)
            answer = self._actors.answer(self._by_ray(number, question))
        else:
            unanswered.remove(connection)  # from here on it may be another thread's
            self._idle[number].append(connection)
        return answer

    def _taken(self, number: int) -> Connection:
        """A connection that nobody else uses.

        Raises:
            OSError: there is none to be had.
        """
        try:
            return self._idle[number].pop()
        except IndexError:
            return self._connected(number)

    def _connected(self, number: int) -> Connection:
        if time.monotonic() < self._unreachable_until.get(number, 0.0):
            raise ConnectionError(f"searcher {number} could not be reached a moment ago")
        if number in self._unreachable_until:  # trying again may take its time; who asks meanwhile asks by Ray
            self._unreachable_until[number] = time.monotonic() + _AGAIN_S
        known = self._addresses.get(number)
        try:
            address = known or self._address(number)
            connection = Connection(address, self._actors.config.placement_timeout_s)
        except OSError:
            if known is None:  # else it may have come back elsewhere
                self._unreachable_until[number] = time.monotonic() + _AGAIN_S
            raise
        self._addresses[number] = address
        self._unreachable_until.pop(number, None)
        return connection

    def _address(self, number: int) -> Address:
        address: Address = self._actors.answer(self._actors.asked(self._actors.searchers[number], "address"))
        return address

    def _require_coming(self, number: int, connection: Connection) -> None:
        """Returns if the searcher that was asked is still there.

        Raises:
            UserError: an actor is not up in time, or the service has ended.
            ConnectionError: it has come back as another process, and the question is lost.
        """
        self._actors.require_ready()
        if self._address(number) != connection.address:
            raise ConnectionResetError(f"the searcher at {connection.address} is gone")

    def _by_ray(self, number: int, question: bytes) -> Any:
        return self._actors.asked(self._actors.searchers[number], "search_packed", question)

    def _forget(self, number: int) -> None:
        """What is known of a searcher that may have come back elsewhere."""
        self._addresses.pop(number, None)
        with suppress(IndexError):  # there are no more; another thread may have taken the last one
            while True:
                self._idle[number].pop().close()

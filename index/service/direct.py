"""A socket of a searcher's own: a question takes a third of the time there that it takes as a call of Ray.

Only searches go this way, and nothing relies on it: whatever is wrong with a connection, or with a question, ends the
connection, and who asked asks by Ray, which waits for actors that come back and says what is wrong.

A connection begins with the searcher's secret, and with its welcome, so that neither end takes a stranger for the
other: who finds a searcher gone may find anybody at its port. Then questions and answers (`index.service.packed`) take
turns, each behind its length.
"""

import asyncio
import hmac
import secrets
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from realm.errors import UserError

_LENGTH = struct.Struct("<Q")
_SECRET_BYTES: Final = 32
_BUFFERED: Final = 1 << 20
_ONE_PACKET: Final = 1 << 16  # bytes that are copied behind their length; more are sent from where they lie
_CONNECT_S: Final = 2.0
_WELCOME_S: Final = 5.0
_UNACKNOWLEDGED_S: Final = 30  # a machine that acknowledges nothing for so long is gone, or a firewall has forgotten it
_WHEN_LOST: Final = {
    "TCP_KEEPIDLE": _UNACKNOWLEDGED_S,
    "TCP_KEEPINTVL": _UNACKNOWLEDGED_S // 6,
    "TCP_USER_TIMEOUT": _UNACKNOWLEDGED_S * 1_000,
}


@dataclass(frozen=True)
class Address:
    """Where a searcher listens, what it wants to hear first and says then; who may not call it knows neither."""

    host: str
    port: int
    secret: bytes = field(repr=False)
    welcome: bytes = field(repr=False)


class Listener:
    """The searcher's end: answers whoever knows the secret."""

    def __init__(self, answer: Callable[[bytes], Awaitable[bytes]]) -> None:
        self._answer = answer
        self._secret, self._welcome = secrets.token_bytes(_SECRET_BYTES), secrets.token_bytes(_SECRET_BYTES)
        self._server: asyncio.Server | None = None
        self._starting = asyncio.Lock()

    async def listen(self, host: str) -> Address:
        """Listens at any free port of `host` from the first call on.

        Raises:
            OSError: this machine cannot listen there.
        """
        async with self._starting:  # many ask at once, and would each be told another port
            if self._server is None:
                self._server = await asyncio.start_server(self._serve, host, 0, limit=_BUFFERED)
        return Address(host, self._server.sockets[0].getsockname()[1], self._secret, self._welcome)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            _notice_loss(writer.get_extra_info("socket"))
            async with asyncio.timeout(_WELCOME_S):
                said = await reader.readexactly(_SECRET_BYTES)
            if not hmac.compare_digest(said, self._secret):
                return
            writer.write(self._welcome)
            while True:
                (length,) = _LENGTH.unpack(await reader.readexactly(_LENGTH.size))
                answer = await self._answer(await reader.readexactly(length))
                writer.writelines((_LENGTH.pack(len(answer)), answer))
                await writer.drain()
        except (asyncio.IncompleteReadError, UserError, OSError):
            return  # who asked has gone, or asks by Ray now
        finally:
            writer.close()


class Connection:
    """The other end, for one thread at a time."""

    def __init__(self, address: Address, patience_s: float) -> None:
        """Connects.

        Args:
            address: of the searcher.
            patience_s: for how long an answer is waited for before anybody asks whether it will come.

        Raises:
            OSError: nobody answers there, or not that searcher.
        """
        self.address = address
        with ExitStack() as unless_welcome:
            self._socket = socket.create_connection((address.host, address.port), timeout=_CONNECT_S)
            unless_welcome.enter_context(self._socket)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            _notice_loss(self._socket)
            self._socket.settimeout(_WELCOME_S)
            self._socket.sendall(address.secret)
            if not hmac.compare_digest(self._read(len(address.welcome), _refuse_to_wait), address.welcome):
                raise ConnectionRefusedError(f"at {address} is not the searcher that was there")
            self._socket.settimeout(patience_s)
            unless_welcome.pop_all()

    def send(self, question: bytes) -> None:
        """Asks.

        Raises:
            OSError: the connection has ended, or nobody reads what is sent.
        """
        length = _LENGTH.pack(len(question))
        if len(question) <= _ONE_PACKET:
            self._socket.sendall(length + question)
        else:
            self._socket.sendall(length)
            self._socket.sendall(question)

    def receive(self, require_coming: Callable[[], None]) -> bytes:
        """The answer to what was sent.

        Args:
            require_coming: is called whenever nothing came for so long, and raises if nothing will.

        Raises:
            OSError: the connection has ended.
        """
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size, require_coming))
        return self._read(length, require_coming)

    def close(self) -> None:
        """Ends the connection."""
        self._socket.close()

    def _read(self, size: int, require_coming: Callable[[], None]) -> bytes:
        read, done = memoryview(bytearray(size)), 0
        while done < size:
            try:
                came = self._socket.recv_into(read[done:])
            except TimeoutError:
                require_coming()
                continue
            if not came:
                raise ConnectionResetError(f"the searcher at {self.address} ended the connection")
            done += came
        return bytes(read)


def _refuse_to_wait() -> None:
    raise TimeoutError(f"no welcome for {_WELCOME_S:.0f} s")


def _notice_loss(one: socket.socket) -> None:
    """Ends a connection whose other machine is gone, though nobody says so: that it is silent alone says nothing."""
    one.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _WHEN_LOST.items():
        option = getattr(socket, name, None)  # Linux has all of them; elsewhere it takes the system's own time
        if option is not None:
            one.setsockopt(socket.IPPROTO_TCP, option, value)

"""A socket of a searcher's own: a question takes a third of the time there that it takes as a call of Ray.

Only searches go this way, and nothing relies on it: whatever is wrong with a connection, or with a question, ends the
connection, and who asked asks by Ray, which waits for actors that come back and says what is wrong.

A connection begins with the searcher's secret. Then questions and answers (`index.service.packed`) take turns, each
behind its length.
"""

import asyncio
import hmac
import secrets
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from realm.errors import UserError

_LENGTH = struct.Struct("<Q")
_SECRET_BYTES = 32
_BUFFERED = 1 << 20
_CONNECT_S = 2.0


@dataclass(frozen=True)
class Address:
    """Where a searcher listens, and what it wants to hear first; only who may call the actor knows it."""

    host: str
    port: int
    secret: bytes = field(repr=False)


class Listener:
    """The searcher's end: answers whoever knows the secret."""

    def __init__(self, answer: Callable[[bytes], Awaitable[bytes]]) -> None:
        self._answer, self._secret = answer, secrets.token_bytes(_SECRET_BYTES)
        self._server: asyncio.Server | None = None

    async def listen(self, host: str) -> Address:
        """Listens at any free port of `host` from the first call on.

        Raises:
            OSError: this machine cannot listen there.
        """
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, host, 0, limit=_BUFFERED)
        return Address(host, self._server.sockets[0].getsockname()[1], self._secret)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if not hmac.compare_digest(await reader.readexactly(_SECRET_BYTES), self._secret):
                return
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
            OSError: nobody answers there.
        """
        self.address = address
        self._socket = socket.create_connection((address.host, address.port), timeout=_CONNECT_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.settimeout(patience_s)
        self._socket.sendall(address.secret)

    def send(self, question: bytes) -> None:
        """Asks.

        Raises:
            OSError: the connection has ended, or nobody reads what is sent.
        """
        self._socket.sendall(_LENGTH.pack(len(question)) + question)

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

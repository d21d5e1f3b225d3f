"""The sockets of searchers: who is let in, and what either end bears of the other."""

import asyncio
import socket
import struct

import pytest

from index.service import direct
from index.service.direct import Address, Connection, Listener
from realm.errors import UserError


async def echo(question: bytes) -> bytes:
    return question


def test_a_searcher_asked_by_many_at_once_listens_at_one_port() -> None:
    async def ports() -> set[int]:
        listener = Listener(echo)
        return {one.port for one in await asyncio.gather(*(listener.listen("127.0.0.1") for _ in range(5)))}

    assert len(asyncio.run(ports())) == 1


def test_a_listener_bears_strangers_and_who_leaves_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(direct, "_WELCOME_S", 0.5)
    complaints = list[object]()
    asked = list[bytes]()

    async def slowly(question: bytes) -> bytes:
        asked.append(question)
        await asyncio.sleep(0.1)
        if question == b"refused":
            raise UserError("No.")
        return question * 16

    async def serve() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, complaint: complaints.append(complaint))
        address = await Listener(slowly).listen("127.0.0.1")
        await asyncio.to_thread(trouble, address)

    def trouble(address: Address) -> None:
        place, large = (address.host, address.port), bytes(1 << 20)
        length, huge = (struct.pack("<Q", size) for size in (len(large), 1 << 62))
        for said in (b"", b"s" * 32, b"GET / HTTP/1.1", address.secret, address.secret + length[:3]):
            socket.create_connection(place).sendall(said)
        for said in (length + large[:-1], huge + large, length + large):  # the last one leaves as it is answered
            with socket.create_connection(place) as leaving:
                leaving.sendall(address.secret + said)
        silent = socket.create_connection(place, timeout=5)
        assert silent.recv(1) == b""  # is not borne for ever
        silent.close()
        one = Connection(address, 5.0)
        one.send(large)
        assert one.receive(lambda: None) == large * 16
        one.send(b"again")
        assert one.receive(lambda: None) == b"again" * 16
        assert one._socket.gettimeout() == 5.0  # and not that of the welcome
        # A machine that is gone without a word ends the connection; no test can take one away.
        assert one._socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 30_000
        assert one._socket.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        one.send(b"refused")
        with pytest.raises(ConnectionError):
            one.receive(lambda: None)
        one.close()

    asyncio.run(serve())
    assert {len(question) for question in asked} == {1 << 20, 5, 7}
    assert complaints == []

"""A Ray head with a job server, a checkout to submit from, and a line between them that can be cut."""

import contextlib
import os
import select
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from index.ray_session import Session
from jobs.packing import CODE
from jobs.stage import CHECKOUT, LOCK, PROJECT

_UP_S = 60
_ANYWHERE = ("127.0.0.1", 0)


@contextlib.contextmanager
def ray_head() -> Iterator[tuple[str, Session]]:
    """Yields the address of the dashboard of a head that asks for a token, and what names its processes and token."""
    session = Session.create()
    gcs, dashboard, client, agent = _free_ports(4)
    home = session.root / "home"
    home.mkdir()
    environment = {**os.environ, **session.environment(), "HOME": str(home), "PATH": _path()}
    command = [str(Path(sys.executable).parent / "ray"), "start", "--head", "--block", f"--port={gcs}"]
    command += [f"--dashboard-port={dashboard}", f"--ray-client-server-port={client}", "--num-cpus=2"]
    command += [f"--dashboard-agent-listen-port={agent}", f"--temp-dir={session.root / 'ray'}"]
    command += ["--dashboard-host=127.0.0.1", f"--object-store-memory={100 << 20}", "--disable-usage-stats"]
    try:
        with session.log.open("wb") as log:
            head = subprocess.Popen(command, env=environment, cwd=home, stdout=log, stderr=log, start_new_session=True)
        address = f"http://127.0.0.1:{dashboard}"
        _wait_for(address, head, session.log)
        yield address, session
        head.terminate()
        head.wait(timeout=30)
    finally:
        session.end()


def _path() -> str:
    """As where an image's Python is the one with the packages."""
    return f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"


def _free_ports(count: int) -> list[int]:
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.create_server(_ANYWHERE)) for _ in range(count)]
        return [int(one.getsockname()[1]) for one in sockets]


def _wait_for(address: str, head: "subprocess.Popen[bytes]", log: Path) -> None:
    limit = time.monotonic() + _UP_S
    while True:
        assert head.poll() is None, log.read_text()
        assert time.monotonic() < limit, "the head did not come up"
        try:
            urlopen(f"{address}/api/version", timeout=5).close()
        except URLError as error:
            if getattr(error, "code", None) in {401, 403}:  # it is up, and asks for the token
                return
            time.sleep(0.2)
        else:
            return


def make_checkout(root: Path, stages: dict[str, str]) -> None:
    """Copies what a checkout has and adds `stages`: files and their text."""
    for name in CODE:
        shutil.copytree(CHECKOUT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (LOCK, PROJECT):
        shutil.copy(CHECKOUT / name, root / name)
    for name, text in stages.items():
        (root / name).write_text(text, encoding="utf-8")


class Line:
    """Passes what comes on to another port of this machine, until it is cut."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._server = socket.create_server(_ANYWHERE)
        self._open: list[socket.socket] = []
        self.port = int(self._server.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def drop(self) -> None:
        """Breaks the connections that there are; new ones may be made."""
        for one in self._open[:]:
            with contextlib.suppress(OSError):  # it was closed by its other end
                one.shutdown(socket.SHUT_RDWR)

    def cut(self) -> None:
        """Breaks the connections and takes no more."""
        with contextlib.suppress(OSError):
            self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self.drop()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):  # cut
            while True:
                here, _ = self._server.accept()
                there = socket.create_connection(("127.0.0.1", self._to))
                self._open += [here, there]
                threading.Thread(target=self._pass_on, args=(here, there), daemon=True).start()

    def _pass_on(self, here: socket.socket, there: socket.socket) -> None:
        with contextlib.suppress(OSError), here, there:
            while True:
                for one in select.select([here, there], [], [])[0]:
                    data = one.recv(65536)
                    if not data:
                        return
                    (there if one is here else here).sendall(data)

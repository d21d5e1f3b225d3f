"""A Ray session: a directory of its own that one local Ray lives and dies with.

`jobs.local_ray` opens a session around a whole command. Nothing is started then: the first stage that needs Ray
starts a keeper process (`index.ray_keeper`), which holds Ray until the session's owner is gone. Everything that
belongs to a session is found by its directory, so another Ray on the same machine is never touched.
"""

import fcntl
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from realm.errors import UserError
from realm.storage import read_json, write_json

SESSION_VARIABLE = "REALM_RAY_SESSION"
CHECKOUT = Path(__file__).resolve().parents[1]

_MAX_ROOT = 40  # Ray puts sockets 65 characters below its directory, and a socket's path has at most 107
_START_TIMEOUT_S = 120.0
_POLL_S = 0.05
_SHUTDOWN_S = 10.0
_GRACE_S = 3.0


@dataclass(frozen=True)
class Owner:
    """A process, told apart from a later one with the same id by when it began."""

    pid: int
    started: float

    @staticmethod
    def this_process() -> "Owner":
        """The running process."""
        return Owner(pid=os.getpid(), started=psutil.Process().create_time())

    def alive(self) -> bool:
        """Whether the process still runs."""
        try:
            process = psutil.Process(self.pid)
            return bool(process.create_time() == self.started and process.status() != psutil.STATUS_ZOMBIE)
        except psutil.NoSuchProcess:
            return False


@dataclass(frozen=True)
class Session:
    """The directory of a session."""

    root: Path

    @staticmethod
    def create() -> "Session":
        """Makes a session that belongs to this process; no Ray is started yet."""
        parent = tempfile.gettempdir()
        root = Path(tempfile.mkdtemp(prefix="realm-ray-", dir=parent if len(parent) <= _MAX_ROOT else "/tmp"))
        session = Session(root)
        session.token.touch(mode=0o600)
        session.token.write_text(secrets.token_hex(32), encoding="ascii")
        write_json(root / "owner.json", asdict(Owner.this_process()))
        return session

    @staticmethod
    def inherited() -> "Session | None":
        """The session that this process was started in, if any."""
        root = os.environ.get(SESSION_VARIABLE)
        return Session(Path(root)) if root else None

    @property
    def token(self) -> Path:
        """The session's own authentication token, so that none is left in the home directory."""
        return self.root / "token"

    @property
    def log(self) -> Path:
        """What the keeper printed."""
        return self.root / "keeper.log"

    @property
    def ready(self) -> Path:
        """Written by the keeper as soon as Ray can be joined: its address."""
        return self.root / "ready.json"

    def owner(self) -> Owner:
        """The process this session ends with."""
        return Owner(**read_json(self.root / "owner.json"))

    def environment(self) -> dict[str, str]:
        """What the environment of every process of the session has besides its own."""
        return {
            SESSION_VARIABLE: str(self.root),
            "RAY_AUTH_MODE": "token",
            "RAY_AUTH_TOKEN_PATH": str(self.token),
            "RAY_USAGE_STATS_ENABLED": "0",
        }

    def address(self) -> str:
        """The address of the session's Ray, which is started if this is the first call of all processes.

        Raises:
            UserError: Ray does not start; the message says where its log is.
        """
        with self._starting_alone():
            if not self._keeper_alive():
                self.ready.unlink(missing_ok=True)
                self._start()
        return str(read_json(self.ready)["address"])

    def end(self) -> None:
        """Ends every other process of the session, first asking, then killing, and removes its directory."""
        keeper = self._keeper()
        if keeper is not None and keeper.pid != os.getpid():
            with _gone_is_fine():
                keeper.terminate()  # it shuts its Ray down in good order
            psutil.wait_procs([keeper], timeout=_SHUTDOWN_S)
        for _ in range(3):  # what is being started while the others end is found by the next round
            found = self.processes()
            if not found:
                break
            end_processes(found)
        shutil.rmtree(self.root, ignore_errors=True)

    def processes(self) -> list[psutil.Process]:
        """All processes of this session but the calling one, with their descendants."""
        mine = [process for process in psutil.process_iter() if self._owns(process)]
        found = {process.pid: process for process in mine}
        for process in mine:
            try:
                found.update((child.pid, child) for child in process.children(recursive=True))
            except psutil.NoSuchProcess:
                continue
        found.pop(os.getpid(), None)
        return list(found.values())

    def _owns(self, process: psutil.Process) -> bool:
        """By its environment, or, as Ray's workers overwrite theirs with a title, by its open log files."""
        try:
            if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
                return False
            if process.environ().get(SESSION_VARIABLE) == str(self.root):
                return True
            return any(file.path.startswith(f"{self.root}/") for file in process.open_files())
        except psutil.Error:
            return False  # ended meanwhile, or another user's

    def _keeper(self) -> psutil.Process | None:
        try:
            owner = Owner(**read_json(self.root / "keeper.json"))
            return psutil.Process(owner.pid) if owner.alive() else None
        except (FileNotFoundError, psutil.NoSuchProcess):
            return None

    def _keeper_alive(self) -> bool:
        return self.ready.exists() and self._keeper() is not None

    @contextmanager
    def _starting_alone(self) -> Iterator[None]:
        with (self.root / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # the kernel frees it if this process dies
            yield

    def _start(self) -> None:
        environment = {**os.environ, **self.environment(), "PYTHONPATH": _python_path()}
        # Ray sets one thread per CPU of a task or actor, but only where nothing is set already.
        environment.pop("OMP_NUM_THREADS", None)
        environment.pop("RAY_AUTH_TOKEN", None)
        command = [sys.executable, "-m", "index.ray_keeper", str(self.root)]
        with self.log.open("ab") as log:
            keeper = subprocess.Popen(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # a Ctrl-C in the terminal is for the command, not for Ray
            )
        limit = time.monotonic() + _START_TIMEOUT_S
        while not self.ready.exists():
            if keeper.poll() is not None or time.monotonic() > limit:
                keeper.kill()
                tail = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-1:]
                raise UserError(f"Ray did not start ({' '.join(tail) or 'no word from it'}); its log is {self.log}.")
            time.sleep(_POLL_S)


def end_processes(processes: list[psutil.Process]) -> None:
    """Asks processes to end and kills those that have not after a moment."""
    for process in processes:
        with _gone_is_fine():
            process.terminate()
    _, alive = psutil.wait_procs(processes, timeout=_GRACE_S)
    for process in alive:
        with _gone_is_fine():
            process.kill()
    psutil.wait_procs(alive, timeout=_GRACE_S)


@contextmanager
def _gone_is_fine() -> Iterator[None]:
    try:
        yield
    except psutil.NoSuchProcess:
        return


def _python_path() -> str:
    rest = os.environ.get("PYTHONPATH")
    return f"{CHECKOUT}{os.pathsep}{rest}" if rest else str(CHECKOUT)

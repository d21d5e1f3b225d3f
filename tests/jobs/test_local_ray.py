"""One Ray for a whole command, and nothing of it afterwards, however the command ends."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from index.ray_session import SESSION_VARIABLE, Session

STAGE = """
import os, sys, time
from pathlib import Path
from index.ray_runtime import connect
with connect():
    import ray
    @ray.remote
    def pid():
        return os.getpid()
    Path(sys.argv[1]).write_text(f"{os.environ['REALM_RAY_SESSION']} {os.getpid()} {ray.get(pid.remote())}")
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture(autouse=True)
def outside_any_session(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (SESSION_VARIABLE, "RAY_ADDRESS", "RAY_AUTH_TOKEN_PATH"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def other_ray() -> Iterator[list[psutil.Process]]:
    """The processes of another Ray on this machine, which belongs to somebody else."""
    session = Session.create()
    session.address()
    processes = session.processes()
    assert len(processes) > 3
    yield processes
    session.end()
    assert not any(process.is_running() for process in processes)


def start(*command: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "jobs.local_ray", "--", *command], start_new_session=True)


def stage_command(directory: Path, up: Path, seconds: int) -> str:
    """A shell command for a stage that connects, says so in the file `up`, and then works for `seconds`."""
    script = directory / "stage.py"
    script.write_text(STAGE)
    return f"PYTHONPATH=. {sys.executable} {script} {up} {seconds}"


def wait_for(path: Path) -> tuple[Session, list[int]]:
    limit = time.monotonic() + 90
    while not path.exists() or not path.read_text():
        assert time.monotonic() < limit, "the stage did not come up"
        time.sleep(0.05)
    root, *pids = path.read_text().split()
    return Session(Path(root)), [int(pid) for pid in pids]


def assert_gone(session: Session, pids: list[int], *, within_s: float = 0.0) -> None:
    limit = time.monotonic() + within_s
    while time.monotonic() < limit and (session.root.exists() or any(map(psutil.pid_exists, pids))):
        time.sleep(0.1)
    assert not session.root.exists()
    assert [pid for pid in pids if psutil.pid_exists(pid)] == []
    assert session.processes() == []


def test_a_command_that_needs_no_ray_starts_none_and_keeps_its_exit_code() -> None:
    started = time.monotonic()
    assert (
        start("sh", "-c", f'test -d "${SESSION_VARIABLE}" && test ! -e "${SESSION_VARIABLE}/ray" && exit 3').wait() == 3
    )
    assert time.monotonic() - started < 3
    assert start("a-command-that-does-not-exist").wait() == 127
    assert start("sh", "-c", "kill -9 $$").wait() == 128 + 9


def test_stages_share_one_ray_that_is_gone_when_the_command_ends(
    tmp_path: Path, other_ray: list[psutil.Process]
) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    runs = [stage_command(tmp_path, up, 0) for up in (first, second)]
    command = start("sh", "-c", f"{runs[0]} && cp $REALM_RAY_SESSION/ready.json {tmp_path} && {runs[1]}")
    assert command.wait(timeout=120) == 0
    (session, pids), (again, more_pids) = wait_for(first), wait_for(second)
    assert session == again
    assert (tmp_path / "ready.json").exists()
    assert_gone(session, pids + more_pids)
    assert all(process.is_running() for process in other_ray)


def test_outside_a_session_a_stage_has_a_ray_of_its_own_even_if_it_imported_ray_before(
    tmp_path: Path, other_ray: list[psutil.Process]
) -> None:
    up = tmp_path / "up"
    command = stage_command(tmp_path, up, 0)
    (tmp_path / "stage.py").write_text(f"import ray\n{STAGE}")
    subprocess.run(["sh", "-c", command], check=True, timeout=120)
    assert_gone(*wait_for(up))
    assert all(process.is_running() for process in other_ray)


@pytest.mark.parametrize("how", ["Ctrl-C", "command killed", "wrapper killed"])
def test_nothing_is_left_after(how: str, tmp_path: Path, other_ray: list[psutil.Process]) -> None:
    up = tmp_path / "up"
    wrapper = start("sh", "-c", f"{stage_command(tmp_path, up, 600)} & wait")
    session, pids = wait_for(up)
    mine = [process.pid for process in session.processes()]
    if how == "Ctrl-C":
        os.killpg(wrapper.pid, signal.SIGINT)
    elif how == "command killed":
        psutil.Process(wrapper.pid).children()[0].kill()
    else:
        wrapper.kill()
    wrapper.wait(timeout=60)
    assert_gone(session, [*pids, *mine], within_s=30 if how == "wrapper killed" else 0)
    assert all(process.is_running() for process in other_ray)

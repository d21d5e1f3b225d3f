"""Stages as Ray jobs on a real head with a job server, which asks for a token."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.ray_runtime import connect
from index.ray_session import SESSION_VARIABLE, Session
from jobs.server import JobServer
from jobs.submit import _require_stage
from realm.errors import UserError
from tests.jobs.cluster import Line, make_checkout, ray_head

SLOW = """
import sys, time
if __name__ == "__main__":
    for line in range(int(sys.argv[1])):
        print("line", line)
        time.sleep(0.1)
    print("up")
    time.sleep(float(sys.argv[2]))
    print("the end")
"""
JOINS = """
import os
from index.ray_runtime import connect
if __name__ == "__main__":
    with connect():
        import ray
        @ray.remote
        def package():
            import realm
            return realm.__file__
        print("joined", ray.get_runtime_context().gcs_address == os.environ["RAY_ADDRESS"], len(ray.nodes()))
        print("code", os.path.relpath(ray.get(package.remote())), os.environ["NOTE"])
        print("here", sorted(os.listdir(".")))
"""
GREEDY = """
from pathlib import Path
from realm.errors import main_guard
from train.trainer import TrainCluster, run_training
def loop(config):
    raise AssertionError("there was room")
def main():
    cluster = TrainCluster(workers=2, threads=1, gpu=True, compile=False)
    run_training(loop, config={}, cluster=cluster, storage=Path("/nowhere"), name="greedy")
if __name__ == "__main__":
    main_guard(main)
"""


@pytest.fixture(scope="module")
def head() -> Iterator[tuple[str, Session]]:
    with ray_head() as found:
        yield found


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("checkout")
    make_checkout(root, {"pipelines/slow.py": SLOW, "index/joins.py": JOINS, "train/greedy.py": GREEDY})
    (root / "shared").mkdir()
    (root / "params.yaml").write_text(f"data: {root / 'shared'}\n")
    for name in (".env", "notes.txt", ".git/config", "data/raw/dump.xml", "tests/test_it.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("stays here")
    return root


def environment(session: Session) -> dict[str, str]:
    """A person's: the token, and nothing that makes it part of the head's session."""
    outside = {name: value for name, value in os.environ.items() if name not in (SESSION_VARIABLE, "RAY_ADDRESS")}
    token = {name: value for name, value in session.environment().items() if name != SESSION_VARIABLE}
    return {**outside, **token, "PYTHONUNBUFFERED": "1"}


def start(head: tuple[str, Session], checkout: Path, *arguments: str, address: str = "") -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "jobs.submit", "--address", address or head[0], "--stage", *arguments]
    # A shell lets what it runs in the background be deaf to Ctrl-C, and so would be what a test run starts there.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            command,
            cwd=checkout,
            env=environment(head[1]),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
    finally:
        signal.signal(signal.SIGINT, before)


def until(process: "subprocess.Popen[str]", line: str) -> str:
    assert process.stdout is not None
    shown = ""
    while not shown.endswith(f"{line}\n"):
        new = process.stdout.readline()
        assert new, f"it ended: {shown}"
        shown += new
    return shown


@pytest.fixture
def server(head: tuple[str, Session], monkeypatch: pytest.MonkeyPatch) -> JobServer:
    for name, value in environment(head[1]).items():
        monkeypatch.setenv(name, value)
    from ray._raylet import AuthenticationTokenLoader, Config

    Config.initialize("")
    AuthenticationTokenLoader.instance().reset_cache()
    return JobServer(head[0])


def job_name(said: str) -> str:
    return next(line.partition(":")[0] for line in said.splitlines() if line.endswith(" is handed in"))


def test_a_stage_joins_the_cluster_with_the_code_that_travelled_and_nothing_else(
    head: tuple[str, Session], checkout: Path
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_API_SERVER_ADDRESS", "http://127.0.0.1:1")  # the address on the command line counts
        process = start(head, checkout, "index.joins", "--env", "NOTE=a=b c")
    out, said = process.communicate(timeout=90)
    assert "joined True 1\n" in out
    assert "code realm/__init__.py a=b c\n" in out
    code = ["app", "index", "jobs", "params.yaml", "pipelines", "pyproject.toml", "realm", "requirements.lock", "train"]
    assert f"here {code}\n" in out
    assert said == f"{job_name(said)}: index.joins is handed in\n{job_name(said)}: SUCCEEDED\n"


def test_the_exit_code_is_that_of_the_stage(head: tuple[str, Session], checkout: Path) -> None:
    failed = start(head, checkout, "pipelines.tokenizer", "--", "--params", "params.yaml")
    missing = start(head, checkout, "pipelines.slow", "--python", "/no/python", "--", "1", "0")
    out, said = failed.communicate(timeout=90)
    assert (failed.returncode, said.splitlines()[1]) == (2, f"{job_name(said)}: FAILED")
    assert "error: params.yaml has no section 'tokenizer'" in out
    out, said = missing.communicate(timeout=90)
    assert (missing.returncode, said.splitlines()[2][:45]) == (127, "error: The cluster has no '/no/python' on its")


def test_ctrl_c_leaves_the_job_running_and_it_is_not_started_twice(
    head: tuple[str, Session], checkout: Path, server: JobServer
) -> None:
    first = start(head, checkout, "pipelines.slow", "--", "0", "600")
    until(first, "up")
    first.send_signal(signal.SIGINT)
    _, said = first.communicate(timeout=90)
    name = job_name(said)
    assert first.returncode == 130
    assert f"{name} goes on\nfollow it: ray job logs --follow --address {head[0]} {name}\nstop it: ray job stop" in said
    twin = start(head, checkout, "pipelines.slow", "--", "0", "600")
    assert f"error: {name} runs the same stage on the same data already." in twin.communicate(timeout=90)[1]
    assert twin.returncode == 2
    server.stop(name)
    assert server.follow(name, show=lambda _: None, patience_s=5).status == "STOPPED"


def test_a_job_that_is_stopped_is_told_so_whoever_stopped_it(
    head: tuple[str, Session], checkout: Path, server: JobServer
) -> None:
    mine = start(head, checkout, "pipelines.slow", "--on-interrupt", "stop", "--", "0", "601")
    other = start(head, checkout, "pipelines.slow", "--", "0", "602")
    until(mine, "up")
    mine.send_signal(signal.SIGTERM)  # as from whatever runs it; a terminal's Ctrl-C is the same here
    until(other, "up")
    data = str(checkout / "shared")
    server.stop(str(server.running({"stage": "pipelines.slow 0 602", "params": "params.yaml", "data": data})))
    for process, code in ((mine, 130), (other, 1)):
        out, said = process.communicate(timeout=90)
        assert process.returncode == code
        assert said.endswith(f"{job_name(said)}: STOPPED\n")
        assert "the end" not in out


def test_a_log_is_shown_once_though_the_connection_broke_and_a_head_that_is_gone_is_told(
    head: tuple[str, Session], checkout: Path, server: JobServer
) -> None:
    line = Line(int(head[0].rpartition(":")[2]))
    process = start(
        head, checkout, "pipelines.slow", "--patience", "1", "--", "20", "600", address=f"http://127.0.0.1:{line.port}"
    )
    shown = until(process, "line 3")
    line.drop()
    shown += until(process, "up")
    assert [text for text in shown.splitlines() if text.startswith("line ")] == [f"line {at}" for at in range(20)]
    line.cut()
    _, said = process.communicate(timeout=90)
    assert process.returncode == 2
    assert f"error: The Ray cluster at http://127.0.0.1:{line.port} has not answered for" in said
    server.stop(job_name(said))


def test_gpus_that_the_cluster_does_not_have_are_an_error_and_not_a_wait_without_end(
    head: tuple[str, Session], checkout: Path
) -> None:
    (checkout / "shared" / "runs").mkdir()
    greedy = checkout / "train" / "greedy.py"
    greedy.write_text(GREEDY.replace("/nowhere", str(checkout / "shared" / "runs")))
    process = start(head, checkout, "train.greedy", "--env", "RAY_TRAIN_WORKER_GROUP_START_TIMEOUT_S=1")
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 2
    assert "error: 2 training processes with {'CPU': 1, 'GPU': 1} each found no room for 1 s; Ray has {" in out


def test_a_head_that_asks_for_a_token_says_so(head: tuple[str, Session], checkout: Path) -> None:
    started = time.monotonic()
    command = [sys.executable, "-m", "jobs.submit", "--address", head[0], "--stage", "pipelines.slow", "--", "0", "0"]
    without = {name: value for name, value in environment(head[1]).items() if not name.startswith("RAY_AUTH")}
    done = subprocess.run(command, cwd=checkout, env=without, capture_output=True, text=True, check=False, timeout=90)
    assert done.returncode == 2
    assert "takes no job (Authentication required: Unauthorized: Missing authentication token). Set" in done.stderr
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("stage", ["", "index.nothing", "index.search", "os", "pipelines", "index.nothing.more"])
def test_what_is_no_stage_is_refused(stage: str) -> None:
    with pytest.raises(UserError, match=f"'{stage}' is no stage; name its module"):
        _require_stage(stage)


@pytest.mark.parametrize("address", ["", "ray://127.0.0.1:10001", "auto", "local", "http://", "a b:1"])
def test_an_address_of_another_kind_is_refused(address: str) -> None:
    with pytest.raises(UserError, match=r"is not that of a Ray dashboard|takes no job"):
        JobServer(address)


def test_an_address_where_nothing_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    with pytest.raises(UserError, match=r"http://127.0.0.1:1 takes no job \(Failed to connect.*Name its dashboard"):
        JobServer("127.0.0.1:1")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("http://127.0.0.1:8265", "RAY_ADDRESS is http://127.0.0.1:8265, a dashboard. Name the head by its own port"),
        ("127.0.0.1:1", "No Ray head answers at 127.0.0.1:1, which RAY_ADDRESS names .* unset RAY_ADDRESS"),
    ],
)
def test_a_stage_is_told_at_once_that_ray_address_names_no_head(
    address: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RAY_ADDRESS", address)
    with pytest.raises(UserError, match=sentence), connect():
        raise AssertionError("there is nothing to connect to")


def test_a_parameter_file_that_would_not_travel_and_data_that_the_cluster_does_not_see_are_refused(
    head: tuple[str, Session], checkout: Path, tmp_path: Path
) -> None:
    (checkout / "relative.yaml").write_text("data: data\n")
    (tmp_path / "far.yaml").write_text(f"data: {tmp_path}\n")
    relative = start(head, checkout, "pipelines.slow", "--", "--params", "relative.yaml")
    far = start(head, checkout, "pipelines.slow", "--", "--params", str(tmp_path / "far.yaml"))
    assert "error: 'data' in relative.yaml is 'data', which the cluster does not see" in relative.communicate()[1]
    assert f"error: The parameter file {tmp_path}/far.yaml is not named by its path inside" in far.communicate()[1]

"""Run a stage as a Ray job on a cluster: `python -m jobs.submit --stage index.build --address http://host:8265`.

What follows `--` goes to the stage: `… --stage index.build --address … -- --snapshot 2020-01-20`. The code travels
with the job; data do not: `data` in params.yaml must name a folder that all machines of the cluster see. The exit code
is the stage's own, 1 if the job was stopped or could not start, 130 after Ctrl-C.
"""

import argparse
import os
import shlex
import signal
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from jobs.packing import packed
from jobs.server import STOPPED, SUCCEEDED, JobServer
from jobs.stage import CHECKOUT, params_file
from realm import params as parameters
from realm.errors import UserError, main_guard

_FLOORS = ("pipelines.", "index.", "train.", "app.")
_COMMAND_LINE = 'if __name__ == "__main__":'
_OTHER_ADDRESSES = ("RAY_ADDRESS", "RAY_API_SERVER_ADDRESS")  # which Ray's client puts before the one it is given
_INTERRUPTED_EXIT_CODE = 130
_NOT_FOUND_EXIT_CODE = 127  # of a shell


@dataclass(frozen=True)
class StageJob:
    """A stage on a cluster.

    Attributes:
        module: of the stage.
        arguments: of the stage.
        python: the cluster's, that runs it.
        environment: variables that it and its workers have besides the cluster's own.
    """

    module: str
    arguments: tuple[str, ...]
    python: str
    environment: dict[str, str]

    def entrypoint(self) -> str:
        """The shell command that the cluster runs."""
        return shlex.join([self.python, "-m", "jobs.stage", self.module, *self.arguments])

    def metadata(self) -> dict[str, str]:
        """What tells jobs apart: two of the same would write the same files."""
        file = params_file(list(self.arguments))
        data = _shared_data(file)
        return {"stage": shlex.join([self.module, *self.arguments]), "params": str(file), "data": data}


@dataclass(frozen=True)
class Following:
    """What happens after a job was handed in.

    Attributes:
        wait: whether to show the log until the job ends.
        stop: whether the job is stopped by Ctrl-C, or goes on.
        patience_s: how long a cluster may not answer.
    """

    wait: bool
    stop: bool
    patience_s: float


def submit(job: StageJob, server: JobServer, following: Following) -> int:
    """Hands the job in, shows its log until it ends, and returns its exit code.

    Raises:
        UserError: the stage or the cluster does not exist, the cluster would not see the data, or it runs the same
            stage on the same data already.
    """
    _require_stage(job.module)
    metadata = job.metadata()
    twin = server.running(metadata)
    if twin is not None:
        raise UserError(
            f"{twin} runs the same stage on the same data already. Follow it with "
            f"`{server.command('logs --follow', twin)}`, or stop it with `{server.command('stop', twin)}`."
        )
    with packed(params_file(list(job.arguments))) as folder:
        runtime = {"working_dir": str(folder), "env_vars": job.environment}
        name = server.submit(job.entrypoint(), runtime_env=runtime, metadata=metadata)
    _say(f"{name}: {job.module} is handed in")
    if not following.wait:
        _tell_how_to_go_on(name, server)
        return 0
    try:
        return _followed(name, job, server, following)
    except KeyboardInterrupt:
        _interrupted(name, server, stop=following.stop)
        return _INTERRUPTED_EXIT_CODE


def _followed(name: str, job: StageJob, server: JobServer, following: Following) -> int:
    ending = server.follow(name, show=_show, patience_s=following.patience_s)
    _say(f"{name}: {ending.status}")
    if ending.status == SUCCEEDED:
        return 0
    if ending.exit_code is None and ending.status != STOPPED:
        _say(ending.message)  # nothing ran, so the log is empty
    if ending.exit_code == _NOT_FOUND_EXIT_CODE:
        _say(f"error: The cluster has no '{job.python}' on its PATH. Name its Python with --python.")
    return ending.exit_code if ending.exit_code and ending.exit_code > 0 else 1


def _interrupted(name: str, server: JobServer, *, stop: bool) -> None:
    if stop:
        _say(f"\n{name}: stopping it")
        server.stop(name)
        _say(f"{name}: {STOPPED}")
    else:
        _say(f"\n{name} goes on")
        _tell_how_to_go_on(name, server)


def _tell_how_to_go_on(name: str, server: JobServer) -> None:
    _say(f"follow it: {server.command('logs --follow', name)}\nstop it: {server.command('stop', name)}")


def _show(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


def _say(line: str) -> None:
    """To standard error, so that standard output is the job's log alone."""
    print(line, file=sys.stderr, flush=True)


def _require_stage(module: str) -> None:
    try:
        found = find_spec(module) if module.startswith(_FLOORS) else None
        if found is not None and found.submodule_search_locations:
            found = find_spec(f"{module}.__main__")
    except ModuleNotFoundError:
        found = None
    if found is None or not found.origin or _COMMAND_LINE not in Path(found.origin).read_text(encoding="utf-8"):
        raise UserError(f"'{module}' is no stage; name its module, such as index.build or train.pretrain.")


def _shared_data(params_path: Path) -> str:
    root = parameters.load(CHECKOUT / params_path).value("data")
    if not Path(root).is_absolute():
        raise UserError(
            f"'data' in {params_path} is '{root}', which the cluster does not see; set it to the absolute path of a "
            "folder that all its machines share."
        )
    return root


def _variable(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise argparse.ArgumentTypeError(f"'{text}' is not of the form NAME=VALUE")
    return name, value


def _as_interrupt(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stage", required=True, help="module of the stage, such as index.build")
    parser.add_argument("--address", required=True, help="the cluster's dashboard, such as http://host:8265")
    parser.add_argument("--python", default="python", help="Python of the cluster (default: %(default)s)")
    parser.add_argument(
        "--env", type=_variable, action="append", default=[], metavar="NAME=VALUE", help="variable of the environment"
    )
    parser.add_argument("--no-wait", action="store_true", help="return at once, and do not show the log")
    parser.add_argument(
        "--on-interrupt",
        choices=("leave", "stop"),
        default="leave",
        help="whether Ctrl-C leaves the job running or stops it (default: %(default)s)",
    )
    parser.add_argument(
        "--patience", type=float, default=60.0, metavar="S", help="how long the cluster may be away (default: 60 s)"
    )
    parser.add_argument("arguments", nargs="*", metavar="-- ARGUMENTS", help="what the stage itself takes")
    given = parser.parse_args()
    for name in _OTHER_ADDRESSES:
        os.environ.pop(name, None)
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # as `nohup` has it
            signal.signal(number, _as_interrupt)
    job = StageJob(given.stage, arguments=tuple(given.arguments), python=given.python, environment=dict(given.env))
    following = Following(wait=not given.no_wait, stop=given.on_interrupt == "stop", patience_s=given.patience)
    try:
        sys.exit(submit(job, JobServer(given.address), following))
    except KeyboardInterrupt:
        _say(f"interrupted while handing the job in; `ray job list --address {given.address}` shows whether it runs")
        sys.exit(_INTERRUPTED_EXIT_CODE)


if __name__ == "__main__":
    main_guard(main)

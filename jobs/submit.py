"""Run a stage as a Ray job on a cluster: `python -m jobs.submit --stage index.build --address http://host:8265`.

What follows `--` goes to the stage: `… --stage index.build --address … -- --snapshot 2020-01-20`. The code travels
with the job; data do not, because they are git-ignored: `data` in params.yaml must name a folder that all machines
of the cluster see.
"""

import argparse
import shlex
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from realm import params as parameters
from realm.errors import UserError, first_line, main_guard

_CHECKOUT = Path(__file__).resolve().parents[1]
_POLL_S = 1.0
# Never needed to run a stage, and large; what .gitignore names stays behind in any case.
_LEFT_BEHIND = [".git", ".venv", "tests", "docs", "benchmarks"]


@dataclass(frozen=True)
class StageJob:
    """A stage's module, its arguments, and the address of a cluster's dashboard."""

    module: str
    arguments: tuple[str, ...]
    address: str

    def entrypoint(self) -> str:
        """The shell command that the cluster runs."""
        return shlex.join(["python", "-m", self.module, *self.arguments])


def submit(job: StageJob) -> str:
    """Submits the job, shows its log until it ends, and returns how it ended: SUCCEEDED, FAILED or STOPPED.

    Raises:
        UserError: the stage or the cluster does not exist, or the data would not be seen by the cluster.
    """
    _require_stage(job.module)
    _require_shared_data(_params_file(job.arguments))
    from ray.job_submission import JobStatus, JobSubmissionClient

    try:
        client = JobSubmissionClient(job.address)
        name = client.submit_job(
            entrypoint=job.entrypoint(), runtime_env={"working_dir": str(_CHECKOUT), "excludes": _LEFT_BEHIND}
        )
    except (ConnectionError, RuntimeError) as error:
        raise UserError(
            f"The Ray cluster at {job.address} takes no job ({first_line(error)}). Name its dashboard, such as "
            "http://host:8265, and set RAY_AUTH_TOKEN if it asks for a token."
        ) from error
    print(f"{name}: {job.entrypoint()}", flush=True)
    shown = 0
    while True:
        status = client.get_job_status(name)
        log = client.get_job_logs(name)
        print(log[shown:], end="", flush=True)
        shown = len(log)
        if status.is_terminal():
            print(f"{name}: {status.value}", flush=True)
            return str(JobStatus(status).value)
        time.sleep(_POLL_S)


def _require_stage(module: str) -> None:
    try:
        found = find_spec(module) is not None
    except ModuleNotFoundError:
        found = False
    if not found or not module.startswith(("pipelines.", "index.", "train.", "app.")):
        raise UserError(f"'{module}' is no stage; name its module, such as index.build or train.pretrain.")


def _params_file(arguments: tuple[str, ...]) -> Path:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--params", type=Path, default=parameters.DEFAULT_PARAMS)
    given: Path = parser.parse_known_args(arguments)[0].params
    return _CHECKOUT / given


def _require_shared_data(params_file: Path) -> None:
    root = parameters.load(params_file).value("data")
    if not Path(root).is_absolute():
        raise UserError(
            f"'data' in {params_file} is '{root}', which the cluster does not see; set it to the absolute path of a "
            "folder that all its machines share."
        )


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--stage", required=True, help="module of the stage, such as index.build")
    parser.add_argument("--address", required=True, help="the cluster's dashboard, such as http://host:8265")
    parser.add_argument("arguments", nargs="*", metavar="-- ARGUMENTS", help="what the stage itself takes")
    arguments = parser.parse_args()
    job = StageJob(module=arguments.stage, arguments=tuple(arguments.arguments), address=arguments.address)
    sys.exit(0 if submit(job) == "SUCCEEDED" else 1)


if __name__ == "__main__":
    main_guard(main)

"""What travels to a cluster with a stage: the code, the list of packages and the parameter file; nothing else."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jobs.stage import CHECKOUT, LOCK, PROJECT
from realm.errors import UserError

CODE = ("realm", "pipelines", "index", "train", "app", "jobs")


@contextmanager
def packed(params_path: Path) -> Iterator[Path]:
    """A copy of what travels, in a folder that is gone after the `with` block.

    It is named piece by piece, so that neither data nor an environment, caches or secrets travel, whatever
    else lies in the checkout.

    Args:
        params_path: the parameter file, relative to the checkout as the stage's command line has it.

    Raises:
        UserError: the parameter file does not lie in the checkout.
    """
    place = _inside(params_path)
    with tempfile.TemporaryDirectory(prefix="realm-job-") as folder:
        root = Path(folder)
        for name in CODE:
            shutil.copytree(CHECKOUT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        for file in (Path(LOCK), Path(PROJECT), place):
            (root / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(CHECKOUT / file, root / file)
        yield root


def _inside(params_path: Path) -> Path:
    """The file's path below the checkout, as the cluster will look for it."""
    if params_path.is_absolute() or ".." in params_path.parts:
        raise UserError(
            f"The parameter file {params_path} is not named by its path inside {CHECKOUT}, so the cluster would not "
            "find it. Put it there, and name it from there: --params NAME.yaml."
        )
    return params_path

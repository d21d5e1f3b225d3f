"""What a Ray job does before its stage, on the cluster: `python -m jobs.stage index.build --snapshot 2020-01-20`.

A cluster that has another Python, lacks packages or does not see the data is told so in a sentence here, where the
stage would end in a traceback, or begin on an empty folder. An older Python can read this file, too.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from pathlib import Path

PYTHON = (3, 11)
CHECKOUT = Path(__file__).resolve().parents[1]
PROJECT, LOCK = "pyproject.toml", "requirements.lock"

_USER_ERROR_EXIT_CODE = 2
_MOST_NAMED = 5
_OTHER_PROVIDERS = {"faiss-gpu": "faiss"}  # packages whose module another package may bring


def params_file(arguments: list[str]) -> Path:
    """The parameter file that a stage reads when it gets `arguments`."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--params", type=Path, default=Path("params.yaml"))
    given: Path = parser.parse_known_args(arguments)[0].params
    return given


def main() -> None:
    """Looks around, then becomes the stage."""
    module, *arguments = sys.argv[1:]
    _require_python()
    _require_packages(CHECKOUT)
    _require_data(params_file(arguments))
    os.execv(sys.executable, [sys.executable, "-m", module, *arguments])


def _require_python() -> None:
    """Before anything of `realm` is imported, which only this Python can read."""
    if sys.version_info[:2] != PYTHON:
        found, needed = sys.version.split()[0], "{}.{}".format(*PYTHON)
        print(
            f"error: The cluster runs {sys.executable}, which is Python {found}; REALM needs {needed}. Build its image "
            f"with that and {LOCK}, or name another Python of the cluster with --python.",
            file=sys.stderr,
        )
        raise SystemExit(_USER_ERROR_EXIT_CODE)


def _require_packages(checkout: Path) -> None:
    """Refuses a Python without the packages of the project; says which versions are not those of the lock."""
    from realm.errors import UserError

    locked = dict(re.findall(r"^([^\s=]+)==(\S+)", (checkout / LOCK).read_text(encoding="utf-8"), re.MULTILINE))
    there = {name: _installed(name) for name in _needed(checkout)}
    missing = [name for name, version in there.items() if version is None]
    if missing:
        raise UserError(
            f"The cluster runs {sys.executable}, which lacks {_names(missing)}. Build its image with {LOCK}, or name "
            "the Python that has those packages with --python."
        )
    others = [f"{name} {version}" for name, version in there.items() if version not in (locked.get(name), "")]
    if others:
        print(f"note: {LOCK} has other versions than the cluster: {_names(others)}", file=sys.stderr, flush=True)


def _needed(checkout: Path) -> list[str]:
    import tomllib

    dependencies = tomllib.loads((checkout / PROJECT).read_text(encoding="utf-8"))["project"]["dependencies"]
    return [re.split(r"[^\w.-]", dependency)[0] for dependency in dependencies]


def _installed(name: str) -> str | None:
    """The version of a package without its build, "" if another package stands in for it, None if it is missing."""
    from importlib.metadata import PackageNotFoundError, version
    from importlib.util import find_spec

    try:
        return version(name).partition("+")[0]
    except PackageNotFoundError:
        return "" if name in _OTHER_PROVIDERS and find_spec(_OTHER_PROVIDERS[name]) else None


def _names(names: list[str]) -> str:
    more = len(names) - _MOST_NAMED
    return ", ".join(names[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _require_data(params_path: Path) -> None:
    from realm import params
    from realm.errors import UserError

    root = params.load(params_path).value("data")
    if not Path(root).is_dir():
        raise UserError(
            f"'data' in {params_path} is {root}, which is no folder on the machine of the cluster that runs the stage "
            f"({os.uname().nodename}). Mount the shared folder there under this name, or make it if it is new."
        )


def _guarded() -> None:
    _require_python()
    from realm.errors import main_guard

    main_guard(main)


if __name__ == "__main__":
    _guarded()

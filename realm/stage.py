"""What every stage's command line has in common."""

import argparse
from pathlib import Path

from realm import params
from realm.params import Params
from realm.paths import DataPaths


def stage_parser(description: str | None) -> argparse.ArgumentParser:
    """A parser with `--params`, described by the first line of a module's docstring."""
    summary = (description or "").strip().splitlines()[0]
    parser = argparse.ArgumentParser(description=summary)
    parser.add_argument(
        "--params", type=Path, default=params.DEFAULT_PARAMS, help="parameter file (default: %(default)s)"
    )
    return parser


def open_stage(arguments: argparse.Namespace) -> tuple[Params, DataPaths]:
    """Loads the parameter file and the data root that it names, absolute, as Ray's workers run elsewhere."""
    loaded = params.load(arguments.params)
    return loaded, DataPaths(Path(loaded.value("data")).absolute())

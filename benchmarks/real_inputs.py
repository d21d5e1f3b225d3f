"""Published data that some benchmarks read in place: in the folder REALM_TEST_DATA names, or beside the checkout."""

import os
from pathlib import Path

_BESIDE = Path(__file__).parents[2] / "shared" / "data"


def real_input(name: str) -> Path | None:
    """The file `name`, or None where it is absent."""
    path = Path(os.environ.get("REALM_TEST_DATA") or _BESIDE) / name
    return path if path.exists() else None

"""Published data that some tests read in place."""

import os
from pathlib import Path

import pytest

VARIABLE = "REALM_TEST_DATA"
_BESIDE = Path(__file__).parents[2] / "shared" / "data"


def real_input(name: str) -> Path:
    """The file `name` in the folder that REALM_TEST_DATA names, or in ../shared/data beside the checkout.

    The calling test is skipped where the file is absent.
    """
    path = Path(os.environ.get(VARIABLE) or _BESIDE) / name
    if not path.exists():
        pytest.skip(f"the real input {name} is neither in the folder {VARIABLE} names nor in ../shared/data")
    return path

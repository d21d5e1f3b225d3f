"""Errors that are meant for the person who runs a stage."""

import sys
from collections.abc import Callable


class UserError(Exception):
    """Bad input, said in one sentence: what is wrong, where, and what to do about it."""


class MismatchError(UserError):
    """Two artefacts that do not belong together were about to be used together."""


def main_guard(main: Callable[[], None]) -> None:
    """Runs a stage's `main`; a `UserError` becomes one line on standard error and exit code 2."""
    try:
        main()
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(2) from error

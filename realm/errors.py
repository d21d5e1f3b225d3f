"""Errors that are meant for the person who runs a stage."""

import errno
import sys
from collections.abc import Callable
from typing import Final

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class UserError(Exception):
    """Bad input, said in one sentence: what is wrong, where, and what to do about it."""


class MismatchError(UserError):
    """Two artefacts that do not belong together were about to be used together."""


def first_line(error: BaseException) -> str:
    """The first line of what an error says, to be told in brackets; its class if it says nothing."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".:")


def main_guard(main: Callable[[], None]) -> None:
    """Runs a stage's `main`; a `UserError` becomes one line on standard error and exit code 2.

    So does a disk that is full and a file that may not be read or written.
    """
    try:
        main()
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        raise SystemExit(2) from error
    except OSError as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        print(f"error: {sentence}", file=sys.stderr)
        raise SystemExit(2) from error


def _sentence(error: OSError) -> str | None:
    """What a person can do about a failure of the disk; None for other failures."""
    where = f" while writing {error.filename}" if error.filename else ""
    if error.errno in _FULL:
        return (
            f"The disk is full, or the file too large for it{where} ({error}). Make room and run the same command "
            "again; nothing finished before is lost."
        )
    if error.errno in _FORBIDDEN and error.filename:
        return f"{error.filename} may not be read or written ({error.strerror}). Mend its permissions."
    return None

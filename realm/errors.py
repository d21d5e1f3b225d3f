"""Errors that are meant for the person who runs a stage."""

import errno
import os
import re
import sys
from collections.abc import Callable
from typing import Final

ERROR_PREFIX: Final = "error: "
"""What a sentence on standard error begins with."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_ARROW_FILE: Final = re.compile(r"local file '(?P<name>.+?)'")
_OF_A_FILE: Final = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "may not be read or written ({}). Mend its permissions."),
    **dict.fromkeys(
        (errno.EISDIR, errno.ENOTDIR, errno.ELOOP), "is not the file or folder that is needed there ({}). Remove it."
    ),
    errno.EIO: "cannot be read or written ({}). Check the disk, then restore it.",
}


class UserError(Exception):
    """Bad input, said in one sentence: what is wrong, where, and what to do about it."""


class MismatchError(UserError):
    """Two artefacts that do not belong together were about to be used together."""


def first_line(error: BaseException) -> str:
    """The first line of what an error says, to be told in brackets; its class if it says nothing."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__).rstrip(".:")


def main_guard(main: Callable[[], None]) -> None:
    """Runs a stage's `main`; what has a sentence (`sentence_of`) becomes one line on standard error and exit code 2."""
    try:
        main()
    except (UserError, OSError) as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        print(f"{ERROR_PREFIX}{sentence}", file=sys.stderr)
        raise SystemExit(2) from error


def printed_sentence(said: str) -> str | None:
    """The last sentence of `main_guard` in what a process said on standard error, or None."""
    found = [line for line in said.splitlines() if line.startswith(ERROR_PREFIX)]
    return found[-1].removeprefix(ERROR_PREFIX) if found else None


def sentence_of(error: UserError | OSError) -> str | None:
    """What a person can do about it: bad input, a full disk, or a file that cannot be used; None for other failures."""
    if isinstance(error, UserError):
        return str(error)
    name = _name_of_file(error)
    if error.errno in _FULL:
        where = f" while writing {name}" if name else ""
        return (
            f"The disk is full, or the file too large for it{where} ({error}). Make room and run the same command "
            "again; nothing finished before is lost."
        )
    if name and error.errno in _OF_A_FILE:
        return f"{name} {_OF_A_FILE[error.errno].format(os.strerror(error.errno))}"
    return None


def _name_of_file(error: OSError) -> str | None:
    """The file it is about; Arrow gives it in the text alone."""
    if error.filename:
        return str(error.filename)
    found = _ARROW_FILE.search(str(error))
    return found["name"] if found else None

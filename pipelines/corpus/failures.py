"""What stops a run, in one sentence: a full disk, a worker that was killed, an input that a worker refused."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from realm.errors import UserError

# Beam hands on what a worker raised as text.
_REFUSED: Final = re.compile(
    r"^(?:realm\.errors\.)?(?:UserError|MismatchError): (.+?)(?: \[while running .*)?$", re.MULTILINE
)
_FULL: Final = re.compile(
    "|".join(rf"\[Errno {number}\]" for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)), re.IGNORECASE
)
_EXITED: Final = "Worker subprocess exited"
_DIED: Final = re.compile(rf"Channel closed prematurely|Socket closed|{_EXITED}|StatusCode\.(?:UNAVAIL|CANCEL)")
_WHERE: Final = " [while running "  # Beam adds where
_KEPT: Final = "Finished work items are kept: the same command goes on from there."


@contextmanager
def explained(*, output: Path, cache: Path) -> Iterator[None]:
    """Turns failures that a person can mend into a sentence; all others go on as they are.

    Raises:
        UserError: the disk is full, a worker process died, or a worker refused its input.
    """
    try:
        yield
    except UserError as error:
        if _WHERE not in str(error):
            raise
        raise UserError(str(error).partition(_WHERE)[0]) from error
    except (OSError, RuntimeError) as error:
        sentence = _sentence(error, output=output, cache=cache)
        if sentence is None:
            raise
        raise UserError(sentence) from error


def _sentence(error: Exception, *, output: Path, cache: Path) -> str | None:
    text = str(error)
    if refused := _REFUSED.search(text):
        return refused[1]
    if _FULL.search(text):
        return f"The disk of {output.parent} or {cache} is full ({_last_line(text)}). Make room. {_KEPT}"
    if _DIED.search(text):
        return (
            "A worker process died, as one does that is killed for want of memory; take fewer `workers` in section "
            f"'corpus' then. {_KEPT}"
        )
    return None


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1].split(_WHERE)[0]


def is_about_workers(error: BaseException) -> bool:
    """Whether one of Beam's threads says by `error` that the connection to a worker, or the worker itself, is gone."""
    return type(error).__module__.startswith("grpc") or _DIED.search(str(error)) is not None


def is_death_of_worker(error: BaseException) -> bool:
    """Whether the thread that started a worker says by `error` that it died."""
    return _EXITED in str(error)

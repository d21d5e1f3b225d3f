"""What stops a run, in one sentence: a full disk, a worker that was killed, an input that a worker refused."""

import errno
import re
import threading
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
_DIED: Final = re.compile(
    r"Channel closed prematurely|Socket closed|Worker subprocess exited|StatusCode\.(?:UNAVAIL|CANCEL)"
)
_KEPT: Final = "Finished work items are kept: the same command goes on from there."


@contextmanager
def explained(*, output: Path, cache: Path) -> Iterator[None]:
    """Turns failures that a person can mend into a sentence; all others go on as they are.

    Raises:
        UserError: the disk is full, a worker process died, or a worker refused its input.
    """
    hook = threading.excepthook
    threading.excepthook = _without_dead_workers
    try:
        yield
    except (OSError, RuntimeError) as error:
        sentence = _sentence(error, output=output, cache=cache)
        if sentence is None:
            raise
        raise UserError(sentence) from error
    finally:
        threading.excepthook = hook


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
    return text.strip().splitlines()[-1].split(" [while running ")[0]


def _without_dead_workers(arguments: threading.ExceptHookArgs) -> None:
    """Beam's own threads report a lost worker too, each with its traceback."""
    if not (arguments.exc_value is not None and _is_about_workers(arguments.exc_value)):
        threading.__excepthook__(arguments)


def _is_about_workers(error: BaseException) -> bool:
    return type(error).__module__.startswith("grpc") or _DIED.search(str(error)) is not None

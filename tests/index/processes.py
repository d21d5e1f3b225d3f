"""A Ray session for tests, and which of its processes are actors of a class, so that a test can kill them."""

import contextlib
from collections.abc import Iterator

import psutil
import pytest

from index.ray_session import Session


@contextlib.contextmanager
def joined_session() -> Iterator[Session]:
    """The session of the test run if there is one, or one for the length of the block."""
    inherited = Session.inherited()
    one = inherited or Session.create()
    with pytest.MonkeyPatch.context() as environment:
        for name, value in one.environment().items():
            environment.setenv(name, value)
        yield one
    if inherited is None:
        one.end()


def actors(session: Session, name: str) -> list[int]:
    """Process ids of the actors of a class."""
    found = []
    for process in session.processes():
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended meanwhile
            found += [process.pid] if f"ray::{name}" in " ".join(process.cmdline()) else []
    return sorted(found)

"""Which processes of a Ray session are actors of a class, so that a test can kill them."""

import contextlib

import psutil

from index.ray_session import Session


def actors(session: Session, name: str) -> list[int]:
    """Process ids of the actors of a class."""
    found = []
    for process in session.processes():
        with contextlib.suppress(psutil.NoSuchProcess):  # it ended meanwhile
            found += [process.pid] if f"ray::{name}" in " ".join(process.cmdline()) else []
    return sorted(found)

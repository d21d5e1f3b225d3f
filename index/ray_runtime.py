"""How a stage comes to its Ray: a cluster it was submitted to, the session's, or one of its own."""

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from index.ray_session import Session
from realm.errors import UserError, first_line

_CLUSTER_VARIABLE = "RAY_ADDRESS"  # set by job submission, or by a person with a cluster
_ANSWER_S = 10.0


@contextmanager
def connect() -> Iterator[None]:
    """Connects this process to Ray for the length of the `with` block.

    With RAY_ADDRESS set, that cluster is joined. Inside a session (`python -m jobs.local_ray -- …`) the session's
    Ray is joined, and started if nothing needed it before. Otherwise a Ray is started for this block alone.
    Inside another `connect` nothing happens.

    Raises:
        UserError: RAY_ADDRESS names no cluster.
    """
    if _connected():
        yield
    elif os.environ.get(_CLUSTER_VARIABLE):
        _require_head(os.environ[_CLUSTER_VARIABLE])
        with _joined(os.environ[_CLUSTER_VARIABLE]):
            yield
    else:
        with _session() as session, _joined(session.address()):
            yield


def _require_head(address: str) -> None:
    """Asks whether a head is there, for which Ray itself would wait minutes."""
    host, _, port = address.rpartition(":")
    if address.startswith(("http://", "https://")):
        raise UserError(
            f"{_CLUSTER_VARIABLE} is {address}, a dashboard. Name the head by its own port, such as head:6379, or hand "
            "the stage in there: make submit STAGE=… ADDRESS=…"
        )
    if not port.isdigit() or "://" in address:
        return  # Ray finds what is named so
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=_ANSWER_S).close()
    except OSError as error:
        raise UserError(
            f"No Ray head answers at {address}, which {_CLUSTER_VARIABLE} names ({first_line(error)}). Name one, such "
            f"as head:6379, or unset {_CLUSTER_VARIABLE} to work on this machine alone."
        ) from error


def _connected() -> bool:
    ray = sys.modules.get("ray")
    return ray is not None and bool(ray.is_initialized())


@contextmanager
def _session() -> Iterator[Session]:
    """The session this process is in, or one for the block alone."""
    inherited = Session.inherited()
    session = inherited or Session.create()
    os.environ.update(session.environment())
    _reread_authentication()
    try:
        yield session
    finally:
        if inherited is None:
            for name in session.environment():
                os.environ.pop(name, None)
            session.end()


def _reread_authentication() -> None:
    """Makes a Ray that was imported before the session's token was named look again.

    Ray keeps mode and token from its import on, and has no public way to say that they changed.
    """
    if "ray" in sys.modules:
        from ray._raylet import AuthenticationTokenLoader, Config  # type: ignore[attr-defined]

        Config.initialize("")
        AuthenticationTokenLoader.instance().reset_cache()


@contextmanager
def _joined(address: str) -> Iterator[None]:
    import ray

    ray.init(address=address, logging_level="warning")
    try:
        yield
    finally:
        ray.shutdown()

"""How a stage comes to its Ray: a cluster it was submitted to, the session's, or one of its own."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from index.ray_session import Session

_CLUSTER_VARIABLE = "RAY_ADDRESS"  # set by job submission, or by a person with a cluster


@contextmanager
def connect() -> Iterator[None]:
    """Connects this process to Ray for the length of the `with` block.

    With RAY_ADDRESS set, that cluster is joined. Inside a session (`python -m jobs.local_ray -- …`) the session's
    Ray is joined, and started if nothing needed it before. Otherwise a Ray is started for this block alone.
    Inside another `connect` nothing happens.
    """
    if _connected():
        yield
    elif os.environ.get(_CLUSTER_VARIABLE):
        with _joined(os.environ[_CLUSTER_VARIABLE]):
            yield
    else:
        with _session() as session, _joined(session.address()):
            yield


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

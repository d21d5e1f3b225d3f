"""Holds the Ray of a session, from its first use until the session's owner is gone.

Started by `index.ray_session`, never by hand. That Ray lives in a process of its own makes it outlive the stage
that needed it first, and a killed owner leave nothing behind.
"""

import argparse
import os
import signal
import threading
from dataclasses import asdict
from pathlib import Path

from index.ray_session import CHECKOUT, Owner, Session
from realm.storage import write_json

_WATCH_S = 0.5
# Stages hand over files, not objects, so a small store does; Ray's default is 30 % of the memory.
_OBJECT_STORE_BYTES = 256 << 20


def keep(session: Session) -> None:
    """Starts Ray, tells its address, and returns when the owner is gone or a signal asks for the end."""
    end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.set())
    write_json(session.root / "keeper.json", asdict(Owner.this_process()))
    import ray

    context = ray.init(
        address="local",
        object_store_memory=_OBJECT_STORE_BYTES,
        include_dashboard=False,
        log_to_driver=False,  # each stage hears its own actors; the keeper has none
        _temp_dir=str(session.root / "ray"),
    )
    write_json(session.ready, {"address": context.address_info["address"]})
    owner = session.owner()
    while not end.wait(_WATCH_S) and owner.alive():
        continue
    session.ready.unlink(missing_ok=True)
    ray.shutdown()
    if not owner.alive():
        session.end()  # nobody else is left to do it


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description="Hold the Ray of a session.")
    parser.add_argument("session", type=Path)
    arguments = parser.parse_args()
    os.chdir(CHECKOUT)
    keep(Session(arguments.session))


if __name__ == "__main__":
    main()

"""The process that a factory is rehearsed in which may end it; started by `index.faiss_index`, never by hand.

Its argument is the JSON of `rehearse_here`'s. What it says on standard error, and its exit code, are the answer. Its
standard input is a pipe that nobody writes to, and that is closed when whoever waits for the answer is gone.
"""

import json
import os
import resource
import sys
import threading
from pathlib import Path

from index.config import IndexConfig
from index.faiss_index import rehearse_here
from realm.errors import main_guard
from realm.params import Params


def main() -> None:
    """Rehearses what the command line names."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # that it ends here is no fault to look into
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()
    asked = json.loads(sys.argv[1])
    params = Params(path=Path("the rehearsal of a factory"), values={"index": asked["config"]})
    config = params.section("index", IndexConfig)
    rehearse_here(config, dimension=asked["dimension"], blocks=asked["blocks"])


def _end_with_parent() -> None:
    """Ends this process when its parent is gone: some factories come to no end."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    main_guard(main)

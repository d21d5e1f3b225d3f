"""A worker process of the local Beam runner, which would otherwise report every connection it opens."""

import logging
import os
import sys
import threading
import time
from typing import Final

_LOOK_EVERY_S: Final = 0.2


def main() -> None:
    """Runs Beam's worker; errors are still shown."""
    threading.Thread(target=_end_with, args=(os.getppid(),), name="parent watch", daemon=True).start()
    logging.disable(logging.WARNING)
    import grpc
    from apache_beam.runners.worker import sdk_worker_main

    try:
        sdk_worker_main.main(sys.argv)
    except grpc.RpcError as error:
        print("corpus: a worker ends, as the run that it worked for is gone", file=sys.stderr)
        raise SystemExit(1) from error


def _end_with(parent: int) -> None:
    """Ends this process when its parent is gone: a killed run's worker must not write beside the next run's."""
    while os.getppid() == parent:
        time.sleep(_LOOK_EVERY_S)
    os._exit(1)  # nothing is half there: what is not published yet is removed by the next run


if __name__ == "__main__":
    main()

"""A worker process of the local Beam runner, which would otherwise report every connection it opens."""

import logging
import sys


def main() -> None:
    """Runs Beam's worker; errors are still shown."""
    logging.disable(logging.WARNING)
    import grpc
    from apache_beam.runners.worker import sdk_worker_main

    try:
        sdk_worker_main.main(sys.argv)
    except grpc.RpcError as error:
        print("corpus: a worker ends, as the run that it worked for is gone", file=sys.stderr)
        raise SystemExit(1) from error


if __name__ == "__main__":
    main()

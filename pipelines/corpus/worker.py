"""A worker process of the local Beam runner, which would otherwise report every connection it opens."""

import logging
import sys


def main() -> None:
    """Runs Beam's worker; errors are still shown."""
    logging.disable(logging.WARNING)
    from apache_beam.runners.worker import sdk_worker_main

    sdk_worker_main.main(sys.argv)


if __name__ == "__main__":
    main()

"""A pipeline of Beam's local runner, watched: a worker that dies ends the run instead of letting it wait for ever.

Beam starts worker processes from threads of its own and waits for what they send. A worker that dies while it works
breaks its connection, and Beam says so; one that dies before it has connected, or between two stages, leaves
Beam waiting. The thread that started the worker notices in both cases, and its exception is what is listened to here.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

import psutil

from pipelines.corpus.failures import is_about_workers, is_death_of_worker

_GRACE_S: Final = 5.0  # for Beam to say itself what happened
_LOOK_EVERY_S: Final = 0.2
_END_S: Final = 5.0


def run_watched(work: Callable[[], None]) -> None:
    """Runs `work`, which starts worker processes, and ends these if one of them died or the run is interrupted.

    Raises:
        RuntimeError: a worker died, and `work` did not end by itself.
        Exception: what `work` raised.
    """
    raised: list[BaseException] = []

    def go() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 (raised again in the thread that waits)
            raised.append(error)

    runner = threading.Thread(target=go, name="beam pipeline", daemon=True)
    others = set(_children())
    with _listening() as deaths:
        runner.start()
        try:
            _wait(runner, deaths)
            if raised:
                raise raised[0]
        except BaseException:
            _end([child for child in _children() if child not in others])
            raise


def _wait(runner: threading.Thread, deaths: list[BaseException]) -> None:
    while runner.is_alive():
        runner.join(_LOOK_EVERY_S)
        if deaths:
            runner.join(_GRACE_S)
            if runner.is_alive():
                raise RuntimeError(str(deaths[0]))


@contextmanager
def _listening() -> Iterator[list[BaseException]]:
    """Collects the deaths of workers, of which Beam's own threads would each print a traceback.

    It goes on listening if there were any: some of these threads speak up after the run has ended.
    """
    deaths: list[BaseException] = []
    before = threading.excepthook

    def hook(arguments: threading.ExceptHookArgs) -> None:
        error = arguments.exc_value
        if error is None or not is_about_workers(error):
            before(arguments)
        elif is_death_of_worker(error):
            deaths.append(error)

    threading.excepthook = hook
    try:
        yield deaths
    finally:
        if not deaths:
            threading.excepthook = before


def _children() -> list[psutil.Process]:
    found: list[psutil.Process] = psutil.Process().children(recursive=True)
    return found


def _end(workers: Sequence[psutil.Process]) -> None:
    for worker in workers:
        with suppress(psutil.NoSuchProcess):  # it ended by itself
            worker.kill()
    psutil.wait_procs(workers, timeout=_END_S)

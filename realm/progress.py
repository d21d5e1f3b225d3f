"""Progress that is never silent: what is done, how fast, and how long it will still take."""

import sys
import time
from typing import TextIO


class Progress:
    """Prints a line now and then: count, share, rate and time left.

    A line goes out at most every `every_s` seconds, and once at the end, so that logs stay short.
    """

    def __init__(
        self, what: str, *, total: int | None, unit: str, every_s: float = 5.0, stream: TextIO | None = None
    ) -> None:
        self._what, self._total, self._unit = what, total, unit
        self._every_s, self._stream = every_s, stream or sys.stderr
        self._done, self._started = 0, time.monotonic()
        self._last = self._started

    def advance(self, count: int = 1, *, note: str = "") -> None:
        """Adds `count` units; prints if it is time. `note` is shown behind, for example a loss."""
        self._done += count
        now = time.monotonic()
        if now - self._last >= self._every_s:
            self._last = now
            self._print(now, note)

    def finish(self, note: str = "") -> None:
        """Prints the last line."""
        self._print(time.monotonic(), note)

    def _print(self, now: float, note: str) -> None:
        seconds = max(now - self._started, 1e-9)
        rate = self._done / seconds
        share = f" of {self._total:,} ({self._done / self._total:.0%})" if self._total else ""
        left = (
            f", {(self._total - self._done) / rate:.0f} s left" if self._total and 0 < self._done < self._total else ""
        )
        tail = f" · {note}" if note else ""
        line = f"{self._what}: {self._done:,}{share} {self._unit}, {rate:,.1f}/s, {seconds:.0f} s{left}{tail}"
        print(line, file=self._stream, flush=True)

"""Medians of repeated runs, and the table they are printed in."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One thing measured beside another.

    Attributes:
        what: what was done.
        seconds: median of the repeats; None where `note` says why nothing was measured.
        amount: how much was done in that time.
        unit: of `amount`.
        ratio: time beside the first row of the same benchmark; 2 is twice as slow.
        note: what a reader has to know.
    """

    what: str
    seconds: float | None
    amount: float = 0.0
    unit: str = ""
    ratio: float | None = None
    note: str = ""

    def line(self, width: int) -> str:
        """The row as text, its name padded to `width`."""
        if self.seconds is None:
            return f"  {self.what:{width}}  {self.note}"
        speed = f"{self.amount / self.seconds:12,.2f} {self.unit}/s"
        ratio = f"{self.ratio:6.2f} x the time" if self.ratio is not None else ""
        return f"  {self.what:{width}}  {self.seconds:8.4f} s  {speed:22}  {ratio}  {self.note}".rstrip()


def median_seconds(work: Callable[[], Any], *, repeats: int) -> float:
    """Median duration of `repeats` runs, after one that warms up and does not count."""
    work()
    return statistics.median(_seconds(work) for _ in range(repeats))


def print_table(title: str, rows: Sequence[Row]) -> None:
    """Prints the rows of one benchmark."""
    print(title)
    width = max(len(row.what) for row in rows)
    for row in rows:
        print(row.line(width))
    print()


def _seconds(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

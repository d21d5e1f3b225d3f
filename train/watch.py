"""Measurements now and then while training runs: too dear for every step, and wanted as curves."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from train import distributed

Measure = Callable[[], dict[str, float]]


@dataclass(frozen=True)
class _Watched:
    name: str
    every: int
    measure: Measure
    by_all: bool


class Watch:
    """Draws curves: one point before the first step, one every so many steps, and one after the last.

    Every point also says how many seconds training and measuring had taken by then, those of a run that was broken off
    and gone on with included.
    """

    def __init__(self, steps: int) -> None:
        """`steps`: of the whole training."""
        self._steps, self._started, self._before = steps, time.monotonic(), -1.0
        self._watched: list[_Watched] = []
        self.memory: dict[str, Any] = {"seconds": 0.0, "curves": {}}

    def add(self, name: str, *, every: int, measure: Measure, by_all: bool) -> None:
        """Adds a curve.

        Args:
            name: of the curve.
            every: steps from point to point.
            measure: returns a point; by rank 0 only, unless `by_all`.
            by_all: whether all ranks have to measure together.
        """
        self._watched.append(_Watched(name, every, measure, by_all))

    def curve(self, name: str) -> list[dict[str, float]]:
        """The points so far: `step`, what was measured, `seconds`."""
        found: list[dict[str, float]] = self.memory["curves"].get(name, [])
        return found

    @property
    def seconds(self) -> float:
        """How long training has taken so far."""
        return round(float(self.memory["seconds"]), 1)

    def __call__(self, step: int) -> None:
        """Measures what is due when `step` steps are done."""
        if self._before < 0:
            self._before = self.memory["seconds"]  # by now a saved state, if there is one, has been taken up
        for one in self._watched:
            if (step % one.every == 0 or step == self._steps) and (one.by_all or distributed.rank() == 0):
                values = one.measure()
                self._tick()
                self.memory["curves"].setdefault(one.name, []).append({"step": step, **values, "seconds": self.seconds})
        self._tick()

    def _tick(self) -> None:
        self.memory["seconds"] = self._before + time.monotonic() - self._started

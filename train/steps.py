"""The step loop that BERT, ICT, REALM pre-training and fine-tuning share.

What a step draws at random depends on (seed, step, rank) only, never on the steps before it, so a step can be
repeated, and a run that was broken off goes on from its last saved state (`train.resume`) to the same bytes.
"""

import csv
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
from torch import Tensor, nn

from realm.constraints import Above, AtMost, Count, Seed, Share
from realm.errors import UserError
from realm.progress import Progress
from realm.storage import publish_file
from train import distributed
from train.optim import adamw, rate_factor
from train.resume import Artefacts, States, Training, restore_state, save_state

_MAX_GRADIENT_NORM = 1.0  # BERT's

ComputeStep = Callable[[int, np.random.Generator], dict[str, Tensor]]
_CURVE, _WINDOW, _STAGE = "curve", "window", "stage"  # keys of a saved state's memory


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train.

    Attributes:
        steps: optimizer steps.
        learning_rate: its peak.
        weight_decay: AdamW's.
        seed: of everything drawn at random.
        log_every: steps that one point of the learning curve averages over.
        save_every: steps from one saved state to the next; a run that is killed goes on from the last. Left out,
            nothing is saved, and it starts anew.
    """

    steps: Count
    learning_rate: Annotated[float, Above(0), AtMost(1)]
    weight_decay: Share
    seed: Seed
    log_every: Count
    save_every: Count | None = None


@dataclass(frozen=True)
class Extras:
    """What a stage adds to the step loop.

    Attributes:
        scales: share of the learning rate for each module; all 1 if None.
        states: folder of the run's saved states (`train.resume.states_of`); None where none are wanted.
        measure: called with the number of steps done, before the first step and after each.
        memory: what the stage counts and measures, as JSON; saved with the state, and filled from it.
        artefacts: what its states need beside themselves.
    """

    scales: Sequence[float] | None = None
    states: Path | None = None
    measure: Callable[[int], None] | None = None
    memory: dict[str, Any] = field(default_factory=dict)
    artefacts: Artefacts | None = None


def train_steps(
    name: str, modules: Sequence[nn.Module], schedule: Schedule, compute: ComputeStep, extras: Extras | None = None
) -> list[dict[str, float]]:
    """Runs `schedule.steps` optimizer steps and returns the learning curve.

    Args:
        name: of the stage, shown with its progress.
        modules: what is trained; they are put into training mode.
        schedule: see there.
        compute: takes the step's number and its random generator; returns scalars, `loss` among them. One that is not
            a number stands for nothing measured in that step.
        extras: see there.

    Returns:
        One row per `log_every` steps: `step`, the mean of every scalar since the last row, and the learning rate.

    Raises:
        UserError: the loss is not finite, or a state cannot be saved.
    """
    loop = _Loop(name, modules, schedule, extras or Extras())
    first = loop.restore()
    progress = Progress(name, total=schedule.steps - first, unit="steps")
    for step in range(first, schedule.steps):
        for module in modules:
            module.train()
        torch.manual_seed(int(np.random.SeedSequence([schedule.seed, step, distributed.rank()]).generate_state(1)[0]))
        scalars = compute(step, np.random.default_rng([schedule.seed, step, distributed.rank()]))
        loop.learn(step, scalars)
        loop.note(step + 1, scalars)
        progress.advance(note=_note(loop.curve))
    progress.finish(note=_note(loop.curve))
    return loop.curve


class _Loop:
    """The parts of the step loop, and what they share."""

    def __init__(self, name: str, modules: Sequence[nn.Module], schedule: Schedule, extras: Extras) -> None:
        self._name, self._schedule, self._extras = name, schedule, extras
        optimizer = adamw(
            modules,
            learning_rate=schedule.learning_rate,
            weight_decay=schedule.weight_decay,
            scales=extras.scales,
        )
        self._training = Training(modules, optimizer)
        self._states = None
        if extras.states and schedule.save_every:
            self._states = States(extras.states, schedule.save_every, extras.artefacts)
        self._trained = [parameter for group in optimizer.param_groups for parameter in group["params"]]
        self._window: list[dict[str, Tensor]] = []
        self.curve: list[dict[str, float]] = []

    def restore(self) -> int:
        """Takes up a saved state, if there is one; returns the first step to run."""
        found = restore_state(self._states, self._training, stage=self._name) if self._states else None
        if found is None:
            self._measure(0)
            return 0
        step, memory = found
        self.curve = [_numbers(row) for row in memory[_CURVE]]
        self._window = [{key: torch.tensor(value) for key, value in _numbers(one).items()} for one in memory[_WINDOW]]
        self._extras.memory.clear()
        self._extras.memory.update(memory[_STAGE])
        if self._extras.artefacts:
            self._extras.artefacts.resume()
        return step

    def learn(self, step: int, scalars: dict[str, Tensor]) -> None:
        """One optimizer step down the gradient of the loss."""
        optimizer = self._training.optimizer
        optimizer.zero_grad(set_to_none=True)
        scalars["loss"].backward()  # type: ignore[no-untyped-call]
        distributed.average_gradients(self._training.modules)
        nn.utils.clip_grad_norm_(self._trained, _MAX_GRADIENT_NORM)
        for group in optimizer.param_groups:
            group["lr"] = self._rate(step) * group["scale"]
        optimizer.step()

    def note(self, step: int, scalars: dict[str, Tensor]) -> None:
        """Measures, logs and saves what is due when `step` steps are done."""
        self._window.append({key: value.detach() for key, value in scalars.items()})
        last = step == self._schedule.steps
        if step % self._schedule.log_every == 0 or last:
            means = _mean_of(self._window, step=step, name=self._name)
            self.curve.append({**means, "learning_rate": self._rate(step - 1)})
            self._window = []
        self._measure(step)
        if self._states and not last and self._states.due(step):
            window = [plain({key: float(value) for key, value in one.items()}) for one in self._window]
            curve = [plain(row) for row in self.curve]
            memory = {_CURVE: curve, _WINDOW: window, _STAGE: self._extras.memory}
            save_state(self._states, self._training, step=step, memory=memory)

    def _measure(self, step: int) -> None:
        if self._extras.measure:
            self._extras.measure(step)

    def _rate(self, step: int) -> float:
        return self._schedule.learning_rate * rate_factor(step, steps=self._schedule.steps)


def write_curve(curve: Sequence[dict[str, float]], path: Path) -> None:
    """Writes a learning curve as CSV for `dvc plots`; only a header if nothing was trained."""
    with publish_file(path) as beside, beside.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(curve[0]) if curve else ["step", "loss"], lineterminator="\n")
        writer.writeheader()
        for row in curve:
            writer.writerow({key: value if key == "step" else f"{value:.6g}" for key, value in row.items()})


def plain(row: dict[str, float]) -> dict[str, float | None]:
    """A row as JSON: what is not a number is None."""
    return {key: None if math.isnan(value) else value for key, value in row.items()}


def _numbers(row: dict[str, float | None]) -> dict[str, float]:
    return {key: math.nan if value is None else value for key, value in row.items()}


def _mean_of(window: Sequence[dict[str, Tensor]], *, step: int, name: str) -> dict[str, float]:
    stacked = {key: torch.stack([one[key].float().cpu() for one in window]) for key in window[0]}
    means = {key: float(values.mean() if key == "loss" else values.nanmean()) for key, values in stacked.items()}
    if not math.isfinite(means["loss"]):
        raise UserError(f"{name}: the loss is {means['loss']} at step {step}. Lower learning_rate in params.yaml.")
    return {"step": step, **means}


def _note(curve: Sequence[dict[str, float]]) -> str:
    if not curve:
        return ""
    return ", ".join(f"{key} {value:.3f}" for key, value in curve[-1].items() if key != "step")

"""The step loop that BERT, ICT, REALM pre-training and fine-tuning share.

What a step draws at random depends on (seed, step, rank) only, never on the steps before it, so a step can be
repeated.
"""

import csv
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from realm.errors import UserError
from realm.progress import Progress
from realm.storage import publish_file
from train import distributed
from train.optim import adamw, rate_factor

_MAX_GRADIENT_NORM = 1.0  # BERT's

ComputeStep = Callable[[int, np.random.Generator], dict[str, Tensor]]


@dataclass(frozen=True)
class Schedule:
    """How long and how fast to train.

    Attributes:
        steps: optimizer steps.
        learning_rate: its peak.
        weight_decay: AdamW's.
        seed: of everything drawn at random.
        log_every: steps that one point of the learning curve averages over.
    """

    steps: int
    learning_rate: float
    weight_decay: float
    seed: int
    log_every: int


def train_steps(
    name: str,
    modules: Sequence[nn.Module],
    schedule: Schedule,
    compute: ComputeStep,
    *,
    scales: Sequence[float] | None = None,
) -> list[dict[str, float]]:
    """Runs `schedule.steps` optimizer steps and returns the learning curve.

    Args:
        name: of the stage, shown with its progress.
        modules: what is trained; they are put into training mode.
        schedule: see there.
        compute: takes the step's number and its random generator; returns scalars, `loss` among them.
        scales: share of the learning rate for each module; all 1 if None.

    Returns:
        One row per `log_every` steps: `step` and the mean of every scalar since the last row.

    Raises:
        UserError: the loss is not finite.
    """
    optimizer = adamw(modules, learning_rate=schedule.learning_rate, weight_decay=schedule.weight_decay, scales=scales)
    parameters = [parameter for group in optimizer.param_groups for parameter in group["params"]]
    progress = Progress(name, total=schedule.steps, unit="steps")
    curve: list[dict[str, float]] = []
    window: list[dict[str, Tensor]] = []
    for step in range(schedule.steps):
        for module in modules:
            module.train()
        torch.manual_seed(int(np.random.SeedSequence([schedule.seed, step, distributed.rank()]).generate_state(1)[0]))
        scalars = compute(step, np.random.default_rng([schedule.seed, step, distributed.rank()]))
        optimizer.zero_grad(set_to_none=True)
        scalars["loss"].backward()  # type: ignore[no-untyped-call]
        distributed.average_gradients(modules)
        nn.utils.clip_grad_norm_(parameters, _MAX_GRADIENT_NORM)
        for group in optimizer.param_groups:
            group["lr"] = schedule.learning_rate * group["scale"] * rate_factor(step, steps=schedule.steps)
        optimizer.step()
        window.append({key: value.detach() for key, value in scalars.items()})
        if (step + 1) % schedule.log_every == 0 or step + 1 == schedule.steps:
            curve.append(_mean_of(window, step=step + 1, name=name))
            window = []
        progress.advance(note=_note(curve))
    progress.finish(note=_note(curve))
    return curve


def write_curve(curve: Sequence[dict[str, float]], path: Path) -> None:
    """Writes a learning curve as CSV for `dvc plots`; only a header if nothing was trained."""
    with publish_file(path) as beside, beside.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(curve[0]) if curve else ["step", "loss"], lineterminator="\n")
        writer.writeheader()
        for row in curve:
            writer.writerow({key: value if key == "step" else f"{value:.5f}" for key, value in row.items()})


def _mean_of(window: Sequence[dict[str, Tensor]], *, step: int, name: str) -> dict[str, float]:
    means = {key: float(torch.stack([one[key].float() for one in window]).mean()) for key in window[0]}
    if not math.isfinite(means["loss"]):
        raise UserError(f"{name}: the loss is {means['loss']} at step {step}. Lower learning_rate in params.yaml.")
    return {"step": step, **means}


def _note(curve: Sequence[dict[str, float]]) -> str:
    if not curve:
        return ""
    return ", ".join(f"{key} {value:.3f}" for key, value in curve[-1].items() if key != "step")

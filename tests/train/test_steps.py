from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from realm.errors import UserError
from train.optim import adamw, rate_factor, warmup_steps
from train.steps import Extras, Schedule, train_steps, write_curve


def schedule(steps: int = 40) -> Schedule:
    return Schedule(steps=steps, learning_rate=0.05, weight_decay=0.0, seed=3, log_every=10)


def trained(steps: int = 40) -> tuple[nn.Linear, list[dict[str, float]]]:
    torch.manual_seed(0)
    module = nn.Linear(3, 1)

    def compute(_step: int, generator: np.random.Generator) -> dict[str, torch.Tensor]:
        inputs = torch.from_numpy(generator.normal(size=(8, 3)).astype("float32"))
        return {"loss": (module(inputs) - inputs.sum(1, keepdim=True)).square().mean()}

    return module, train_steps("toy", [module], schedule(steps), compute)


def test_training_is_repeatable_and_learns() -> None:
    (one, curve), (two, _) = trained(), trained()
    assert torch.equal(one.weight, two.weight)
    assert [row["step"] for row in curve] == [10, 20, 30, 40]
    assert curve[-1]["loss"] < curve[0]["loss"]


def test_a_loss_that_is_not_finite_stops_the_stage_with_a_remedy() -> None:
    module = nn.Linear(1, 1)
    with pytest.raises(UserError, match="Lower learning_rate"):
        train_steps("toy", [module], schedule(), lambda *_: {"loss": module.weight.sum() * float("nan")})


def test_the_warm_up_follows_the_official_rule() -> None:
    assert [warmup_steps(steps) for steps in (50, 1_000, 5_000, 200_000)] == [100, 100, 500, 10_000]
    assert rate_factor(0, steps=1000) == 0.01
    assert rate_factor(99, steps=1000) == 1.0
    assert rate_factor(999, steps=1000) == pytest.approx(1 / 900)


def test_shared_parameters_are_optimised_once_and_norms_are_not_decayed() -> None:
    norm = nn.LayerNorm(2)
    shared = nn.ModuleDict({"norm": norm, "linear": nn.Linear(2, 2)})
    groups = adamw([shared, shared], learning_rate=1e-3, weight_decay=0.01).param_groups
    assert [len(group["params"]) for group in groups] == [1, 3, 0, 0]


def test_a_module_can_learn_at_a_share_of_the_rate() -> None:
    modules = [nn.Linear(2, 1), nn.Linear(2, 1)]
    before = [one.weight.detach().clone() for one in modules]
    inputs = torch.ones(4, 2)
    train_steps(
        "toy",
        modules,
        schedule(steps=1),
        lambda *_: {"loss": sum(one(inputs).square().mean() for one in modules)},  # type: ignore[dict-item]
        Extras(scales=[0.1, 1.0]),
    )
    slow, fast = (float((one.weight.detach() - old).abs().max()) for one, old in zip(modules, before, strict=True))
    assert slow == pytest.approx(0.1 * fast, rel=1e-3)


def test_a_curve_is_written_as_csv(tmp_path: Path) -> None:
    write_curve([{"step": 10, "loss": 0.5}], tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == "step,loss\n10,0.5\n"
    write_curve([], tmp_path / "b.csv")
    assert (tmp_path / "b.csv").read_text() == "step,loss\n"

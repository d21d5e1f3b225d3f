"""BERT's optimizer: AdamW, linear warm-up and linear decay."""

from collections.abc import Sequence

import torch
from torch import nn

_NO_DECAY = ("bias", "norm.weight", "LayerNorm.weight")


def warmup_steps(steps: int) -> int:
    """The official rule, for every stage: min(10000, max(100, steps / 10))."""
    return min(10_000, max(100, steps // 10))


def rate_factor(step: int, *, steps: int) -> float:
    """Share of the peak learning rate at 0-based `step`: up over the warm-up, then linearly down to zero."""
    warmup = min(warmup_steps(steps), steps)
    if step < warmup:
        return (step + 1) / warmup
    return max(0.0, (steps - step) / max(1, steps - warmup))


def adamw(
    modules: Sequence[nn.Module], *, learning_rate: float, weight_decay: float, scales: Sequence[float] | None = None
) -> torch.optim.AdamW:
    """AdamW over all trainable parameters; biases and layer norms are not decayed. Shared ones count once.

    Args:
        modules: what is trained.
        learning_rate: of a module with scale 1.
        weight_decay: of what is decayed.
        scales: share of the learning rate for each module (kept in its groups as `scale`); all 1 if None.
    """
    seen: set[int] = set()
    groups = []
    for module, scale in zip(modules, scales or [1.0] * len(modules), strict=True):
        decayed: list[nn.Parameter] = []
        plain: list[nn.Parameter] = []
        for name, parameter in module.named_parameters():
            if parameter.requires_grad and id(parameter) not in seen:
                seen.add(id(parameter))
                (plain if name.endswith(_NO_DECAY) else decayed).append(parameter)
        for parameters, decay in ((decayed, weight_decay), (plain, 0.0)):
            groups.append({"params": parameters, "weight_decay": decay, "scale": scale})
    return torch.optim.AdamW(groups, lr=learning_rate, betas=(0.9, 0.999), eps=1e-6, fused=True)

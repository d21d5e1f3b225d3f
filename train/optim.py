"""BERT's optimizer: AdamW, linear warm-up and linear decay."""

from collections.abc import Iterable

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


def adamw(modules: Iterable[nn.Module], *, learning_rate: float, weight_decay: float) -> torch.optim.AdamW:
    """AdamW over all trainable parameters; biases and layer norms are not decayed. Shared ones count once."""
    decayed: dict[int, nn.Parameter] = {}
    plain: dict[int, nn.Parameter] = {}
    for module in modules:
        for name, parameter in module.named_parameters():
            if parameter.requires_grad:
                group = plain if name.endswith(_NO_DECAY) else decayed
                group[id(parameter)] = parameter
    groups = [
        {"params": list(decayed.values()), "weight_decay": weight_decay},
        {"params": list(plain.values()), "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=learning_rate, betas=(0.9, 0.999), eps=1e-6)

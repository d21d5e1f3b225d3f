"""What the ranks of a training job do together. With one process every function is the identity."""

from collections.abc import Iterable
from typing import Any

import torch
import torch.distributed as dist
from torch import Tensor, nn


def world_size() -> int:
    """Number of training processes."""
    return dist.get_world_size() if dist.is_initialized() else 1


def rank() -> int:
    """Number of this training process, from 0."""
    return dist.get_rank() if dist.is_initialized() else 0


def agree(value: int) -> int:
    """Rank 0's `value`, on every rank."""
    if world_size() == 1:
        return value
    device = "cuda" if dist.get_backend() == "nccl" else "cpu"
    said = torch.tensor([value], dtype=torch.int64, device=device)
    dist.broadcast(said, src=0)
    return int(said.item())


class _GatherRows(torch.autograd.Function):
    """All ranks' rows stacked; the backward pass sums what every rank's loss says about one's own rows."""

    @staticmethod
    def forward(ctx: Any, rows: Tensor) -> Tensor:
        ctx.count = rows.shape[0]
        parts = [torch.empty_like(rows) for _ in range(world_size())]
        dist.all_gather(parts, rows.contiguous())
        return torch.cat(parts)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> Tensor:
        total = gradients[0].contiguous().clone()
        dist.all_reduce(total)
        first = rank() * ctx.count
        return total[first : first + ctx.count]


def gather_rows(rows: Tensor) -> Tensor:
    """`[batch, dim]` of this rank -> `[world * batch, dim]` of all, in rank order, with gradients.

    Every rank must bring the same number of rows.
    """
    if world_size() == 1:
        return rows
    gathered: Tensor = _GatherRows.apply(rows)  # type: ignore[no-untyped-call]
    return gathered


def average_gradients(modules: Iterable[nn.Module]) -> None:
    """Replaces every gradient by its mean over the ranks; a parameter without one counts as zero."""
    if world_size() == 1:
        return
    seen: dict[int, nn.Parameter] = {}
    for module in modules:
        seen.update({id(parameter): parameter for parameter in module.parameters() if parameter.requires_grad})
    for parameter in seen.values():
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
        dist.all_reduce(parameter.grad)
        parameter.grad /= world_size()

"""Two real processes over gloo must do what one process does with all the rows."""

import os
from pathlib import Path

import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from torch import nn

from realm.losses import ict_loss
from train.distributed import average_gradients, gather_rows, rank, world_size


def towers() -> nn.ModuleList:
    torch.manual_seed(0)
    return nn.ModuleList([nn.Linear(6, 4), nn.Linear(6, 4)])


def rows() -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(1)
    return torch.randn(8, 6, generator=generator), torch.randn(8, 6, generator=generator)


def train_rank(number: int, folder: str) -> None:
    os.environ.update(MASTER_ADDR="127.0.0.1", GLOO_SOCKET_IFNAME="lo")
    dist.init_process_group("gloo", init_method=f"file://{folder}/rendezvous", rank=number, world_size=2)
    torch.set_num_threads(1)
    assert (rank(), world_size()) == (number, 2)
    query_tower, block_tower = modules = towers()
    queries, blocks = (part[4 * number : 4 * number + 4] for part in rows())
    loss, _ = ict_loss(gather_rows(query_tower(queries)), gather_rows(block_tower(blocks)))
    loss.backward()  # type: ignore[no-untyped-call]
    average_gradients([modules])
    torch.save([one.grad for one in modules.parameters()], f"{folder}/{number}.pt")
    dist.destroy_process_group()


def test_in_batch_negatives_across_two_ranks_give_the_gradients_of_one_big_batch(tmp_path: Path) -> None:
    mp.spawn(train_rank, args=(str(tmp_path),), nprocs=2)  # type: ignore[no-untyped-call]
    query_tower, block_tower = modules = towers()
    queries, blocks = rows()
    loss, _ = ict_loss(query_tower(queries), block_tower(blocks))
    loss.backward()
    for number in (0, 1):
        found = torch.load(tmp_path / f"{number}.pt", weights_only=True)
        for gradient, parameter in zip(found, modules.parameters(), strict=True):
            torch.testing.assert_close(gradient, parameter.grad)

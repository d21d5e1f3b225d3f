"""Two real processes over gloo must do what one process does with all the rows."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.distributed as dist
import torch.multiprocessing as mp
from safetensors.torch import load_file, save_file

from realm.inputs import TokenInput, block_input
from realm.losses import ict_loss
from realm.model import Embedder
from tests.tiny import SPECIALS, tiny_embedder
from train.batching import embed_by_length
from train.distributed import agree, average_gradients, gather_rows, rank, world_size
from train.steps import Extras, Schedule, train_steps

BATCH = 8
SCHEDULE = Schedule(steps=5, learning_rate=1e-2, weight_decay=0.01, seed=3, log_every=5, save_every=2)


def new_embedder() -> Embedder:
    return tiny_embedder(dropout=False)


def pairs(step: int) -> tuple[list[TokenInput], list[TokenInput]]:
    generator = np.random.default_rng(step)
    texts = [block_input([7], generator.integers(5, 60, size=9).tolist(), SPECIALS) for _ in range(2 * BATCH)]
    return texts[:BATCH], texts[BATCH:]


def loss_of(embedder: Embedder, step: int) -> torch.Tensor:
    """The ICT loss of the joint batch, of which every rank brings its share."""
    share = BATCH // world_size()
    own = slice(rank() * share, (rank() + 1) * share)
    queries, blocks = (gather_rows(embed_by_length(embedder, part[own], pad_id=0)) for part in pairs(step))
    return ict_loss(queries, blocks)[0]


def gradients(embedder: Embedder) -> dict[str, torch.Tensor]:
    loss_of(embedder, 0).backward()  # type: ignore[no-untyped-call]
    average_gradients([embedder])
    return {name: one.grad for name, one in embedder.named_parameters() if one.grad is not None}


def weights(folder: Path | None) -> dict[str, torch.Tensor]:
    embedder = new_embedder()

    def compute(step: int, _generator: Any) -> dict[str, torch.Tensor]:
        return {"loss": loss_of(embedder, step)}

    train_steps("toy", [embedder], SCHEDULE, compute, Extras(states=folder))
    return {name: one.detach() for name, one in embedder.named_parameters()}


def in_rank(number: int, folder: str) -> None:
    os.environ.update(MASTER_ADDR="127.0.0.1", GLOO_SOCKET_IFNAME="lo")
    dist.init_process_group("gloo", init_method=f"file://{folder}/rendezvous", rank=number, world_size=2)
    torch.set_num_threads(1)
    assert (rank(), world_size(), agree(number)) == (number, 2, 0)
    states = Path(folder) / "states"
    save_file(gradients(new_embedder()), f"{folder}/gradients-{number}")
    save_file(weights(states), f"{folder}/weights-{number}")
    assert [path.name for path in sorted(states.iterdir())] == ["step-00000002", "step-00000004"]
    dist.barrier()
    save_file(weights(states), f"{folder}/resumed-{number}")  # from step 4 on
    dist.destroy_process_group()


def test_in_batch_negatives_across_two_ranks_train_as_one_big_batch_does(tmp_path: Path) -> None:
    mp.spawn(in_rank, args=(str(tmp_path),), nprocs=2)  # type: ignore[no-untyped-call]
    for number in (0, 1):
        for name, alone in (("gradients", gradients(new_embedder())), ("weights", weights(None))):
            together = load_file(tmp_path / f"{name}-{number}")
            assert together.keys() == alone.keys()
            for key, value in alone.items():
                torch.testing.assert_close(together[key], value, msg=lambda text, key=key: f"{key}: {text}")  # type: ignore[misc]
        assert (tmp_path / f"resumed-{number}").read_bytes() == (tmp_path / "weights-0").read_bytes()

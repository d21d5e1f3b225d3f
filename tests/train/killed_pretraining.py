"""Pre-training that ends itself with SIGKILL at a set moment, in a process of its own."""

import dataclasses
import importlib
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import torch

from index.config import IndexConfig
from realm.paths import DataPaths
from tests.train.qa_world import INDEX, OLD
from tests.train.stages import HERE, PRETRAIN, SCHEDULE
from train import distributed, pretrain
from train.trainer import TrainCluster

# Saved after steps 2, 4, 6 and 8; refreshed before steps 3, 6 and 9, so state 6 needs the version of step 3.
CONFIG = dataclasses.replace(
    PRETRAIN, refresh_every=3, schedule=dataclasses.replace(SCHEDULE, steps=10, save_every=2, log_every=3)
)
TOGETHER = dataclasses.replace(HERE, workers=2)
SERVED = dataclasses.replace(INDEX, service=dataclasses.replace(INDEX.service, shards=2))


@dataclass(frozen=True)
class Moment:
    """The `call`-th call of a function, before it does anything: `module` or `module:Class`, and its `name`."""

    owner: str
    name: str
    call: int

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}-{self.call}"


def run(root: Path, index: IndexConfig = INDEX, cluster: TrainCluster = HERE) -> DataPaths:
    """Pre-trains below a data root."""
    torch.set_num_threads(1)
    pretrain.run(CONFIG, index=index, snapshot=OLD, data=DataPaths(root), cluster=cluster)
    return DataPaths(root)


def run_until(root: Path, moment: Moment, index: IndexConfig = INDEX) -> None:
    """Pre-trains in a process that dies at the moment.

    The process is forked from one that has imported everything and computed nothing, so it has no thread to miss.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "index.faiss_index", "index.embed"])
    child = context.Process(target=_doomed, args=(root, moment, index))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL, f"nobody came to {moment}"


@contextmanager
def dying(rank: int, moment: Moment) -> Iterator[None]:
    """The worker of that rank dies at the moment."""

    def doomed(config: dict[str, Any]) -> None:
        if distributed.rank() == rank:
            _set_up(moment)
        pretrain.train_loop(config)  # the worker's own, which is not patched

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pretrain, "train_loop", doomed)
        yield


def _doomed(root: Path, moment: Moment, index: IndexConfig) -> None:
    _set_up(moment)
    run(root, index)


def _set_up(moment: Moment) -> None:
    """Makes this process die at the moment."""
    module, _, inner = moment.owner.partition(":")
    owner: Any = importlib.import_module(module)
    owner = getattr(owner, inner) if inner else owner
    function, calls = getattr(owner, moment.name), []

    def deadly(*arguments: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == moment.call:
            os.kill(os.getpid(), signal.SIGKILL)
        return function(*arguments, **named)

    setattr(owner, moment.name, deadly)

"""Running a training loop under Ray Train, on this process or on many.

A loop is a module-level function of one plain dictionary. It runs on every rank; rank 0 writes its results to
disk, and the stage that called publishes them.
"""

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from realm.constraints import Count, Natural
from realm.errors import UserError
from realm.paths import DataPaths

TrainLoop = Callable[[dict[str, Any]], None]

_START_TIMEOUT = ("RAY_TRAIN_WORKER_GROUP_START_TIMEOUT_S", "60")  # Ray Train's own variable and its default


@dataclass(frozen=True)
class TrainCluster:
    """Section `cluster`: the processes that train.

    Attributes:
        workers: training processes; 0 trains in the stage's own process, which saves half a minute of start-up.
        threads: CPU threads of each.
        gpu: whether each takes a GPU.
        compile: whether the models are compiled first (`realm.model.compiled`).
    """

    workers: Natural
    threads: Count
    gpu: bool
    compile: bool


@dataclass(frozen=True)
class LoopPaths:
    """Where a loop that learns from a corpus reads and writes.

    Attributes:
        data: the data root.
        blocks: the corpus.
        workdir: for what is published.
        states: of the run's saved states.
    """

    data: DataPaths
    blocks: Path
    workdir: Path
    states: Path


def run_training(loop: TrainLoop, *, config: dict[str, Any], cluster: TrainCluster, storage: Path, name: str) -> None:
    """Runs `loop(config)` on every training process and returns when all have ended.

    A process that dies ends the run; the stage goes on from its last saved state when it is run again.

    Args:
        loop: module-level, so that every worker can import it; gets `config` and what `prepare_rank` needs.
        config: plain values and frozen dataclasses of them.
        cluster: see there.
        storage: where Ray Train keeps its own run files, on storage that all machines share.
        name: of the run.

    Raises:
        UserError: one was raised on a worker, or Ray has no room for the processes.
    """
    logging.getLogger("ray.train").setLevel(logging.WARNING)
    from ray.train import RunConfig, ScalingConfig
    from ray.train.torch import TorchTrainer

    from index.ray_runtime import connect

    scaling = ScalingConfig(
        num_workers=cluster.workers,
        use_gpu=cluster.gpu and cluster.workers > 0,
        resources_per_worker={"CPU": cluster.threads, **({"GPU": 1} if cluster.gpu else {})}
        if cluster.workers
        else None,
    )
    storage.mkdir(parents=True, exist_ok=True)
    trainer = TorchTrainer(
        loop,
        train_loop_config={**config, "threads": cluster.threads, "gpu": cluster.gpu, "compile": cluster.compile},
        scaling_config=scaling,
        run_config=RunConfig(storage_path=str(storage.absolute()), name=name),
    )
    if cluster.workers == 0:
        trainer.fit()
        return
    with connect():
        _require_room(scaling)
        _fit(trainer)


def _require_room(scaling: Any) -> None:
    """Waits until there is room, as long as Ray Train gives its workers: it would then try again for ever."""
    import ray
    from ray.util.placement_group import placement_group, remove_placement_group

    seconds = float(os.environ.get(*_START_TIMEOUT))
    wanted = placement_group([scaling.resources_per_worker] * scaling.num_workers)
    try:
        if not wanted.wait(seconds):
            raise UserError(
                f"{scaling.num_workers} training processes with {scaling.resources_per_worker} each found no room for "
                f"{seconds:.0f} s; Ray has {ray.cluster_resources()}, free are {ray.available_resources()}. Lower "
                f"cluster.workers or cluster.threads, set cluster.gpu to false, or raise {_START_TIMEOUT[0]}."
            )
    finally:
        remove_placement_group(wanted)


def _fit(trainer: Any) -> None:
    """Runs to the end; what a person can mend is raised as it was on the worker, without Ray's traceback."""
    from ray.train import WorkerGroupError

    try:
        trainer.fit()
    except WorkerGroupError as error:
        for failure in error.worker_failures.values():
            cause = getattr(failure, "cause", failure)
            if isinstance(cause, UserError):
                raise cause from error
        raise


def prepare_rank(config: dict[str, Any]) -> Any:
    """Sets this rank's thread count and returns its torch device."""
    import torch

    torch.set_num_threads(int(config["threads"]))
    if torch.cuda.is_available() and torch.distributed.is_initialized():
        from ray.train.torch import get_device

        return get_device()
    return torch.device("cuda" if config["gpu"] and torch.cuda.is_available() else "cpu")

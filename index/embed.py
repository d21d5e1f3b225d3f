"""Ray actors that embed blocks and leave their vectors on disk, one Arrow file per work item.

Work items are cut by the blocks alone, never by the number of actors. What an actor has finished is a file that
appears whole, so a killed actor's item is done again and nothing is lost or doubled.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc

from index.config import EmbedConfig
from index.vectors import write_vectors
from realm.arrow_rows import ArrowRows
from realm.errors import UserError
from realm.progress import Progress
from realm.storage import digest
from realm.tokenizer import SpecialIds

_IN_FLIGHT = 2  # items handed to each actor, so that none waits for the next one
_SPECIAL_TOKENS = 3  # [CLS] title [SEP] body [SEP]


@dataclass(frozen=True)
class EmbeddingJob:
    """All that an actor has to know; a restarted actor gets the same.

    Attributes:
        model: directory of the retriever; an absolute path, like the others.
        table: `blocks.arrow`.
        cache: where finished work items lie.
        specials: of the tokenizer.
        config: see there.
    """

    model: Path
    table: Path
    cache: Path
    specials: SpecialIds
    config: EmbedConfig


class BlockEmbedder:
    """Embeds rows of a block table with the block embedder of a model."""

    def __init__(self, job: EmbeddingJob) -> None:
        from realm.model import Embedder
        from realm.model.retriever import block_embedder_directory

        self._job, self._rows = job, ArrowRows(job.table)
        self._ids = self._rows.numbers("block_id")
        device = "cuda" if job.config.gpus_per_actor else "cpu"
        self._embedder = Embedder.from_pretrained(block_embedder_directory(job.model)).to(device)

    def vectors(self, rows: np.ndarray) -> np.ndarray:
        """float32 `[len(rows), dim]`."""
        from realm.embedding import embed_inputs
        from realm.inputs import block_input

        config = self._job.config
        inputs = [
            block_input(
                self._rows.list("title_ids", row).tolist(),
                self._rows.list("body_ids", row).tolist(),
                self._job.specials,
                max_length=config.lengths[-1],
            )
            for row in rows.tolist()
        ]
        return embed_inputs(
            self._embedder, inputs, pad_id=self._job.specials.pad, lengths=config.lengths, batch_size=config.batch_size
        )

    def embed_item(self, rows: np.ndarray) -> int:
        """Embeds one work item, writes its file and returns the number of blocks. Safe to repeat."""
        ids = self._ids[rows]
        write_vectors(self._job.cache / f"{digest(ids.tobytes())}.arrow", ids, self.vectors(rows))
        return len(rows)


class EmbeddingActor(BlockEmbedder):
    """A `BlockEmbedder` in a process of its own, with as many torch threads as it was given CPUs for."""

    def __init__(self, job: EmbeddingJob) -> None:
        import torch

        torch.set_num_threads(job.config.threads)
        super().__init__(job)

    def pid(self) -> int:
        """The process id; also tells that the actor is up."""
        import os

        return os.getpid()


def work_items(table: ArrowRows, rows: np.ndarray, config: EmbedConfig) -> list[np.ndarray]:
    """Cuts table rows into work items, the shortest blocks first, so that few batches have to be filled up."""
    title, body = (pc.list_value_length(table.column(name)).to_numpy() for name in ("title_ids", "body_ids"))
    sizes = (title + body)[rows] + _SPECIAL_TOKENS
    shapes = np.searchsorted(np.asarray(config.lengths), np.minimum(sizes, config.lengths[-1]))
    ordered = rows[np.lexsort((rows, shapes))]
    return [ordered[first : first + config.item_blocks] for first in range(0, len(ordered), config.item_blocks)]


def embed_rows(job: EmbeddingJob, rows: np.ndarray) -> None:
    """Embeds `rows` of the table and returns when all their vectors are in the cache.

    Raises:
        UserError: an actor finds no room, or dies more often than `max_restarts`.
    """
    items = work_items(ArrowRows(job.table), rows, job.config)
    progress = Progress("embedding", total=len(rows), unit="blocks")
    for count in _on_actors(job, items) if job.config.actors else _in_this_process(job, items):
        progress.advance(count)
    progress.finish()


def _in_this_process(job: EmbeddingJob, items: list[np.ndarray]) -> Iterator[int]:
    embedder = BlockEmbedder(job)
    for item in items:
        yield embedder.embed_item(item)


def _on_actors(job: EmbeddingJob, items: list[np.ndarray]) -> Iterator[int]:
    from index.ray_runtime import connect

    with connect():
        import ray

        actors = _start_actors(job, count=min(job.config.actors, len(items)))
        try:
            yield from _share_out(actors, items)
        except ray.exceptions.ActorDiedError as error:
            raise UserError(
                f"An embedding actor died more than {job.config.max_restarts} times ({_first_line(error)}). Lower "
                "index.embed.batch_size if memory ran out, or raise index.embed.max_restarts; finished items are kept."
            ) from error
        finally:
            for actor in actors:
                ray.kill(actor)


def _start_actors(job: EmbeddingJob, *, count: int) -> list[Any]:
    import ray

    config = job.config
    actor_class = ray.remote(EmbeddingActor).options(
        num_cpus=config.cpus_per_actor,
        num_gpus=config.gpus_per_actor,
        max_restarts=config.max_restarts,
        max_task_retries=config.max_restarts,
    )
    actors = [actor_class.remote(job) for _ in range(count)]
    try:
        ray.get([actor.pid.remote() for actor in actors], timeout=config.placement_timeout_s)
    except ray.exceptions.GetTimeoutError as error:
        raise UserError(
            f"{count} embedding actors with {config.cpus_per_actor} CPUs and {config.gpus_per_actor} GPUs each were "
            f"not up after {config.placement_timeout_s:.0f} s; Ray has {ray.cluster_resources()}, free are "
            f"{ray.available_resources()}. Lower index.embed.actors or what each of them takes."
        ) from error
    return actors


def _share_out(actors: list[Any], items: list[np.ndarray]) -> Iterator[int]:
    """Gives every actor its next item as soon as it has finished one; yields the blocks done."""
    import ray

    waiting = deque(items)
    running: dict[Any, Any] = {}
    for actor in actors * _IN_FLIGHT:
        if waiting:
            running[actor.embed_item.remote(waiting.popleft())] = actor
    while running:
        done, _ = ray.wait(list(running), num_returns=1)
        actor = running.pop(done[0])
        if waiting:
            running[actor.embed_item.remote(waiting.popleft())] = actor
        yield ray.get(done[0])


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)

"""Ray actors that embed blocks and leave their vectors on disk, one Arrow file per work item.

Work items are cut by the blocks alone, never by the number of actors. What an actor has finished is a file that
appears whole, so a killed actor's item is done again and nothing is lost or doubled.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pyarrow.compute as pc

from index.actor_errors import raised_by_actor
from index.config import EmbedConfig
from index.input_keys import keys_of_rows
from index.vectors import write_item
from realm.arrow_rows import ArrowRows
from realm.errors import UserError, first_line
from realm.precision import ResolvedPrecision, torch_dtype
from realm.progress import Progress
from realm.storage import digest
from realm.tokenizer import SpecialIds

if TYPE_CHECKING:
    import torch

Result = TypeVar("Result")

_IN_FLIGHT = 2  # items handed to each actor, so that none waits for the next one


@dataclass(frozen=True)
class EmbeddingJob:
    """All that an actor has to know; a restarted actor gets the same.

    Attributes:
        model: directory of the retriever; an absolute path, like the others.
        table: `blocks.arrow`.
        vectors: finished work items lie below it, in a folder for each `embedding`.
        specials: of the tokenizer.
        encoder: fingerprint of the block encoder.
        precision: what `config.dtype` came to.
        config: see there.
    """

    model: Path
    table: Path
    vectors: Path
    specials: SpecialIds
    encoder: str
    precision: ResolvedPrecision
    config: EmbedConfig

    @property
    def embedding(self) -> str:
        """Fingerprint of encoder and settings: vectors with the same one are the same, byte for byte."""
        config = self.config
        shapes = (str(config.lengths), str(config.batch_size))
        return digest("embedding 5", self.encoder, self.precision, *shapes, str(self.specials))

    @property
    def cache(self) -> Path:
        """Where finished work items lie."""
        return self.vectors / digest("items 2", self.embedding)

    def with_rows(self, batch_size: int) -> "EmbeddingJob":
        """The same with so many rows a batch, which is another `embedding`."""
        return replace(self, config=replace(self.config, batch_size=batch_size))


def with_room(job: EmbeddingJob, work: Callable[[EmbeddingJob], Result]) -> tuple[EmbeddingJob, Result]:
    """Does `work`, with batches halved as often as it takes for them to fit into memory.

    The bits of a vector depend on its batch's shape, so each try starts anew with another `embedding`: what comes out
    is, byte for byte, what `index.embed.batch_size` set to that number gives.

    Returns:
        The job that succeeded, and the result.

    Raises:
        UserError: not even one row fits.
    """
    from realm.embedding import OutOfRoomError

    while True:
        try:
            return job, work(job)
        except OutOfRoomError as error:
            reason = first_line(getattr(error, "cause", error))  # Ray wraps an actor's error
            rows = job.config.batch_size // 2
            if not rows:
                raise UserError(
                    f"A single block of {job.config.lengths[-1]} wordpieces does not fit into memory ({reason}). Lower "
                    "the last of index.embed.lengths or index.embed.actors, or take a smaller model."
                ) from error
        print(f"embedding: out of memory, so batches have {rows} rows from now on ({reason})", flush=True)
        job = job.with_rows(rows)


class BlockEmbedder:
    """Embeds rows of a block table with the block embedder of a model."""

    def __init__(self, job: EmbeddingJob, device: "torch.device") -> None:
        from realm.model import Embedder
        from realm.model.retriever import block_embedder_directory
        from realm.packing import pack_embedder

        self._job, self._rows = job, ArrowRows(job.table)
        embedder = Embedder.from_pretrained(block_embedder_directory(job.model))
        self._embedder = embedder.to(device=device, dtype=torch_dtype(job.precision))
        pack_embedder(self._embedder, rows=job.config.batch_size * job.config.lengths[-1])

    def vectors(self, rows: np.ndarray) -> np.ndarray:
        """float32 `[len(rows), dim]`.

        Raises:
            OutOfRoomError: a batch does not fit into memory.
        """
        from realm.embedding import batch_shapes, embed_in_shapes
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
        shapes = batch_shapes(config.lengths, config.batch_size)
        return embed_in_shapes(self._embedder, inputs, pad_id=self._job.specials.pad, shapes=shapes)

    def embed_item(self, rows: np.ndarray) -> int:
        """Embeds one work item, writes its file and returns the number of blocks. Safe to repeat."""
        write_item(self._job.cache, keys_of_rows(self._rows, rows), self.vectors(rows))
        return len(rows)


class EmbeddingActor(BlockEmbedder):
    """A `BlockEmbedder` in a process of its own, with as many torch threads as it was given CPUs for."""

    def __init__(self, job: EmbeddingJob) -> None:
        import torch

        torch.set_num_threads(job.config.threads)
        super().__init__(job, embedding_device(job.config))

    def pid(self) -> int:
        """The process id; also tells that the actor is up."""
        import os

        return os.getpid()


def embedding_device(config: EmbedConfig) -> "torch.device":
    """Where blocks are embedded: a GPU if `gpus_per_actor` asks for one.

    Raises:
        UserError: it does, and this process sees none.
    """
    import torch

    if config.gpus_per_actor and not torch.cuda.is_available():
        raise UserError(
            f"index.embed.gpus_per_actor is {config.gpus_per_actor}, but torch sees no GPU here. Set it to 0 to embed "
            "on CPUs, or install a torch that fits the driver."
        )
    return torch.device("cuda" if config.gpus_per_actor else "cpu")


def probing_embedder(job: EmbeddingJob) -> BlockEmbedder:
    """For a few blocks, row by row, in a process that may have no GPU: near the vectors of `job`, not equal to them."""
    import torch

    gpu = job.config.gpus_per_actor and torch.cuda.is_available()
    return BlockEmbedder(job.with_rows(1), torch.device("cuda" if gpu else "cpu"))


def work_items(table: ArrowRows, rows: np.ndarray, config: EmbedConfig) -> list[np.ndarray]:
    """Cuts table rows into work items of like lengths, so that few batches have to be filled up.

    The longest come first: where memory does not suffice, their batches say so at once.
    """
    from realm.inputs import BLOCK_SPECIALS

    title, body = (pc.list_value_length(table.column(name)).to_numpy() for name in ("title_ids", "body_ids"))
    lengths = np.asarray(config.lengths)
    whole = (title + body)[rows] + BLOCK_SPECIALS
    if cut := int((whole > lengths[-1]).sum()):
        print(f"embedding: {cut:,} of {len(rows):,} blocks are cut to the last of index.embed.lengths, {lengths[-1]}")
    sizes = np.minimum(whole, lengths[-1])
    filled = sizes == lengths[-1]  # such blocks have batches of their own, the others are padded by one at least
    shapes = np.searchsorted(lengths, sizes + ~filled)
    ordered = rows[np.lexsort((rows, filled, -shapes))]
    return [ordered[first : first + config.item_blocks] for first in range(0, len(ordered), config.item_blocks)]


def embed_rows(job: EmbeddingJob, rows: np.ndarray) -> None:
    """Embeds `rows` of the table and returns when all their vectors are in the cache.

    A single work item is done in this process, unless it needs a GPU: an update of a few blocks does not wait for an
    actor to start.

    Raises:
        UserError: an actor finds no place, or dies more often than `max_restarts`.
        OutOfRoomError: a batch does not fit into memory.
        OSError: the disk is full, or the like.
    """
    items = work_items(ArrowRows(job.table), rows, job.config)
    progress = Progress("embedding", total=len(rows), unit="blocks")
    with_actors = job.config.actors and (len(items) > 1 or job.config.gpus_per_actor)
    for count in _on_actors(job, items) if with_actors else _in_this_process(job, items):
        progress.advance(count)
    progress.finish()


def _in_this_process(job: EmbeddingJob, items: list[np.ndarray]) -> Iterator[int]:
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(job.config.threads)  # as an actor does
    try:
        embedder = BlockEmbedder(job, embedding_device(job.config))
        for item in items:
            yield embedder.embed_item(item)
    finally:
        torch.set_num_threads(threads)


def _on_actors(job: EmbeddingJob, items: list[np.ndarray]) -> Iterator[int]:
    from index.ray_runtime import connect

    with connect():
        import ray

        actors = _start_actors(job, count=min(job.config.actors, len(items)))
        try:
            yield from _share_out(actors, items)
        except ray.exceptions.ActorDiedError as error:
            raise UserError(
                f"An embedding actor died more than {job.config.max_restarts} times ({first_line(error)}). Lower "
                "index.embed.batch_size if memory ran out, or raise index.embed.max_restarts; finished items are kept."
            ) from error
        except ray.exceptions.RayTaskError as error:
            raise raised_by_actor(error) from None
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
    except ray.exceptions.ActorDiedError as error:
        raise UserError(f"An embedding actor did not start: {str(error).strip().splitlines()[-1]}") from error
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

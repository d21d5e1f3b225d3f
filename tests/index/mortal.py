"""Embedding actors that end at set moments (the notes they go by lie beside the work items), or have little room."""

import os
import resource
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import index.embed
import realm.storage
from index.embed import EmbeddingActor, EmbeddingJob
from tests.files import contents
from tests.index.world import World, bodies, with_actors

BLOCKS, ITEMS = 100, 5

MOMENTS = ("starting", "before", "within", "writing", "written")


class MortalActor(EmbeddingActor):
    """Ends itself with SIGKILL as often as there are notes, each of a moment.

    The moments: `starting` (in the constructor), `before` an item, `within` it (between two batches), `writing` (the
    file is there, under its temporary name), `written` (it has its name, and nobody knows yet). A note may name the
    item: `within 0` is the first that this process gets.
    """

    def __init__(self, job: EmbeddingJob) -> None:
        self._deaths, self._item = job.vectors.parent / "deaths", -1
        self._perhaps_end("starting")
        super().__init__(job)
        self._embedder.register_forward_hook(self._after_batch)
        realm.storage.fsync = self._before_rename  # in this process only

    def embed_item(self, rows: np.ndarray) -> int:
        self._item += 1
        self._perhaps_end("before")
        count = super().embed_item(rows)
        self._perhaps_end("written")
        return count

    def _after_batch(self, *_: Any) -> None:
        self._perhaps_end("within")

    def _before_rename(self, path: Path) -> None:
        if path.suffix == ".tmp":
            self._perhaps_end("writing")

    def _perhaps_end(self, moment: str) -> None:
        for note in sorted(self._deaths.glob(f"{moment} {max(self._item, 0)} *")):
            try:
                note.unlink()  # whoever removes it dies of it
            except FileNotFoundError:
                continue
            os.kill(os.getpid(), signal.SIGKILL)


def doom(cache: Path, deaths: Sequence[tuple[str, int]]) -> None:
    """Leaves a note for each death, a moment and the item, in the cache of a build; each ends one process."""
    (cache / "deaths").mkdir(parents=True)
    for number, (moment, item) in enumerate(deaths):
        (cache / "deaths" / f"{moment} {item} {number}").touch()


def disturbed_build_gives_the_same_bytes(
    world: World, monkeypatch: pytest.MonkeyPatch, *, actors: int, deaths: Sequence[tuple[str, int]]
) -> None:
    """Builds with actors that die these deaths, all of them, beside a build that nothing disturbs."""
    blocks = world.corpus("a", bodies(BLOCKS))
    alone = world.build(blocks, "alone", config=with_actors(0))
    cache = world.root / "cache" / "disturbed"
    doom(cache, deaths)
    monkeypatch.setattr(index.embed, "EmbeddingActor", MortalActor)
    config = with_actors(actors, cpus_per_actor=0, max_restarts=len(deaths))
    metrics = world.build(blocks, "disturbed", config=config, cache=cache)
    assert list((cache / "deaths").iterdir()) == [], "nobody came to this moment"
    assert metrics["blocks"] == metrics["embedded"] == BLOCKS
    assert metrics["vectors"] == alone["vectors"]
    assert contents(world.index("disturbed")) == contents(world.index("alone"))


def cramp(embedder: nn.Module, rows: int) -> None:
    """Makes a forward pass of more rows than that raise what a GPU without memory raises."""

    def check(_: nn.Module, __: tuple[Any, ...], batch: dict[str, torch.Tensor]) -> None:
        if len(batch["input_ids"]) > rows:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")

    embedder.register_forward_pre_hook(check, with_kwargs=True)


class CrampedActor(EmbeddingActor):
    """Has room for three rows."""

    def __init__(self, job: EmbeddingJob) -> None:
        super().__init__(job)
        cramp(self._embedder, 3)


class FullActor(EmbeddingActor):
    """Finds no room for its second item; the limit is the process's own and so as real as a disk's end."""

    def __init__(self, job: EmbeddingJob) -> None:
        super().__init__(job)
        self._items = 0

    def embed_item(self, rows: np.ndarray) -> int:
        self._items += 1
        if self._items < 2:
            return super().embed_item(rows)
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
        try:
            return super().embed_item(rows)
        finally:  # Ray writes to its logs again
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

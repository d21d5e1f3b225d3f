"""Index refresh inside pre-training: which version is current, and how a new one comes.

In `sync` mode rank 0 writes a snapshot of the weights, Ray actors embed the corpus with it, and training goes on
with the new version. Other ranks wait for a file, not in a collective, so a long build runs into no time-out.
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from index.build import build_index
from index.config import IndexConfig
from index.ray_runtime import connect
from index.service.client import IndexService
from realm.inputs import TokenInput
from realm.model import Retriever
from realm.storage import write_json
from train import distributed
from train.candidates import StaleRetriever

SERVICE = "pretrain"  # name of the index service of a training job
_POLL_S = 0.2


@dataclass(frozen=True)
class RefreshPaths:
    """Where pre-training reads and writes.

    Attributes:
        start: the retriever that training starts from, and whose weights `index` was made with.
        bert: the encoder that training starts from.
        tokenizer: of the run.
        blocks: the corpus.
        index: the version that training starts with.
        examples: cache of prepared examples.
        versions: snapshots of the weights, their vectors and the versions made with them; disposable.
        workdir: what training writes.
    """

    start: Path
    bert: Path
    tokenizer: Path
    blocks: Path
    index: Path
    examples: Path
    versions: Path
    workdir: Path


class Refresher:
    """Holds the current index version together with the query encoder of the same weights."""

    def __init__(
        self, paths: RefreshPaths, config: IndexConfig, *, pad_id: int, query_length: int, device: torch.device
    ) -> None:
        self._paths, self._config, self._device = paths, config, device
        self._pad_id, self._query_length = pad_id, query_length
        self._service = IndexService.named(config.service, name=SERVICE) if config.service.shards else None
        self.current = self._open(paths.index, paths.start)
        self.version_step = 0
        self.report: list[dict[str, Any]] = []
        self._previous: StaleRetriever | None = None
        self._changed = 0.0

    def refresh(self, retriever: Retriever, *, step: int) -> None:
        """Embeds the corpus with the weights of now and swaps the new version in. Called by all ranks."""
        version = self._paths.versions / f"step-{step}"
        weights, index, ready = version / "weights", version / "index", version / "ready.json"
        started = time.monotonic()
        if distributed.rank() == 0:
            retriever.save(weights)
            metrics = build_index(
                blocks=self._paths.blocks,
                model=weights,
                tokenizer=self._paths.tokenizer,
                previous=None,
                output=index,
                config=self._config,
                cache=self._paths.versions / "cache",
            )
            self._remove_older(version)
            if self._service is not None:
                self._service.publish(index)
            write_json(ready, {"step": step, "blocks": metrics["blocks"]})
        while not ready.exists():
            time.sleep(_POLL_S)
        self._previous = self.current
        self.current = self._open(index, weights)
        self.report.append(
            {"step": step, "staleness_steps": step - self.version_step, "seconds": round(time.monotonic() - started, 1)}
        )
        self.version_step = step

    def note_overlap(self, queries: list[TokenInput], count: int) -> float:
        """Share of the top `count` that the last swap changed, measured on the first batch after it."""
        if self._previous is not None:
            self._changed = 1.0 - self._previous.overlap(self.current, queries, count)
            self.report[-1]["top_k_changed"] = round(self._changed, 4)
            self._previous.close()
            self._previous = None
        return self._changed

    def close(self) -> None:
        """Lets go of the versions held."""
        for one in (self._previous, self.current):
            if one is not None:
                one.close()

    def _remove_older(self, newest: Path) -> None:
        """Removes what no rank can still need: versions before the current one, and vectors that are in an index."""
        kept = {newest, self._paths.versions / f"step-{self.version_step}", self._paths.versions / "cache"}
        for path in self._paths.versions.iterdir():
            if path not in kept:
                shutil.rmtree(path)
        shutil.rmtree(self._paths.versions / "cache" / "vectors")

    def _open(self, index: Path, weights: Path) -> StaleRetriever:
        return StaleRetriever.open(
            index=index,
            weights=weights,
            pad_id=self._pad_id,
            query_length=self._query_length,
            device=self._device,
            service=self._service,
        )


@contextmanager
def served(config: IndexConfig, start: Path, notes: Path) -> Iterator[None]:
    """Runs the index service for the ranks of a training job, if `index.service.shards` asks for one.

    Args:
        config: section `index`.
        start: the version that training starts with; it is in service when the block begins.
        notes: where the service notes what it serves.
    """
    if not config.service.shards:
        yield
        return
    with connect(), IndexService.running(notes, config.service, name=SERVICE) as service:
        service.publish(start)
        yield

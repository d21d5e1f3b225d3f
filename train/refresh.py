"""Index refresh inside pre-training: which version is current, and how a new one comes.

In `sync` mode rank 0 writes a snapshot of the weights, Ray actors embed the corpus with it, and training goes on
with the new version. Other ranks wait for a file, not in a collective, so a long build runs into no time-out. The steps
of the swaps are set, so a run that was broken off comes back to the version that answered when its state was saved.
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
from realm.errors import UserError
from realm.inputs import TokenInput
from realm.manifest import read_manifest
from realm.model import Retriever
from realm.storage import write_json
from train import distributed
from train.candidates import StaleRetriever
from train.resume import say
from train.versions import CACHE, INDEX, WEIGHTS, Version, remove, require_part, unneeded

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
        versions: snapshots of the weights, and the versions made with them (`train.versions`).
        states: of the run's saved states.
        workdir: what training writes.
    """

    start: Path
    bert: Path
    tokenizer: Path
    blocks: Path
    index: Path
    examples: Path
    versions: Path
    states: Path
    workdir: Path


class Refresher:
    """Holds the current index version together with the query encoder of the same weights.

    What it has to know to go on is in `memory`, and what its states need on disk is told by the methods of
    `train.resume.Artefacts`.
    """

    def __init__(
        self, paths: RefreshPaths, config: IndexConfig, *, pad_id: int, query_length: int, device: torch.device
    ) -> None:
        self._paths, self._config, self._device = paths, config, device
        self._pad_id, self._query_length = pad_id, query_length
        self._service = IndexService.named(config.service, name=SERVICE) if config.service.shards else None
        self.current = self._open(paths.index, paths.start)
        self.memory: dict[str, Any] = {"version_step": 0, "needs": {}, "refreshes": [], "changed": 0.0}
        self._previous: StaleRetriever | None = None

    @property
    def version_step(self) -> int:
        """Step of the weights that the current version was made with; 0 is the one that training starts with."""
        step: int = self.memory["version_step"]
        return step

    @property
    def report(self) -> list[dict[str, Any]]:
        """The refreshes so far."""
        refreshes: list[dict[str, Any]] = self.memory["refreshes"]
        return refreshes

    def refresh(self, retriever: Retriever, *, step: int) -> None:
        """Embeds the corpus with the weights of now and swaps the new version in. Called by all ranks."""
        version = self._version(step)
        started = time.monotonic()
        if distributed.rank() == 0:
            self.saved()
            corpus = read_manifest(self._paths.blocks, kind="corpus")
            version.take_snapshot(retriever, tokenizer=corpus.made_from["tokenizer"])
            self._build(version)
            self._announce(version)
        self._previous = self._swap_in(version)
        seconds = round(time.monotonic() - started, 1)
        self.report.append({"step": step, "staleness_steps": step - self.version_step, "seconds": seconds})
        self.memory |= {"version_step": step, "needs": version.stamps()}

    def needs(self) -> dict[str, str]:
        """The version that answers, unless it is the one that training started with."""
        needs: dict[str, str] = self.memory["needs"]
        return needs

    def require(self, needs: dict[str, str]) -> None:
        """Finds the weights, which the index can be made from again."""
        require_part(self._paths.versions, WEIGHTS, needs)

    def resume(self) -> None:
        """Goes back to the version that answered when the state was saved; built again if it is gone."""
        if not self.version_step:
            return
        version = self._version(self.version_step)
        if distributed.rank() == 0:
            self._mend(version)
            self._announce(version)
        self._swap_in(version).close()

    def saved(self) -> None:
        """Removes versions that neither a state nor a rank needs: all ranks have closed those before the current."""
        remove(unneeded(self._paths.versions, states=[self._paths.states], besides=[self._version(self.version_step)]))

    def note_overlap(self, queries: list[TokenInput], count: int) -> float:
        """Share of the top `count` that the last swap changed, measured on the first batch after it."""
        if self._previous is not None:
            self.memory["changed"] = 1.0 - self._previous.overlap(self.current, queries, count)
            self.report[-1]["top_k_changed"] = round(self.memory["changed"], 4)
            self._previous.close()
            self._previous = None
        return float(self.memory["changed"])

    def close(self) -> None:
        """Lets go of the versions held."""
        for one in (self._previous, self.current):
            if one is not None:
                one.close()

    def _version(self, step: int) -> Version:
        return Version(self._paths.versions, step)

    def _build(self, version: Version) -> None:
        cache = self._paths.versions / CACHE
        build_index(
            blocks=self._paths.blocks,
            model=version.weights,
            tokenizer=self._paths.tokenizer,
            previous=None,
            output=version.index,
            config=self._config,
            cache=cache,
        )
        shutil.rmtree(cache / "vectors")  # they are in the index

    def _mend(self, version: Version) -> None:
        """Builds the index of a version again if it is not there as it was.

        Raises:
            UserError: what is built is another one.
        """
        needs = self.needs()
        try:
            require_part(self._paths.versions, INDEX, needs)
        except UserError as error:
            say(f"pretrain: the index of step {version.step} is built again ({error})")
            self._build(version)
            if version.stamps() != needs:
                raise UserError(
                    f"The index that pre-training has to go on with, {version.index}, is gone or damaged, and built "
                    f"again it is another one, as factory {self._config.factory} may give. Bring it back, or remove "
                    f"{self._paths.states} to begin anew."
                ) from error

    def _announce(self, version: Version) -> None:
        if self._service is not None:
            self._service.publish(version.index)
        write_json(version.ready, {"step": version.step})

    def _swap_in(self, version: Version) -> StaleRetriever:
        """Waits until the version is ready and makes it the current one; returns the one before."""
        while not version.ready.exists():
            time.sleep(_POLL_S)
        before, self.current = self.current, self._open(version.index, version.weights)
        return before

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

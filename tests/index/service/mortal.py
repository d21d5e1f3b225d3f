"""A service whose actors end at set moments, each with SIGKILL, or end another process then.

What ends is said by notes beside the registry; whoever comes to the moment of one removes it first, so each ends one
process. Use `doom` to write them, and `pytest.MonkeyPatch` to put the two classes in place of those they inherit from.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pytest

import index.service.actors
import index.service.coordinator
import realm.storage
from index.filters import BlockFilter
from index.search import SearchResult
from index.service.coordinator import Coordinator
from index.service.registry import Registry
from index.service.removal import remove_version
from index.service.searcher import Searcher
from index.service.shard import Shard

COORDINATOR_MOMENTS: Final = (
    "before publishing",
    "loading",  # the searchers are asked and have not answered
    "half loaded",  # the first searcher holds the version, the others do not
    "loaded",
    "before current",  # the registry that makes the version current is about to be written
    "within current",  # it is written, under its temporary name
    "after current",
    "before retired",
    "within retired",
    "after retired",
    "dropped",
    "before removal",
    "within removal",  # the old version's directory is half gone
    "after removal",
    "before forgotten",
    "within forgotten",
    "after forgotten",
    "after publishing",  # and nobody has been told
)
SEARCHER_MOMENTS: Final = ("before load", "opened", "after load", "searching", "before drop", "after drop")


MYSELF: Final = 0


def doom(root: Path, moment: str, *victims: int) -> None:
    """Lets who comes to `moment` first end these processes one after the other, or else itself."""
    (root / "deaths").mkdir(parents=True, exist_ok=True)
    (root / "deaths" / moment).write_text(" ".join(map(str, victims or (MYSELF,))))


def pending(root: Path) -> list[str]:
    """The moments that nobody came to yet."""
    return sorted(path.name for path in (root / "deaths").iterdir())


def make_mortal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Services that this process starts from now on go by the notes."""
    monkeypatch.setattr(index.service.actors, "Coordinator", MortalCoordinator)
    monkeypatch.setattr(index.service.actors, "Searcher", MortalSearcher)


class _Doomed:
    def __init__(self, root: Path) -> None:
        self._deaths = root / "deaths"

    def at(self, moment: str) -> None:
        note = self._deaths / moment
        try:
            victims = note.read_text().split()
            note.unlink()
        except FileNotFoundError:  # nobody is to end here, or another actor has seen to it
            return
        for victim in map(int, victims):
            os.kill(os.getpid() if victim == MYSELF else victim, signal.SIGKILL)


class MortalCoordinator(Coordinator):
    """A coordinator that may end at each of COORDINATOR_MOMENTS."""

    def __init__(self, root: Path, *others: Any) -> None:
        self._doomed, self._changing = _Doomed(root), ""
        super().__init__(root, *others)
        realm.storage.fsync = self._before_rename  # in this process only, as the next two
        index.service.coordinator.remove_version = self._remove
        sys.addaudithook(self._within_removal)

    async def publish(self, publication: str, directory: str, disposable: bool) -> str:
        self._doomed.at("before publishing")
        version = await super().publish(publication, directory, disposable)
        self._doomed.at("after publishing")
        return version

    async def _load(self, version: str, directory: str) -> None:
        if (self._doomed._deaths / "loading").exists():
            for one in self._searchers:
                one.load.remote(version, directory)
            self._doomed.at("loading")
        await super()._load(version, directory)
        self._doomed.at("loaded")

    async def _on(self, searchers: Sequence[Any], method: str, *arguments: str) -> None:
        await super()._on(searchers, method, *arguments)
        self._doomed.at({"load": "half loaded", "drop": "dropped", "move": "moved"}[method])

    def _change(self, registry: Registry) -> None:
        if registry.current != self._registry.current:
            self._changing = "current"
        else:
            self._changing = "retired" if len(registry.retired) > len(self._registry.retired) else "forgotten"
        if registry == self._registry:
            return
        self._doomed.at(f"before {self._changing}")
        super()._change(registry)
        self._doomed.at(f"after {self._changing}")

    def _before_rename(self, path: Path) -> None:
        if path.suffix == ".tmp":
            self._doomed.at(f"within {self._changing}")

    def _remove(self, directory: Path, fingerprint: str) -> None:
        self._doomed.at("before removal")
        remove_version(directory, fingerprint)
        self._doomed.at("after removal")

    def _within_removal(self, event: str, arguments: tuple[Any, ...]) -> None:
        # Files are removed in the order of the directory; this one may be any but the first of four, and the next
        # process goes on in any case.
        if event == "os.remove" and os.fsdecode(arguments[0]) == "vectors.arrow":
            self._doomed.at("within removal")


class MortalSearcher(Searcher):
    """A searcher that may end at each of SEARCHER_MOMENTS, and searches in another thread however little it takes."""

    moment = 0

    def __init__(self, root: Path, *others: Any) -> None:
        self._doomed = _Doomed(root)
        super().__init__(root, *others)

    async def load(self, version: str, directory: str) -> None:
        self._doomed.at("before load")
        await super().load(version, directory)
        self._doomed.at("after load")

    async def _opened(self, version: str, directory: str) -> Shard:
        shard = await super()._opened(version, directory)
        self._doomed.at("opened")
        return shard

    async def drop(self, version: str) -> None:
        self._doomed.at("before drop")
        await super().drop(version)
        self._doomed.at("after drop")

    async def search(self, version: str, queries: np.ndarray, k: int, only: BlockFilter) -> SearchResult:
        self._doomed.at("searching")
        return await super().search(version, queries, k, only)

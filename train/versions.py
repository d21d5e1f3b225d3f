"""The index versions that a training run makes for itself, each beside the weights that it was made with.

`step-20/weights` and `step-20/index` lie in a folder of the cache. What a saved state was trained with stays there as
long as the state does; everything else is disposable.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from safetensors import SafetensorError

from index.version import INDEX_KIND
from realm.errors import UserError
from realm.manifest import read_manifest, verify_files, write_manifest
from realm.model import Retriever
from realm.storage import publish_directory, remove_leftovers
from train.models import MODEL_KIND, fresh_workdir
from train.resume import needed_by

CACHE = "cache"  # what builds have finished; an interrupted one goes on from there
WEIGHTS, INDEX = "weights", "index"  # parts of a version
_KINDS = {WEIGHTS: MODEL_KIND, INDEX: INDEX_KIND}
_READY = "ready"  # notes of this run alone


@dataclass(frozen=True)
class Version:
    """A snapshot of the weights and the index made with it.

    Attributes:
        folder: of all versions of the run.
        step: at which the snapshot was taken.
    """

    folder: Path
    step: int

    @property
    def directory(self) -> Path:
        """Where both of them lie."""
        return self.folder / f"step-{self.step}"

    @property
    def weights(self) -> Path:
        """A saved retriever."""
        return self.directory / WEIGHTS

    @property
    def index(self) -> Path:
        """An index version."""
        return self.directory / INDEX

    @property
    def ready(self) -> Path:
        """There as soon as all ranks of this run may use it."""
        return self.folder / _READY / f"{self.directory.name}.json"

    def take_snapshot(self, retriever: Retriever, *, tokenizer: str) -> None:
        """Saves the weights, stamped with the tokenizer's fingerprint.

        Raises:
            UserError: they cannot be written.
        """
        try:
            with publish_directory(self.weights) as beside:
                retriever.save(beside)
                write_manifest(beside, kind=MODEL_KIND, made_from={"tokenizer": tokenizer}, facts={"step": self.step})
        except SafetensorError as error:
            raise UserError(
                f"A snapshot of the weights cannot be written to {self.directory} ({error}). Make room on the disk and "
                "run the same command again."
            ) from error

    def stamps(self) -> dict[str, str]:
        """Fingerprints of both, by their paths in the folder."""
        paths = (self.weights, self.index)
        return {
            path.relative_to(self.folder).as_posix(): read_manifest(path, kind=_KINDS[path.name]).fingerprint
            for path in paths
        }


def require_part(folder: Path, part: str, stamps: Mapping[str, str]) -> None:
    """Reads the `weights`, or the `index`, of what has these stamps.

    Raises:
        UserError: something is gone, damaged or something else.
    """
    for name, fingerprint in stamps.items():
        path = folder / name
        if path.name == part:
            manifest = read_manifest(path, kind=_KINDS[part])
            verify_files(path, manifest)
            if manifest.fingerprint != fingerprint:
                raise UserError(f"{path} is {manifest.fingerprint}, and {fingerprint} is needed")


def begin(folder: Path, *, states: Path) -> None:
    """Prepares a folder of versions for a run that goes on from the newest of its `states`, or anew."""
    remove(unneeded(folder, states=[states]))
    for path in folder.glob("step-*"):
        remove_leftovers(path)
    fresh_workdir(folder / _READY)


def unneeded(folder: Path, *, states: Iterable[Path], besides: Iterable[Version] = ()) -> Iterator[Path]:
    """What no run needs that goes on from a state in one of the folders `states`: all, if there is no state.

    Args:
        folder: of versions.
        states: folders of saved states.
        besides: versions in use.
    """
    needed = [names for one in states for names in needed_by(one)]
    used = {one.directory.name for one in besides}
    if needed or used:
        used |= {CACHE, _READY, *(Path(name).parts[0] for names in needed for name in names)}
    for path in sorted(folder.glob("*")):
        if path.name not in used:
            yield path


def remove(paths: Iterable[Path]) -> None:
    """Removes directories."""
    for path in paths:
        shutil.rmtree(path)

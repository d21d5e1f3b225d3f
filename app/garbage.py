"""`realm index gc`: what killed runs and models that are gone left behind, shown first and removed if asked.

Nothing published is ever among it, nor anything while a process makes an index or trains.
"""

import re
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from app.workspace import UNREAD, Workspace, block_encoder_of, problem_of
from realm.errors import UserError
from realm.manifest import read_manifest
from realm.paths import DataPaths
from realm.storage import directory_files, is_leftover, sole_writer

_NOTE = re.compile(r"\.(?P<name>.+)\.verified\.json")
_RETIRED = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{32}\.retired")
_LOCK = re.compile(r"\.(?P<name>.+)\.lock")


@dataclass(frozen=True)
class Garbage:
    """Something that may go.

    Attributes:
        path: a file or a directory.
        why: nobody needs it.
        bytes: what it takes.
    """

    path: Path
    why: str
    bytes: int


def collect(workspace: Workspace, *, remove: bool) -> dict[str, Any]:
    """Finds what may go, and removes it if `remove` says so.

    Raises:
        UserError: a process makes an index or trains at this moment.
    """
    data = workspace.paths
    with ExitStack() as held:
        for lock in _locks(data):
            held.enter_context(sole_writer(lock))
        try:
            cached, unknown = [*_embedded(workspace), *_tables(workspace)], None
        except UNREAD as error:
            cached, unknown = [], problem_of(error)
        here = (*_beside(data), *_of_training(data), *cached)
        found = [Garbage(path, why, _size(path)) for path, why in here]
        if remove:
            for one in found:
                _remove(one.path)
    return {
        "removed": remove,
        "found": [{**asdict(one), "path": str(one.path)} for one in found],
        "cache_kept_because": unknown,
    }


def _locks(data: DataPaths) -> Iterator[Path]:
    """What has been made here once, and may be in the making."""
    for folder in (data.root / "index", data.root / "models"):
        for path in sorted(folder.glob(".*.lock")):
            if found := _LOCK.fullmatch(path.name):
                yield folder / found["name"]


def _beside(data: DataPaths) -> Iterator[tuple[Path, str]]:
    """Beside the versions: half written ones, half removed ones, notes of what is gone."""
    for path in sorted((data.root / "index").glob(".*")):
        note = _NOTE.fullmatch(path.name)
        if is_leftover(path):
            yield path, "left half written by a process that was killed"
        elif _RETIRED.fullmatch(path.name):
            yield path, "a disposable version, left half removed by a service that was killed"
        elif note and not path.with_name(note["name"]).exists():
            yield path, "says when a version was checked that is gone"


def _of_training(data: DataPaths) -> Iterator[tuple[Path, str]]:
    """What pre-training made for itself, apart from what a run that goes on from a saved state would need."""
    from train.versions import unneeded

    why = "of a training run that was killed"
    folders = sorted(data.cache("pretrain", "states").glob("*"))
    versions = data.cache("pretrain", "versions")
    left = list(unneeded(versions, states=folders))
    whole = len(left) == len(list(versions.glob("*")))
    for path in [versions] if whole else left:
        if path.exists() and _size(path):
            yield path, f"index versions {why}"
    for path in (path for folder in folders for path in sorted(folder.glob(".*"))):
        if is_leftover(path):
            yield path, f"a state {why} while it saved it"
    service = data.cache("pretrain", "service")
    if service.exists() and _size(service):
        yield service, f"notes of the index service {why}"


def _embedded(workspace: Workspace) -> Iterator[tuple[Path, str]]:
    """Vectors of encoders that no model and no version here has.

    Raises:
        UserError: one of these, or the tokenizer, cannot be read, so that nobody knows.
    """
    vectors = workspace.paths.cache("embed", "shared") / "vectors"
    folders = sorted(path for path in vectors.glob("*") if path.is_dir())
    kept = _usable_caches(workspace) if folders else set()
    for path in folders:
        if path.name not in kept:
            yield path, "vectors of a block encoder, tokenizer or settings that nothing here has"


def _tables(workspace: Workspace) -> Iterator[tuple[Path, str]]:
    """Sorted block tables of corpora that are gone, or of settings that nothing here has.

    Raises:
        UserError: a corpus cannot be read.
    """
    from index.block_table import table_name
    from index.config import IndexConfig

    config = workspace.params().section("index", IndexConfig)
    corpora = [read_manifest(workspace.paths.blocks(name), kind="corpus") for name in workspace.built("blocks")]
    kept = {
        table_name(corpus.fingerprint, bucket_blocks=config.bucket_blocks, sources=config.sources) for corpus in corpora
    }
    for path in sorted((workspace.paths.cache("embed", "shared") / "tables").glob("*")):
        if path.name.removeprefix(".").partition(".")[0] not in kept:
            yield path, "blocks in the order of an index, of a corpus or settings that nothing here has"


def _usable_caches(workspace: Workspace) -> set[str]:
    """Names of the caches that a build could take vectors from: of every encoder, precision and size of batch."""
    from index.config import IndexConfig
    from index.embed import EmbeddingJob
    from realm.precision import ResolvedPrecision
    from realm.tokenizer import Tokenizer

    config = workspace.params().section("index", IndexConfig).embed
    specials = Tokenizer.load(workspace.paths.model("tokenizer")).specials
    nowhere = Path()
    kept = set()
    for encoder in _encoders(workspace):
        for precision in get_args(ResolvedPrecision):
            job = EmbeddingJob(nowhere, nowhere, nowhere, specials, encoder, precision, config)
            rows = config.batch_size
            while rows:  # where memory did not suffice, batches were halved
                kept.add(job.with_rows(rows).cache.name)
                rows //= 2
    return kept


def _encoders(workspace: Workspace) -> set[str]:
    models = {block_encoder_of(workspace.paths.model(name)) for name in workspace.built("models")}
    versions = (read_manifest(workspace.paths.index(name), kind="index") for name in workspace.versions())
    return {one for one in (*models, *(version.made_from.get("block_encoder") for version in versions)) if one}


def _size(path: Path) -> int:
    files = directory_files(path) if path.is_dir() else [path]
    return sum(one.stat().st_size for one in files)


def _remove(path: Path) -> None:
    try:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError as error:
        raise UserError(f"{path} cannot be removed ({error}). Mend its permissions and run this again.") from error

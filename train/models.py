"""Publishing model directories: written beside, stamped with what they were made from, renamed."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from realm.manifest import Manifest, write_manifest
from realm.storage import digest, publish_directory, sole_writer
from realm.verified import verified_manifest

MODEL_KIND = "model"
ENCODER = "encoder"  # sub-directory of the knowledge-augmented encoder


def publish_model(workdir: Path, output: Path, *, made_from: Mapping[str, str], facts: Mapping[str, Any]) -> Manifest:
    """Moves what training wrote in `workdir` to `output` and stamps it."""
    with publish_directory(output) as beside:
        shutil.copytree(workdir, beside, dirs_exist_ok=True)
        manifest = write_manifest(beside, kind=MODEL_KIND, made_from=made_from, facts=facts)
    shutil.rmtree(workdir)
    return manifest


def model_manifest(directory: Path) -> Manifest:
    """The manifest of a model directory whose files are as it says: nothing is trained on damaged weights.

    Raises:
        UserError: there is none, or a file is missing, surplus or damaged.
    """
    return verified_manifest(directory, kind=MODEL_KIND)


def config_fingerprint(config: Any) -> str:
    """Hash of a params section."""
    return digest(type(config).__name__, repr(sorted(asdict(config).items())))


@contextmanager
def sole_training(output: Path, workdir: Path) -> Iterator[Path]:
    """Yields `workdir`, emptied, to the one process that makes `output`; its saved states are its own as well.

    Raises:
        UserError: another process is making it.
    """
    with sole_writer(output):
        yield fresh_workdir(workdir)


def fresh_workdir(cache: Path) -> Path:
    """An empty directory in the cache for a training run to write to."""
    shutil.rmtree(cache, ignore_errors=True)
    cache.mkdir(parents=True)
    return cache

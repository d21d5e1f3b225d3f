"""Removing a version from disk, in such a way that no moment leaves half of one under its name."""

import shutil
from pathlib import Path

from index.version import INDEX_KIND
from realm.errors import UserError
from realm.manifest import read_manifest


def remove_version(directory: Path, fingerprint: str) -> None:
    """Removes `directory` if it holds that version, and what an earlier, killed removal of it left.

    It is renamed first, so under its name it is whole or not there. What has taken its place meanwhile is left alone.

    Raises:
        OSError: it cannot be removed; removing it again goes on.
    """
    aside = directory.with_name(f".{directory.name}.{fingerprint}.retired")
    if aside.exists():
        shutil.rmtree(aside)
    if _holds(directory, fingerprint):
        directory.rename(aside)
        directory.with_name(f".{directory.name}.verified.json").unlink(missing_ok=True)
        shutil.rmtree(aside)


def _holds(directory: Path, fingerprint: str) -> bool:
    if not directory.exists():
        return False
    try:
        return read_manifest(directory, kind=INDEX_KIND).fingerprint == fingerprint
    except UserError as error:
        print(f"{directory} was to be removed, but is left as it is: {error}", flush=True)
        return False

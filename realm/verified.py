"""Checksums that are not taken again while nothing has touched the files.

A full check reads every byte, which for an index of a whole Wikipedia takes minutes. So what was checked is noted
beside the artefact with the size, inode and times of each file, as file systems keep them. Whoever writes a byte
changes these. Damage below the file system does not, nor does what is written through a mapping of a file in memory
(tmpfs, such as /dev/shm): `realm index verify` reads everything, whatever is noted.
"""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from realm.manifest import Manifest, read_manifest, verify_files
from realm.storage import directory_files, read_json, write_json

# Times on disk tick: a file that changed this recently may change again without a trace.
_SETTLED_NS = 2_000_000_000


@contextlib.contextmanager
def verifying_once(directory: Path, manifest: Manifest) -> Iterator[bool]:
    """Checks every file against its checksum, unless they are as they were when that was done last.

    Gives whether they had to be read. What the `with` block checks then is noted with it, if it raises nothing.

    Raises:
        UserError: a file is missing, surplus or differs; the message names it.
    """
    note = directory.with_name(f".{directory.name}.verified.json")
    states = _states(directory)
    seen = {"fingerprint": manifest.fingerprint, "files": states}
    if _read(note) == seen:
        yield False
        return
    verify_files(directory, manifest)
    yield True
    newest = max((max(state[2:]) for state in states.values()), default=0)
    if time.time_ns() - newest > _SETTLED_NS:
        with contextlib.suppress(OSError):  # a folder that cannot be written to is checked every time
            write_json(note, seen)


def verify_once(directory: Path, manifest: Manifest) -> None:
    """`verifying_once` where nothing else is to be checked.

    Raises:
        UserError: see there.
    """
    with verifying_once(directory, manifest):
        pass


def verified_manifest(directory: Path, *, kind: str) -> Manifest:
    """The manifest of an artefact of that kind whose files are as it says; see `verify_once`.

    Raises:
        UserError: there is none, or a file is missing, surplus or damaged.
        MismatchError: it is of another kind or schema version.
    """
    manifest = read_manifest(directory, kind=kind)
    verify_once(directory, manifest)
    return manifest


def _states(directory: Path) -> dict[str, list[int]]:
    """Size, inode, and times of the last change of content and of anything, of each file."""
    found = ((path.relative_to(directory).as_posix(), path.stat()) for path in directory_files(directory))
    return {name: [state.st_size, state.st_ino, state.st_mtime_ns, state.st_ctime_ns] for name, state in found}


def _read(note: Path) -> object:
    try:
        return read_json(note)
    except (OSError, ValueError):  # none yet, or cut off: then everything is read once more
        return None

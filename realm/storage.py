"""Writing so that nothing is ever half there: beside, fsynced, renamed."""

import ctypes
import fcntl
import hashlib
import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from realm.errors import UserError

_CHUNK_BYTES = 1 << 20
_HERE, _RENAME_EXCHANGE = -100, 2  # AT_FDCWD and the flag, of <fcntl.h>
_LEFTOVER = re.compile(r"\.(?P<name>.+)\.(?P<process>\d+)\.(?P<kind>tmp|old)")


def digest(*parts: bytes | str) -> str:
    """Hex BLAKE2b-128 of `parts`; lengths are hashed too, so ("ab", "c") and ("a", "bc") differ."""
    state = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.hexdigest()


def file_checksum(path: Path) -> str:
    """Hex BLAKE2b-128 of a file's bytes, read in chunks."""
    state = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            state.update(chunk)
    return state.hexdigest()


def directory_files(directory: Path) -> list[Path]:
    """All files below `directory`, in the order of their relative POSIX paths."""
    found = (path for path in directory.rglob("*") if path.is_file())
    return sorted(found, key=lambda path: path.relative_to(directory).as_posix())


def fsync(path: Path) -> None:
    """Forces a file's or directory's content to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def publish_file(final: Path) -> Iterator[Path]:
    """Yields a path beside `final` to write to; on success it is fsynced and renamed over `final`."""
    final.parent.mkdir(parents=True, exist_ok=True)
    beside = final.with_name(f".{final.name}.{os.getpid()}.tmp")
    try:
        yield beside
        fsync(beside)
        beside.replace(final)
        fsync(final.parent)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def publish_directory(final: Path) -> Iterator[Path]:
    """Yields an empty directory beside `final`; on success it is fsynced and takes `final`'s place.

    An older `final` changes places with it in one step, so there is a whole directory under the name at every
    moment, and is removed last, so a reader that holds its files open goes on reading them.
    """
    final.parent.mkdir(parents=True, exist_ok=True)
    beside = final.with_name(f".{final.name}.{os.getpid()}.tmp")
    retired = final.with_name(f".{final.name}.{os.getpid()}.old")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir()
    try:
        yield beside
        for path in directory_files(beside):
            fsync(path)
        fsync(beside)
        if not final.exists():
            beside.rename(final)
        elif not _exchange(beside, final):
            final.rename(retired)
            beside.rename(final)
        fsync(final.parent)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        shutil.rmtree(retired, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swaps two directories in one step; False where the system or the file system cannot."""
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)  # Linux; Python has no name for it
    return swap is not None and swap(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _RENAME_EXCHANGE) == 0


@contextmanager
def sole_writer(final: Path) -> Iterator[None]:
    """Lets one process at a time make `final`; the kernel ends its claim however it ends.

    Raises:
        UserError: another process is making it.
    """
    final.parent.mkdir(parents=True, exist_ok=True)
    with final.with_name(f".{final.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UserError(
                f"Another process is making {final} at this moment. Wait until it has ended, or name another directory."
            ) from None
        yield


def remove_leftovers(folder: Path, name: str | None = None) -> None:
    """Removes what processes of this machine left half written in `folder` when they were killed.

    A finished directory that a killed process had moved aside comes back, if nothing has taken its place. Only for
    folders that no other machine writes to: its processes cannot be told from dead ones.

    Args:
        folder: where `publish_file` and `publish_directory` wrote; it need not exist.
        name: only what was to become this.
    """
    for path in sorted(folder.glob(".*")):
        found = _left_by_the_dead(path)
        if found is None or name not in {None, found["name"]}:
            continue
        if not is_leftover(path):
            path.rename(path.with_name(found["name"]))
        elif path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def is_leftover(path: Path) -> bool:
    """Whether a process of this machine that is no more left this, and it is not the last whole copy of anything."""
    found = _left_by_the_dead(path)
    return found is not None and (found["kind"] == "tmp" or path.with_name(found["name"]).exists())


def _left_by_the_dead(path: Path) -> re.Match[str] | None:
    found = _LEFTOVER.fullmatch(path.name)
    return found if found and not _is_alive(int(found["process"])) else None


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def write_json(path: Path, value: Any) -> None:
    """Writes JSON with sorted keys and a final newline, atomically: equal values give equal bytes."""
    with publish_file(path) as beside:
        text = json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
        beside.write_text(text + "\n", encoding="utf-8")


def read_json(path: Path) -> Any:
    """Reads a UTF-8 JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))

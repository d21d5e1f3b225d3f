"""Checksums that lie beside a dump, as Wikimedia publishes them: `…-md5sums.txt`, `…-sha1sums.txt`, `dumpstatus.json`.

They are checked before any work starts. What was found is remembered in the cache by the file's length and time of
change, so that a dump of 20 GB is not hashed at each run.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from realm.errors import UserError
from realm.progress import Progress
from realm.storage import digest, read_json, write_json

_CHUNK_BYTES: Final = 1 << 20
_STATUS: Final = "dumpstatus.json"
_LIST: Final = re.compile(r"(?:.*[-_.])?(md5|sha1|sha256)sums?(?:[-_.].*)?(?<!\.json)", re.IGNORECASE)
_LINE: Final = re.compile(r"([0-9a-fA-F]{32,64})\s+\*?(\S.*)")
_ALGORITHMS: Final = ("sha256", "sha1", "md5")  # the first that is listed is checked
_DATE: Final = re.compile(r"-(?:\d{8}|latest)-")


@dataclass(frozen=True)
class Expected:
    """What a list says of a file.

    Attributes:
        source: the list.
        sums: algorithm to hexadecimal sum.
        size: bytes, None if the list does not say.
    """

    source: Path
    sums: Mapping[str, str]
    size: int | None = None


def is_list(path: Path) -> bool:
    """Whether a file lists checksums, by its name."""
    return path.name == _STATUS or _LIST.fullmatch(path.name) is not None


def check_files(files: Iterable[Path], *, cache: Path) -> None:
    """Checks `files` against the lists in their folders, if there are any; says which files no list names.

    Args:
        files: input files; those that come again are checked once.
        cache: folder that remembers sums.

    Raises:
        UserError: a file is not what a list says, or a list cannot be read.
    """
    folders: dict[Path, dict[str, list[Expected]]] = {}
    for file in dict.fromkeys(files):
        if file.parent not in folders:
            folders[file.parent] = _listed(file.parent)
        listed = folders[file.parent]
        expected = listed.get(file.name) or listed.get(_undated(file.name), [])
        if listed and not expected:
            lists = ", ".join(sorted({one.source.name for found in listed.values() for one in found}))
            print(f"note: {file} is not named in {lists}, so its bytes were not checked", file=sys.stderr)
        for one in expected:
            _check(file, one, cache)


def _listed(folder: Path) -> dict[str, list[Expected]]:
    """What the lists in a folder say, by file name; also under names without dates, where only one file has it."""
    found: dict[str, list[Expected]] = {}
    for path in sorted(path for path in folder.iterdir() if path.is_file() and is_list(path)):
        entries = dict(_status(path) if path.name == _STATUS else _sums(path))
        undated: dict[str, list[str]] = {}
        for name in entries:
            undated.setdefault(_undated(name), []).append(name)
        aliases = {alias: entries[names[0]] for alias, names in undated.items() if len(names) == 1}
        for name, expected in {**aliases, **entries}.items():
            found.setdefault(name, []).append(expected)
    return found


def _undated(name: str) -> str:
    """A dump's `latest` files are named so while their lists give the date."""
    return _DATE.sub("-*-", name)


def _sums(path: Path) -> Iterator[tuple[str, Expected]]:
    named = _LIST.fullmatch(path.name)
    algorithm = named[1].lower() if named else ""
    length = hashlib.new(algorithm).digest_size * 2
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        found = _LINE.fullmatch(line.strip())
        if found is not None and len(found[1]) == length:
            yield found[2].rpartition("/")[2], Expected(path, {algorithm: found[1].lower()})
        elif line.strip():
            raise UserError(f"{path}, line {number} is no {algorithm} sum with a file name. Fetch the list again.")


def _status(path: Path) -> Iterator[tuple[str, Expected]]:
    try:
        jobs: Any = json.loads(path.read_text(encoding="utf-8"))["jobs"]
        files = [pair for job in jobs.values() for pair in job.get("files", {}).items()]
        for name, entry in files:
            sums = {key: str(entry[key]).lower() for key in _ALGORITHMS if key in entry}
            if sums or "size" in entry:
                yield name, Expected(path, sums, int(entry["size"]) if "size" in entry else None)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path} is not the status of a dump ({error!r}). Fetch it again, or remove it.") from error


def _check(file: Path, expected: Expected, cache: Path) -> None:
    size = file.stat().st_size
    remedy = "Fetch the file again, or remove the list if you have changed the file yourself."
    if expected.size is not None and size != expected.size:
        raise UserError(f"{file} has {size} bytes, but {expected.source.name} says {expected.size}. {remedy}")
    algorithm = next((name for name in _ALGORITHMS if name in expected.sums), None)
    if algorithm is None:
        return
    found = _remembered_sum(file, algorithm, cache)
    if found != expected.sums[algorithm]:
        raise UserError(
            f"{file} is damaged or another file: its {algorithm} sum is {found}, but {expected.source.name} says "
            f"{expected.sums[algorithm]}. {remedy}"
        )


def _remembered_sum(file: Path, algorithm: str, cache: Path) -> str:
    """The file's sum, from the cache if the file has not changed since."""
    status = file.stat()
    state = [status.st_size, status.st_mtime_ns, status.st_ino]
    memory = cache / f"{digest(str(file.resolve()), algorithm)}.json"
    if memory.exists() and (known := read_json(memory))["state"] == state:
        return str(known["sum"])
    found = _sum(file, algorithm)
    write_json(memory, {"state": state, "sum": found})
    return found


def _sum(file: Path, algorithm: str) -> str:
    state = hashlib.new(algorithm)
    progress = Progress(f"{algorithm} sum of {file.name}", total=file.stat().st_size, unit="bytes")
    with file.open("rb") as data:
        while chunk := data.read(_CHUNK_BYTES):
            state.update(chunk)
            progress.advance(len(chunk))
    progress.finish()
    return state.hexdigest()

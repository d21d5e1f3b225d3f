"""Input files, in a fixed order: those that are named, and what lies in folders, behind links too."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from realm.errors import UserError


def input_files(inputs: Sequence[Path], *, suffixes: tuple[str, ...], source: str) -> list[tuple[Path, str]]:
    """All files of `inputs` whose names end in one of `suffixes`, with relative names, in a fixed order.

    Raises:
        UserError: an input does not exist, or there is no such file at all.
    """
    found: dict[Path, tuple[Path, str]] = {}
    for path in inputs:
        if not path.exists():
            raise UserError(f"{path} does not exist. Name a file or a folder that source '{source}' can read.")
        inside = (path / name for name, _ in names_below(path, hidden=True)) if path.is_dir() else iter([path])
        for file in (file for file in inside if file == path or file.name.endswith(suffixes)):
            if file.is_dir():
                continue
            if not file.exists():
                raise UserError(f"{file} is a link to a file that is not there. Mend or remove it.")
            name = file.relative_to(path).as_posix() if path.is_dir() else file.name
            refuse_odd_name(name)
            found.setdefault(file.resolve(), (file, name))  # a file that is named twice is read once
    if not found:
        names = ", ".join(map(str, inputs)) or "no input"
        raise UserError(f"Source '{source}' finds no file in {names}. Files must end in {', '.join(suffixes)}.")
    return sorted(found.values(), key=lambda pair: natural(pair[1]))


def names_below(root: Path, *, hidden: bool) -> Iterator[tuple[str, str]]:
    """Relative names of the files below a folder, real folders before linked ones.

    A link to a folder that is read anyway comes by its own name, with that of the folder behind; files come without.

    Args:
        root: the folder.
        hidden: also what lies in folders whose names begin with a full stop; else of these only their own names come.

    Raises:
        UserError: a folder may not be read.
    """
    seen: dict[str, str] = {}
    links = deque([""])
    while links:
        first = links.popleft()
        if (real := os.path.realpath(root / first)) in seen:
            yield first, seen[real]
            continue
        for folder, folders, files in os.walk(root / first, onerror=_refuse):
            here = Path(folder).relative_to(root).as_posix()
            if (real := os.path.realpath(folder)) in seen:  # a link leads to what this folder lies in
                folders.clear()
                continue
            seen[real] = here
            passed = [] if hidden else [name for name in folders if name.startswith(".")]
            folders[:] = sorted(set(folders).difference(passed))
            links += [os.path.normpath(f"{here}/{name}") for name in folders if Path(folder, name).is_symlink()]
            yield from ((os.path.normpath(f"{here}/{name}"), "") for name in sorted([*files, *passed]))


def _refuse(error: OSError) -> None:
    raise UserError(
        f"The folder {error.filename} cannot be read ({error.strerror}). Allow it, or leave the folder out."
    ) from error


def refuse_odd_name(name: str) -> None:
    """Refuses a file's name that no table can hold.

    Raises:
        UserError: it is not UTF-8.
    """
    try:
        name.encode()
    except UnicodeEncodeError as error:
        shown = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
        raise UserError(f"The name of the file {shown} is not UTF-8. Rename it.") from error


def natural(name: str) -> tuple[tuple[int, str], ...]:
    """Sort key that puts part 2 before part 10."""
    parts: list[tuple[int, str]] = []
    digits = ""
    for char in [*name, ""]:
        if char.isdecimal() and char.isascii():
            digits += char
            continue
        if digits:
            parts.append((int(digits), ""))
            digits = ""
        parts.append((-1, char))
    return tuple(parts)

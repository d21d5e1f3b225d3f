"""What lies in a folder, behind links too: every folder once, whatever leads to it."""

import os
from collections import deque
from collections.abc import Iterator
from pathlib import Path

from realm.errors import UserError


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

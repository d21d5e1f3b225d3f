"""Looks at a directory that a person named for output before anything there is replaced."""

from collections.abc import Iterable
from pathlib import Path

from realm.errors import UserError
from realm.manifest import MANIFEST_NAME
from realm.storage import read_json


def checked_output(output: Path, *, kind: str, needed: Iterable[Path]) -> Path:
    """The absolute path of `output`, behind links, if nothing is lost when an artefact of `kind` takes its place.

    Args:
        output: as it was named; it may be missing, empty, or an older artefact of the same kind.
        kind: of the artefact, as its manifest says it.
        needed: inputs and earlier artefacts, which must stay; paths that do not exist are passed over.

    Raises:
        UserError: it is a file or holds something else, or it is, holds or lies inside one of `needed`.
    """
    real = output.resolve()
    for path in needed:
        _keep_apart(output, real, path)
    file = next((one for one in (real, *real.parents) if one.exists() and not one.is_dir()), None)
    if file is not None:
        raise UserError(f"The output {output} cannot be a folder, since {file} is a file. Name another folder.")
    if real.is_dir() and any(real.iterdir()):
        _require_artefact(output, real, kind)
    return real


def _keep_apart(output: Path, real: Path, path: Path) -> None:
    other = path.resolve()
    if not other.exists():
        return
    if real == other:
        how = "is"
    elif other.is_relative_to(real):
        how = "holds"
    elif real.is_relative_to(other):
        how = "lies inside"
    else:
        return
    raise UserError(f"The output {output} {how} {path}, which is read and must stay. Name another folder.")


def _require_artefact(output: Path, real: Path, kind: str) -> None:
    """Whatever version of the code has made the older one, it may go."""
    path = real / MANIFEST_NAME
    try:
        found = read_json(path) if path.is_file() else None
    except ValueError:
        found = None
    if not isinstance(found, dict) or found.get("kind") != kind:
        raise UserError(
            f"The output {output} is not empty and holds no finished {kind}, so nothing in it is replaced. Name an "
            "empty or a new folder, or remove this one."
        )

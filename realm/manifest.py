"""Every artefact is stamped: `manifest.json` says what it is, what it was made from and what it holds.

The fingerprint of an artefact is a hash of its kind, schema version and files, never of a clock, host or path,
so equal inputs give an equal manifest and what was made from it can be recognised.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from realm.errors import MismatchError, UserError
from realm.schema import SCHEMA_VERSION
from realm.storage import digest, directory_files, file_checksum, read_json, write_json

MANIFEST_NAME = "manifest.json"
UNNAMED = "(its manifest does not say which)"
"""In messages, what something was made with whose manifest lacks that."""


@dataclass(frozen=True)
class Manifest:
    """What an artefact directory says of itself.

    Attributes:
        kind: corpus, tokenizer, tagger, model, index …
        schema_version: the layout of its files.
        fingerprint: hash of kind, schema version and files.
        made_from: name of an input (dump, tokenizer, encoder …) to its fingerprint.
        facts: counts, sizes and settings worth knowing.
        files: relative POSIX path to checksum.
        seal: hash of all of the above, so that damage to the manifest itself is found.
    """

    kind: str
    schema_version: int
    fingerprint: str
    made_from: dict[str, str]
    facts: dict[str, Any]
    files: dict[str, str]
    seal: str


def write_manifest(
    directory: Path,
    *,
    kind: str,
    made_from: Mapping[str, str],
    facts: Mapping[str, Any],
    known: Mapping[str, str] | None = None,
) -> Manifest:
    """Stamps `directory` as it is now and returns the manifest; files whose checksums are `known` are not read."""
    files = _checksums(directory, known or {})
    fields: dict[str, Any] = {
        "kind": kind,
        "schema_version": SCHEMA_VERSION,
        "fingerprint": _fingerprint(kind, SCHEMA_VERSION, files),
        "made_from": dict(sorted(made_from.items())),
        "facts": dict(facts),
        "files": files,
    }
    manifest = Manifest(**fields, seal=_seal(fields))
    write_json(directory / MANIFEST_NAME, asdict(manifest))
    return manifest


def read_manifest(directory: Path, *, kind: str) -> Manifest:
    """Reads a manifest and refuses another kind or schema version.

    Raises:
        UserError: there is no manifest, or it is not one.
        MismatchError: it is of another kind or schema version.
    """
    manifest = _read(directory, kind)
    if manifest.kind != kind:
        raise MismatchError(f"{directory} is a {manifest.kind}, but a {kind} is needed here. Name another directory.")
    return manifest


def read_any_manifest(directory: Path) -> Manifest:
    """Reads the manifest of an artefact of whatever kind.

    Raises:
        UserError: there is no manifest, or it is not one.
        MismatchError: it is of another schema version.
    """
    return _read(directory, "artefact")


def verify_files(directory: Path, manifest: Manifest) -> None:
    """Checks every file against its checksum.

    Raises:
        UserError: a file is missing, surplus or differs; the message names it.
    """
    found = _checksums(directory, {})
    for name in sorted(manifest.files.keys() | found.keys()):
        if name not in found:
            raise UserError(f"{directory / name} is missing. Restore it with `dvc checkout` or run the stage again.")
        if name not in manifest.files:
            raise UserError(f"{directory / name} does not belong to this {manifest.kind}. Remove it.")
        if found[name] != manifest.files[name]:
            raise UserError(
                f"{directory / name} is damaged: checksum {found[name]}, the manifest says {manifest.files[name]}. "
                "Restore it with `dvc checkout` or run the stage again."
            )


def require_same(what: str, *, left: str, left_value: str, right: str, right_value: str) -> None:
    """Refuses two artefacts that were made with a different `what` (tokenizer, encoder …).

    Raises:
        MismatchError: naming both artefacts and both fingerprints.
    """
    if left_value != right_value:
        raise MismatchError(
            f"{left} was made with {what} {left_value}, but {right} with {what} {right_value}: they do not belong "
            "together. Run `dvc repro`, or name artefacts of one run."
        )


def _read(directory: Path, kind: str) -> Manifest:
    """`kind` is what it is called in messages."""
    path = directory / MANIFEST_NAME
    try:
        raw = read_json(path)
    except FileNotFoundError:
        raise UserError(
            f"{directory} has no {MANIFEST_NAME}: it is not a finished {kind}. Run its stage first."
        ) from None
    except ValueError as error:
        raise UserError(f"{path} is not JSON ({error}): the {kind} is damaged. Run its stage again.") from error
    version = raw.get("schema_version") if isinstance(raw, dict) else None
    if version not in (None, SCHEMA_VERSION):
        raise MismatchError(
            f"{directory} has schema version {version}, this code reads {SCHEMA_VERSION}. "
            f"Run the stage that makes the {kind} again."
        )
    try:
        manifest = Manifest(**raw)
    except TypeError as error:
        raise UserError(f"{path} is not a manifest ({error}). Run the stage that makes the {kind} again.") from error
    if _seal({name: value for name, value in raw.items() if name != "seal"}) != manifest.seal:
        raise UserError(
            f"{path} is damaged: its content does not fit its seal {manifest.seal}. Restore it with `dvc checkout` or "
            f"run the stage that makes the {kind} again."
        )
    return manifest


def _checksums(directory: Path, known: Mapping[str, str]) -> dict[str, str]:
    names = ((path.relative_to(directory).as_posix(), path) for path in directory_files(directory))
    return {name: known.get(name) or file_checksum(path) for name, path in names if name != MANIFEST_NAME}


def _seal(fields: Mapping[str, Any]) -> str:
    return digest(json.dumps(fields, sort_keys=True, ensure_ascii=False, allow_nan=False))


def _fingerprint(kind: str, schema_version: int, files: Mapping[str, str]) -> str:
    return digest(kind, str(schema_version), *(part for item in sorted(files.items()) for part in item))

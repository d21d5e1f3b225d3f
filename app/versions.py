"""`realm index list` and `realm index verify`: which versions there are, and whether they are sound."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from app.workspace import Workspace, block_encoder_of
from realm.errors import UserError
from realm.manifest import read_manifest, verify_files
from realm.storage import directory_files


def list_versions(workspace: Workspace) -> list[dict[str, Any]]:
    """Every index version with its size, its recall, what it was made from, and which models can search it.

    One whose manifest is not there or cannot be read has the `problem` in their place.
    """
    encoders = {name: block_encoder_of(workspace.paths.model(name)) for name in workspace.built("models")}
    corpora = corpora_here(workspace)
    found = []
    for name in workspace.versions():
        directory = workspace.paths.index(name)
        size = sum(path.stat().st_size for path in directory_files(directory))
        try:
            manifest = read_manifest(directory, kind="index")
        except UserError as error:
            found.append({"name": name, "bytes": size, "problem": str(error)})
            continue
        facts, made_from = manifest.facts, manifest.made_from
        found.append(
            {
                "name": name,
                "fingerprint": manifest.fingerprint,
                "corpus": corpora[made_from["corpus"]].name if made_from.get("corpus") in corpora else "not here",
                **{key: facts.get(key) for key in ("blocks", "dimension", "factory")},
                "recall": (facts.get("gate") or {}).get("recall"),
                "bytes": size,
                "models": [model for model, encoder in encoders.items() if encoder == made_from.get("block_encoder")],
                "made_from": made_from,
                "problem": None,
            }
        )
    return found


def corpora_here(workspace: Workspace) -> dict[str, Path]:
    """The corpora that can be read, by fingerprint."""
    found = {}
    for name in workspace.built("blocks"):
        directory = workspace.paths.blocks(name)
        with suppress(UserError):  # `dvc repro` makes it anew; what was made from it is no less sound
            found[read_manifest(directory, kind="corpus").fingerprint] = directory
    return found


def verify_versions(workspace: Workspace, names: list[str]) -> list[dict[str, Any]]:
    """Checks versions (all if none is named): checksums, every block once, sound vectors, and that its corpus is here.

    What lies there without a manifest, as a killed `dvc checkout` leaves it, is damaged too.

    Raises:
        UserError: a named version does not exist, or there is none at all.
    """
    there = workspace.versions()
    if unknown := sorted({*names} - {*there}):
        workspace.require_index(unknown[0])
    if not there:
        raise UserError(
            f"There is no index version in {workspace.paths.root / 'index'}. Run `make repro`, or name the data root "
            "by --data."
        )
    found = []
    for name in names or there:
        try:
            blocks, problem = _verify(workspace, name), None
        except UserError as error:
            blocks, problem = 0, str(error)
        found.append({"name": name, "sound": problem is None, "blocks": blocks, "problem": problem})
    return found


def _verify(workspace: Workspace, name: str) -> int:
    from index.gate import require_distinct, require_sound
    from index.version import IndexVersion

    directory = workspace.paths.index(name)
    verify_files(directory, read_manifest(directory, kind="index"))  # all of it, whatever was checked before
    version = IndexVersion.open(directory, verify=False)
    require_distinct(version.block_ids, str(directory))
    require_sound(version.block_ids, version.vectors, str(directory))
    blocks = workspace.paths.blocks(name)
    if (blocks / "manifest.json").is_file():
        corpus = read_manifest(blocks, kind="corpus")
        if corpus.fingerprint != version.manifest.made_from["corpus"]:
            raise UserError(
                f"{directory} was built from corpus {version.manifest.made_from['corpus']}, but {blocks} is corpus "
                f"{corpus.fingerprint}. Run `dvc repro` to build it anew."
            )
    return version.count

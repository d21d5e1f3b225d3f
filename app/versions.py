"""`realm index list` and `realm index verify`: which versions there are, and whether they are sound."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.shapes import GATE
from app.workspace import UNREAD, Workspace, block_encoder_of, problem_of
from realm.errors import UserError
from realm.manifest import MANIFEST_NAME, UNNAMED, Manifest, read_manifest, verify_files
from realm.metrics import require_shape
from realm.storage import directory_files

if TYPE_CHECKING:
    from index.version import IndexVersion


def list_versions(workspace: Workspace) -> list[dict[str, Any]]:
    """Every index version with its size, its recall, what it was made from, and which models can search it.

    One whose manifest is not there or cannot be read has the `problem` in their place. A model that cannot be read
    stands among the `unread_models` of every other one, with what is the matter with it.
    """
    models = _Models.of(workspace)
    corpora = corpora_here(workspace)
    return [_listed(workspace.paths.index(name), models, corpora) for name in workspace.versions()]


def unread_models(found: list[dict[str, Any]]) -> dict[str, str]:
    """What is the matter with the models that could not be read, of what `list_versions` found."""
    return {name: problem for one in found for name, problem in one.get("unread_models", {}).items()}


@dataclass(frozen=True)
class _Models:
    """The block encoder of each model that can be read, and what is the matter with each of the others."""

    encoders: dict[str, str | None]
    unread: dict[str, str]

    @staticmethod
    def of(workspace: Workspace) -> "_Models":
        encoders, unread = {}, {}
        for name in workspace.built("models"):
            try:
                encoders[name] = block_encoder_of(workspace.paths.model(name))
            except UNREAD as error:
                unread[name] = problem_of(error)
        return _Models(encoders, unread)


def _listed(directory: Path, models: _Models, corpora: dict[str, Path]) -> dict[str, Any]:
    size = None
    try:
        size = sum(path.stat().st_size for path in directory_files(directory))
        manifest = read_manifest(directory, kind="index")
    except UNREAD as error:
        return {"name": directory.name, "bytes": size, "problem": problem_of(error)}
    facts, made_from = manifest.facts, manifest.made_from
    wanted = made_from.get("block_encoder")
    return {
        "name": directory.name,
        "fingerprint": manifest.fingerprint,
        "corpus": corpora[made_from["corpus"]].name if made_from.get("corpus") in corpora else "not here",
        **{key: facts.get(key) for key in ("blocks", "dimension", "factory")},
        "recall": (facts.get("gate") or {}).get("recall"),
        "bytes": size,
        "models": [model for model, encoder in models.encoders.items() if encoder == wanted],
        "unread_models": models.unread,
        "made_from": made_from,
        "problem": None,
    }


def corpora_here(workspace: Workspace) -> dict[str, Path]:
    """The corpora that can be read, by fingerprint."""
    found = {}
    for name in workspace.built("blocks"):
        directory = workspace.paths.blocks(name)
        with suppress(*UNREAD):  # `dvc repro` makes it anew; what was made from it is no less sound
            found[read_manifest(directory, kind="corpus").fingerprint] = directory
    return found


def verify_versions(workspace: Workspace, names: list[str]) -> list[dict[str, Any]]:
    """Checks versions (all if none is named): checksums, blocks, vectors, recall, and that the corpus is here.

    What lies there without a manifest, as a killed `dvc checkout` leaves it, is damaged too. A corpus that cannot be
    read says nothing against a version that was made from it: that is the `note` of one.

    Raises:
        UserError: a named version does not exist, or there is none at all.
    """
    there = workspace.versions()
    if unknown := sorted({*names} - {*there}):
        raise UserError(
            f"There is no index version '{unknown[0]}' (there are: {', '.join(there) or 'none'}). Run `make repro`, or "
            "name one of these."
        )
    if not there:
        raise UserError(
            f"There is no index version in {workspace.paths.root / 'index'}. Run `make repro`, or name the data root "
            "by --data."
        )
    return [{"name": name, **_verified(workspace, name)} for name in names or there]


def _verified(workspace: Workspace, name: str) -> dict[str, Any]:
    from index.gate import require_as_measured, require_sound_version
    from index.version import IndexVersion

    directory = workspace.paths.index(name)
    try:
        verify_files(directory, read_manifest(directory, kind="index"))  # all of it, whatever was checked before
        version = IndexVersion.open(directory, verify=False)
        require_sound_version(version.block_ids, version.vectors, directory)
        if gate := version.manifest.facts.get("gate"):
            require_shape(gate, GATE, where=f"the gate in {directory / MANIFEST_NAME}")
            require_as_measured(version.faiss_index, version.vectors, gate, directory)
        corpus, note = _corpus_of(workspace, name)
        _require_made_from(corpus, version, workspace.paths.blocks(name))
    except UNREAD as error:
        return {"sound": False, "blocks": 0, "problem": problem_of(error), "note": None}
    return {"sound": True, "blocks": version.count, "problem": None, "note": note}


def _corpus_of(workspace: Workspace, name: str) -> tuple[Manifest | None, str | None]:
    """The corpus under a version's name if it can be read; if it is there and cannot be, why."""
    blocks = workspace.paths.blocks(name)
    try:
        if not (blocks / MANIFEST_NAME).exists():
            return None, None
        return read_manifest(blocks, kind="corpus"), None
    except UNREAD as error:
        return None, f"not compared with its corpus: {problem_of(error)}"


def _require_made_from(corpus: Manifest | None, version: "IndexVersion", blocks: Path) -> None:
    found = version.manifest.made_from.get("corpus", UNNAMED)
    if corpus and corpus.fingerprint != found:
        raise UserError(
            f"{version.directory} was built from corpus {found}, but {blocks} is corpus {corpus.fingerprint}. Run "
            "`dvc repro` to build it anew."
        )

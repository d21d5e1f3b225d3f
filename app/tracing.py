"""`realm trace`: from a block back to the article, the page revision, the dump and what made it."""

from pathlib import Path
from typing import Any

from app.blocktable import StoredRow, find_article, find_block
from app.workspace import Workspace
from realm.errors import UserError
from realm.manifest import Manifest, read_manifest
from realm.paths import DataPaths, source_of


def trace(workspace: Workspace, block_id: int, *, blocks: Path | None) -> dict[str, Any]:
    """Finds a block in the newest snapshot that holds it and follows it back.

    Args:
        workspace: where to look.
        block_id: the block.
        blocks: look in this directory only.

    Raises:
        UserError: no snapshot holds the block.
    """
    directories = [blocks] if blocks else [workspace.paths.blocks(name) for name in workspace.built("blocks")]
    holders = [(directory, found) for directory in directories if (found := find_block(directory, block_id))]
    if not holders:
        looked = ", ".join(directory.name for directory in directories) or "none is built"
        raise UserError(
            f"No snapshot holds block {block_id} (looked in: {looked}). `realm search` shows the ids of blocks."
        )
    directory, found = holders[-1]
    manifest = read_manifest(directory, kind="corpus")
    row = found.values
    return {
        "block": {name: row[name] for name in ("block_id", "ordinal", "char_start", "char_end", "body")},
        "salient_spans": [{**span, "text": row["body"][span["start"] : span["end"]]} for span in row["spans"]],
        "page": {name: row[name] for name in _PAGE},
        "article": _article(directory, found),
        "part": {"file": found.part, "row": found.row, **_work_item(workspace, directory, found, manifest)},
        "corpus": {"snapshot": directory.name, "fingerprint": manifest.fingerprint, "made_from": manifest.made_from},
        "held_by": {
            "snapshots": [path.name for path, _ in holders],
            "index_versions": []
            if blocks
            else index_versions_with(workspace.paths, workspace.built("index"), block_id),
        },
    }


_PAGE = ("source", "doc_id", "revision_id", "date", "lang", "outlet", "title", "aliases", "url")


def index_versions_with(paths: DataPaths, names: list[str], block_id: int) -> list[str]:
    """The index versions that hold a block; block ids are sorted, so this reads next to nothing of a checked one."""
    from index.version import IndexVersion

    versions = ((name, IndexVersion.open(paths.index(name))) for name in names)
    return [name for name, version in versions if version.row_of(block_id) is not None]


def _article(directory: Path, block: StoredRow) -> dict[str, Any] | None:
    row = block.values
    found = find_article(directory, block.part, row["doc_id"])
    if found is None:
        return None
    text = found.values["text"]
    return {
        "file": found.part,
        "row": found.row,
        "characters": len(text),
        "exact_slice": text[row["char_start"] : row["char_end"]] == row["body"],
    }


def _work_item(workspace: Workspace, directory: Path, found: StoredRow, manifest: Manifest) -> dict[str, Any]:
    """The range of the dump that became the part. Work items are cut by the dump alone, so it can be cut again."""
    from pipelines.corpus.job import CorpusConfig, settings_fingerprint
    from pipelines.snapshot import snapshot_items
    from pipelines.sources import get_source
    from pipelines.sources.base import SourceConfig

    raw = workspace.paths.raw(directory.name)
    if not raw.is_dir():
        return {"note": f"the raw inputs are not at {raw}"}
    params = workspace.params()
    sources = params.section("sources", SourceConfig)
    if settings_fingerprint(sources, params.section("corpus", CorpusConfig).blocks) != manifest.made_from["params"]:
        return {"note": f"{params.path} has other corpus settings than this corpus was made with"}
    stem = Path(found.part).stem
    if get_source(source_of(stem)).gathers:
        return {
            "note": f"its lines stand all over the files in {raw / source_of(stem)}, the first where the revision says"
        }
    for item in snapshot_items(raw, sources):
        if item.part == stem:
            return {"dump": str(raw / item.source / item.path), "first_byte": item.start, "behind_byte": item.end}
    return {"note": f"no work item of {raw} has this name: the raw inputs have changed since"}

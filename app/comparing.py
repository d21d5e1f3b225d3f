"""`realm diff`: what changed between two snapshots or two index versions, without a model."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from app.blocktable import find_blocks, read_columns
from app.versions import corpora_here
from app.workspace import Workspace
from index.version import IndexVersion
from realm.errors import UserError
from realm.manifest import MANIFEST_NAME, Manifest, read_any_manifest, read_manifest
from realm.verified import verify_once

_EXAMPLES = 5


@dataclass(frozen=True)
class Side:
    """One of the two that are compared: a corpus, or an index version where there is no corpus of that name.

    Attributes:
        name: as a person gave it.
        kind: see above.
        directory: where it lies.
        texts: the corpus that has its blocks' texts, if that is here; an index keeps none.
    """

    name: str
    kind: Literal["corpus", "index"]
    directory: Path
    texts: Path | None

    @property
    def page_key(self) -> list[str]:
        """What tells pages apart: an index keeps no page ids."""
        return ["source", "doc_id"] if self.kind == "corpus" else ["source", "title"]

    def table(self, page_key: list[str]) -> pa.Table:
        """Columns `block_id`, `page_key` and `name`, the title, of all blocks."""
        columns = ["block_id", *page_key, "title"]
        names = ["block_id", *page_key, "name"]
        if self.kind == "corpus":
            table = read_columns(self.directory, sorted(set(columns)))
            return pa.table(dict(zip(names, (table.column(name) for name in columns), strict=True)))
        with pa.memory_map(str(self.directory / "blocks.arrow")) as source:
            table = pa.ipc.open_file(source).read_all()
        return pa.table(dict(zip(names, (table.column(name) for name in columns), strict=True)))


def diff(workspace: Workspace, left: str, right: str) -> dict[str, Any]:
    """Compares two snapshots, index versions or directories; `left` is the older.

    Raises:
        UserError: one of them is not built, or damaged.
    """
    sides = _side(workspace, left), _side(workspace, right)
    page_key = sides[0].page_key if sides[0].kind == sides[1].kind else ["source", "title"]
    old, new = (side.table(page_key) for side in sides)
    old_ids, new_ids = (np.unique(table.column("block_id").to_numpy()) for table in (old, new))
    kept = len(np.intersect1d(old_ids, new_ids, assume_unique=True))
    return {
        "left": {"name": left, "kind": sides[0].kind, "blocks": len(old_ids)},
        "right": {"name": right, "kind": sides[1].kind, "blocks": len(new_ids)},
        "blocks": {"added": len(new_ids) - kept, "removed": len(old_ids) - kept, "kept": kept},
        **_pages(old, new, page_key, sides),
        "reused": _reused(*sides),
        "made_otherwise": _made_otherwise(*sides),
    }


def _made_otherwise(older: Side, newer: Side) -> dict[str, list[str]]:
    """What two index versions were made with where it differs, and what came of it; nothing for other pairs."""
    if (older.kind, newer.kind) != ("index", "index"):
        return {}
    left, right = (_made_with(read_manifest(side.directory, kind="index")) for side in (older, newer))
    return {name: [left[name], right[name]] for name in left if left[name] != right[name]}


def _made_with(manifest: Manifest) -> dict[str, str]:
    facts, made_from = manifest.facts, manifest.made_from
    named = {name: made_from.get(name.replace(" ", "_"), "?") for name in ("block encoder", "tokenizer")}
    settings = {name: str(facts.get(name, "?")) for name in ("factory", "dimension", "dtype")}
    return {**named, **settings, "recall": str((facts.get("gate") or {}).get("recall", "?"))}


def _side(workspace: Workspace, name: str) -> Side:
    places = (Path(name).resolve(), workspace.paths.blocks(name), workspace.paths.index(name))
    for directory in (place for place in places if (place / MANIFEST_NAME).is_file()):
        manifest = read_any_manifest(directory)
        if manifest.kind == "corpus":
            verify_once(directory, manifest)
            return Side(name=name, kind="corpus", directory=directory, texts=directory)
        if manifest.kind == "index":
            IndexVersion.open(directory)
            texts = corpora_here(workspace).get(manifest.made_from.get("corpus", ""))
            return Side(name=name, kind="index", directory=directory, texts=texts)
    built = ", ".join(sorted({*workspace.built("blocks"), *workspace.built("index")})) or "none"
    raise UserError(f"'{name}' is no built snapshot or index version (built: {built}). Name one of them.")


def _reused(older: Side, newer: Side) -> dict[str, int]:
    """For each source the articles whose page did not change, which the newer corpus takes from the older one.

    None where the two were made by other code, models or settings, and none where that is not written down.
    """
    from pipelines.corpus.changes import changes
    from pipelines.corpus.previous import pages_of

    if (older.kind, newer.kind) != ("corpus", "corpus"):
        return {}
    folders = [pages_of(side.directory) for side in (older, newer)]
    if not all((folder / MANIFEST_NAME).is_file() for folder in folders):
        return {}
    old, new = (read_manifest(folder, kind="pages").made_from for folder in folders)
    same = {source for source, pipeline in old.items() if new.get(source) == pipeline}
    return {source: counts["unchanged"] if source in same else 0 for source, counts in changes(*folders).items()}


def _pages(old: pa.Table, new: pa.Table, key: list[str], sides: tuple[Side, Side]) -> dict[str, Any]:
    """Counts pages by what became of them; a page is changed if its set of blocks is another."""
    joined = _per_page(old, key).join(_per_page(new, key), keys=key, join_type="full outer", right_suffix="_new")
    joined = joined.sort_by([(name, "ascending") for name in key])
    before, after = joined.column("count"), joined.column("count_new")
    added, removed = pc.is_null(before), pc.is_null(after)
    same = pc.and_(
        pc.equal(before, after), pc.equal(joined.column("fingerprint"), joined.column("fingerprint_new"))
    ).fill_null(False)
    changed = pc.invert(pc.or_(pc.or_(added, removed), same))
    masks = {"added": added, "removed": removed, "changed": changed, "unchanged": same}
    titles = {name: _names(joined.filter(mask)) for name, mask in masks.items()}
    return {
        "pages": {name: len(found) for name, found in titles.items()},
        "sources": {
            source: {name: _count(joined.filter(mask), source) for name, mask in masks.items()}
            for source in sorted(set(joined.column("source").to_pylist()))
        },
        "examples": {name: titles[name][:_EXAMPLES] for name in ("added", "removed")},
        "changes": _changes(old, new, joined.filter(changed).slice(0, _EXAMPLES), key, sides),
    }


def _per_page(table: pa.Table, key: list[str]) -> pa.Table:
    """Number of blocks and sum of their ids per page: ids are hashes, so the sum tells sets of blocks apart."""
    ids = table.column("block_id").cast(pa.uint64())
    grouped = table.set_column(table.schema.get_field_index("block_id"), "block_id", ids).group_by(key)
    found = grouped.aggregate([("block_id", "sum"), ("block_id", "count"), ("name", "min")])
    return found.rename_columns({"block_id_sum": "fingerprint", "block_id_count": "count", "name_min": "name"})


def _count(pages: pa.Table, source: str) -> int:
    count: int = pc.sum(pc.equal(pages.column("source"), source)).as_py() or 0
    return count


def _names(pages: pa.Table) -> list[str]:
    """Titles of pages, the newer one where a page was renamed."""
    titles: list[str] = pc.coalesce(pages.column("name_new"), pages.column("name")).to_pylist()
    return titles


def _changes(
    old: pa.Table, new: pa.Table, pages: pa.Table, key: list[str], sides: tuple[Side, Side]
) -> list[dict[str, Any]]:
    """For a few changed pages the blocks that went and came, with their texts where there is a corpus."""
    with_texts = all(side.texts for side in sides)
    found = []
    for title, page in zip(_names(pages), pages.select(key).to_pylist(), strict=True):
        before, after = _ids_of(old, page), _ids_of(new, page)
        left, right = _blocks(sides[0], sorted(before - after)), _blocks(sides[1], sorted(after - before))
        found.append(
            {
                "title": title,
                "removed": list(left),
                "added": list(right),
                "sentences_removed": _only_in(left, right) if with_texts else [],
                "sentences_added": _only_in(right, left) if with_texts else [],
            }
        )
    return found


def _ids_of(table: pa.Table, page: dict[str, str]) -> set[int]:
    mask = None
    for name, value in page.items():
        equal = pc.equal(table.column(name), value)
        mask = equal if mask is None else pc.and_(mask, equal)
    return set(table.filter(mask).column("block_id").to_pylist())


def _blocks(side: Side, block_ids: list[int]) -> dict[int, list[str]]:
    """The sentences of blocks, in their order; none where there is only an index, which keeps no text."""
    if side.texts is None:
        return {block_id: [] for block_id in block_ids}
    rows = find_blocks(side.texts, block_ids)
    ordered = sorted(block_ids, key=lambda one: int(rows[one].values["ordinal"]))
    return {block_id: _sentences(rows[block_id].values) for block_id in ordered}


def _sentences(row: dict[str, Any]) -> list[str]:
    body = row["body"]
    return [body[one["start"] : one["end"]] for one in row["sentences"]] or [body]


def _only_in(one: dict[int, list[str]], other: dict[int, list[str]]) -> list[str]:
    """Sentences of one side that the other does not have; what only moved to another block is no change."""
    known = {sentence for sentences in other.values() for sentence in sentences}
    return [sentence for sentences in one.values() for sentence in sentences if sentence not in known]

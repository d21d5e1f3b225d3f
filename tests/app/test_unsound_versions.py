"""Versions whose files are as their manifest says, and whose manifest or rows are not as they must be."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pyarrow as pa
import pytest

from app.workspace import Workspace
from index.vectors import map_vectors, write_vectors
from index.version import open_for
from realm.arrow_rows import ArrowRows, write_rows
from realm.errors import MismatchError
from realm.manifest import read_manifest, write_manifest
from realm.schema import INDEX_BLOCK_SCHEMA
from tests.app.test_main import realm
from tests.train.qa_world import NEW, OLD


@pytest.fixture
def copied(answering: Workspace, tmp_path: Path) -> Workspace:
    """The index versions and models in a place of their own."""
    for kind in ("index", "models"):
        shutil.copytree(answering.paths.root / kind, tmp_path / "data" / kind)
    return Workspace(answering.params_path, tmp_path / "data")


def at(workspace: Workspace) -> tuple[str, str]:
    return "--data", str(workspace.paths.root)


def stamp(version: Path, **changes: object) -> None:
    """Writes the manifest anew, with these facts in the place of its own."""
    manifest = read_manifest(version, kind="index")
    write_manifest(version, kind="index", made_from=manifest.made_from, facts={**manifest.facts, **changes})


@pytest.mark.parametrize("lacking", ["blocks", "dimension"])
def test_a_version_whose_manifest_lacks_what_it_is_held_against_is_a_sentence(copied: Workspace, lacking: str) -> None:
    version = copied.paths.index(NEW)
    manifest = read_manifest(version, kind="index")
    facts = {name: value for name, value in manifest.facts.items() if name != lacking}
    write_manifest(version, kind="index", made_from=manifest.made_from, facts=facts)
    said = f"{version} says in its manifest that '{lacking}' is None, but it is"
    assert said in realm(copied, "index", "verify", NEW, "--json", *at(copied), code=1)
    assert said in realm(copied, "diff", OLD, NEW, *at(copied), code=2)


def test_a_version_that_does_not_say_what_it_was_made_from_is_a_sentence(copied: Workspace) -> None:
    version = copied.paths.index(NEW)
    write_manifest(version, kind="index", made_from={}, facts=read_manifest(version, kind="index").facts)
    shutil.copytree(copied.paths.index(OLD), copied.paths.blocks(NEW))
    write_manifest(copied.paths.blocks(NEW), kind="corpus", made_from={}, facts={})
    shown = realm(copied, "index", "verify", NEW, "--json", *at(copied), code=1)
    assert "was built from corpus (its manifest does not say which), but" in shown
    with pytest.raises(MismatchError, match=r"with block encoder \(its manifest does not say which\)"):
        open_for(copied.paths.model("realm"), version)


def ids_and_vectors(version: Path) -> tuple[np.ndarray, np.ndarray]:
    block_ids, vectors = map_vectors(version / "vectors.arrow")
    return np.array(block_ids), np.array(vectors)


def put_ids(version: Path, block_ids: np.ndarray) -> None:
    """Gives the rows of a version's block table other ids."""
    table = ArrowRows(version / "blocks.arrow")
    columns = {name: table.column(name) for name in INDEX_BLOCK_SCHEMA.names} | {"block_id": pa.array(block_ids)}
    changed = pa.table(columns, schema=INDEX_BLOCK_SCHEMA).combine_chunks()
    write_rows(version / "blocks.arrow", INDEX_BLOCK_SCHEMA, changed.to_batches())


def test_a_version_whose_vectors_have_the_ids_of_other_blocks_is_neither_sound_nor_compared(copied: Workspace) -> None:
    version = copied.paths.index(NEW)
    block_ids, vectors = ids_and_vectors(version)
    write_vectors(version / "vectors.arrow", block_ids + 1, vectors)
    stamp(version)
    said = rf"Row 0 of {version} is block {block_ids[0] + 1} in vectors\.arrow, but block {block_ids[0]} in blocks"
    assert re.search(said, realm(copied, "diff", OLD, NEW, *at(copied), code=2))
    assert re.search(said, realm(copied, "index", "verify", NEW, "--json", *at(copied), code=1))


@pytest.mark.parametrize("value", [np.nan, 0.0])
def test_a_version_with_vectors_of_no_length_is_to_be_built_again(copied: Workspace, value: float) -> None:
    version = copied.paths.index(NEW)
    block_ids, vectors = ids_and_vectors(version)
    vectors[[2, 4]] = value
    write_vectors(version / "vectors.arrow", block_ids, vectors)
    stamp(version)
    shown = realm(copied, "index", "verify", NEW, "--json", *at(copied), code=1)
    told = rf"block {block_ids[2]} a vector of squared length {value} \(and 1 more\)"
    assert re.search(rf"{told}.*: build it again with `python -m index\.build`", shown)


def test_a_version_that_finds_less_than_its_manifest_says_is_to_be_built_again(copied: Workspace) -> None:
    version = copied.paths.index(NEW)
    stamp(version, gate={"k": 5, "queries": 7, "recall": 1.1})  # nothing is missed among so few blocks
    shown = realm(copied, "index", "verify", NEW, "--json", *at(copied), code=1)
    assert re.search(rf"index\.faiss of {version} finds 1\.000 of what .* says 1\.100.*: build it again", shown)
    stamp(version, gate={"k": 5, "recall": 1.0})
    shown = realm(copied, "index", "verify", NEW, "--json", *at(copied), code=1)
    assert f"the gate in {version}/manifest.json is damaged: it has no 'queries'" in shown


def wide(version: Path) -> None:
    block_ids, vectors = ids_and_vectors(version)
    numbers = pa.FixedSizeListArray.from_arrays(pa.array(vectors.astype(np.float64).reshape(-1)), vectors.shape[1])
    table = pa.table({"block_id": block_ids, "vector": numbers})
    write_rows(version / "vectors.arrow", table.schema, table.to_batches())


def nameless(version: Path) -> None:
    table = pa.table({"id": [1, 2]})
    write_rows(version / "vectors.arrow", table.schema, table.to_batches())


def undated(version: Path) -> None:
    table = ArrowRows(version / "blocks.arrow")
    kept = pa.table({name: table.column(name) for name in INDEX_BLOCK_SCHEMA.names if name != "date"})
    write_rows(version / "blocks.arrow", kept.schema, kept.to_batches())


def by_distance(version: Path) -> None:
    _, vectors = ids_and_vectors(version)
    index = faiss.IndexFlatL2(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(version / "index.faiss"))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (wide, "vectors.arrow has other columns than a version's (block_id int64, vector fixed_size_list<"),
        (nameless, "vectors.arrow has other columns than a version's (id int64)"),
        (undated, "blocks.arrow has other columns than a version's (block_id int64, source "),
        (by_distance, "index.faiss does not search by inner products"),
    ],
)
def test_files_of_something_else_under_a_right_manifest_are_a_sentence(
    copied: Workspace, change: Callable[[Path], None], words: str
) -> None:
    version = copied.paths.index(NEW)
    change(version)
    stamp(version)
    assert f"{version}/{words}" in realm(copied, "index", "verify", NEW, "--json", *at(copied), code=1)
    assert f"{version}/{words}" in realm(copied, "diff", OLD, NEW, *at(copied), code=2)


@pytest.mark.parametrize("name", ["2001-01-01", "../models/realm", "", "."])
def test_only_what_lies_where_versions_do_is_verified(copied: Workspace, name: str) -> None:
    shown = realm(copied, "index", "verify", name, *at(copied), code=2)
    assert f"There is no index version '{name}' (there are: {OLD}, {NEW})" in shown


def test_a_version_that_holds_a_block_twice_is_to_be_built_again(copied: Workspace) -> None:
    version = copied.paths.index(NEW)
    block_ids, vectors = ids_and_vectors(version)
    block_ids[3] = block_ids[2]
    write_vectors(version / "vectors.arrow", block_ids, vectors)
    put_ids(version, block_ids)
    stamp(version)
    shown = realm(copied, "index", "verify", NEW, "--json", *at(copied), code=1)
    assert re.search(rf"has block {block_ids[2]} twice .*: build it again with `python -m index\.build`", shown)

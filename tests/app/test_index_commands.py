"""`realm index list` and `realm index gc`, where not everything is as it should be."""

import json
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest

from app.report.__main__ import run
from app.workspace import Workspace
from index.block_table import table_name
from index.config import IndexConfig
from index.embed import EmbeddingJob
from realm.manifest import read_manifest, write_manifest
from realm.storage import sole_writer
from realm.tokenizer import Tokenizer
from tests.app.test_main import realm, realm_json
from tests.files import contents, flip_a_byte
from tests.train.qa_world import NEW, OLD

DEAD = 4_194_305  # no process has this id: it is above the largest one of Linux


@pytest.fixture
def copied(answering: Workspace, tmp_path: Path) -> Workspace:
    """The workspace in a place of its own."""
    for kind in ("blocks", "index", "models"):
        shutil.copytree(answering.paths.root / kind, tmp_path / "data" / kind)
    return Workspace(answering.params_path, tmp_path / "data")


def test_index_list_shows_the_others_beside_one_that_cannot_be_read(copied: Workspace) -> None:
    flip_a_byte(copied.paths.index(OLD) / "manifest.json")
    flip_a_byte(copied.paths.blocks(OLD) / "manifest.json")
    data = str(copied.paths.root)
    old, new = realm_json(copied, "index", "list", "--data", data)
    assert "manifest.json" in old["problem"]
    assert (new["name"], new["blocks"], new["corpus"], new["problem"]) == (NEW, 7, NEW, None)
    shown = realm(copied, "index", "list", "--data", data)
    assert f"CANNOT BE READ  {OLD}" in shown
    assert "qa_realm" in shown
    html = run(copied).read_text()
    assert old["problem"] in unescape(html)
    assert f"<td>{NEW}</td>" in html


def test_index_list_shows_the_versions_beside_a_model_that_cannot_be_read(copied: Workspace) -> None:
    fits = realm_json(copied, "index", "list", *at(copied))
    model = copied.paths.model("realm")
    flip_a_byte(model / "manifest.json")
    found = realm_json(copied, "index", "list", *at(copied))
    assert [one["models"] for one in found] == [one["models"] for one in fits] == [["qa_realm"]] * 2
    assert [list(one["unread_models"]) for one in found] == [["realm"]] * 2
    shown = realm(copied, "index", "list", *at(copied)).replace("\n", "")
    assert shown.count(f"CANNOT BE READ  model realm  {model}/manifest.json") == 1
    assert found[0]["unread_models"]["realm"] in unescape(run(copied).read_text())


def test_a_version_is_sound_where_only_its_corpus_cannot_be_read(copied: Workspace) -> None:
    manifest = copied.paths.blocks(OLD) / "manifest.json"
    flip_a_byte(manifest)
    shown = realm(copied, "index", "verify", *at(copied)).replace("\n", "")
    assert f"sound  {OLD}  8 blocks · not compared with its corpus: {manifest}" in shown
    assert f"sound  {NEW}  7 blocks" in shown


def test_a_version_of_another_corpus_than_the_one_that_has_its_name_is_told(copied: Workspace) -> None:
    shutil.rmtree(copied.paths.blocks(OLD))
    shutil.copytree(copied.paths.blocks(NEW), copied.paths.blocks(OLD))
    old, new = json.loads(realm(copied, "index", "verify", "--json", *at(copied), code=1))
    assert "was built from corpus" in old["problem"]
    assert new["sound"]


def leave_garbage(workspace: Workspace) -> list[Path]:
    """What runs that were killed leave; the paths of what may go."""
    paths, index = workspace.paths, workspace.paths.root / "index"
    tables = paths.cache("embed", "shared") / "tables"
    left = [
        index / f".{NEW}.{DEAD}.tmp" / "vectors.arrow",
        index / f".gone.{'a1' * 16}.retired" / "vectors.arrow",
        index / ".gone.verified.json",
        paths.cache("pretrain", "versions") / "step-4" / "index" / "vectors.arrow",
        paths.cache("embed", "shared") / "vectors" / ("ab" * 16) / "1.arrow",
        tables / f"{'cd' * 16}.arrow",
        tables / f".{'cd' * 16}.arrow.lock",
    ]
    for path in (*left, usable_table(workspace)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x" * 1000)
    (index / f".{NEW}.verified.json").write_text("{}")
    (usable_vectors(workspace)).mkdir(parents=True)
    return [left[0].parent, left[1].parent, left[2], paths.cache("pretrain", "versions"), left[4].parent, *left[5:]]


def usable_table(workspace: Workspace) -> Path:
    """Where a build from the corpus that is there has its blocks in order."""
    corpus = read_manifest(workspace.paths.blocks(NEW), kind="corpus").fingerprint
    config = workspace.params().section("index", IndexConfig)
    name = table_name(corpus, bucket_blocks=config.bucket_blocks, sources=config.sources)
    return workspace.paths.cache("embed", "shared") / "tables" / f"{name}.arrow"


def usable_vectors(workspace: Workspace) -> Path:
    """Where a build that ran out of memory once has its vectors."""
    (version,) = [one for one in realm_json(workspace, "index", "list", *at(workspace)) if one["name"] == NEW]
    job = EmbeddingJob(
        model=Path(),
        table=Path(),
        vectors=workspace.paths.cache("embed", "shared") / "vectors",
        specials=Tokenizer.load(workspace.paths.model("tokenizer")).specials,
        encoder=version["made_from"]["block_encoder"],
        precision="float32",
        config=workspace.params().section("index", IndexConfig).embed,
    )
    return job.with_rows(1).cache


def at(workspace: Workspace) -> tuple[str, str]:
    return "--data", str(workspace.paths.root)


def test_gc_shows_what_may_go_and_removes_that_alone_if_asked(copied: Workspace) -> None:
    assert "nothing to remove" in realm(copied, "index", "gc", *at(copied))
    garbage = leave_garbage(copied)
    before = contents(copied.paths.root)
    shown = realm(copied, "index", "gc", *at(copied))
    assert "7.0 kB may go" in shown
    assert contents(copied.paths.root) == before
    found = realm_json(copied, "index", "gc", "--yes", *at(copied))
    assert sorted(one["path"] for one in found["found"]) == sorted(map(str, garbage))
    gone = {path for path in before if any((copied.paths.root / path).is_relative_to(one) for one in garbage)}
    assert len(gone) == 7
    assert contents(copied.paths.root) == {path: data for path, data in before.items() if path not in gone}
    assert usable_vectors(copied).is_dir()
    assert usable_table(copied).is_file()


def test_gc_leaves_the_versions_that_a_saved_state_of_pretraining_needs(copied: Workspace) -> None:
    versions, states = (copied.paths.cache("pretrain", name) for name in ("versions", "states"))
    state, half = states / "ab" / "step-00000006", states / "ab" / f".step-00000008.{DEAD}.tmp"
    needed, other = versions / "step-4", versions / "step-2"
    for folder in (state, half, needed / "weights", needed / "index", versions / "cache" / "vectors", other / "index"):
        folder.mkdir(parents=True)
        (folder / "file").write_text("x" * 1000)
    needs = {"step-4/weights": "f00", "step-4/index": "f01"}
    write_manifest(state, kind="training state", made_from={}, facts={"step": 6, "needs": needs})
    found = realm_json(copied, "index", "gc", "--yes", *at(copied))["found"]
    assert sorted(one["path"] for one in found) == sorted(map(str, (other, half)))
    assert not other.exists()
    flip_a_byte(state / "manifest.json")  # such a state is left out when training goes on
    found = realm_json(copied, "index", "gc", "--yes", *at(copied))["found"]
    assert [one["path"] for one in found] == [str(versions)]
    assert state.exists()


def test_gc_touches_nothing_while_something_is_being_made(copied: Workspace) -> None:
    leave_garbage(copied)
    before = contents(copied.paths.root)
    for making in (copied.paths.index(NEW), copied.paths.model("realm")):
        with sole_writer(making):
            shown = realm(copied, "index", "gc", "--yes", *at(copied), code=2)
        assert f"Another process is making {making} at this moment" in " ".join(shown.split())
    after = contents(copied.paths.root)
    assert {path: after[path] for path in before} == before


def test_gc_keeps_cached_vectors_where_it_cannot_know_whose_they_are(copied: Workspace) -> None:
    garbage = leave_garbage(copied)
    flip_a_byte(copied.paths.index(OLD) / "manifest.json")
    found = realm_json(copied, "index", "gc", "--yes", *at(copied))
    assert f"{OLD}/manifest.json" in found["cache_kept_because"]
    assert [path.exists() for path in garbage] == [False] * 4 + [True] * 3


def test_a_diff_of_index_versions_shows_sentences_and_what_they_were_made_with(copied: Workspace) -> None:
    old, new = (str(copied.paths.index(name)) for name in (OLD, NEW))
    found = realm_json(copied, "diff", old, new, *at(copied))
    assert found["made_otherwise"] == {}
    (change,) = found["changes"]
    assert change["sentences_removed"]
    assert change["sentences_added"]
    manifest = read_manifest(Path(new), kind="index")
    facts = {**manifest.facts, "factory": "IVF4,Flat"}
    write_manifest(Path(new), kind="index", made_from={**manifest.made_from, "block_encoder": "f00"}, facts=facts)
    made = realm_json(copied, "diff", old, new, *at(copied))["made_otherwise"]
    assert made == {"block encoder": [manifest.made_from["block_encoder"], "f00"], "factory": ["Flat", "IVF4,Flat"]}
    assert "factory: Flat  →  IVF4,Flat" in realm(copied, "diff", old, new, *at(copied))


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_bytes(b"ARROW1"), flip_a_byte])
def test_a_diff_of_a_damaged_index_version_is_a_sentence(copied: Workspace, damage: Callable[[Path], object]) -> None:
    shutil.rmtree(copied.paths.blocks(NEW))
    damage(copied.paths.index(NEW) / "blocks.arrow")
    shown = realm(copied, "diff", OLD, NEW, *at(copied), code=2)
    assert re.search(rf"{NEW}/blocks\.arrow is (missing|damaged)", shown)
    assert shown.count("\n") == 1


def test_a_diff_of_a_damaged_corpus_is_a_sentence(copied: Workspace) -> None:
    part = next(copied.paths.blocks(NEW).glob("*.parquet"))
    flip_a_byte(part, 40)
    assert f"{part} is damaged" in realm(copied, "diff", OLD, NEW, *at(copied), code=2)


def test_the_folders_one_stands_in_are_compared(copied: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(copied.paths.index(NEW))
    found = realm_json(copied, "diff", ".", f"../{NEW}", *at(copied))
    assert found["blocks"] == {"added": 0, "removed": 0, "kept": 7}


@pytest.mark.parametrize(
    ("kind", "name", "arguments"),
    [
        ("index", NEW, ("search", "river")),
        ("index", NEW, ("diff", "INDEX", "INDEX")),
        ("models", "qa_realm", ("search", "river")),
        ("models", "qa_realm", ("search", "river", "--model", "MODEL")),
    ],
)
def test_a_manifest_cut_off_is_a_sentence_that_names_it(
    copied: Workspace, kind: str, name: str, arguments: tuple[str, ...]
) -> None:
    path = copied.paths.root / kind / name / "manifest.json"
    path.write_text("{")
    places = {"INDEX": str(copied.paths.index(NEW)), "MODEL": str(copied.paths.model("qa_realm"))}
    shown = realm(copied, *(places.get(one, one) for one in arguments), *at(copied), code=2)
    assert f"{path} is not JSON" in shown
    assert shown.count("\n") == 1


def as_a_directory(path: Path) -> Path:
    """Puts a directory in a file's place: nobody can read that as a file, not even root."""
    path.unlink(missing_ok=True)
    path.mkdir()
    return path


def test_a_manifest_that_is_a_directory_is_told_beside_what_can_be_read(copied: Workspace) -> None:
    paths = copied.paths
    manifest = as_a_directory(paths.index(OLD) / "manifest.json")
    told = f"{manifest} is not the file or folder that is needed there (Is a directory). Remove it."
    as_a_directory(paths.model("realm") / "manifest.json")
    as_a_directory(paths.blocks(NEW) / "manifest.json")
    old, new = realm_json(copied, "index", "list", *at(copied))
    assert old["problem"] == told
    assert (new["corpus"], list(new["unread_models"])) == ("not here", ["realm"])
    assert manifest.name in unescape(run(copied).read_text())
    old, new = json.loads(realm(copied, "index", "verify", "--json", *at(copied), code=1))
    assert (old["problem"], new["sound"]) == (told, True)
    assert f"{NEW}/manifest.json is not the file" in new["note"]
    assert "is not the file" in realm_json(copied, "index", "gc", *at(copied))["cache_kept_because"]


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("index/.2020-01-20.lock", ("index", "gc")),
        ("models/qa_realm/manifest.json", ("ask", "who is the mayor of ardel?")),
        ("models/tokenizer/manifest.json", ("search", "river", "--model", "MODEL")),
    ],
)
def test_a_file_that_no_command_can_open_is_one_sentence(
    copied: Workspace, name: str, arguments: tuple[str, ...]
) -> None:
    path = as_a_directory(copied.paths.root / name)
    places = {"MODEL": str(copied.paths.model("realm"))}
    shown = realm(copied, *(places.get(one, one) for one in arguments), *at(copied), code=2)
    assert shown.startswith("error: ")
    assert shown.count("\n") == 1
    assert f"{path} is not the file" in shown


def test_what_lies_where_versions_do_without_a_manifest_is_damaged(copied: Workspace) -> None:
    (copied.paths.index(OLD) / "manifest.json").unlink()
    for names in ((), (OLD,)):
        shown = realm(copied, "index", "verify", *names, *at(copied), code=1)
        assert f"DAMAGED  {OLD}  {copied.paths.index(OLD)} has no manifest.json" in shown.replace("\n", "")
    assert f"sound  {NEW}" in realm(copied, "index", "verify", *at(copied), code=1)
    old, new = realm_json(copied, "index", "list", *at(copied))
    assert "has no manifest.json" in old["problem"]
    assert new["problem"] is None


def test_verifying_where_no_index_is_is_a_sentence(copied: Workspace, tmp_path: Path) -> None:
    for root in (tmp_path / "nowhere", tmp_path):
        (tmp_path / "index").mkdir(exist_ok=True)
        shown = realm(copied, "index", "verify", "--data", str(root), code=2)
        assert f"There is no index version in {root / 'index'}" in shown


def test_trace_opens_no_damaged_version(copied: Workspace) -> None:
    block = realm_json(copied, "search", "mayor", *at(copied))["retrieved"][0]["block_id"]
    flip_a_byte(copied.paths.index(OLD) / "blocks.arrow")
    assert f"{OLD}/blocks.arrow is damaged" in realm(copied, "trace", str(block), *at(copied), code=2)

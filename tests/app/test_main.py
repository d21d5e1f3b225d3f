"""The `realm` command, on real indices and corpora."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from app.main import app
from app.workspace import Workspace
from index.version import IndexVersion
from pipelines.corpus.run import Models
from pipelines.corpus.run import run as run_corpus
from pipelines.snapshot import snapshot_items
from realm.paths import DataPaths, block_parts
from tests.files import flip_a_byte
from tests.pipelines.dumps import CORPUS, SOURCES, write_lines
from tests.train.qa_world import NEW, OLD

QUESTION = "who is the mayor of ardel?"


def realm(workspace: Workspace, *arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, [*arguments, "--params", str(workspace.params_path)])
    assert result.exit_code == code, result.output
    return result.output


def realm_json(workspace: Workspace, *arguments: str) -> Any:
    return json.loads(realm(workspace, *arguments, "--json"))


def test_help_needs_no_heavy_library() -> None:
    code = (
        "import sys, app.main; print(sorted({'torch', 'faiss', 'pyarrow', 'matplotlib', 'spacy'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_an_answer_comes_with_its_evidence_and_the_page_revision(answering: Workspace) -> None:
    found = realm_json(answering, "ask", QUESTION, "--k", "2")
    assert (found["answer"], found["snapshot"]) == ("Zoe Vane", NEW)
    evidence = found["evidence"]
    assert evidence["body"][evidence["start"] : evidence["end"]] == "Zoe Vane"
    assert evidence["revision_id"] == f"Ardel@{NEW}"
    assert len(found["retrieved"]) == 2
    shown = realm(answering, "ask", QUESTION)
    assert "Zoe Vane" in shown
    assert f"Ardel@{NEW}" in shown
    assert "probability" in shown


def test_as_of_answers_from_the_newest_snapshot_that_is_not_after_the_date(answering: Workspace) -> None:
    found = realm_json(answering, "ask", QUESTION, "--as-of", "2019-12-31")
    assert (found["answer"], found["snapshot"]) == ("Ada Quill", OLD)


def test_filters_decide_which_blocks_may_be_found(answering: Workspace) -> None:
    assert realm_json(answering, "search", QUESTION, "--since", "2020-06-01")["retrieved"] == []
    assert realm_json(answering, "ask", QUESTION, "--source", "text")["evidence"] is None
    assert len(realm_json(answering, "search", QUESTION, "--source", "wikipedia")["retrieved"]) == 5


def test_search_finds_the_question_encoder_that_fits_the_index(answering: Workspace) -> None:
    found = realm_json(answering, "search", QUESTION, "--k", "1")
    assert found["model"] == "qa_realm"
    assert found["retrieved"][0]["title"] == "Ardel"
    assert "The mayor of Ardel is Zoe Vane." in realm(answering, "search", QUESTION, "--k", "1")


def test_search_works_on_directories_that_a_person_names(answering: Workspace, tmp_path: Path) -> None:
    paths = answering.paths
    for name, source in {"index": paths.index(OLD), "model": paths.model("realm"), "blocks": paths.blocks(OLD)}.items():
        shutil.copytree(source, tmp_path / name)
    shutil.copytree(paths.model("tokenizer"), tmp_path / "blocks" / "tokenizer")
    named = [word for name in ("index", "model", "blocks") for word in (f"--{name}", str(tmp_path / name))]
    elsewhere = ("--data", str(tmp_path / "nothing"))
    found = realm_json(answering, "search", QUESTION, "--k", "8", *named, *elsewhere)
    assert len(found["retrieved"]) == 8
    assert {one["revision_id"].split("@")[1] for one in found["retrieved"]} == {OLD}


def test_trace_leads_from_a_block_to_its_bytes_of_the_dump(dumped: Workspace) -> None:
    import pyarrow.parquet as pq

    last = block_parts(dumped.paths.blocks(OLD))[-1]
    block = pq.read_table(last).to_pylist()[-1]
    found = realm_json(dumped, "trace", str(block["block_id"]))
    assert found["page"]["title"] == block["title"]
    assert found["page"]["revision_id"] == block["revision_id"]
    assert found["article"]["exact_slice"] is True
    assert found["part"]["file"] == last.name
    assert Path(found["part"]["dump"]).stat().st_size >= found["part"]["behind_byte"] > found["part"]["first_byte"]
    assert {"dump", "tokenizer", "tagger", "params"} <= found["corpus"]["made_from"].keys()
    assert found["held_by"] == {"snapshots": [OLD], "index_versions": []}
    assert "bytes" in realm(dumped, "trace", str(block["block_id"]))


def test_trace_names_every_snapshot_and_index_that_holds_a_block(answering: Workspace) -> None:
    kept = IndexVersion.open(answering.paths.index(NEW)).block_ids
    before = set(IndexVersion.open(answering.paths.index(OLD)).block_ids.tolist())
    block = next(one for one in kept.tolist() if one in before)
    assert realm_json(answering, "trace", str(block))["held_by"] == {
        "snapshots": [OLD, NEW],
        "index_versions": [OLD, NEW],
    }


def test_diff_counts_blocks_and_pages_and_shows_what_changed(answering: Workspace) -> None:
    found = realm_json(answering, "diff", OLD, NEW)
    assert found["blocks"] == {"added": 1, "removed": 2, "kept": 6}
    assert found["pages"] == {"added": 0, "removed": 1, "changed": 1, "unchanged": 6}
    assert found["examples"]["removed"] == ["Hartun"]
    (change,) = found["changes"]
    assert "Ada Quill" in change["sentences_removed"][0]
    assert "Zoe Vane" in change["sentences_added"][0]
    assert "+ Ardel lies by the sea." in realm(answering, "diff", OLD, NEW)


def test_diff_tells_sources_apart_and_what_a_newer_corpus_reuses(dumped: Workspace, tmp_path: Path) -> None:
    raw = shutil.copytree(dumped.paths.raw(OLD), tmp_path / "raw")
    write_lines(raw / "text" / "notes.jsonl", [{"id": "1", "title": "Note", "text": "Holt kept a note of it."}])
    older, newer = dumped.paths.blocks(OLD), tmp_path / "newer"
    values = run_corpus(
        replace(CORPUS, workers=1),
        sources=SOURCES,
        items=snapshot_items(raw, SOURCES),
        models=Models(tokenizer=dumped.paths.model("tokenizer"), tagger="rules"),
        output=newer,
        data=DataPaths(tmp_path / "data"),
        previous=older,
    )
    found = realm_json(dumped, "diff", str(older), str(newer))
    assert found["pages"] == {"added": 1, "removed": 0, "changed": 0, "unchanged": 6}
    assert found["sources"]["text"] == {"added": 1, "removed": 0, "changed": 0, "unchanged": 0}
    assert found["reused"] == {"text": 0, "wikipedia": 6}
    assert values["reuse"]["wikipedia"]["reused"] == 6
    assert "articles that the newer corpus takes from the older one: 0 text, 6 wikipedia" in " ".join(
        realm(dumped, "diff", str(older), str(newer)).split()
    )


def test_index_versions_are_compared_by_the_titles_they_keep(answering: Workspace) -> None:
    old, new = (str(answering.paths.index(name)) for name in (OLD, NEW))
    found = realm_json(answering, "diff", old, new)
    assert found["left"]["kind"] == "index"
    assert found["pages"] == {"added": 0, "removed": 1, "changed": 1, "unchanged": 6}
    assert realm_json(answering, "diff", old, NEW)["pages"] == found["pages"]


def test_index_list_says_which_models_fit(answering: Workspace) -> None:
    found = realm_json(answering, "index", "list")
    assert [(one["name"], one["blocks"], one["recall"]) for one in found] == [(OLD, 8, 1.0), (NEW, 7, 1.0)]
    assert all(one["models"] == ["qa_realm"] for one in found)


def test_a_damaged_index_is_found_by_verify(answering: Workspace, tmp_path: Path) -> None:
    shutil.copytree(answering.paths.index(OLD), tmp_path / "index" / OLD)
    shutil.copytree(answering.paths.index(NEW), tmp_path / "index" / NEW)
    flip_a_byte(tmp_path / "index" / NEW / "vectors.arrow")
    shown = realm(answering, "index", "verify", "--data", str(tmp_path), code=1)
    assert f"sound  {OLD}" in shown
    assert f"DAMAGED  {NEW}" in shown


def test_a_plan_counts_what_is_built_and_estimates_what_is_not(dumped: Workspace) -> None:
    built, planned = (realm_json(dumped, "plan", snapshot) for snapshot in (OLD, NEW))
    assert built["corpus"]["basis"] == "counted"
    assert built["memory_bytes"]["search"] == built["corpus"]["blocks"] * built["index"]["dimension"] * 4
    assert planned["corpus"]["basis"].startswith(f"estimated from snapshot {OLD}")
    assert planned["corpus"]["blocks"] > built["corpus"]["blocks"]
    assert built["seconds"]["index"] is None
    assert "not measured yet" in realm(dumped, "plan", OLD)


def test_a_plan_without_any_corpus_samples_the_dump(dumped: Workspace, tmp_path: Path) -> None:
    shutil.copytree(dumped.paths.root / "raw", tmp_path / "raw")
    found = realm_json(dumped, "plan", NEW, "--data", str(tmp_path))
    assert "work items" in found["corpus"]["basis"]
    assert found["corpus"]["blocks"] > 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("ask", QUESTION, "--k", "0"), "at least 1"),
        (("ask", QUESTION, "--as-of", "yesterday"), "YYYY-MM-DD"),
        (("ask", QUESTION, "--as-of", "2001-01-01"), "No snapshot is as old"),
        (("ask", " ? "), "no word"),
        (("ask", QUESTION, "--since", "2020-01-01", "--as-of", "2019-01-01"), "is after"),
        (("search", QUESTION, "--source", "rumour"), "is no source"),
        (("search", QUESTION, "--index", "somewhere"), "belong together"),
        (("trace", "1"), "No snapshot holds block 1"),
        (("diff", OLD, "2031-01-01"), "no built snapshot"),
        (("index", "verify", "2031-01-01"), "There is no index"),
        (("plan", "2031-01-01"), "lists no snapshot"),
    ],
)
def test_bad_input_gets_one_sentence_and_exit_code_2(
    answering: Workspace, arguments: tuple[str, ...], message: str
) -> None:
    shown = realm(answering, *arguments, code=2)
    assert message in shown
    assert shown.startswith("error: ")
    assert shown.count("\n") == 1


def test_a_workspace_where_nothing_was_built_says_what_to_run(answering: Workspace, tmp_path: Path) -> None:
    shown = realm(answering, "ask", QUESTION, "--data", str(tmp_path), code=2)
    assert "make repro" in shown

"""The report and the summary, from the metrics of a real tiny run."""

import json
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console

from app.report.__main__ import run
from app.results import Results
from app.summary import summary
from app.workspace import Workspace
from realm.storage import write_json
from tests.app.conftest import write_params
from tests.train.qa_world import NEW, OLD


def as_text(workspace: Workspace) -> str:
    console = Console(width=100, record=True, file=open("/dev/null", "w"))  # noqa: SIM115, PTH123
    console.print(summary(Results(workspace)))
    return console.export_text()


def test_the_report_shows_quality_update_and_evidence(answering: Workspace) -> None:
    html = run(answering).read_text()
    assert "<mark>Zoe Vane</mark>" in html
    assert re.search(r"<small>0\.000 →</small> 1\.000", html)
    assert f"Ardel@{NEW}" in html
    assert "Fine-tuning: loss of the reader" in html
    assert "Not run: BERT: loss" in html


def test_equal_results_give_an_equal_report(answering: Workspace) -> None:
    first = run(answering).read_bytes()
    assert run(answering).read_bytes() == first


def test_the_report_loads_nothing_from_elsewhere(answering: Workspace) -> None:
    html = run(answering).read_text()
    assert not re.search(r"<(script|img|link)\b|@import|url\((?!#)", html)


def test_what_has_not_run_is_a_row_and_not_a_crash(tmp_path: Path) -> None:
    workspace = Workspace(write_params(tmp_path), None)
    html = run(workspace).read_text()
    assert html.count("not run") > 5
    shown = as_text(workspace)
    assert "not run" in shown
    assert "ICT baseline" in shown


def test_a_failed_check_of_the_gate_is_spelt_out(tmp_path: Path) -> None:
    workspace = Workspace(write_params(tmp_path), None)
    check = {"suite": "every block", "name": "holes", "meaning": "holes left", "expected": "0"}
    checks = [check | {"observed": 3, "success": False}, check | {"observed": 0, "success": True}]
    write_json(workspace.paths.validation(OLD) / "validation.json", {"success": False, "checks": checks})
    html = run(workspace).read_text()
    assert "1 of 2 failed" in html
    assert "holes left" in html


def test_texts_of_a_dump_are_never_markup_of_the_report(tmp_path: Path) -> None:
    workspace = Workspace(write_params(tmp_path), None)
    path = workspace.paths.root / "predictions" / f"{NEW}.jsonl"
    path.parent.mkdir(parents=True)
    record = {"split": "test", "id": "1", "question": "<script>x</script>", "answer": ["a"], "answer_before": []}
    record |= {"prediction": "a", "correct": True, "block_id": None, "title": "T", "url": "javascript:x"}
    path.write_text(json.dumps(record | {"revision_id": ""}) + "\n")
    html = run(workspace).read_text()
    assert "<script>" not in html
    assert 'href="javascript' not in html


def test_the_summary_tells_what_was_learnt_and_what_to_try(answering: Workspace) -> None:
    shown = as_text(answering)
    assert "recall@5" in shown
    assert "Zoe Vane  right" in shown
    assert "before the update: Ada Quill" in shown
    assert f"--as-of {OLD}" in shown
    assert f"realm diff {OLD} {NEW}" in shown


def test_the_summary_needs_no_torch(answering: Workspace) -> None:
    code = (
        "import sys; from pathlib import Path; from app.summary import summary, Results, Workspace; "
        f"summary(Results(Workspace(Path({str(answering.params_path)!r}), None))); "
        "print(sorted({'torch', 'faiss', 'pandas', 'matplotlib', 'ray'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"

"""The report, the summary, the plan and `update`, where what a stage measured is damaged."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.report.page import render
from app.results import Results
from app.summary import summary
from app.workspace import Workspace
from realm.errors import UserError
from realm.manifest import read_manifest, write_manifest
from realm.storage import read_json, write_json
from tests.app.test_main import realm, realm_json
from tests.train.qa_world import NEW, OLD
from train import update

CONFIG = update.UpdateConfig(changed="changed", unchanged="test", examples=3)


@pytest.fixture
def copied(answering: Workspace, tmp_path: Path) -> Workspace:
    """The workspace in a place of its own."""
    shutil.copytree(answering.paths.root, tmp_path / "data")
    return Workspace(answering.params_path, tmp_path / "data")


def report(workspace: Workspace) -> object:
    return render(Results(workspace))


def summarize(workspace: Workspace) -> object:
    return summary(Results(workspace))


def compare(workspace: Workspace) -> object:
    old, new = (update.VersionPaths.of(workspace.paths, name) for name in (OLD, NEW))
    return update.run(CONFIG, old=old, new=new, metrics=workspace.paths.metrics("again"))


def require_sentence(action: Callable[[Workspace], object], workspace: Workspace, path: Path) -> str:
    with pytest.raises(UserError) as caught:
        action(workspace)
    said = str(caught.value)
    assert str(path) in said
    assert "\n" not in said
    return said


@pytest.mark.parametrize(
    ("name", "actions"),
    [
        (f"metrics/evaluate-{NEW}.json", (report, summarize, compare)),
        (f"metrics/evaluate-{OLD}.json", (report, summarize, compare)),
        (f"metrics/update-{NEW}.json", (report, summarize)),
        (f"metrics/index-{NEW}.json", (report,)),
        (f"metrics/corpus-{NEW}.json", (report,)),
        (f"validation/{NEW}/validation.json", (report,)),
        (f"predictions/{NEW}.jsonl", (report, summarize, compare)),
        (f"predictions/{OLD}.jsonl", (report, summarize, compare)),
        ("plots/finetune-realm.csv", (report,)),
    ],
)
def test_a_damaged_file_of_results_is_a_sentence_that_names_it(
    copied: Workspace, name: str, actions: tuple[Callable[[Workspace], object], ...]
) -> None:
    path = copied.paths.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    for data in (b"null\n", b"\xff\xfe{}", b'{"test": {"em": "x"}}\n', b"\x00"):
        path.write_bytes(data)
        for action in actions:
            require_sentence(action, copied, path)


def test_measures_of_another_kind_are_named_by_their_key(copied: Workspace) -> None:
    for stage, key, value, words in (
        (f"evaluate-{NEW}", "test", {"em": "x"}, "'test.em' is 'x', it must be a number"),
        (f"update-{NEW}", "blocks", {}, "it has no 'blocks.added'"),
        (f"index-{NEW}", "reused", None, "'reused' is None, it must be a number"),
    ):
        path = copied.paths.metrics(stage)
        whole = read_json(path)
        write_json(path, whole | {key: value})
        assert words in require_sentence(report, copied, path)
        write_json(path, whole)
    assert report(copied)


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "it is no table of numbers"),
        ("step,loss\n10,1.5\n20\n", "it is no table of numbers"),
        ("step,loss\n10,much\n", "it is no table of numbers"),
        ("loss\n1.5\n", "it has no column 'step'"),
    ],
)
def test_a_learning_curve_that_is_no_table_of_numbers_is_told(copied: Workspace, table: str, words: str) -> None:
    path = copied.paths.plots("finetune-realm")
    path.write_text(table)
    assert words in require_sentence(report, copied, path)


def test_predictions_that_lack_questions_are_not_laid_beside_the_others(copied: Workspace) -> None:
    path = copied.paths.root / "predictions" / f"{NEW}.jsonl"
    records = [json.loads(line) for line in path.read_text().splitlines()]
    changed = [{**one, "id": f"other {one['id']}"} if one["split"] == "changed" else one for one in records]
    path.write_text("".join(f"{json.dumps(one)}\n" for one in changed))
    assert "answer different questions of 'changed'" in require_sentence(compare, copied, path)


def test_a_report_without_questions_whose_answer_changed_is_whole(copied: Workspace) -> None:
    path = copied.paths.metrics(f"update-{NEW}")
    write_json(path, {key: value for key, value in read_json(path).items() if key not in {"changed", "examples"}})
    assert "not asked" in str(report(copied))
    assert summarize(copied)


def count_corpus(workspace: Workspace) -> None:
    """Says in the corpus's manifest what a plan counts with."""
    blocks = workspace.paths.blocks(NEW)
    manifest = read_manifest(blocks, kind="corpus")
    facts = {"articles": 7, "blocks": 7, "wordpieces": 200}
    write_manifest(blocks, kind="corpus", made_from=manifest.made_from, facts=facts)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (b"", "it is not JSON"),
        (b'{"embedded": "x", "reused": 1, "seconds": 2}', "'embedded' is 'x', it must be a number"),
        (None, "Is a directory"),
    ],
)
def test_a_plan_leaves_out_a_rate_that_cannot_be_read_and_says_so(
    copied: Workspace, damage: bytes | None, words: str
) -> None:
    count_corpus(copied)
    path = copied.paths.metrics(f"index-{OLD}")
    if damage is None:
        path.mkdir()
    else:
        path.write_bytes(damage)
    at = ("--data", str(copied.paths.root))
    seconds = realm_json(copied, "plan", *at)["seconds"]
    assert (seconds["blocks_per_second"], len(seconds["skipped"])) == (2.0, 1)
    assert str(path) in seconds["skipped"][0]
    assert words in seconds["skipped"][0]
    assert "not counted" in realm(copied, "plan", *at)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"articles": 7, "blocks": 7}, "it has no 'wordpieces'"),
        ({"articles": 7, "blocks": "many", "wordpieces": 200}, "'blocks' is 'many', it must be a whole number"),
    ],
)
def test_a_plan_from_a_corpus_whose_manifest_does_not_count_is_a_sentence(
    copied: Workspace, facts: dict[str, object], words: str
) -> None:
    blocks = copied.paths.blocks(NEW)
    made_from = read_manifest(blocks, kind="corpus").made_from
    write_manifest(blocks, kind="corpus", made_from=made_from, facts=facts)
    shown = realm(copied, "plan", "--data", str(copied.paths.root), code=2)
    assert f"{blocks}/manifest.json is damaged: {words}" in shown


def test_a_plan_from_a_tokenizer_whose_manifest_does_not_count_is_a_sentence(copied: Workspace) -> None:
    count_corpus(copied)
    tokenizer = copied.paths.model("tokenizer")
    write_manifest(tokenizer, kind="tokenizer", made_from={}, facts={})
    shown = realm(copied, "plan", "--data", str(copied.paths.root), code=2)
    assert f"{tokenizer}/manifest.json is damaged: it has no 'vocab_size'" in shown


def test_a_plan_from_a_damaged_description_of_the_model_is_a_sentence(copied: Workspace) -> None:
    path = copied.paths.model("bert") / "encoder" / "config.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('{"num_hidden_layers": 2}')
    count_corpus(copied)
    shown = realm(copied, "plan", "--data", str(copied.paths.root), code=2)
    assert f"{path} is damaged: it has no 'hidden_size'" in shown

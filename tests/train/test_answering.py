from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.filters import BlockFilter
from realm.errors import MismatchError, UserError
from realm.manifest import write_manifest
from realm.model import Retriever
from realm.paths import DataPaths
from realm.storage import read_json, write_json
from tests.train.qa_world import FINETUNE, NEW, OLD, TOWNS, build_world
from tests.train.stages import HERE
from train import evaluate, finetune, update
from train.answering import Answerer
from train.qa_model import QAModel

QUESTION = "who is the mayor of ardel?"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> DataPaths:
    world = build_world(tmp_path_factory.mktemp("qa") / "data")
    finetune.run(FINETUNE, name="realm", snapshot=OLD, data=world, cluster=HERE)
    return world


def open_at(data: DataPaths, snapshot: str) -> Answerer:
    return Answerer.open(data.model("qa_realm"), data.index(snapshot), data.blocks(snapshot))


def test_fine_tuning_learns_to_answer_and_leaves_the_block_encoder_alone(data: DataPaths) -> None:
    metrics = read_json(data.metrics("finetune-realm"))
    assert metrics["loss"] < 0.5 * metrics["first"]["loss"]
    assert metrics["answer_in_retriever_beam"] == 1.0
    assert QAModel.load(data.model("qa_realm")).manifest.made_from["block_encoder"]


def test_an_answer_is_the_original_text_of_its_evidence(data: DataPaths) -> None:
    (answer,) = open_at(data, OLD).answer([QUESTION], k=2)
    assert answer.evidence is not None
    assert answer.text == "Ada Quill"
    assert answer.evidence.text.body[answer.start : answer.end] == answer.text
    assert answer.evidence.text.revision_id == f"Ardel@{OLD}"
    assert answer.retriever_score == answer.evidence.score
    assert 0.5 < answer.probability <= 1.0
    assert len(answer.passages) == 2
    assert answer.passages[0].score >= answer.passages[1].score


def test_swapping_the_index_changes_the_answer_without_training(data: DataPaths) -> None:
    (answer,) = open_at(data, NEW).answer([QUESTION], k=1)
    assert answer.text == "Zoe Vane"


def test_answers_do_not_depend_on_the_other_questions_of_the_batch(data: DataPaths) -> None:
    answerer = open_at(data, OLD)
    questions = [f"who is the mayor of {town.lower()}?" for town in TOWNS]
    together = answerer.answer(questions, k=3)
    alone = [answerer.answer([question], k=3)[0] for question in questions]
    assert [one.text for one in together] == [one.text for one in alone]


def test_a_filter_that_lets_nothing_through_gives_an_empty_answer(data: DataPaths) -> None:
    (answer,) = open_at(data, OLD).answer([QUESTION], k=2, only=BlockFilter(sources=("ccnews",)))
    assert (answer.text, answer.evidence, answer.passages) == ("", None, ())


def test_more_blocks_than_there_are_give_all_blocks(data: DataPaths) -> None:
    (passages,) = open_at(data, OLD).retrieve([QUESTION], k=50)
    assert sorted(passage.text.title for passage in passages) == list(TOWNS)


def test_blocks_of_another_snapshot_than_the_index_are_refused(data: DataPaths) -> None:
    with pytest.raises(MismatchError, match=NEW):
        Answerer.open(data.model("qa_realm"), data.index(OLD), data.blocks(NEW)).answer([QUESTION], k=8)


def test_an_index_of_another_block_encoder_is_refused_by_name(data: DataPaths, tmp_path: Path) -> None:
    retriever = Retriever.load(data.model("realm"))
    retriever.block_embedder.norm.weight.data += 1.0
    other = DataPaths(tmp_path / "data")
    for name, source in (("tokenizer", "tokenizer"), ("bert", "realm")):
        other.model(name).parent.mkdir(parents=True, exist_ok=True)
        other.model(name).symlink_to(data.model(source), target_is_directory=True)
    other.model("ict").mkdir()
    retriever.save(other.model("ict"))
    write_manifest(other.model("ict"), kind="model", made_from={}, facts={})
    other.questions.symlink_to(data.questions, target_is_directory=True)
    other.index("ict").parent.mkdir(parents=True)
    other.index("ict").symlink_to(data.index(OLD), target_is_directory=True)
    with pytest.raises(MismatchError, match="block encoder"):
        finetune.run(FINETUNE, name="ict", snapshot=OLD, data=other, cluster=HERE)


def test_regular_expressions_are_refused_as_training_answers(data: DataPaths) -> None:
    path = data.questions / "patterns.tsv"
    path.write_text("1\tfactoid\twho?\tAda.*\n", encoding="utf-8")
    config = replace(FINETUNE, questions=path.name, questions_format="curated_trec")
    with pytest.raises(UserError, match="regular expressions"):
        finetune.run(config, name="realm", snapshot=OLD, data=data, cluster=HERE)


def evaluated(data: DataPaths, snapshot: str) -> dict[str, Any]:
    config = evaluate.EvaluateConfig(
        splits=("test.jsonl",), splits_format="nq_open", changed="changed.jsonl", recall_at=(1, 5, 20)
    )
    return evaluate.run(config, paths=evaluate.EvaluatePaths.of("realm", data, snapshot=snapshot))


def updated(data: DataPaths, snapshot: str, *, previous: str | None) -> dict[str, Any]:
    return update.run(
        update.UpdateConfig(changed="changed", unchanged="test", examples=3),
        old=update.VersionPaths.of(data, previous) if previous else None,
        new=update.VersionPaths.of(data, snapshot),
        metrics=data.metrics(f"update-{snapshot}"),
    )


def test_evaluation_reports_each_split_and_writes_every_prediction(data: DataPaths) -> None:
    measured = evaluated(data, OLD)
    assert measured == read_json(data.metrics(f"evaluate-{OLD}"))
    assert measured["test"]["em"] == 1.0
    assert measured["test"]["recall@20"] == 1.0
    assert measured["changed"] == {"questions": 1, "em_after": 0.0, "em_before": 1.0}
    assert set(measured["zero_shot"]) == {"test"}
    assert len((data.root / "predictions" / f"{OLD}.jsonl").read_text().splitlines()) == 7


def test_an_update_shows_what_changed_and_what_did_not(data: DataPaths) -> None:
    evaluated(data, OLD)
    evaluated(data, NEW)
    measured = updated(data, NEW, previous=OLD)
    assert measured["blocks"] == {"added": 1, "removed": 2, "unchanged": 6, "same_vector": 6}
    assert measured["changed"]["previous_index"] == {"questions": 1, "em_after": 0.0, "em_before": 1.0}
    assert measured["changed"]["new_index"] == {"questions": 1, "em_after": 1.0, "em_before": 0.0}
    assert measured["unchanged"]["new_index"] == {"questions": 6, "em": 1.0}
    assert measured["examples"][0]["with_new_index"] == "Zoe Vane"


def test_predictions_of_two_models_are_not_laid_beside_each_other(data: DataPaths) -> None:
    evaluated(data, OLD)
    metrics = evaluated(data, NEW)
    write_json(data.metrics(f"evaluate-{NEW}"), {**metrics, "qa_model": "another"})
    with pytest.raises(MismatchError, match="another"):
        updated(data, NEW, previous=OLD)


def test_a_first_snapshot_has_nothing_to_compare_with(data: DataPaths) -> None:
    measured = updated(data, OLD, previous=None)
    assert measured == {"first_snapshot": True, "blocks": {"added": 8, "removed": 0, "unchanged": 0, "same_vector": 0}}

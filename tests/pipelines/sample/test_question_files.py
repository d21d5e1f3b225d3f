"""Questions in the three published forms, read by the same reader that reads the real sets."""

import json
import re
from pathlib import Path

import pytest

from pipelines.sample.chance import Chance
from pipelines.sample.question_files import answer_pattern, write_question_files
from pipelines.sample.stage import make
from tests.pipelines.sample.test_sample import CONFIG
from train.questions import read_questions


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("questions")
    write_question_files(root, make(CONFIG).questions, Chance(CONFIG.seed))
    return root


def facts(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("split", ["train", "dev", "test"])
def test_the_small_sets_are_read_and_say_which_fact_each_question_asks_for(folder: Path, split: str) -> None:
    for form, name in (("web_questions", f"webquestions/{split}.json"), ("curated_trec", f"curatedtrec/{split}.tsv")):
        found = read_questions(folder / name, form=form).questions  # type: ignore[arg-type]
        beside = facts((folder / name).with_suffix(".facts.jsonl"))
        assert len(found) == len(beside) > 5
        for question, fact in zip(found, beside, strict=True):
            assert question.question.lower() == fact["question"].lower()
            assert fact["fact_id"]
            assert fact["pages"]


def test_every_pattern_matches_its_answer_at_the_start_and_no_other_answer(folder: Path) -> None:
    answers = {one["answer"][0] for one in facts(folder / "test.jsonl")}
    for answer in sorted(answers):
        pattern = re.compile(answer_pattern(answer), re.IGNORECASE)
        assert pattern.match(answer), answer
        others = {other for other in answers if pattern.fullmatch(other)} - {answer}
        assert not others, (answer, others)


def test_a_number_may_be_written_without_its_commas_but_not_be_part_of_another() -> None:
    pattern = re.compile(answer_pattern("12,400"))
    assert pattern.match("12,400")
    assert pattern.match("12400 people")
    assert not pattern.match("12,4001")
    assert not re.compile(answer_pattern("1874")).search("41874")

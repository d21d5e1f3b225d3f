from collections.abc import Callable
from pathlib import Path

import pytest

from realm.errors import UserError
from tests.real_inputs import real_input
from train.questions import NO_ANSWER, QuestionFormat, read_questions


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    def write(text: str) -> Path:
        path = tmp_path / "questions"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_our_own_keys_of_an_nq_open_line_are_read(file: Callable[[str], Path]) -> None:
    path = file(
        '{"id": "q1", "question": "q?", "answer": ["Ann"], "answer_before": ["Bob"], "fact_id": "f", "pages": ["P"]}\n'
    )
    (question,) = read_questions(path).questions
    assert (question.id, question.answers, question.answers_before) == ("q1", ("Ann",), ("Bob",))
    assert (question.fact_id, question.pages, question.pattern) == ("f", ("P",), False)


def test_a_question_without_an_answer_is_dropped_and_counted(file: Callable[[str], Path]) -> None:
    found = read_questions(file('{"question": "a", "answer": []}\n\n{"question": "b", "answer": ["x"]}\n'))
    assert [question.id for question in found.questions] == ["questions:3"]
    assert found.dropped == {NO_ANSWER: 1}


def test_a_csv_quoted_dpr_line_gives_the_list_inside(file: Callable[[str], Path]) -> None:
    path = file('who is first\t"[""Sandra O\'Connor"", \'x\']"\n')
    assert read_questions(path, form="dpr").questions[0].answers == ("Sandra O'Connor", "x")


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("nq_open", '{"question": "a", "answer": ["x"]}\n{"question": "b", "answer": "x"}\n'),
        ("nq_open", '{"question": "a", "answer": ["x"]}\n{"question": \n'),
        ("dpr", "a\t['x']\nb\t['x'\n"),
        ("dpr", "a\t['x']\nno tab\n"),
        ("web_questions", '[{"qId": "1", "qText": "a", "answers": ["x"]}, {"qId": "2", "answers": ["x"]}]'),
        ("curated_trec", "1\tfactoid\ta\tx\n2\tfactoid\tb\n"),
    ],
)
def test_a_broken_line_is_named_with_its_file_and_number(
    file: Callable[[str], Path], form: QuestionFormat, text: str
) -> None:
    with pytest.raises(UserError, match=r"questions, record 2 "):
        read_questions(file(text), form=form)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="sample"):
        read_questions(tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("name", "form", "count"),
    [
        ("NQ-open.dev.jsonl", "nq_open", 3610),
        ("nq-traindev.dpr.txt", "dpr", 8757),
        ("trivia-dev.dpr.txt", "dpr", 8837),
        ("webquestions-test.json", "web_questions", 2032),
        ("curated-test.tsv", "curated_trec", 430),
    ],
)
def test_the_published_sets_are_read_to_the_last_question(name: str, form: QuestionFormat, count: int) -> None:
    found = read_questions(real_input(f"qa/{name}"), form=form)
    assert len(found.questions) + found.dropped[NO_ANSWER] == count
    assert all(question.question and question.answers for question in found.questions)

"""Open-QA question sets in the four forms they are published in.

A line that cannot be read is an error with its file and line; a question that names no answer is dropped and
counted, because published sets contain such.
"""

import ast
import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from realm.errors import UserError

QuestionFormat = Literal["nq_open", "dpr", "web_questions", "curated_trec"]

NO_ANSWER = "no answer"
_CURATED_COLUMNS = 4


@dataclass(frozen=True)
class Question:
    """A question and what counts as its answer.

    Attributes:
        id: as the set gives it, otherwise `<file>:<line>`.
        question: the question as asked.
        answers: every string that counts as right, or regular expressions if `pattern`.
        answers_before: for a fact that changed, what was right in the snapshot before; else empty.
        fact_id: which fact is asked for, where the set says so; questions of one fact share it.
        pages: titles of the articles that state the fact, where the set says so.
        pattern: whether `answers` are regular expressions (CuratedTrec).
    """

    id: str
    question: str
    answers: tuple[str, ...]
    answers_before: tuple[str, ...] = ()
    fact_id: str = ""
    pages: tuple[str, ...] = ()
    pattern: bool = False


@dataclass(frozen=True)
class QuestionSet:
    """Questions in file order, and how many were dropped for which reason."""

    questions: tuple[Question, ...]
    dropped: dict[str, int]


def read_questions(path: Path, *, form: QuestionFormat = "nq_open") -> QuestionSet:
    """Reads a question file.

    Raises:
        UserError: the file is missing, empty, or holds a line that is not of this form.
    """
    try:
        found = list(_READERS[form](path))
    except FileNotFoundError:
        raise UserError(
            f"{path} does not exist. Run the `sample` stage, or put a {form} question file there."
        ) from None
    except UnicodeDecodeError as error:
        raise UserError(f"{path} is not UTF-8 ({error.reason} at byte {error.start}). Convert it.") from error
    kept = tuple(question for question in found if question.answers)
    if not kept:
        raise UserError(f"{path} holds no question with an answer. Check that it is a {form} file.")
    return QuestionSet(questions=kept, dropped={NO_ANSWER: len(found) - len(kept)})


def _nq_open(path: Path) -> Iterator[Question]:
    """NQ-open: one JSON object a line, `question` and `answer` (a list); our own sets add optional keys."""
    for number, line in _lines(path):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise _broken(path, number, f"is not JSON ({error})") from error
        if not isinstance(record, dict):
            raise _broken(path, number, "is not a JSON object")
        yield Question(
            id=str(record.get("id") or f"{path.name}:{number}"),
            question=_text(record, "question", path, number),
            answers=_texts(record.get("answer"), "answer", path, number),
            answers_before=_texts(record.get("answer_before", []), "answer_before", path, number),
            fact_id=str(record.get("fact_id", "")),
            pages=_texts(record.get("pages", []), "pages", path, number),
        )


def _dpr(path: Path) -> Iterator[Question]:
    """DPR: question TAB Python list of answers; a field with quotes in it is quoted as in CSV."""
    for number, line in _lines(path):
        row = next(csv.reader([line], delimiter="\t"))
        try:
            question, listed = row
            answers = ast.literal_eval(listed)
        except (ValueError, SyntaxError) as error:
            raise _broken(path, number, "is not 'question TAB list of answers'") from error
        yield Question(id=f"{path.name}:{number}", question=question, answers=_texts(answers, "answers", path, number))


def _web_questions(path: Path) -> Iterator[Question]:
    """WebQuestions: one JSON list of objects with `qId`, `qText` and `answers`."""
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise _broken(path, error.lineno, f"is not JSON ({error.msg})") from error
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise UserError(f"{path} must hold a JSON list of objects with 'qId', 'qText' and 'answers'.")
    for number, record in enumerate(records, start=1):
        yield Question(
            id=_text(record, "qId", path, number),
            question=_text(record, "qText", path, number),
            answers=_texts(record.get("answers"), "answers", path, number),
        )


def _curated_trec(path: Path) -> Iterator[Question]:
    """CuratedTrec: id TAB kind TAB question TAB one regular expression."""
    for number, line in _lines(path):
        row = line.split("\t")
        if len(row) != _CURATED_COLUMNS:
            raise _broken(path, number, f"has {len(row)} columns instead of {_CURATED_COLUMNS}")
        identifier, _, question, expression = row
        yield Question(id=identifier, question=question, answers=(expression,) if expression else (), pattern=True)


_READERS: dict[QuestionFormat, Callable[[Path], Iterator[Question]]] = {
    "nq_open": _nq_open,
    "dpr": _dpr,
    "web_questions": _web_questions,
    "curated_trec": _curated_trec,
}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Non-empty lines with their numbers; only a newline ends a line, not the rarer separators of Unicode."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for number, line in enumerate(file, start=1):
            if stripped := line.rstrip("\r\n"):
                yield number, stripped


def _text(record: dict[str, Any], key: str, path: Path, number: int) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise _broken(path, number, f"has no '{key}' (a string)")
    return value


def _texts(value: Any, key: str, path: Path, number: int) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise _broken(path, number, f"has '{key}' {value!r}, which must be a list of strings")
    return tuple(item for item in value if item.strip())


def _broken(path: Path, number: int, what: str) -> UserError:
    return UserError(f"{path}, record {number} {what}. Mend or remove it.")

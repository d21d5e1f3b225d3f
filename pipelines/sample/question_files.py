"""Questions in the forms of the published sets: NQ-open, WebQuestions and CuratedTrec.

NQ-open holds all of them. The other two hold some of them, put in their own way, with a file beside each that says
which fact a question asks for and which pages state it, since the forms have no room for that.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipelines.sample.chance import Chance
from pipelines.sample.questions import Question

_SPLITS = ("train", "dev", "test")
_SHARE = 0.15  # of a split's questions that each of the two small sets has
_DIGITS = 3


def write_question_files(folder: Path, questions: Mapping[str, Sequence[Question]], chance: Chance) -> None:
    """Writes all sets below `folder`."""
    for name, group in questions.items():
        write_lines(folder / f"{name}.jsonl", (one.record() for one in group))
    for name in _SPLITS:
        for form in ("webquestions", "curatedtrec"):
            chosen = [one for one in questions[name] if chance.happens(_SHARE, form, one.question_id)]
            (folder / form).mkdir(exist_ok=True)
            write = _write_web_questions if form == "webquestions" else _write_curated_trec
            write(folder / form, name, chosen)
            write_lines(folder / form / f"{name}.facts.jsonl", (_facts(one, i) for i, one in enumerate(chosen)))


def write_lines(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    """Writes JSON lines."""
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")


def answer_pattern(answer: str) -> str:
    r"""A regular expression for an answer, as an assessor would write it.

    Numbers may be written with or without their commas and stand alone; names are taken as they are, with any space
    between their words.
    """
    if answer.replace(",", "").isdecimal():
        digits = answer.replace(",", "")
        grouped = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",?", digits) if len(digits) > _DIGITS and "," in answer else digits
        return rf"\b{grouped}\b"
    words = [re.escape(word) for word in answer.split()]
    return r"\b" + r"\s+".join(words) + r"\b"


def _facts(one: Question, number: int) -> dict[str, object]:
    return {"number": number, "question": one.question, "fact_id": one.fact_id, "pages": list(one.pages)}


def _write_web_questions(folder: Path, split: str, questions: Sequence[Question]) -> None:
    """One JSON list; questions are in lower case, as people type them."""
    records = [
        {"qId": f"wqs{split[0]}{number:05d}", "answers": list(one.answer), "qText": _typed(one.question)}
        for number, one in enumerate(questions)
    ]
    text = "[\n" + ",\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n]\n"
    (folder / f"{split}.json").write_text(text, encoding="utf-8")


def _write_curated_trec(folder: Path, split: str, questions: Sequence[Question]) -> None:
    """A line each: number, kind, question, regular expression."""
    rows = [
        f"{number}\tfactoid\t{one.question}\t{'|'.join(answer_pattern(answer) for answer in one.answer)}\n"
        for number, one in enumerate(questions, start=1)
    ]
    (folder / f"{split}.tsv").write_text("".join(rows), encoding="utf-8")


def _typed(question: str) -> str:
    return question.lower()

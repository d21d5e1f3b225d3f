"""Exact match and recall@k of a question set, and the predictions behind them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from realm.progress import Progress
from train.answering import Answer, Answerer
from train.questions import Question
from train.retrieval import Passage
from train.scoring import SearchableText, is_correct, share

Result = TypeVar("Result")
_QUESTIONS_PER_BATCH = 64  # bounds the texts held in memory: this many times k blocks


def predict(answerer: Answerer, questions: Sequence[Question], *, k: int, what: str) -> list[Answer]:
    """Answers every question with `k` blocks retrieved, showing progress."""
    asked = [question.question for question in questions]
    return list(_in_batches(asked, lambda batch: answerer.answer(batch, k=k), what=what))


def retrieve(
    search: Callable[[list[str]], list[list[Passage]]], questions: Sequence[Question], *, what: str
) -> list[list[Passage]]:
    """Retrieves for every question, showing progress."""
    return list(_in_batches([question.question for question in questions], search, what=what))


def exact_match_rate(questions: Sequence[Question], answers: Sequence[Answer]) -> float:
    """Share of questions whose predicted answer is right; 0 for no questions."""
    return share([is_correct(answer.text, question) for question, answer in zip(questions, answers, strict=True)])


def recall(questions: Sequence[Question], found: Sequence[Sequence[Passage]], *, at: Sequence[int]) -> dict[str, float]:
    """Share of questions with an answer in the body of one of the best k blocks, as `recall@k`."""
    first = [first_hit(question, passages) for question, passages in zip(questions, found, strict=True)]
    return {f"recall@{k}": share([rank is not None and rank < k for rank in first]) for k in at}


def first_hit(question: Question, passages: Sequence[Passage]) -> int | None:
    """Rank from 0 of the best block that holds an answer."""
    for rank, passage in enumerate(passages):
        if SearchableText(passage.text.body).has_answer(question.answers, pattern=question.pattern):
            return rank
    return None


def with_answers_before(questions: Sequence[Question]) -> list[Question]:
    """The same questions with what was right in the snapshot before."""
    return [replace(question, answers=question.answers_before) for question in questions]


def question_measures(
    questions: Sequence[Question], answers: Sequence[Answer], *, reader_beam: int, recall_at: Sequence[int]
) -> dict[str, Any]:
    """Everything that is reported of a question set.

    Returns:
        `questions`, `em`, `recall@k` for each k, and `em_when_retrieved`: exact match among the questions with an
        answer in the blocks that were read, which is what the reader alone can do.
    """
    found = [answer.passages for answer in answers]
    hits = [first_hit(question, passages[:reader_beam]) for question, passages in zip(questions, found, strict=True)]
    readable = [pair for pair, hit in zip(zip(questions, answers, strict=True), hits, strict=True) if hit is not None]
    return {
        "questions": len(questions),
        "em": exact_match_rate(questions, answers),
        "em_when_retrieved": exact_match_rate([one for one, _ in readable], [one for _, one in readable]),
        **recall(questions, found, at=recall_at),
    }


def prediction_record(question: Question, answer: Answer, *, split: str) -> dict[str, Any]:
    """One line of the predictions file."""
    evidence = answer.evidence
    return {
        "split": split,
        "id": question.id,
        "question": question.question,
        "answer": list(question.answers),
        "answer_before": list(question.answers_before),
        "prediction": answer.text,
        "correct": is_correct(answer.text, question),
        "probability": round(answer.probability, 4),
        "block_id": evidence.text.block_id if evidence else None,
        "title": evidence.text.title if evidence else "",
        "url": evidence.text.url if evidence else "",
        "revision_id": evidence.text.revision_id if evidence else "",
    }


def _in_batches(items: Sequence[str], handle: Callable[[list[str]], list[Result]], *, what: str) -> Iterator[Result]:
    progress = Progress(what, total=len(items), unit="questions")
    for first in range(0, len(items), _QUESTIONS_PER_BATCH):
        batch = list(items[first : first + _QUESTIONS_PER_BATCH])
        yield from handle(batch)
        progress.advance(len(batch))
    progress.finish()

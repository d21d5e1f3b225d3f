"""The stage's own check: every asked fact can be read in the cleaned text of at least two pages."""

from collections.abc import Iterable, Mapping

from pipelines.sample.difficulty import holds
from pipelines.sample.questions import Question
from realm.errors import UserError

MIN_PAGES = 2


def check_questions(first: Mapping[str, str], second: Mapping[str, str], questions: Iterable[Question]) -> None:
    """Checks that all pages of a question, two at least, name its subject and hold the answer as a whole word.

    Args:
        first: cleaned text by title at the first snapshot.
        second: cleaned text by title at the second snapshot.
        questions: those with `before` are answered at the second snapshot, all others at both.

    Raises:
        UserError: an answer does not.
    """
    for one in questions:
        _check(second, one, one.answer, one.pages)
        _check(first, one, one.before or one.answer, one.pages_before or one.pages)
        for title, answer in zip(one.pages_disputed, one.disputed, strict=False):
            _require(holds(first[title], (answer,)), one.question, answer, title)


def _check(texts: Mapping[str, str], asked: Question, answers: tuple[str, ...], pages: tuple[str, ...]) -> None:
    question = asked.question
    there = [title for title in pages if title in texts]
    if len(there) < MIN_PAGES:
        raise UserError(
            f"The answer '{answers[0]}' to '{question}' stands on {len(there)} page(s) of {list(pages)}, "
            f"it must stand on {MIN_PAGES}: mend the wordings in pipelines/sample."
        )
    for title in there:
        named = holds(f"{title}\n{texts[title]}", (asked.subject, asked.subject.split()[-1]))
        _require(named and holds(texts[title], answers), question, answers[0], title)


def _require(found: bool, question: str, answer: str, title: str) -> None:
    if not found:
        raise UserError(
            f"The page '{title}' should name the subject of '{question}' and say '{answer}', but does not: "
            "mend the wordings in pipelines/sample."
        )

"""The stage's own check: every asked fact can be read in the prose of at least two pages."""

import re
from collections.abc import Iterable, Mapping

from pipelines.sample.questions import Question
from realm.errors import UserError

MIN_PAGES = 2
_UNREAD = (
    re.compile(r"<!--.*?-->", re.DOTALL),
    re.compile(r"<ref[^>]*/>|<ref[^>/]*>.*?</ref>", re.DOTALL),
    re.compile(r"\{\|.*?\|\}", re.DOTALL),
    re.compile(r"\{\{[^{}]*\}\}"),
    re.compile(r"\[\[(?:File|Category):(?:[^\[\]]|\[\[[^\]]*\]\])*\]\]"),
)
_LINK = re.compile(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]")


def prose_of(wikitext: str) -> str:
    """What a reader sees of a sample page outside of tables, templates and footnotes."""
    for pattern in _UNREAD:
        wikitext = pattern.sub("", wikitext)
    return _LINK.sub(r"\1", wikitext).replace("'''", "").replace("''", "")


def check_questions(first: Mapping[str, str], second: Mapping[str, str], questions: Iterable[Question]) -> None:
    """Checks that each answer stands as a whole word in at least two of its pages.

    Args:
        first: prose by title at the first snapshot.
        second: prose by title at the second snapshot.
        questions: those with `before` are answered at the second snapshot, all others at the first.

    Raises:
        UserError: an answer does not.
    """
    for one in questions:
        _check(second if one.before else first, one.question, one.answer[0], one.pages)
        if one.before:
            _check(first, one.question, one.before[0], one.pages_before)


def _check(prose: Mapping[str, str], question: str, answer: str, pages: Iterable[str]) -> None:
    whole = re.compile(rf"(?<![\w,]){re.escape(answer)}(?!\w|,\d)")
    holding = [title for title in pages if title in prose and whole.search(prose[title])]
    if len(holding) < MIN_PAGES:
        raise UserError(
            f"The answer '{answer}' to '{question}' stands on {len(holding)} page(s) of {list(pages)}, "
            f"it must stand on {MIN_PAGES}: mend the wordings in pipelines/sample."
        )

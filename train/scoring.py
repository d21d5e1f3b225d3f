"""When an answer is right, and where a text holds one.

Three measures, on purpose not one:

- exact match and the regular expressions of CuratedTrec judge a *prediction*, as the official `eval_utils.py` does;
- `SearchableText` judges a retrieved *text* for recall@k: the answer must stand in it as a run of whole words,
  compared without case, accents' encoding, punctuation and articles. The official code looks for a raw,
  case-sensitive substring, which finds "8" in "1984" and misses "The Moon" in "the moon";
- `train.gold` finds gold spans and has-answer labels for *training*, on wordpiece ids, because those are the spans
  that the reader can choose.
"""

import re
import string
import unicodedata
from collections.abc import Sequence

from train.questions import Question

_PUNCTUATION = str.maketrans("", "", string.punctuation)
_ARTICLE_WORDS = frozenset(("a", "an", "the"))
_WORD = re.compile(r"\w+")
_ARTICLES = re.compile(r"\b(a|an|the)\b")


def normalize(text: str) -> str:
    """NFD, lower case, without ASCII punctuation and the articles a, an, the; spaces squeezed."""
    lowered = unicodedata.normalize("NFD", text).lower().translate(_PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", lowered).split())


def exact_match(prediction: str, answers: Sequence[str]) -> bool:
    """Whether the prediction equals an answer after normalising both; an empty prediction is never right."""
    found = normalize(prediction)
    return bool(found) and any(found == normalize(answer) for answer in answers)


def regex_match(prediction: str, expressions: Sequence[str]) -> bool:
    """Whether an expression matches at the start of the prediction, ignoring case; an invalid one never does."""
    return any(
        compiled.match(prediction) is not None for expression in expressions if (compiled := _compiled(expression))
    )


def is_correct(prediction: str, question: Question) -> bool:
    """Exact match, or the anchored regular expression where the question's answers are patterns."""
    match = regex_match if question.pattern else exact_match
    return match(prediction, question.answers)


def words(text: str) -> str:
    """The words of a text, lower-cased and without articles, joined by single spaces: "Ann's U.S." is "ann s u s"."""
    lowered = unicodedata.normalize("NFC", text.lower())
    return " ".join(word for word in _WORD.findall(lowered) if word not in _ARTICLE_WORDS)


class SearchableText:
    """A text as words, ready to be asked for many answers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._words = f" {words(text)} "

    def has_answer(self, answers: Sequence[str], *, pattern: bool = False) -> bool:
        """Whether the text holds an answer; patterns are searched anywhere in the raw text, ignoring case."""
        if pattern:
            return any(bool(found.search(self.text)) for answer in answers if (found := _compiled(answer)))
        return any(f" {wanted} " in self._words for answer in answers if (wanted := words(answer)))


def _compiled(expression: str) -> re.Pattern[str] | None:
    try:
        return re.compile(expression, flags=re.IGNORECASE | re.UNICODE)
    except re.error:
        return None


def share(hits: Sequence[bool]) -> float:
    """Share of hits, rounded to four digits; 0 for none at all."""
    return round(sum(hits) / len(hits), 4) if hits else 0.0

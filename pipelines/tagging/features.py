"""What the network is told of each word besides its letters: case statistics, the article itself, the rules.

It is told of a rare word that it is rare, and not which one it is, so that it learns to judge words that it has never
seen by what stands around them. While it learns, an article's own words are taken off the statistics first.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.tagging.case_statistics import Shares
from pipelines.tagging.rules import RuleTagger
from pipelines.tagging.spans import DATE, dates_of
from pipelines.tagging.words import Words, cut_words, is_capital, is_caseless
from realm.schema import Span, TextRange

# Parts of speech only carry what the rules say of a word: outside, begins a name, goes on in one, in a date.
OUTSIDE, BEGINS, GOES_ON, IN_DATE = "NOUN", "PROPN", "X", "NUM"
_RARE: Final = "<rare>"
_KNOWN: Final = 3  # occurrences from which on a word is told by name
_SHARES: Final = (0.0, 0.1, 0.3, 0.6, 0.9)  # bounds between classes of words by their share of lower case


@dataclass(frozen=True)
class Sentence:
    """A sentence's words and what is known of each.

    Attributes:
        words: the words.
        lemmas: a word in lower case if the statistics know it well.
        tags: how it is written here, in the corpus and elsewhere in the article.
        rules: what the rules say.
        dates: the sentence's dates, as ranges of the article's text.
    """

    words: Words
    lemmas: tuple[str, ...]
    tags: tuple[str, ...]
    rules: tuple[str, ...]
    dates: tuple[Span, ...]


def describe(text: str, sentences: Sequence[TextRange], statistics: Shares) -> list[Sentence]:
    """Cuts an article's sentences into words and describes each by the statistics and by the article as a whole."""
    tagger = RuleTagger(statistics)
    cut = [cut_words(text, sentence) for sentence in sentences]
    drafts = [_draft(words, statistics) for words in cut]
    lower, capital = _written(cut, drafts)
    described = []
    for sentence, words, tags in zip(sentences, cut, drafts, strict=True):
        dates = dates_of(text, sentence)
        found = tagger.sentence_spans(text, sentence, dates)
        described.append(
            Sentence(
                words=words,
                lemmas=tuple(_lemma(word, statistics) for word in words.texts),
                tags=tuple(_tag(*pair, lower, capital) for pair in zip(words.texts, tags, strict=True)),
                rules=_marks(words, found),
                dates=tuple(dates),
            )
        )
    return described


def _draft(words: Words, statistics: Shares) -> list[str]:
    """Class of each word: lower case, number, mark, or capital with its share of lower case."""
    first = words.first
    return [_class(word, statistics, first=place <= first) for place, word in enumerate(words.texts)]


def _class(word: str, statistics: Shares, *, first: bool) -> str:
    if not word[0].isalpha():
        return "number" if word[0].isdigit() else "mark"
    if not is_capital(word):
        return "lower" if word.islower() else "caseless"
    share = statistics.lower_share(_plain(word))
    rank = "?" if share is None else str(sum(share > bound for bound in _SHARES))
    return ("First" if first else "Capital") + rank


def _written(cut: Sequence[Words], classes: Sequence[Sequence[str]]) -> tuple[Counter[str], Counter[str]]:
    """How often the article writes a word in lower case, and with a capital in mid-sentence."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for words, kinds in zip(cut, classes, strict=True):
        lower.update(word for word, kind in zip(words.texts, kinds, strict=True) if kind == "lower")
        capital.update(word.lower() for word, kind in zip(words.texts, kinds, strict=True) if kind[0] == "C")
    return lower, capital


def _tag(word: str, kind: str, lower: Counter[str], capital: Counter[str]) -> str:
    """A capital's class and whether the article writes the word otherwise in other places."""
    if kind[0] not in "CF":
        return kind
    small = word.lower()
    also_capital = capital[small] > (1 if kind[0] == "C" else 0)
    return f"{kind}{'l' if lower[small] else ''}{'c' if also_capital else ''}"


def _lemma(word: str, statistics: Shares) -> str:
    plain = _plain(word)
    if not plain or not plain[0].isalpha() or is_caseless(plain):  # statistics count what has a case
        return word
    return plain if statistics.count(plain) >= _KNOWN else _RARE


def _plain(word: str) -> str:
    """As the case statistics have the word."""
    return word.lower().rstrip(".")


def _marks(words: Words, spans: Sequence[Span]) -> tuple[str, ...]:
    """For each word whether it begins one of `spans`, goes on in it or is outside."""
    marks: list[str] = []
    left = iter([*spans, Span(1 << 62, 1 << 62, "")])
    span = next(left)
    for start, end in zip(words.starts, words.ends, strict=True):
        while span.end <= start:
            span = next(left)
        if end <= span.start:
            marks.append(OUTSIDE)
        elif span.label == DATE:
            marks.append(IN_DATE)
        else:
            marks.append(BEGINS if start <= span.start else GOES_ON)
    return tuple(marks)

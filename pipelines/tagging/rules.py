"""The rule tagger: salient spans from runs of capitals, case statistics and date rules.

A name is a run of capitalised words, joined over "of", "de", "the", "von" and the like. Case statistics say which
capitals are no names: a word that the corpus mostly writes in lower case does not begin a name where it begins a
sentence, nor make one alone. Dates win over names: what is in a date is in no entity.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from pipelines.tagging.case_statistics import Shares
from pipelines.tagging.spans import DATE, ENTITY, dates_of
from pipelines.tagging.words import is_capital
from pipelines.wordlists import words
from realm.schema import Span, TextRange

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|[^\W\d_]\.(?= [^\W\d_])|[^\W_]+(?:[-'’&/.](?![sS]\b)[^\W_]+)*"
    r"(?:\.(?<=\b(?:St|Mt|Jr|Sr|Ft)\.))?|\S"
)
JOINERS: Final = words("of de the von van der den du des la le les di da del della dos das do al el bin ibn ben y e &")
_JOINER_ONLY_AFTER_OF: Final = words("the la le les den der")
# Never part of a name by themselves; as the first word of a sentence they do not begin one.
NEVER: Final = words(
    """i he she it we they you his her its their our my your him them us me this that these those there here who whom
    whose which what when where why how not no yes however although though while if as because since after before
    during until unless despite and or but nor so yet then thus hence therefore moreover furthermore meanwhile also
    a an in on at by for from with without to into of within under over between among through throughout against
    about above below some many most several few all each every both either neither one two three four five six seven
    eight nine ten another other others such is are was were be been being has have had do does did can could will
    would may might must shall should more less much only even just still again once later today now is
    mr mrs ms dr prof sir""",
)
MONTHS_AND_DAYS: Final = words(
    """january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday jan feb mar apr jun jul aug sep sept oct nov dec""",
)
_TITLES: Final = words(
    """president king queen prince princess emperor pope general colonel captain lieutenant major admiral senator
    governor professor doctor judge justice minister chancellor bishop archbishop cardinal saint lord lady sir dame
    count baron duke earl sergeant commander secretary congressman mayor ambassador sheikh sultan coach brigadier
    director manager chairman""",
)


# Shares of lower case from which on a word is taken for a common one.
_FIRST_WORD: Final = 0.5  # where it begins a sentence
_LONE_WORD: Final = 0.75  # where it would be a name by itself


@dataclass(frozen=True)
class _Word:
    start: int
    end: int
    text: str
    first: bool


class RuleTagger:
    """Finds entities and dates by rules, with the help of case statistics if there are any."""

    def __init__(self, statistics: Shares | None) -> None:
        self._statistics = statistics

    @property
    def fingerprint(self) -> str:
        """What the spans depend on besides this code."""
        return self._statistics.fingerprint if self._statistics else "rules"

    def spans(self, text: str, sentences: Sequence[TextRange]) -> tuple[Span, ...]:
        """Salient spans of `text`: each inside one sentence, in order, never overlapping."""
        return tuple(chain.from_iterable(self.sentence_spans(text, one, dates_of(text, one)) for one in sentences))

    def sentence_spans(self, text: str, sentence: TextRange, dates: list[Span]) -> list[Span]:
        """Salient spans of one sentence whose dates are known."""
        entities = [
            Span(name[0].start, name[-1].end, ENTITY)
            for run in _runs(text, sentence, dates)
            if (name := self._trimmed(run))
        ]
        return sorted(dates + entities, key=lambda span: span.start)

    def _trimmed(self, run: list[_Word]) -> list[_Word]:
        """Takes from a run what is not part of the name; what is left may be nothing."""
        first, end = 0, len(run)
        while first < end and self._is_common_first(run[first], alone=first == end - 1):
            first += 1
            while first < end and run[first].text.islower():
                first += 1
        if first == end - 1 and self._is_common(run[first]):
            return []
        return run[first:]

    def _is_common_first(self, word: _Word, *, alone: bool) -> bool:
        small = word.text.lower().rstrip(".")
        if small in NEVER or small in _TITLES or (small == "the" and (word.first or alone)):
            return True
        if not word.first:
            return False
        if self._statistics is None:
            return alone and not word.text[1:].isupper()
        share = self._statistics.lower_share(small)
        return share is not None and share > _FIRST_WORD

    def _is_common(self, word: _Word) -> bool:
        small = word.text.lower()
        if len(small) == 1 or small in MONTHS_AND_DAYS or not any(map(str.isalpha, small)):
            return True
        share = self._statistics.lower_share(small) if self._statistics else None
        return share is not None and share > _LONE_WORD and not word.text.isupper()


def _runs(text: str, sentence: TextRange, dates: list[Span]) -> Iterator[list[_Word]]:
    """Runs of capitalised words of one sentence with the joiners and numbers inside them."""
    run: list[_Word] = []
    joiners: list[_Word] = []
    taken = iter([*dates, Span(sentence.end, sentence.end, DATE)])
    date = next(taken)
    first = True
    for token in _TOKEN.finditer(text, sentence.start, sentence.end):
        start, end = token.span()
        while date.end <= start and date.start < sentence.end:
            date = next(taken)
        word = _Word(start, end, token.group(), first)
        if word.text[0].isalnum():
            first = False
        last = joiners[-1] if joiners else run[-1] if run else None
        near = last is not None and text[last.end : start] == " "
        dated = date.start < end and start < date.end
        if not dated and is_capital(word.text):
            if run and not near:
                yield run
                run = []
            run += [*joiners, word]
            joiners = []
        elif run and near and not dated and _joins(word.text, joiners):
            joiners.append(word)
        elif run and near and not dated and not joiners and word.text.isdecimal():
            run.append(word)
        else:
            if run:
                yield run
            run, joiners = [], []
    if run:
        yield run


def _joins(word: str, joiners: list[_Word]) -> bool:
    if word not in JOINERS:
        return False
    return not joiners or (joiners[-1].text in {"of", "de", "von", "van"} and word in _JOINER_ONLY_AFTER_OF)

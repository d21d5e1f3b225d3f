"""Silver labels: what a wiki's own links say of the words of its articles, without any gold data.

A word is labelled as part of an entity, as outside, or not at all, and the network learns from what is labelled:

- anchors that are written as names are, and the article's other mentions of linked names, are entities;
- so are runs of capitals that stand clear of other capitals, if the case statistics do not speak against them;
- what is written in lower case, or begins a sentence and is mostly written in lower case elsewhere, is outside;
- what could be either, such as capitals beside an anchor, or "of" between two capitals, stays unknown.

Anchors are laid on last and win. In scripts without capitals only links tell; there a word is outside if no
anchor of the corpus holds it.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.tagging.case_statistics import Shares
from pipelines.tagging.features import BEGINS, GOES_ON, IN_DATE, Sentence
from pipelines.tagging.names import KnownNames, Name, anchor_parts
from pipelines.tagging.rules import JOINERS, MONTHS_AND_DAYS, NEVER
from pipelines.tagging.words import is_capital, is_caseless
from realm.schema import Article, Link, TextRange

UNKNOWN, OUTSIDE = 0, -1  # labels of a word; the words of one entity bear the same positive number

_COMMON: Final = 0.5  # share of lower case above which the first word of a sentence is a common word
_TITLE: Final = 0.3  # … above which a capital before a linked name is a title or the like
_DOUBTFUL: Final = 0.2  # … above which a capital by itself need not be a name
_RARELY_LOWER: Final = 0.1
_LONGEST_NAME: Final = 10  # words
_SEPARATORS: Final = frozenset(",;()[]")
_ENDS: Final = frozenset(",.;:()")


@dataclass(frozen=True)
class Knowledge:
    """What the corpus knows.

    Attributes:
        statistics: case statistics of all articles, this one too.
        names: names that several articles link to.
        caseless: the words of scripts without capitals that any anchor holds.
    """

    statistics: Shares
    names: KnownNames
    caseless: frozenset[str]


def silver_labels(
    article: Article,
    sentences: Sequence[TextRange],
    described: Sequence[Sentence],
    *,
    linked: frozenset[Name],
    knowledge: Knowledge,
) -> list[list[int]]:
    """Labels the words of an article's sentences.

    Args:
        article: with its links.
        sentences: ranges of its text.
        described: the same sentences, by the whole corpus's statistics.
        linked: the names that the article links to, and its title.
        knowledge: what the corpus knows.
    """
    starts = [link.start for link in article.links]
    labels = []
    for sentence, one in zip(sentences, described, strict=True):
        labeller = _Labeller(one, knowledge, linked)
        labeller.lay_outside()
        labeller.lay_rules()
        labeller.lay_names()
        first = bisect_left(starts, sentence.start)
        last = bisect_left(starts, sentence.end)
        labeller.lay_anchors(article.text, article.links[first:last], end=sentence.end)
        labels.append(labeller.labels)
    return labels


def caseless_words(names: Iterable[frozenset[Name]]) -> frozenset[str]:
    """The words of scripts without capitals in the names that articles link to."""
    return frozenset(word for several in names for name in several for word in name if is_caseless(word))


class _Labeller:
    """Labels one sentence, from what is least to what is most sure."""

    def __init__(self, sentence: Sentence, knowledge: Knowledge, linked: frozenset[Name]) -> None:
        self._sentence, self._words = sentence, sentence.words.texts
        self._statistics, self._names, self._linked = knowledge.statistics, knowledge.names, linked
        self._caseless = knowledge.caseless
        self._capital = [is_capital(word) for word in self._words]
        self._first = sentence.words.first
        self._entities = 0
        self.labels = [UNKNOWN] * len(self._words)

    def lay_outside(self) -> None:
        """What no name holds, whatever else is known."""
        for place in range(len(self._words)):
            if not self._capital[place] and self._is_outside(place):
                self.labels[place] = OUTSIDE
        if self._first < len(self._words) and self._capital[self._first]:
            share = self._share(self._first)
            if share is not None and share > _COMMON:
                self.labels[self._first] = OUTSIDE
        self._common_first = self._first < len(self._words) and self.labels[self._first] == OUTSIDE

    def lay_rules(self) -> None:
        """What the rules find, where the case is clear."""
        for start, end in self._runs():
            clear = self._is_clear(start, end)
            self._mark(start, end, UNKNOWN)
            share = self._share(start) or 0.0
            if end - start == 1 and share > _DOUBTFUL:  # "the Games", "a Church"
                self._mark(start, end, OUTSIDE if clear and share > _COMMON else UNKNOWN)
            elif clear:
                self._entity(start, end)
        for place, word in enumerate(self._words):
            if self._sentence.rules[place] == IN_DATE:
                self.labels[place] = OUTSIDE
            elif self._capital[place] and self.labels[place] == UNKNOWN:
                lone = len(word) == 1 and not self._capital_at(place - 1) and not self._capital_at(place + 1)
                if lone or (word[1:].islower() and word.lower() in NEVER | MONTHS_AND_DAYS):
                    self.labels[place] = OUTSIDE

    def lay_names(self) -> None:
        """Other mentions of names that the article links to, and of long names that several articles link to."""
        place = 0
        while place < len(self._words):
            end = self._longest_name(place)
            alone = place == self._first and end == place + 1
            if end > place and not alone and self._stands_clear(place, end):
                self._entity(place, end)
            place = max(end, place + 1)

    def lay_anchors(self, text: str, links: Sequence[Link], *, end: int) -> None:
        """The anchors in the sentence, which ends at `end`."""
        starts = {start: place for place, start in enumerate(self._sentence.words.starts)}
        ends = {stop: place + 1 for place, stop in enumerate(self._sentence.words.ends)}
        for part in (part for link in links if link.end <= end for part in anchor_parts(text, link)):
            start, stop = starts.get(part.start), ends.get(part.end)
            if start is None or stop is None:
                self._forget(part)
            elif start < stop:
                self._lay_anchor(start, stop)

    def _is_outside(self, place: int) -> bool:
        word = self._words[place]
        if is_caseless(word):
            return word not in self._caseless
        before, behind = self._capital_at(place - 1), self._capital_at(place + 1)
        if word in JOINERS:
            return not ((before or self._joiner_at(place - 1)) and (behind or self._joiner_at(place + 1)))
        if before and behind and not word.isalpha():
            return word in _SEPARATORS
        return not (word[0].isdigit() and (before or behind))

    def _is_clear(self, start: int, end: int) -> bool:
        """Whether a run of the rules is surely one name, and a whole one."""
        if not all(self._capital[place] or (place == end - 1 and self._words[place].isdecimal())
                   for place in range(start, end)):  # fmt: skip
            return False
        if start == self._first and self._share(start) != 0.0:
            return False
        joined_before = self._joiner_at(start - 1) and self._capital_at(start - 2)
        joined_behind = self._capital_at(end + 1) and (
            self._joiner_at(end) or (not self._words[end].isalpha() and self._words[end] not in _ENDS)
        )
        return self._stands_clear(start, end) and not joined_before and not joined_behind

    def _stands_clear(self, start: int, end: int) -> bool:
        """Whether no capital stands beside, but for a common word that begins the sentence."""
        common = self._common_first and start - 1 == self._first
        return (not self._capital_at(start - 1) or common) and not self._capital_at(end)

    def _longest_name(self, start: int) -> int:
        """Where the longest linked name that begins at `start` ends; `start` if there is none."""
        word = self._words[start]
        if not (self._capital[start] or word[0].isdigit() or is_caseless(word)):
            return start
        for end in range(min(start + _LONGEST_NAME, len(self._words)), start, -1):
            name = self._words[start:end]
            if (name in self._linked or name in self._names.long) and self._is_name_word(end - 1):
                return end
        return start

    def _lay_anchor(self, start: int, stop: int) -> None:
        if not any(self._is_name_word(place) for place in range(start, stop)) or self._is_date(start, stop):
            return
        while not self._is_name_word(start) and not self._words[start][0].isdigit():
            start += 1
        if start == self._first and not any(map(self._is_name_word, range(start + 1, stop))):
            share = self._share(start)
            if not is_caseless(self._words[start]) and (stop - start > 1 or share is None or share > _RARELY_LOWER):
                self._mark(start, stop, OUTSIDE if share is not None and share >= _COMMON else UNKNOWN)
                return
        if self._is_name_word(stop - 1) or self._words[stop - 1][0].isdigit():
            self._lay_name(start, stop)
        else:
            self._lay_head(start, stop)

    def _lay_head(self, start: int, stop: int) -> None:
        """An anchor that ends in lower case: "Latin language" holds a name, "Palace of the arts" may be one."""
        end = start
        while end < stop and self._is_name_word(end):
            end += 1
        if any(map(self._is_name_word, range(end, stop))):
            self._mark(start, stop, UNKNOWN)
        else:
            self._entity(start, end)
            self._mark(end, stop, OUTSIDE)

    def _lay_name(self, start: int, stop: int) -> None:
        """An anchor that is a name, and the capitals beside it: titles before, perhaps the rest of the name behind."""
        end = stop
        while self._capital_at(end) and self._sentence.words.near(end):
            end += 1
        if end > stop and stop - start == 1 and not self._is_known(stop, end) and not self._is_known(stop, stop + 1):
            self._mark(start, end, UNKNOWN)
            return
        self._entity(start, stop)
        begin = start
        while (
            begin and self._capital_at(begin - 1) and self._sentence.words.near(begin) and self.labels[begin - 1] <= 0
        ):
            begin -= 1
        if begin == start or (begin == self._first and self._common_first):
            return
        if self._is_known(begin, start):
            self._entity(begin, start)
        elif all(map(self._is_title, range(begin, start))):
            self._mark(begin, start, OUTSIDE)

    def _is_known(self, start: int, end: int) -> bool:
        name = self._words[start:end]
        return name in self._linked or name in self._names

    def _is_title(self, place: int) -> bool:
        share = self._share(place)
        return (share is not None and share > _TITLE) or self._words[place].lower() in NEVER

    def _is_date(self, start: int, stop: int) -> bool:
        rules = self._sentence.rules
        if rules[start] == IN_DATE and rules[stop - 1] == IN_DATE:
            return True
        words = self._words[start:stop]
        return not any(map(is_caseless, words)) and all(
            word.lower() in MONTHS_AND_DAYS or not is_capital(word) for word in words
        )

    def _is_name_word(self, place: int) -> bool:
        return self._capital[place] or is_caseless(self._words[place])

    def _share(self, place: int) -> float | None:
        return self._statistics.lower_share(self._words[place].lower().rstrip("."))

    def _capital_at(self, place: int) -> bool:
        return 0 <= place < len(self._words) and self._capital[place]

    def _joiner_at(self, place: int) -> bool:
        return 0 <= place < len(self._words) and self._words[place] in JOINERS

    def _runs(self) -> Iterator[tuple[int, int]]:
        """The names that the rules find."""
        rules = self._sentence.rules
        for start, mark in enumerate(rules):
            if mark == BEGINS:
                end = start + 1
                while end < len(rules) and rules[end] == GOES_ON:
                    end += 1
                yield start, end

    def _entity(self, start: int, end: int) -> None:
        """Makes an entity; of those that it crosses the rest becomes unknown."""
        crossed = {label for label in self.labels[start:end] if label > 0}
        if crossed:
            self.labels = [UNKNOWN if label in crossed else label for label in self.labels]
        self._entities += 1
        self._mark(start, end, self._entities)

    def _mark(self, start: int, end: int, label: int) -> None:
        self.labels[start:end] = [label] * (end - start)

    def _forget(self, part: TextRange) -> None:
        """Nothing is known of capitals in an anchor that cuts a word."""
        words = self._sentence.words
        for place, (start, end) in enumerate(zip(words.starts, words.ends, strict=True)):
            if start < part.end and end > part.start and self._is_name_word(place):
                self.labels[place] = UNKNOWN

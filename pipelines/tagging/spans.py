"""What every tagger has in common: its interface, and how names and dates share a text."""

from collections.abc import Iterable, Sequence
from typing import Final, Protocol

from pipelines.dates import DATE, find_dates
from realm.schema import Span, TextRange

ENTITY: Final = "ENTITY"
__all__ = ["DATE", "ENTITY", "Tagger", "dates_of", "merged"]


class Tagger(Protocol):
    """Finds salient spans. What it finds in a text depends on nothing but that text and the tagger."""

    @property
    def fingerprint(self) -> str:
        """What the spans depend on besides the code."""
        ...

    def spans(self, text: str, sentences: Sequence[TextRange]) -> tuple[Span, ...]:
        """Salient spans of `text`: each inside one sentence, in order, never overlapping."""
        ...


def dates_of(text: str, sentence: TextRange) -> list[Span]:
    """The dates of one sentence, as ranges of `text`."""
    offset = sentence.start
    found = find_dates(text[sentence.start : sentence.end])
    return [Span(date.start + offset, date.end + offset, DATE) for date in found]


def merged(text: str, entities: Iterable[Span], dates: Sequence[Span]) -> list[Span]:
    """Entities and dates in order, without overlap.

    Dates win: what an entity has of a date at one of its ends goes to the date. Only a date in the midst of an
    entity is part of its name.
    """
    names: list[Span] = []
    for entity in entities:
        start, end = entity.start, entity.end
        for date in dates:
            if date.start <= start < date.end:
                start = date.end
            if date.start < end <= date.end:
                end = date.start
        start, end = _trimmed(text, start, end)
        if start < end:
            names.append(Span(start, end, entity.label))
    kept = [date for date in dates if not any(one.start <= date.start and date.end <= one.end for one in names)]
    return sorted(names + kept, key=lambda span: span.start)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without what is neither letter nor digit at the beginning, nor white space at the end."""
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end

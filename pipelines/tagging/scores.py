"""How well a tagger finds the entities of a labelled file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.tagging.conll import LabelledText
from pipelines.tagging.spans import DATE, Tagger
from realm.schema import Span

_DIGITS = 4


@dataclass(frozen=True)
class Score:
    """Counts of spans; one is right if both its ends are, and its label where labels are compared."""

    right: int
    found: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the found that are right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the wanted that are found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 0.0

    def rounded(self) -> dict[str, float]:
        """As metrics."""
        names = ("precision", "recall", "f1")
        return {name: round(getattr(self, name), _DIGITS) for name in names}


def score(pairs: Iterable[tuple[Sequence[Span], Sequence[Span]]], *, labels: bool) -> Score:
    """Compares found and wanted spans text by text."""
    right = found = wanted = 0
    for one, other in pairs:
        left, gold = _keys(one, labels=labels), _keys(other, labels=labels)
        right, found, wanted = right + len(left & gold), found + len(left), wanted + len(gold)
    return Score(right, found, wanted)


def tagged(tagger: Tagger, documents: Sequence[LabelledText]) -> list[tuple[Sequence[Span], Sequence[Span]]]:
    """What the tagger finds in each document beside what is wanted; dates only where the file labels dates."""
    dated = any(span.label == DATE for document in documents for span in document.spans)
    return [
        ([one for one in tagger.spans(document.text, document.sentences) if dated or one.label != DATE], document.spans)
        for document in documents
    ]


def metrics(tagger: Tagger, documents: Sequence[LabelledText]) -> dict[str, Any]:
    """Precision, recall and F1 without labels, and with them by label as far as both sides know it."""
    pairs = tagged(tagger, documents)
    values: dict[str, Any] = {"spans": sum(len(wanted) for _, wanted in pairs)}
    values["unlabelled"] = score(pairs, labels=False).rounded()
    known = {one.label for found, _ in pairs for one in found} & {one.label for _, wanted in pairs for one in wanted}
    for label in sorted(known):
        only = [([s for s in found if s.label == label], [s for s in wanted if s.label == label])
                for found, wanted in pairs]  # fmt: skip
        values[label] = score(only, labels=True).rounded()
    return values


def _keys(spans: Sequence[Span], *, labels: bool) -> set[tuple[int, int, str]]:
    return {(span.start, span.end, span.label if labels else "") for span in spans}

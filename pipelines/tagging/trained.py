"""The tagger of the kinds `wikilinks` and `conll`: case statistics, rules and a network together."""

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

from pipelines.tagging.case_statistics import CaseStatistics
from pipelines.tagging.features import describe
from pipelines.tagging.network import Network
from pipelines.tagging.spans import DATE, merged
from realm.schema import Span, TextRange


class TrainedTagger:
    """Finds what the network was taught, and dates by rules unless it was taught dates.

    An article is tagged by itself, so that its spans do not depend on what else is tagged.
    """

    def __init__(self, statistics: CaseStatistics, network: Network, *, fingerprint: str) -> None:
        self._statistics, self._network, self._fingerprint = statistics, network, fingerprint
        self._own_dates = DATE in network.labels

    @staticmethod
    def load(directory: Path, *, fingerprint: str) -> "TrainedTagger":
        """Reads a tagger's directory that was checked."""
        return TrainedTagger(CaseStatistics.load(directory), Network.load(directory), fingerprint=fingerprint)

    @property
    def fingerprint(self) -> str:
        """What the spans depend on besides the code."""
        return self._fingerprint

    def spans(self, text: str, sentences: Sequence[TextRange]) -> tuple[Span, ...]:
        """Salient spans of `text`: each inside one sentence, in order, never overlapping."""
        described = describe(text, sentences, self._statistics)
        found = self._network.entities(described)
        pairs = zip(found, described, strict=True)
        return tuple(
            chain.from_iterable(merged(text, names, () if self._own_dates else one.dates) for names, one in pairs)
        )

"""How often a corpus writes a word in lower case and how often, in mid-sentence, with a capital."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from pipelines.sentences import split_sentences
from realm.errors import UserError
from realm.storage import digest, read_json, write_json

_FILE: Final = "case_statistics.json"
# Words with their inner hyphens and apostrophes; a possessive 's is not part of a word.
WORD: Final = re.compile(r"[^\W_]+(?:[-'’&](?![sS]\b)[^\W_]+)*")
_MOST_WORDS: Final = 2_000_000  # above this many different words the rare ones are forgotten, to bound memory


class Shares(Protocol):
    """What taggers ask case statistics."""

    @property
    def fingerprint(self) -> str:
        """Hash of what they say."""
        ...

    def lower_share(self, word: str) -> float | None:
        """Share of lower-case among the occurrences of `word` (given in lower case); None if it is unknown."""
        ...

    def count(self, word: str) -> int:
        """How often `word` (given in lower case) was counted."""
        ...


@dataclass(frozen=True)
class CaseStatistics:
    """Counts by lower-case word.

    Attributes:
        lower: word to how often it is written in lower case.
        capital: word to how often, not at the beginning of a sentence, it is written with a capital.
    """

    lower: dict[str, int]
    capital: dict[str, int]

    @property
    def size(self) -> int:
        """How many different words were counted."""
        return len(self.lower.keys() | self.capital.keys())

    def merged(self, other: "CaseStatistics") -> "CaseStatistics":
        """The counts of both corpora together."""
        return CaseStatistics(
            dict(Counter(self.lower) + Counter(other.lower)), dict(Counter(self.capital) + Counter(other.capital))
        )

    def kept(self, least: int) -> "CaseStatistics":
        """Only the words that occur at least `least` times in both forms together."""
        words = {
            word
            for word in self.lower.keys() | self.capital.keys()
            if self.lower.get(word, 0) + self.capital.get(word, 0) >= least
        }
        return CaseStatistics(
            {word: count for word, count in self.lower.items() if word in words},
            {word: count for word, count in self.capital.items() if word in words},
        )

    def lower_share(self, word: str) -> float | None:
        """Share of lower-case among the occurrences of `word` (given in lower case); None if it is unknown."""
        lower, capital = self.lower.get(word, 0), self.capital.get(word, 0)
        return lower / (lower + capital) if lower + capital else None

    def count(self, word: str) -> int:
        """How often `word` (given in lower case) was counted, in both forms together."""
        return self.lower.get(word, 0) + self.capital.get(word, 0)

    @property
    def fingerprint(self) -> str:
        """Hash of all counts."""
        rows = (f"{word} {self.lower.get(word, 0)} {self.capital.get(word, 0)}" for word in self._words())
        return digest("\n".join(rows))

    def _words(self) -> list[str]:
        return sorted(self.lower.keys() | self.capital.keys())

    def save(self, directory: Path) -> None:
        """Writes a file into a tagger's directory; equal counts give equal bytes."""
        rows = {word: [self.lower.get(word, 0), self.capital.get(word, 0)] for word in self._words()}
        write_json(directory / _FILE, rows)

    @staticmethod
    def load(directory: Path) -> "CaseStatistics":
        """Reads what `save` wrote.

        Raises:
            UserError: the file does not hold counts.
        """
        rows = read_json(directory / _FILE)
        if not isinstance(rows, dict):
            raise UserError(
                f"{directory / _FILE} does not map words to counts. Run the stage that makes the tagger again."
            )
        return CaseStatistics(
            {word: lower for word, (lower, _) in rows.items() if lower},
            {word: capital for word, (_, capital) in rows.items() if capital},
        )


@dataclass(frozen=True)
class Elsewhere:
    """Statistics of a corpus as one of its texts would see them if it were new.

    Attributes:
        everywhere: counts of the whole corpus.
        here: counts of the text, which are taken off.
        least: words that occur less often elsewhere are unknown.
    """

    everywhere: CaseStatistics
    here: CaseStatistics
    least: int

    @property
    def fingerprint(self) -> str:
        """Hash of both."""
        return digest(self.everywhere.fingerprint, self.here.fingerprint, str(self.least))

    def lower_share(self, word: str) -> float | None:
        """As in `CaseStatistics`, of the other texts."""
        count = self.count(word)
        lower = self.everywhere.lower.get(word, 0) - self.here.lower.get(word, 0)
        return max(lower, 0) / count if count else None

    def count(self, word: str) -> int:
        """As in `CaseStatistics`, of the other texts."""
        count = self.everywhere.count(word) - self.here.count(word)
        return count if count >= self.least else 0


def collect(texts: Iterable[str]) -> CaseStatistics:
    """Counts the words of cleaned texts."""
    lower: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for text in texts:
        for sentence in split_sentences(text):
            found = WORD.findall(text, sentence.start, sentence.end)
            lower.update(word for word in found if word.islower())
            capital.update(word.lower() for word in found[1:] if word[0].isupper())
        if len(lower) + len(capital) > _MOST_WORDS:
            lower, capital = _without_rare(lower), _without_rare(capital)
    return CaseStatistics(dict(lower), dict(capital))


def _without_rare(counts: Counter[str]) -> Counter[str]:
    return Counter({word: count for word, count in counts.items() if count > 1})

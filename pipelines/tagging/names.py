"""The names that articles link to: an anchor is a name, or several, if it is written as names are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.tagging.case_statistics import Shares
from pipelines.tagging.words import cut_words, is_capital, is_caseless
from realm.schema import Article, Link, TextRange

Name = tuple[str, ...]

_LEAST_ARTICLES = 2  # that link to a name before others believe in it
_MOST_LOWER = 0.1  # a single word that is written in lower case more often than this is no name everywhere


@dataclass(frozen=True)
class KnownNames:
    """Names that several articles link to.

    Attributes:
        long: of several words.
        single: of one word.
    """

    long: frozenset[Name]
    single: frozenset[Name]

    def __contains__(self, name: Name) -> bool:
        return name in self.long or name in self.single


def anchor_parts(text: str, link: Link) -> Iterator[TextRange]:
    """The ranges of an anchor that may each be a name: "Ojai, California" has two, and what is in brackets is none."""
    anchor = text[link.start : link.end].partition(" (")[0]
    start = link.start
    for part in anchor.split(", "):
        yield TextRange(start, start + len(part))
        start += len(part) + len(", ")


def linked_names(article: Article) -> frozenset[Name]:
    """Names among the anchors of an article, and its title."""
    parts = [(article.text, part) for link in article.links for part in anchor_parts(article.text, link)]
    title = article.title.partition(" (")[0]
    parts.append((title, TextRange(0, len(title))))
    cut = (cut_words(*part).texts for part in parts)
    return frozenset(words for words in cut if words and may_be_name(words))


def may_be_name(words: Name) -> bool:
    """Whether the first and the last word are written as those of a name are."""
    return all(is_capital(word) or is_caseless(word) for word in (words[0], words[-1]))


def known_names(names: Iterable[frozenset[Name]], statistics: Shares) -> KnownNames:
    """What the articles, each with its linked names, know together."""
    counts = Counter(name for several in names for name in several)
    often = [name for name, count in counts.items() if count >= _LEAST_ARTICLES]
    return KnownNames(
        long=frozenset(name for name in often if len(name) > 1),
        single=frozenset(name for name in often if len(name) == 1 and _is_always_name(name[0], statistics)),
    )


def _is_always_name(word: str, statistics: Shares) -> bool:
    return (statistics.lower_share(word.lower()) or 0.0) < _MOST_LOWER

"""What the network learns from: articles with silver labels, or documents with labels by hand."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from pipelines.sentences import prose_sentences
from pipelines.tagging.case_statistics import CaseStatistics, Elsewhere, collect
from pipelines.tagging.conll import LabelledText
from pipelines.tagging.features import Sentence, describe
from pipelines.tagging.names import Name, known_names, linked_names
from pipelines.tagging.silver import OUTSIDE, UNKNOWN, Knowledge, caseless_words, silver_labels
from pipelines.tagging.spans import ENTITY
from pipelines.tagging.training import Labelled
from realm.schema import Article, Span


class Kept:
    """Articles from all over a stream, of at most `words` words in all: when they become too many, every other goes."""

    def __init__(self, words: int) -> None:
        self._most, self._words, self._seen, self._every = words, 0, 0, 1
        self._held: list[tuple[int, Article]] = []

    def add(self, article: Article) -> None:
        """Takes an article, or leaves it."""
        if self._seen % self._every == 0:
            length = len(article.text.split())
            self._held.append((length, article))
            self._words += length
        self._seen += 1
        while self._words > self._most and len(self._held) > 1:
            self._held = self._held[::2]
            self._every *= 2
            self._words = sum(length for length, _ in self._held)

    @property
    def articles(self) -> list[Article]:
        """Those that were kept, in order."""
        return [article for _, article in self._held]


def prose(article: Article) -> str:
    """The text without its headings, whose capitals say nothing."""
    return "\n".join(article.text[one.start : one.end] for one in prose_sentences(article))


def silver_lessons(
    articles: Sequence[Article], names: Iterable[frozenset[Name]], statistics: CaseStatistics, *, least: int
) -> Iterator[Labelled]:
    """Sentences of articles with silver labels.

    Args:
        articles: to learn from.
        names: what each article of the whole corpus links to.
        statistics: of the whole corpus.
        least: occurrences below which the finished tagger will not know a word.
    """
    several = list(names)
    knowledge = Knowledge(statistics, known_names(several, statistics), caseless_words(several))
    for article in articles:
        sentences = prose_sentences(article)
        everything = describe(article.text, sentences, statistics)
        labels = silver_labels(article, sentences, everything, linked=linked_names(article), knowledge=knowledge)
        elsewhere = Elsewhere(statistics, collect([prose(article)]), least)
        for sentence, own in zip(describe(article.text, sentences, elsewhere), labels, strict=True):
            yield Labelled(sentence, tuple(own), (ENTITY,) * max(own, default=0))


def labelled_lessons(documents: Iterable[LabelledText], statistics: CaseStatistics) -> Iterator[Labelled]:
    """Sentences with labels by hand; a word that an entity cuts in two has none."""
    for document in documents:
        for sentence in describe(document.text, document.sentences, statistics):
            yield _labelled(sentence, document.spans)


def _labelled(sentence: Sentence, spans: Sequence[Span]) -> Labelled:
    """What a sentence teaches; `spans` are in order and never overlap."""
    words = sentence.words
    end = words.ends[-1] if len(words) else 0
    start = words.starts[0] if len(words) else 0
    first = bisect_right(spans, start, key=lambda span: span.end)
    inside = spans[first : bisect_left(spans, end, lo=first, key=lambda span: span.start)]
    labels = [OUTSIDE] * len(words)
    for number, span in enumerate(inside, start=1):
        touched = [at for at in range(len(words)) if words.starts[at] < span.end and words.ends[at] > span.start]
        whole = all(span.start <= words.starts[at] and words.ends[at] <= span.end for at in touched)
        for at in touched:
            labels[at] = number if whole else UNKNOWN
    return Labelled(sentence, tuple(labels), tuple(span.label for span in inside))

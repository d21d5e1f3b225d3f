"""Tagging beside spaCy's own `nlp.pipe`: the same pipeline, the same sentences of a real dump's beginning.

Measured are a pipeline with the components and sizes of spaCy's small English one, trained here on silver labels, the
network of the kind `wikilinks`, and a pipeline that REALM_BENCH_PIPELINE names, if it does; in processor seconds.
"""

import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil

from benchmarks.real_inputs import real_input
from benchmarks.small_pipeline import make_pipeline
from benchmarks.timing import Row
from pipelines.sentences import prose_sentences, split_sentences
from pipelines.sources import get_source
from pipelines.sources.base import SourceConfig
from pipelines.tagging.case_statistics import CaseStatistics, collect
from pipelines.tagging.features import Sentence, describe
from pipelines.tagging.lessons import prose, silver_lessons
from pipelines.tagging.names import linked_names
from pipelines.tagging.network import Network
from pipelines.tagging.renewed import RenewedTagger
from pipelines.tagging.spacy_pipeline import SpacyTagger, load_pipeline
from pipelines.tagging.trained import TrainedTagger
from pipelines.tagging.training import Labelled, train
from pipelines.train_tagger import TaggerConfig
from realm import params
from realm.schema import Article

HEAD: Final = "wiki/enwiki-201605-head.xml.bz2"
PIPELINE: Final = "REALM_BENCH_PIPELINE"
WANTED: Final = 1.3
_ARTICLES: Final = 5
_LESSONS: Final = 3_000
_SENTENCES: Final = 1_000_000

Spans = list[tuple[int, int, str]]


@dataclass(frozen=True)
class _Text:
    """What is tagged: articles, their words counted, statistics of them, and lessons from them."""

    articles: Sequence[Article]
    words: int
    statistics: CaseStatistics
    lessons: Sequence[Labelled]


def measure(repeats: int) -> list[Row]:
    """Times spaCy and us in turns, for each pipeline."""
    head = real_input(HEAD)
    if head is None:
        return [Row("tagging", None, note=f"{HEAD} is absent; REALM_TEST_DATA names its folder")]
    text = _read(head)
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
        make_pipeline(text.lessons).to_disk(Path(scratch) / "small")
        rows = _pipeline_rows("small English sizes", Path(scratch) / "small", text, repeats)
        if named := os.environ.get(PIPELINE):
            rows += _pipeline_rows(Path(named).name, named, text, repeats)
        _train(text).save(Path(scratch))
        return rows + _network_rows(Path(scratch), text, repeats)


def measure_memory() -> list[Row]:
    """Resident memory over a million sentences, in which words come that were never seen before."""
    head = real_input(HEAD)
    if head is None:
        return [Row("memory of tagging", None, note=f"{HEAD} is absent; REALM_TEST_DATA names its folder")]
    text = _read(head)
    marks = []
    begin, count = time.perf_counter(), 0
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
        _train(text).save(Path(scratch))
        text.statistics.save(Path(scratch))
        tagger = RenewedTagger(lambda: TrainedTagger.load(Path(scratch), fingerprint=""))
        while count < _SENTENCES:
            some = "\n".join(f"Name{count + number}x met {number}y{count} there." for number in range(10_000))
            sentences = split_sentences(some)
            tagger.spans(some, sentences)
            count += len(sentences)
            marks.append(psutil.Process().memory_info().rss / 2**20)
    half = len(marks) // 2
    note = f"at most {max(marks[:half]):,.0f} MiB in the first half, {max(marks[half:]):,.0f} MiB in the second"
    return [Row("memory of tagging", time.perf_counter() - begin, count, "sentences", None, note)]


def _pipeline_rows(name: str, where: str | Path, text: _Text, repeats: int) -> list[Row]:
    box = load_pipeline(str(where))
    ours = SpacyTagger(load_pipeline(str(where)), fingerprint="")
    ranges = [prose_sentences(article) for article in text.articles]
    bodies = [one.text[r.start : r.end] for one, several in zip(text.articles, ranges, strict=True) for r in several]

    def theirs() -> list[Spans]:
        return [[(e.start_char, e.end_char, e.label_) for e in document.ents] for document in box.pipe(bodies)]

    def own() -> list[Spans]:
        found = []
        for article, sentences in zip(text.articles, ranges, strict=True):
            for sentence, spans in zip(sentences, ours.entities(article.text, sentences), strict=True):
                found.append([(s.start - sentence.start, s.end - sentence.start, s.label) for s in spans])
        return found

    return _rows(name, theirs, own, words=text.words, repeats=repeats)


def _network_rows(directory: Path, text: _Text, repeats: int) -> list[Row]:
    """The network without the description of words, which spaCy's pipe has no part in."""
    from thinc.api import NumpyOps

    box, ours = Network.load(directory), Network.load(directory)
    box.recogniser.model._to_ops(NumpyOps())
    described = [describe(one.text, prose_sentences(one), text.statistics) for one in text.articles]
    flat = [sentence for sentences in described for sentence in sentences]

    def theirs() -> list[Spans]:
        documents = box.language.pipe(map(box.document, flat))
        return [_places(document, sentence) for document, sentence in zip(documents, flat, strict=True)]

    def own() -> list[Spans]:
        return [
            [(s.start, s.end, s.label) for s in spans] for sentences in described for spans in ours.entities(sentences)
        ]

    tagger = TrainedTagger(text.statistics, Network.load(directory), fingerprint="")

    def everything() -> None:
        for article in text.articles:
            tagger.spans(article.text, prose_sentences(article))

    whole = statistics.median(_seconds(everything) for _ in range(repeats))
    rows = _rows("wikilinks, its network", theirs, own, words=text.words, repeats=repeats)
    return [*rows, Row("wikilinks, all of it, with dates", whole, text.words, "words")]


def _places(document: Any, sentence: Sentence) -> Spans:
    words = sentence.words
    return [(words.starts[one.start], words.ends[one.end - 1], one.label_) for one in document.ents]


def _rows(
    name: str, theirs: Callable[[], list[Spans]], own: Callable[[], list[Spans]], *, words: int, repeats: int
) -> list[Row]:
    wanted, found = theirs(), own()
    differ = sum(one != other for one, other in zip(wanted, found, strict=True))
    same = "spans identical" if not differ else f"{differ} of {len(wanted)} sentences differ"
    pairs = [(_seconds(theirs), _seconds(own)) for _ in range(repeats)]
    box, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    note = f"{ratio:.2f} times as fast (to reach: {WANTED}); {same}"
    return [
        Row(f"{name}: nlp.pipe", box, words, "words", 1.0),
        Row(f"{name}: ours", ours, words, "words", ours / box, note),
    ]


def _seconds(work: Callable[[], Any]) -> float:
    """Of processors, whichever their number, so that other programs do not disturb."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _read(head: Path) -> _Text:
    config = params.load().section("sources", SourceConfig)
    source = get_source("wikipedia")
    records = (record for item in source.work_items([head], config) for record in source.read(item, config))
    articles = [record for record in records if isinstance(record, Article)][:_ARTICLES]
    counts = collect(map(prose, articles))
    lessons = list(silver_lessons(articles, map(linked_names, articles), counts, least=1))[:_LESSONS]
    return _Text(articles, sum(len(prose(one).split()) for one in articles), counts, lessons)


def _train(text: _Text) -> Network:
    config = params.load().section("tagger", TaggerConfig)
    return train(text.lessons, network=config.network, config=config.training)

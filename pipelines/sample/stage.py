"""Writes the embedded sample: an invented encyclopedia at two dates, a person's notes, and questions.

    python -m pipelines.sample [--params params.yaml]

Same seed, same bytes. The stage ends with an error if an asked fact cannot be read on at least two pages, and prints
how hard the questions are.
"""

import datetime
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from pipelines.sample.bonds import add_bonds
from pipelines.sample.builder import Builder
from pipelines.sample.chance import Chance
from pipelines.sample.change import change_world
from pipelines.sample.check import check_questions
from pipelines.sample.config import SampleConfig
from pipelines.sample.difficulty import cut_passages, measure, require_hard
from pipelines.sample.disputes import choose_disputes
from pipelines.sample.dump import Revision, first_revisions, next_revisions, write_dump
from pipelines.sample.events import add_events
from pipelines.sample.extras import write_extras
from pipelines.sample.kelm import KelmLine, write_kelm
from pipelines.sample.names import NameSource
from pipelines.sample.news.press import News, write_news
from pipelines.sample.notes import Note, write_late_note, write_notes
from pipelines.sample.pages import WikiPage, write_articles
from pipelines.sample.people import add_people
from pipelines.sample.places import add_places
from pipelines.sample.question_files import write_lines, write_question_files
from pipelines.sample.questions import Asking, Question, Snapshot, ask, ask_changed, counts, steady_facts
from pipelines.sample.unanswerable import ask_unanswerable
from pipelines.sample.ventures import add_ventures
from pipelines.sample.world import Fact, World
from pipelines.sample.writer import Backdrop
from pipelines.site import SiteInfo
from pipelines.wikitext import clean
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import publish_directory, write_json

LONG = 3  # passages of a long article
Metrics = dict[str, int | float]
QuestionSets = dict[str, list[Question]]


@dataclass(frozen=True)
class Edition:
    """What is known at one date: the encyclopedia and the knowledge graph."""

    world: World
    articles: Sequence[WikiPage]
    pages: Sequence[WikiPage]
    graph: Sequence[KelmLine]

    def snapshot(self) -> Snapshot:
        """The world and where its facts are stated."""
        return Snapshot(self.world, self.articles)

    @cached_property
    def prose(self) -> dict[str, str]:
        """The cleaned text of each article."""
        site = SiteInfo.english()
        return {page.title: clean(page.text, site=site).text for page in self.articles}

    def graph_texts(self) -> dict[str, str]:
        """What the knowledge graph says of each subject."""
        texts: dict[str, str] = {}
        for line in self.graph:
            texts[line.subject] = f"{texts.get(line.subject, '')} {line.candidate}".strip()
        return texts


@dataclass(frozen=True)
class Sample:
    """All there is to write: what is known at two dates, the news, and what is asked about it."""

    first: Edition
    second: Edition
    news: News
    questions: QuestionSets


def run(*, config: SampleConfig, data: Path) -> Metrics:
    """Writes both dumps, notes and questions below the data root and returns the counts.

    Raises:
        UserError: a setting is out of range, or a fact is not stated twice.
    """
    paths, chance = DataPaths(data), Chance(config.seed)
    dates = config.dates
    sample = make(config)
    first, second = sample.first, sample.second
    before = first_revisions(first.pages, chance, dates[0])
    after = next_revisions(before, second.pages, chance, dates)
    notes = write_notes(first.world, second.world, chance, count=config.notes, date=dates[0])
    late = write_late_note(second.world, first.world, dates[1])
    metrics = _metrics(sample, notes=len(notes))
    for date, edition, revisions, texts in (
        (config.first_snapshot, first, before, notes),
        (config.second_snapshot, second, after, [*notes, late]),
    ):
        _write_raw(paths.raw(date), edition, revisions, texts, date=date, config=config)
    sample.news.write(paths.raw(config.first_snapshot), 0)
    sample.news.write(paths.raw(config.second_snapshot), 1)
    with publish_directory(paths.questions / "sample") as folder:
        write_question_files(folder, sample.questions, chance)
    write_json(paths.metrics("sample"), metrics)
    return metrics


def make(config: SampleConfig) -> Sample:
    """The sample of a configuration, checked.

    Raises:
        UserError: a setting is out of range, or a fact is not stated twice.
    """
    chance = Chance(config.seed)
    first, second, names = _editions(config, chance)
    before, after = first.snapshot(), second.snapshot()
    asking = Asking(rephrased=config.rephrased_fraction, described=config.described_fraction)
    answerable: QuestionSets = {**ask(before, after, chance, asking), "changed": ask_changed(before, after, chance)}
    check_questions(first.prose, second.prose, [one for group in answerable.values() for one in group])
    count = round(config.articles * config.unanswerable_fraction)
    unanswerable = ask_unanswerable(first.world, second.world, chance, names, count=count)
    stories = round(config.articles * config.news_fraction)
    news = write_news(first.world, second.world, chance, names, dates=config.dates, count=stories)
    return Sample(first, second, news, {**answerable, "unanswerable": unanswerable})


def _editions(config: SampleConfig, chance: Chance) -> tuple[Edition, Edition, NameSource]:
    builder = Builder.start(config)
    for add in (add_places, add_people, add_ventures, add_bonds, add_events):
        add(builder)
    world = builder.world()
    gone = change_world(builder)
    later = builder.world()
    backdrop = Backdrop(chance, builder.names, world)
    steady = steady_facts(world, later)
    both = [(world, frozenset[str]()), (later, gone)]
    right = [write_articles(one, backdrop, gone=without, wrong={}) for one, without in both]
    wrong = choose_disputes(world, steady, right, chance, share=config.disputed_fraction)
    graphs = [write_kelm(one, chance, share=config.kelm_fraction) for one, _ in both]
    first, second = (
        _edition(one, backdrop, without, wrong, graph) for (one, without), graph in zip(both, graphs, strict=True)
    )
    return first, second, builder.names


def _edition(
    world: World,
    backdrop: Backdrop,
    gone: frozenset[str],
    wrong: Mapping[str, Sequence[Fact]],
    graph: Sequence[KelmLine],
) -> Edition:
    articles = write_articles(world, backdrop, gone=gone, wrong=wrong)
    return Edition(world, articles, [*articles, *write_extras(world)], graph)


def _write_raw(
    folder: Path, edition: Edition, revisions: list[Revision], notes: list[Note], *, date: str, config: SampleConfig
) -> None:
    with publish_directory(folder / "wikipedia") as beside:
        day = datetime.date.fromisoformat(date)
        write_dump(beside, revisions, date=day, pages_per_stream=config.pages_per_stream)
    with publish_directory(folder / "text") as beside:
        write_lines(beside / "notes.jsonl", notes)
    with publish_directory(folder / "kelm") as beside:
        write_lines(beside / "kelm_generated_corpus.jsonl", (line.record() for line in edition.graph))


def _metrics(sample: Sample, *, notes: int) -> Metrics:
    first, second, questions = sample.first, sample.second, sample.questions
    before = {page.title: page.text for page in first.articles}
    after = {page.title: page.text for page in second.articles}
    changed = sum(after[title] != text for title, text in before.items() if title in after)
    trained = {one.answer for one in questions["train"]}
    named = [one.answer for one in questions["test"] if not one.answer[0][0].isdigit()]
    passages = cut_passages(first.prose)
    lengths = Counter(one.title for one in passages)
    passages += cut_passages(first.graph_texts())
    difficulty = measure(passages, questions["dev"], questions["train"])
    require_hard(difficulty)
    return {
        "articles": len(before),
        "articles_changed": changed,
        "articles_new": len(after.keys() - before.keys()),
        "articles_gone": len(before.keys() - after.keys()),
        "articles_of_three_passages": round(sum(n >= LONG for n in lengths.values()) / len(before), 4),
        "passages": len(passages),
        "graph_lines": len(first.graph),
        "news_first": len(sample.news.pages(0)),
        "news_second": len(sample.news.pages(1)),
        "pages_first": len(first.pages),
        "pages_second": len(second.pages),
        "redirects": sum(bool(page.redirect) for page in first.pages),
        "facts": len(first.world.facts),
        "facts_changed": len({one.fact_id for one in questions["changed"]}),
        **counts(questions),
        "test_names_seen_in_train": round(sum(one in trained for one in named) / len(named), 4),
        "notes": notes,
        **asdict(difficulty),
    }


def main() -> None:
    """Command line."""
    params, paths = open_stage(stage_parser(__doc__).parse_args())
    metrics = run(config=params.section("sample", SampleConfig), data=paths.root)
    print(json.dumps(metrics, indent=2))

"""Writes the embedded sample: an invented encyclopedia at two dates, a person's notes, and questions.

    python -m pipelines.sample [--params params.yaml]

Same seed, same bytes. The stage ends with an error if an asked fact cannot be read on at least two pages.
"""

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipelines.sample.builder import Builder
from pipelines.sample.chance import Chance
from pipelines.sample.change import change_world
from pipelines.sample.check import check_questions, prose_of
from pipelines.sample.config import SampleConfig
from pipelines.sample.dump import Revision, first_revisions, next_revisions, write_dump
from pipelines.sample.extras import write_extras
from pipelines.sample.notes import Note, write_late_note, write_notes
from pipelines.sample.pages import WikiPage, write_articles
from pipelines.sample.people import add_people
from pipelines.sample.places import add_places
from pipelines.sample.questions import Question, Snapshot, ask, ask_changed
from pipelines.sample.ventures import add_ventures
from pipelines.sample.world import World
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import publish_directory, write_json

Metrics = dict[str, int | float]


@dataclass(frozen=True)
class Edition:
    """The encyclopedia at one date."""

    world: World
    articles: list[WikiPage]
    pages: list[WikiPage]

    def snapshot(self) -> Snapshot:
        """The world and where its facts are stated."""
        stated: dict[str, list[str]] = {}
        for page in self.articles:
            for fact_id in page.states:
                stated.setdefault(fact_id, []).append(page.title)
        return Snapshot(self.world, {fact_id: tuple(titles) for fact_id, titles in stated.items()})

    def prose(self) -> dict[str, str]:
        """What a reader sees of each article."""
        return {page.title: prose_of(page.text) for page in self.articles}


def run(*, config: SampleConfig, data: Path) -> Metrics:
    """Writes both dumps, notes and questions below the data root and returns the counts.

    Raises:
        UserError: a setting is out of range, or a fact is not stated twice.
    """
    paths, chance = DataPaths(data), Chance(config.seed)
    dates = config.dates
    first, second = _editions(config, chance)
    questions: dict[str, list[Question]] = {
        **ask(first.snapshot(), second.snapshot(), chance, rephrased=config.rephrased_fraction),
        "changed": ask_changed(first.snapshot(), second.snapshot(), chance),
    }
    check_questions(first.prose(), second.prose(), [one for group in questions.values() for one in group])
    before = first_revisions(first.pages, chance, dates[0])
    after = next_revisions(before, second.pages, chance, dates)
    notes = write_notes(first.world, second.world, chance, count=config.notes, date=dates[0])
    late = write_late_note(second.world, first.world, dates[1])
    _write_raw(paths.raw(config.first_snapshot), before, notes, date=dates[0], config=config)
    _write_raw(paths.raw(config.second_snapshot), after, [*notes, late], date=dates[1], config=config)
    with publish_directory(paths.questions / "sample") as folder:
        for name, group in questions.items():
            _write_lines(folder / f"{name}.jsonl", (one.record() for one in group))
    metrics = _metrics(first, second, questions, notes=len(notes))
    write_json(paths.metrics("sample"), metrics)
    return metrics


def _editions(config: SampleConfig, chance: Chance) -> tuple[Edition, Edition]:
    builder = Builder.start(config)
    add_places(builder)
    add_people(builder)
    add_ventures(builder)
    world = builder.world()
    gone = change_world(builder)
    return _edition(world, chance, frozenset()), _edition(builder.world(), chance, gone)


def _edition(world: World, chance: Chance, gone: frozenset[str]) -> Edition:
    articles = write_articles(world, chance, gone=gone)
    return Edition(world, articles, [*articles, *write_extras(world)])


def _write_raw(
    folder: Path, revisions: list[Revision], notes: list[Note], *, date: datetime.date, config: SampleConfig
) -> None:
    with publish_directory(folder / "wikipedia") as beside:
        write_dump(beside, revisions, date=date, pages_per_stream=config.pages_per_stream)
    with publish_directory(folder / "text") as beside:
        _write_lines(beside / "notes.jsonl", notes)


def _write_lines(path: Path, records: Iterable[Mapping[str, object]]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    path.write_text("".join(lines), encoding="utf-8")


def _metrics(first: Edition, second: Edition, questions: dict[str, list[Question]], *, notes: int) -> Metrics:
    before = {page.title: page.text for page in first.articles}
    after = {page.title: page.text for page in second.articles}
    changed = sum(after[title] != text for title, text in before.items() if title in after)
    asked = {one.fact_id for name in ("train", "dev", "test") for one in questions[name]}
    trained = {one.answer for one in questions["train"]}
    named = [one.answer for one in questions["test"] if not one.answer[0][0].isdigit()]
    return {
        "articles": len(before),
        "articles_changed": changed,
        "articles_new": len(after.keys() - before.keys()),
        "articles_gone": len(before.keys() - after.keys()),
        "pages_first": len(first.pages),
        "pages_second": len(second.pages),
        "redirects": sum(bool(page.redirect) for page in first.pages),
        "facts": len(first.world.facts),
        "facts_asked": len(asked),
        "facts_changed": len({one.fact_id for one in questions["changed"]}),
        **{f"questions_{name}": len(group) for name, group in questions.items()},
        "test_names_seen_in_train": round(sum(one in trained for one in named) / len(named), 4),
        "notes": notes,
    }


def main() -> None:
    """Command line."""
    params, paths = open_stage(stage_parser(__doc__).parse_args())
    metrics = run(config=params.section("sample", SampleConfig), data=paths.root)
    print(json.dumps(metrics, indent=2))

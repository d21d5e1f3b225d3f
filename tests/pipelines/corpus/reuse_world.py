"""Small snapshots of which corpora are made with and without an earlier one, and edits that make the next one."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from pipelines.corpus.job import CorpusConfig
from pipelines.corpus.run import Models, run
from pipelines.snapshot import snapshot_items
from pipelines.sources.base import SourceConfig
from realm.paths import DataPaths
from tests.files import contents
from tests.pipelines.dumps import CORPUS, SOURCES, page, town, write_lines, write_multistream

Files = dict[str, bytes]
LICENCE: Final = "The town has a mill."


@dataclass
class World:
    """Pages by number, redirects by title, notes by id, facts: what a snapshot is written of."""

    pages: dict[int, tuple[str, str]] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    facts: list[tuple[str, str, str]] = field(default_factory=list)

    def write(self, folder: Path, *, pages_per_stream: int = 3) -> Path:
        bodies = [page(title, text, number=number) for number, (title, text) in sorted(self.pages.items())]
        bodies += [
            page(alias, f"#REDIRECT [[{target}]]", number=5000 + number)
            for number, (alias, target) in enumerate(sorted(self.redirects.items()))
        ]
        write_multistream(folder / "wikipedia" / "tiny.xml.bz2", bodies, pages_per_stream=pages_per_stream)
        notes: list[dict[str, object]] = [{"id": key, "title": key, "text": text} for key, text in self.notes.items()]
        write_lines(folder / "text" / "notes.jsonl", notes)
        (folder / "kelm").mkdir()
        triples = "".join("\t".join(fact) + "\n" for fact in self.facts)
        (folder / "kelm" / "facts.tsv").write_text(triples, encoding="utf-8")
        return folder


def small_world() -> World:
    return World(
        pages={n: (f"Town {n}", town(n)) for n in range(24)}
        | {30: ("Licence", LICENCE), 31: ("Copy", LICENCE), 32: ("List of towns", town(50)), 33: ("Empty", "{{a}}")},
        redirects={"Old town": "Town 3", "Older town": "Town 4"},
        notes={"one": f"{LICENCE} It is the first.", "two": "Holt kept a note of 4 May 1911."},
        facts=[(f"Town {n}", "mayor", f"Margaret Holt {n}") for n in range(6)],
    )


@dataclass(frozen=True)
class Made:
    """A corpus, in a data root of its own so that no cache helps."""

    folder: Path
    values: dict[str, Any]

    @property
    def corpus(self) -> Path:
        return self.folder / "blocks"

    @property
    def files(self) -> Files:
        return contents(self.corpus)

    def reused(self) -> int:
        return sum(counts["reused"] for counts in self.values["reuse"].values())

    def pages(self) -> int:
        return sum(counts.get("pages", 0) for counts in self.values["reuse"].values())


def make(
    raw: Path,
    folder: Path,
    models: Models,
    *,
    previous: Path | None = None,
    sources: SourceConfig = SOURCES,
    config: CorpusConfig = CORPUS,
    **changes: Any,
) -> Made:
    """Makes a corpus in a data root of its own; `changes` are of its configuration."""
    values = run(
        replace(config, **changes),
        sources=sources,
        items=snapshot_items(raw, sources),
        models=models,
        output=folder / "blocks",
        data=DataPaths(folder / "data"),
        previous=previous,
    )
    return Made(folder, values)


def without_reuse(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "reuse"}


Edit = Callable[[World, random.Random], None]


def edit_page(world: World, chance: random.Random) -> None:
    number = chance.choice(sorted(world.pages))
    title, text = world.pages[number]
    world.pages[number] = (title, f"{text}\n\nIn {chance.randint(1900, 2000)} it was sold to Margaret Holt.")


def rename_page(world: World, chance: random.Random) -> None:
    number = chance.choice(sorted(world.pages))
    world.pages[number] = (f"{world.pages[number][0]} renamed", world.pages[number][1])


def remove_page(world: World, chance: random.Random) -> None:
    if len(world.pages) > 3:
        del world.pages[chance.choice(sorted(world.pages))]


def add_page(world: World, chance: random.Random) -> None:
    number = chance.randint(40, 400)
    world.pages[number] = (f"New town {number}", town(number))


def copy_page(world: World, chance: random.Random) -> None:
    """Its blocks repeat those of another page, before it or behind it."""
    number = chance.randint(40, 400)
    world.pages[number] = (f"Copy {number}", world.pages[chance.choice(sorted(world.pages))][1])


def redirect(world: World, chance: random.Random) -> None:
    title = world.pages[chance.choice(sorted(world.pages))][0]
    world.redirects[f"Alias {chance.randint(0, 5)}"] = title


def drop_redirects(world: World, _chance: random.Random) -> None:
    world.redirects.clear()


def empty_page(world: World, chance: random.Random) -> None:
    number = chance.choice(sorted(world.pages))
    world.pages[number] = (world.pages[number][0], chance.choice(["{{infobox}}", "", "== Only a heading ==", LICENCE]))


def fill_page(world: World, chance: random.Random) -> None:
    number = chance.choice([32, 33])
    if number in world.pages:
        world.pages[number] = (f"Filled {number}", town(number))


def edit_note(world: World, chance: random.Random) -> None:
    world.notes[chance.choice(["one", "two", "three"])] = f"A note of {chance.randint(1900, 2000)} by Margaret Holt."


def first_fact(world: World, chance: random.Random) -> None:
    """All lines behind it move, and the places of their facts with them."""
    world.facts.insert(0, (f"Mill {chance.randint(0, 99)}", "owner", "Margaret Holt"))


EDITS: Sequence[Edit] = (
    edit_page, rename_page, remove_page, add_page, copy_page, redirect, drop_redirects, empty_page, fill_page,
    edit_note, first_fact,
)  # fmt: skip

"""What an earlier corpus has is taken from it, and the result is the same to the byte."""

import json
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.corpus import page_index
from pipelines.corpus.page_index import PageIndex, build_index
from pipelines.corpus.pages import page_file, unread
from pipelines.corpus.run import Models, run
from pipelines.snapshot import snapshot_items
from pipelines.sources.base import SourceConfig, content_key
from realm.errors import UserError
from realm.paths import DataPaths
from realm.schema import Article, Heading, Link
from tests.pipelines import archives as warc
from tests.pipelines.dumps import CORPUS, SOURCES, page, town, write_lines, write_multistream, write_tokenizer

ROOT = Path(__file__).parents[3]
Files = dict[str, bytes]
LICENCE = "The town has a mill."


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(tokenizer=write_tokenizer(tmp_path_factory.mktemp("tokenizer") / "tokenizer"), tagger="rules")


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


def make(raw: Path, folder: Path, models: Models, *, previous: Path | None = None, **settings: Any) -> Made:
    sources: SourceConfig = settings.pop("sources", SOURCES)
    values = run(
        replace(CORPUS, **settings),
        sources=sources,
        items=snapshot_items(raw, sources),
        models=models,
        output=folder / "blocks",
        data=DataPaths(folder / "data"),
        previous=previous,
    )
    return Made(folder, values)


def contents(directory: Path) -> Files:
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


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


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_reuse_gives_the_bytes_of_a_rebuild(seed: int, models: Models, tmp_path: Path) -> None:
    """A chain of snapshots, each with what came before it, cut into other work items each time."""
    chance = random.Random(seed)
    world = small_world()
    previous: Path | None = None
    for step in range(3):
        raw = world.write(tmp_path / f"raw-{step}", pages_per_stream=chance.randint(1, 5))
        sources = replace(SOURCES, item_bytes_min=600)
        workers = {"sources": sources}
        rebuilt = make(raw, tmp_path / f"rebuilt-{step}", models, **workers)
        made = make(raw, tmp_path / f"reused-{step}", models, previous=previous, **workers)
        assert without_reuse(made.values) == rebuilt.values
        assert made.files == rebuilt.files
        if previous is not None:
            assert 0.4 * made.pages() < made.reused() < made.pages()
        previous = made.corpus
        for edit in chance.sample(EDITS, k=5):
            edit(world, chance)


@pytest.fixture(scope="module")
def first(models: Models, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The corpus of the small world."""
    folder = tmp_path_factory.mktemp("small")
    return make(small_world().write(folder / "raw"), folder, models)


@pytest.mark.parametrize("edit", EDITS)
def test_each_kind_of_change_is_seen(edit: Edit, first: Made, models: Models, tmp_path: Path) -> None:
    world = small_world()
    edit(world, random.Random(3))
    raw = world.write(tmp_path / "raw-2")
    made = make(raw, tmp_path / "made", models, previous=first.corpus)
    assert made.files == make(raw, tmp_path / "rebuilt", models).files
    assert made.pages() - made.reused() <= 1  # the one page that was edited, if it is one


def test_a_block_that_was_a_repetition_comes_back_when_its_original_goes(
    first: Made, models: Models, tmp_path: Path
) -> None:
    world = small_world()
    del world.pages[30]  # "Copy" repeats it
    made = make(world.write(tmp_path / "raw-2"), tmp_path / "made", models, previous=first.corpus)
    assert made.values["reuse"]["wikipedia"] == {
        "pages": 27, "reused": 27, "finished": 0, "added": 0, "changed": 0, "removed": 1, "unchanged": 25,
    }  # fmt: skip
    bodies = {
        row["title"]: row["body"]
        for path in made.corpus.glob("wikipedia-*.parquet")
        for row in pq.read_table(path).to_pylist()
    }
    assert "Licence" not in bodies
    assert bodies["Copy"] == LICENCE


def test_the_metrics_tell_what_was_added_changed_and_removed(first: Made, models: Models, tmp_path: Path) -> None:
    world = small_world()
    world.pages[3] = ("Town 3", town(3) + "\n\nA word more.")
    world.pages[40] = ("New", town(40))
    del world.pages[5], world.notes["one"]
    made = make(world.write(tmp_path / "raw-2"), tmp_path / "made", models, previous=first.corpus)
    names = ("reused", "added", "changed", "removed", "unchanged")
    found = {source: [counts[name] for name in names] for source, counts in made.values["reuse"].items()}
    assert found == {"kelm": [6, 0, 0, 0, 6], "text": [1, 0, 0, 1, 1], "wikipedia": [26, 1, 1, 1, 24]}
    assert "reuse" not in json.loads((made.corpus / "manifest.json").read_text())["facts"]


def test_items_that_were_finished_are_counted_apart(models: Models, tmp_path: Path) -> None:
    raw = small_world().write(tmp_path / "raw")
    first = make(raw, tmp_path / "first", models)
    again = make(raw, tmp_path / "first", models, previous=first.corpus)  # into the same place
    assert {source: (one["reused"], one["finished"]) for source, one in again.values["reuse"].items()} == {
        "kelm": (0, 6), "text": (0, 2), "wikipedia": (0, 28),
    }  # fmt: skip
    anew = make(raw, tmp_path / "anew", models, previous=first.corpus)
    assert anew.reused() == anew.pages() == 36
    assert anew.files == again.files


def test_with_several_workers_and_other_work_items_the_bytes_are_the_same(
    first: Made, models: Models, tmp_path: Path
) -> None:
    world = small_world()
    world.pages[3] = ("Town 3", town(99))
    raw = world.write(tmp_path / "raw-2", pages_per_stream=1)
    made = make(raw, tmp_path / "made", models, previous=first.corpus, workers=2)
    assert made.files == make(raw, tmp_path / "rebuilt", models).files
    assert made.reused() == made.pages() - 1


def test_another_tokenizer_or_tagger_reuses_nothing_and_says_so(
    first: Made, models: Models, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = small_world().write(tmp_path / "raw")
    for name, other in (
        ("tagger", replace(models, tagger="none")),
        ("tokenizer", replace(models, tokenizer=_other_tokenizer(tmp_path))),
    ):
        made = make(raw, tmp_path / name, other, previous=first.corpus)
        assert made.reused() == 0
        assert "is reused: it was made with other code, settings, tokenizer or tagger" in capsys.readouterr().err
        assert made.files == make(raw, tmp_path / f"{name}-rebuilt", other).files


def _other_tokenizer(folder: Path) -> Path:
    from realm.tokenizer import train_wordpiece

    train_wordpiece((town(n) for n in range(9)), vocab_size=300, lowercase=True, output=folder / "other")
    return folder / "other"


def test_pages_that_move_between_files_and_parts_are_found(models: Models, tmp_path: Path) -> None:
    """The earlier corpus was cut into one work item a source, this one into many, and the order is another."""
    world = small_world()
    whole = replace(SOURCES, item_bytes_min=10**6)
    first = make(world.write(tmp_path / "raw-1"), tmp_path / "first", models, sources=whole)
    assert len(list(first.corpus.glob("wikipedia-*.parquet"))) == 1
    world.pages = {100 - number: value for number, value in world.pages.items()}  # other ids, revisions and dates
    world.notes = dict(reversed(world.notes.items()))
    world.facts.reverse()
    raw = world.write(tmp_path / "raw-2")
    made = make(raw, tmp_path / "made", models, previous=first.corpus, sources=whole)
    assert made.files == make(raw, tmp_path / "rebuilt", models, sources=whole).files
    assert {source: one["reused"] for source, one in made.values["reuse"].items()} == {
        "kelm": 6, "text": 2, "wikipedia": 28,
    }  # fmt: skip


def news(folder: Path, archives: dict[str, list[tuple[str, str, str]]]) -> Path:
    """Archives of pages, each with address, day and text."""
    for name, found in archives.items():
        records = [
            warc.record(warc.http(warc.page("The bridge", [text], date=day)), url=url, number=number)
            for number, (url, day, text) in enumerate(found, start=1)
        ]
        warc.write_archive(folder / "ccnews" / f"{name}.warc.gz", records)
    return folder


def test_an_article_that_was_a_duplicate_comes_back_when_its_original_goes(models: Models, tmp_path: Path) -> None:
    story, other = " ".join(warc.story()), " ".join(warc.story("Bellow"))
    address = "https://www.wendherald.example/2019/05/{}"
    copies = [(address.format("copy"), "2019-05-21", story), (address.format("stub"), "2019-05-21", "Short.")]
    archives = {"first": [(address.format("original"), "2019-05-20", story)], "second": copies}
    settings = {"sources": warc.SOURCES}
    first = make(news(tmp_path / "raw-1", archives), tmp_path / "first", models, **settings)
    assert first.values["dropped"]["duplicate article"] == 1
    later = {"second": copies, "third": [(address.format("new"), "2019-06-01", other)]}
    raw = news(tmp_path / "raw-2", later)
    made = make(raw, tmp_path / "made", models, previous=first.corpus, **settings)
    assert made.files == make(raw, tmp_path / "rebuilt", models, **settings).files
    assert (made.pages(), made.reused(), made.values["articles"]) == (3, 2, 2)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda corpus: flip(next(corpus.glob("wikipedia-*.parquet"))), r"/wikipedia-\d+\.parquet is damaged or of"),
        (lambda corpus: flip(next(corpus.glob("articles-*.parquet"))), r"articles-\S+\.parquet is damaged or of"),
        (lambda corpus: flip(page_file(corpus / "pages", "wikipedia-00000")), r"pages-wikipedia-00000\S+ is damaged"),
        (
            lambda corpus: shutil.rmtree(corpus / "pages"),
            r"does not say what became of its pages .* leave the previous",
        ),
        (lambda corpus: (corpus / "manifest.json").unlink(), r"has no manifest\.json: it is not a finished corpus"),
    ],
)
def test_a_damaged_previous_corpus_is_named_and_nothing_is_made_of_it(
    spoil: Callable[[Path], None], message: str, first: Made, models: Models, tmp_path: Path
) -> None:
    raw = small_world().write(tmp_path / "raw")
    previous = shutil.copytree(first.corpus, tmp_path / "previous")
    spoil(previous)
    with pytest.raises(UserError, match=message) as raised:
        make(raw, tmp_path / "made", models, previous=previous)
    assert "while running" not in str(raised.value)  # where in Beam
    assert not (tmp_path / "made" / "blocks").exists()


def test_the_command_takes_the_tokenizer_that_the_earlier_corpus_holds(tmp_path: Path) -> None:
    params = (
        (ROOT / "params.yaml").read_text(encoding="utf-8").replace("\ndata: data ", f"\ndata: {tmp_path / 'data'} ")
    )
    (tmp_path / "params.yaml").write_text(params, encoding="utf-8")
    lines: list[dict[str, object]] = [{"id": n, "title": f"Town {n}", "text": town(n)} for n in range(60)]
    told = []
    for number in range(3):
        lines[number]["text"] = f"It grew. {town(number)}"
        write_lines(tmp_path / f"{number}.jsonl", lines)
        command = [sys.executable, "-m", "pipelines.corpus", "--params", str(tmp_path / "params.yaml")]
        command += ["--source", "text", "--input", str(tmp_path / f"{number}.jsonl"), "--tagger", "rules"]
        command += ["--output", str(tmp_path / f"corpus{number}")]
        command += ["--previous", str(tmp_path / f"corpus{number - 1}")] if number else []
        told.append(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    assert "reused" not in told[0]
    for text in told[1:]:
        assert "reused, text: 59 of 60 pages; 0 added, 1 changed, 0 removed, 59 unchanged" in text


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(bytes(data))


def test_every_key_is_found_in_an_index_that_was_sorted_in_many_ranges(first: Made, tmp_path: Path) -> None:
    files = sorted((first.corpus / "pages").glob("pages-*.parquet"))
    build_index(files, tmp_path / "index", at_once=5)
    index = PageIndex(tmp_path / "index")
    places = {
        (number, row): key
        for number, file in enumerate(files)
        for row, key in enumerate(pq.read_table(file).column("key").to_pylist())
    }
    assert page_index.count_pages(files) == len(places) == 36
    for place, key in places.items():
        assert index.find(key) == place
        assert index.find(content_key(key)) is None


def test_a_page_is_known_by_what_it_says_and_not_by_its_date_or_place() -> None:
    article = Article("text", "1", "", "2020-01-01", "en", "", "Avern", (), "", "A town.")
    key = unread(article).key
    for change in ({"doc_id": "2"}, {"date": ""}, {"url": "x"}, {"revision_id": "7"}):
        assert unread(replace(article, **change)).key == key  # type: ignore[arg-type]
    for change in ({"text": "A  town."}, {"title": "Bellow"}, {"lang": ""}, {"source": "kelm"}):
        assert unread(replace(article, **change)).key != key  # type: ignore[arg-type]
    assert unread(replace(article, headings=(Heading(0, 1, 2),))).key != key
    assert unread(replace(article, links=(Link(0, 1, "A"),))).key != key

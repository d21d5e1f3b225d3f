"""What an earlier corpus has is taken from it, and the result is the same to the byte."""

import random
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.corpus.run import Models
from tests.pipelines import archives as warc
from tests.pipelines.corpus.reuse_world import EDITS, LICENCE, Edit, Made, make, small_world, without_reuse
from tests.pipelines.dumps import SOURCES, town


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_reuse_gives_the_bytes_of_a_rebuild(seed: int, models: Models, tmp_path: Path) -> None:
    """A chain of snapshots, each with what came before it, cut into other work items each time."""
    chance = random.Random(seed)
    world = small_world()
    previous: Path | None = None
    for step in range(3):
        raw = world.write(tmp_path / f"raw-{step}", pages_per_stream=chance.randint(1, 5))
        sources = replace(SOURCES, item_bytes_min=600)
        rebuilt = make(raw, tmp_path / f"rebuilt-{step}", models, sources=sources)
        made = make(raw, tmp_path / f"reused-{step}", models, previous=previous, sources=sources)
        assert without_reuse(made.values) == rebuilt.values
        assert made.files == rebuilt.files
        if previous is not None:
            assert 0.4 * made.pages() < made.reused() < made.pages()
        previous = made.corpus
        for edit in chance.sample(EDITS, k=5):
            edit(world, chance)


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


def test_with_several_workers_and_other_work_items_the_bytes_are_the_same(
    first: Made, models: Models, tmp_path: Path
) -> None:
    world = small_world()
    world.pages[3] = ("Town 3", town(99))
    raw = world.write(tmp_path / "raw-2", pages_per_stream=1)
    made = make(raw, tmp_path / "made", models, previous=first.corpus, workers=2)
    assert made.files == make(raw, tmp_path / "rebuilt", models).files
    assert made.reused() == made.pages() - 1


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
    first = make(news(tmp_path / "raw-1", archives), tmp_path / "first", models, sources=warc.SOURCES)
    assert first.values["dropped"]["duplicate article"] == 1
    later = {"second": copies, "third": [(address.format("new"), "2019-06-01", other)]}
    raw = news(tmp_path / "raw-2", later)
    made = make(raw, tmp_path / "made", models, previous=first.corpus, sources=warc.SOURCES)
    assert made.files == make(raw, tmp_path / "rebuilt", models, sources=warc.SOURCES).files
    assert (made.pages(), made.reused(), made.values["articles"]) == (3, 2, 2)

"""What is said of reuse: counts in the metrics, the command's lines, and damage."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.corpus.pages import page_file
from pipelines.corpus.run import Models
from pipelines.corpus.summary import lines
from realm.errors import UserError
from tests.files import flip_a_byte
from tests.pipelines.corpus.reuse_world import Made, make, small_world
from tests.pipelines.dumps import town, write_lines

ROOT = Path(__file__).parents[3]


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


def test_a_source_that_is_gone_is_told_with_its_removed_pages(first: Made, models: Models, tmp_path: Path) -> None:
    raw = small_world().write(tmp_path / "raw")
    for source in ("kelm", "wikipedia"):
        shutil.rmtree(raw / source)
    values = make(raw, tmp_path / "made", models, previous=first.corpus).values
    gone = {"pages": 0, "reused": 0, "finished": 0, "added": 0, "changed": 0, "removed": 6, "unchanged": 0}
    assert values["reuse"]["kelm"] == gone
    told = lines(values)
    assert "gone, kelm: no pages any more; 6 removed" in told
    assert "reused, text: 2 of 2 pages; 0 added, 0 changed, 0 removed, 2 unchanged" in told


def test_items_that_were_finished_are_counted_apart(models: Models, tmp_path: Path) -> None:
    raw = small_world().write(tmp_path / "raw")
    first = make(raw, tmp_path / "first", models)
    again = make(raw, tmp_path / "first", models, previous=first.corpus)  # into the same place
    assert {source: (one["reused"], one["finished"]) for source, one in again.values["reuse"].items()} == {
        "kelm": (0, 6), "text": (0, 2), "wikipedia": (0, 28),
    }  # fmt: skip
    assert "reused, text: 0 of 2 pages, 2 finished by an earlier run; 0 added" in "\n".join(lines(again.values))
    anew = make(raw, tmp_path / "anew", models, previous=first.corpus)
    assert anew.reused() == anew.pages() == 36
    assert anew.files == again.files


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (
            lambda corpus: flip_a_byte(next(corpus.glob("wikipedia-*.parquet"))),
            r"/wikipedia-\d+\.parquet is damaged or of",
        ),
        (
            lambda corpus: flip_a_byte(next(corpus.glob("articles-*.parquet"))),
            r"articles-\S+\.parquet is damaged or of",
        ),
        (
            lambda corpus: flip_a_byte(page_file(corpus / "pages", "wikipedia-00000")),
            r"pages-wikipedia-00000\S+ is damaged",
        ),
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
    notes: list[dict[str, object]] = [{"id": n, "title": f"Town {n}", "text": town(n)} for n in range(60)]
    told = []
    for number in range(3):
        notes[number]["text"] = f"It grew. {town(number)}"
        write_lines(tmp_path / f"{number}.jsonl", notes)
        command = [sys.executable, "-m", "pipelines.corpus", "--params", str(tmp_path / "params.yaml")]
        command += ["--source", "text", "--input", str(tmp_path / f"{number}.jsonl"), "--tagger", "rules"]
        command += ["--output", str(tmp_path / f"corpus{number}")]
        command += ["--previous", str(tmp_path / f"corpus{number - 1}")] if number else []
        told.append(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    assert "reused" not in told[0]
    for text in told[1:]:
        assert "reused, text: 59 of 60 pages; 0 added, 1 changed, 0 removed, 59 unchanged" in text

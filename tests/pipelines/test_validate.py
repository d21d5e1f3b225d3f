"""The gate, with Great Expectations, on a tiny corpus and on damaged copies of it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.corpus.run import Models, run
from pipelines.snapshot import snapshot_items
from pipelines.validate import ValidateConfig
from pipelines.validate import run as validate
from pipelines.validation.summaries import HOLE, RESIDUE, length_shift, summarize
from realm.errors import MismatchError, UserError
from realm.paths import DataPaths
from realm.schema import BLOCK_SCHEMA
from realm.storage import read_json
from realm.tokenizer import train_wordpiece
from tests.pipelines.dumps import CORPUS, SOURCES, pages, write_multistream, write_tokenizer

CONFIG = ValidateConfig(
    min_blocks=10,
    max_damaged_share=0.01,
    max_no_prose_share=0.1,
    max_repeated_share=0.1,
    max_residue_share=0.001,
    max_hole_share=0.005,
    min_spans_per_block=0.5,
    min_wordpieces_per_block=10.0,
    min_growth=0.5,
    max_growth=2.0,
    max_length_shift=0.3,
    sample_row_groups=20,
    seed=17,
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gate")
    write_tokenizer(folder / "tokenizer")
    write_multistream(folder / "raw" / "wikipedia" / "tiny.xml.bz2", pages(20))
    run(
        CORPUS,
        sources=SOURCES,
        items=snapshot_items(folder / "raw", SOURCES),
        models=Models(folder / "tokenizer", "rules"),
        output=folder / "blocks",
        data=DataPaths(folder / "data"),
    )
    return folder


def gate(world: Path, output: Path, *, blocks: Path | None = None, previous: Path | None = None) -> dict[str, object]:
    return validate(
        CONFIG,
        max_tokens=CORPUS.max_block_tokens,
        blocks=blocks or world / "blocks",
        previous=previous,
        tokenizer=world / "tokenizer",
        output=output,
    )


def test_a_good_corpus_passes_and_its_result_is_the_same_every_time(world: Path, tmp_path: Path) -> None:
    result = gate(world, tmp_path / "one")
    gate(world, tmp_path / "two")
    assert result["success"]
    assert (tmp_path / "one" / "validation.json").read_bytes() == (tmp_path / "two" / "validation.json").read_bytes()
    assert list((tmp_path / "one" / "docs" / "validations").rglob("*.html"))
    again = gate(world, tmp_path / "three", previous=tmp_path / "one")
    assert again["summary"]["growth"] == 1.0  # type: ignore[index]


def test_a_damaged_corpus_is_refused_with_the_check_and_its_value(world: Path, tmp_path: Path) -> None:
    blocks = tmp_path / "blocks"
    shutil.copytree(world / "blocks", blocks)
    part = min(blocks.glob("wikipedia-*.parquet"))
    rows = pq.read_table(part).to_pylist()
    rows[0]["body"] = "Markup [[is left]] here."
    rows[1]["spans"] = [{"start": 0, "end": 10_000, "label": "ENTITY"}]
    pq.write_table(pa.Table.from_pylist([*rows, rows[2]], schema=BLOCK_SCHEMA), part)
    with pytest.raises(UserError, match=r"fails \d+ of \d+ checks of the gate, first 'miscounted_blocks' .* found 1"):
        gate(world, tmp_path / "result", blocks=blocks)
    failed = {
        check["name"] for check in read_json(tmp_path / "result" / "validation.json")["checks"] if not check["success"]
    }
    assert {
        "repeated_ids",
        "repeated_bodies",
        "wrong_offsets",
        "wrong_sentences",
        "wrong_spans",
        "residue_share",
    } <= failed
    assert "column_values_to_be_in_set ids_match" in failed


def test_blocks_that_are_too_long_are_counted(world: Path) -> None:
    assert summarize(world / "blocks", max_tokens=48)["too_long"] == 0
    assert summarize(world / "blocks", max_tokens=20)["too_long"] > 0


def test_a_corpus_is_not_judged_with_another_tokenizer(world: Path, tmp_path: Path) -> None:
    train_wordpiece(["quite other words " * 50] * 3, vocab_size=200, lowercase=True, output=tmp_path / "tokenizer")
    with pytest.raises(MismatchError, match="made with tokenizer"):
        validate(
            replace(CONFIG, sample_row_groups=1),
            max_tokens=48,
            blocks=world / "blocks",
            previous=None,
            tokenizer=tmp_path / "tokenizer",
            output=tmp_path / "out",
        )


def test_a_missing_previous_result_is_named(world: Path, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="Validate the previous snapshot first"):
        gate(world, tmp_path / "out", previous=tmp_path / "absent")


@pytest.mark.parametrize("text", ["Alberta () is", "(; 14 March 1879", "born ( , 1900)", "one , , two"])
def test_holes_of_templates_are_seen(text: str) -> None:
    assert HOLE.search(text)


@pytest.mark.parametrize("text", ["call f() now", "a smile ;) here", "(see there), and"])
def test_what_is_no_hole_is_not_taken_for_one(text: str) -> None:
    assert not HOLE.search(text)


@pytest.mark.parametrize("text", ["a [[link", "b]] c", "{{cite", "}}", "<ref name=x", "\n|-\n", "''bold''"])
def test_markup_left_in_a_body_is_seen(text: str) -> None:
    assert RESIDUE.search(text)


def test_the_shift_of_lengths_is_a_distance_between_shares() -> None:
    assert length_shift({"016": 2, "032": 2}, {"016": 20, "032": 20}) == 0.0
    assert length_shift({"016": 1}, {"032": 5}) == 1.0

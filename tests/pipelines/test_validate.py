"""The gate, with Great Expectations, on a tiny corpus and on damaged copies of it."""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipelines.corpus.run import Models, run
from pipelines.snapshot import snapshot_items
from pipelines.validate import run as validate
from pipelines.validation.languages import looks_like
from pipelines.validation.limits import DropLimit, ValidateConfig
from pipelines.validation.summaries import HOLE, RESIDUE, WEB_RESIDUE, length_shift, summarize
from realm.errors import MismatchError, UserError
from realm.manifest import read_manifest, write_manifest
from realm.paths import DataPaths
from realm.schema import BLOCK_SCHEMA
from realm.storage import read_json, write_json
from realm.tokenizer import train_wordpiece
from tests.pipelines.dumps import CORPUS, SOURCES, page, pages, write_multistream, write_tokenizer

CONFIG = ValidateConfig(
    max_cut_files=0,
    max_lost_share=0.0,
    max_damaged_share=0.01,
    min_blocks=10,
    languages=("en",),
    max_foreign_share=0.0,
    max_unlike_share=0.0,
    max_dropped_share=0.1,
    max_dropped=(DropLimit("repeated block", 0.2),),
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
    more = [page("List of mills", "A list.", number=30), page("Copy", "A mill stands.", number=31)]
    copy = page("Second copy", "A mill stands.", number=32)
    write_multistream(folder / "raw" / "wikipedia" / "tiny.xml.bz2", [*pages(20), *more, copy])
    sources = replace(SOURCES, item_bytes_min=3000)
    run(
        CORPUS,
        sources=sources,
        items=snapshot_items(folder / "raw", sources),
        models=Models(folder / "tokenizer", "rules"),
        output=folder / "blocks",
        data=DataPaths(folder / "data"),
    )
    return folder


def gate(
    world: Path,
    output: Path,
    *,
    blocks: Path | None = None,
    previous: Path | None = None,
    config: ValidateConfig = CONFIG,
) -> dict[str, object]:
    return validate(
        config,
        max_tokens=CORPUS.max_block_tokens,
        blocks=blocks or world / "blocks",
        previous=previous,
        tokenizer=world / "tokenizer",
        output=output,
    )


def test_a_good_corpus_passes_and_its_result_is_the_same_every_time(world: Path, tmp_path: Path) -> None:
    result = gate(world, tmp_path / "one")
    for _ in range(2):
        gate(world, tmp_path / "two")
    assert result["success"]
    assert (tmp_path / "one" / "validation.json").read_bytes() == (tmp_path / "two" / "validation.json").read_bytes()
    pages = list((tmp_path / "two" / "docs" / "validations").rglob("*.html"))
    assert len(pages) == 2  # one for each suite, and none of the run before
    again = gate(world, tmp_path / "three", previous=tmp_path / "one")
    assert again["summary"]["growth"] == 1.0  # type: ignore[index]


Change = Callable[[list[dict[str, Any]]], object]


def change(blocks: Path, rows: Change) -> None:
    """Changes the rows of the first part."""
    part = min(blocks.glob("wikipedia-*.parquet"))
    found = pq.read_table(part).to_pylist()
    rows(found)
    pq.write_table(pa.Table.from_pylist(found, schema=BLOCK_SCHEMA), part)


def spoil_rows(blocks: Path) -> None:
    def spoil(rows: list[dict[str, Any]]) -> None:
        rows[0] |= {"body": "Markup [[is left]] in ( , here.", "title": "", "lang": "de"}
        rows[1] |= {"body": rows[1]["body"] + " ", "spans": [{"start": 0, "end": 10_000, "label": "ENTITY"}]}
        rows[2] |= {"sentences": [{"start": 5, "end": 9}, {"start": 8, "end": 12}], "body_ids": [7] * 300}
        rows[3] |= {"body": "", "body_ids": []}
        rows[4]["body"] = "Đây là một thị trấn ở bên sông, được thành lập vào năm 1901 và có một cây cầu."
        rows.append(rows[5])

    change(blocks, spoil)


def take_values(blocks: Path) -> None:
    def spoil(rows: list[dict[str, Any]]) -> None:
        for row, name in zip(cycle(rows), BLOCK_SCHEMA.names, strict=False):
            row[name] = None

    change(blocks, spoil)


def add_column(blocks: Path) -> None:
    part = min(blocks.glob("wikipedia-*.parquet"))
    table = pq.read_table(part)
    pq.write_table(table.append_column("score", pa.array([0.5] * table.num_rows)), part)


def drop_many(blocks: Path) -> None:
    manifest = read_manifest(blocks, kind="corpus")
    facts = manifest.facts
    facts["damaged"] |= {"broken page": 30, "file cut short": 1}
    facts["dropped"] |= facts["damaged"] | {"list page": 90, "repeated block": 90}
    facts["bytes_lost"] = 1
    write_manifest(blocks, kind="corpus", made_from=manifest.made_from, facts=facts)


def write_previous(folder: Path, blocks: int) -> Path:
    write_json(folder / "validation.json", {"summary": {"blocks": blocks, "lengths": {"272": blocks}}})
    return folder


ROW_CHECKS = {
    "miscounted_blocks", "repeated_ids", "repeated_bodies", "empty_bodies", "untrimmed_bodies", "too_long",
    "wrong_offsets", "wrong_sentences", "wrong_spans", "foreign_share", "residue_share", "hole_share",
    "be_unique block_id", "lengths_to_be_between title",
    "be_in_set own_ids", "be_in_set own_language",
}  # fmt: skip
NULL_CHECKS = {f"not_be_null {name}" for name in BLOCK_SCHEMA.names}
CASES: list[tuple[Callable[[Path], None], dict[str, Any], int | None, set[str]]] = [
    (spoil_rows, {}, None, ROW_CHECKS),
    (take_values, {}, None, {"null_values", *NULL_CHECKS}),
    (add_column, {}, None, {"schema_errors", "columns_to_match_ordered_list"}),
    (drop_many, {}, None,
     {"cut_files", "lost_share", "damaged_share", "dropped: list page", "dropped: repeated block"}),
    (lambda _: None, {"min_blocks": 10_000, "min_spans_per_block": 90.0, "min_wordpieces_per_block": 90.0}, 1,
     {"blocks", "spans_per_block", "wordpieces_per_block", "growth", "length_shift"}),
    (lambda _: None, {}, 10_000, {"growth", "length_shift"}),
]  # fmt: skip
NEVER_FAILING_HERE = {"not_be_null own_ids"}  # made by the gate itself


@pytest.mark.parametrize(("spoil", "settings", "previous", "expected"), CASES)
def test_every_check_refuses_what_it_is_there_for(
    world: Path,
    tmp_path: Path,
    spoil: Callable[[Path], None],
    settings: dict[str, Any],
    previous: int | None,
    expected: set[str],
) -> None:
    blocks = tmp_path / "blocks"
    shutil.copytree(world / "blocks", blocks)
    spoil(blocks)
    before = write_previous(tmp_path / "previous", previous) if previous else None
    with pytest.raises(UserError, match=r"fails \d+ of \d+ checks of the gate, first '.+ found .+, expected "):
        gate(world, tmp_path / "result", blocks=blocks, previous=before, config=replace(CONFIG, **settings))
    checks = read_json(tmp_path / "result" / "validation.json")["checks"]
    assert expected <= {check["name"] for check in checks if not check["success"]}
    tested = set[str]().union(*(names for _, _, _, names in CASES))
    assert {check["name"] for check in checks} - tested <= NEVER_FAILING_HERE


def test_the_command_prints_a_table_and_fails(world: Path, tmp_path: Path) -> None:
    params = tmp_path / "params.yaml"
    text = (Path(__file__).parents[2] / "params.yaml").read_text(encoding="utf-8")
    params.write_text(re.sub(r"min_blocks: \d+", "min_blocks: 9999", text))
    command = [sys.executable, "-m", "pipelines.validate", "--params", str(params), "--blocks", str(world / "blocks")]
    command += ["--output", str(tmp_path / "result"), "--tokenizer", str(world / "tokenizer")]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "FAILED" in done.stdout
    assert "at least 9,999" in done.stdout
    assert "first 'blocks' (blocks): found" in done.stderr.strip().splitlines()[-1]
    docs = tmp_path / "result" / "docs"
    assert "every block" in (docs / "index.html").read_text(encoding="utf-8")
    own = (docs / "gate.html").read_text(encoding="utf-8")
    assert re.search(r"<p class='verdict failed'>\d+ of \d+ checks failed", own)
    assert re.search(
        r"<tr class=failed><td>FAILED</td><td>blocks</td><td class='number'>\d+</td><td>at least 9,999", own
    )
    assert "http" not in own


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


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "It was founded in 1901 by a miller of the town, and has a bridge of three arches."),
        ("de", "Die Stadt wurde von einem Müller gegründet und hat eine Brücke mit drei Bögen."),
        ("fr", "La ville fut fondée par un meunier dans les années vingt et elle a un pont sur le fleuve."),
        ("vi", "Thị trấn được thành lập vào năm 1901 và có một cây cầu ở bên sông."),
        ("ru", "Город был основан мельником в начале века и стоит на берегу большой реки."),
        (
            "ja",
            "この町は千九百一年に粉屋によって作られ、三つのアーチを持つ橋があり、川のそばにある。",
        ),
    ],
)
def test_a_text_looks_like_its_language_and_like_no_other(lang: str, text: str) -> None:
    assert looks_like(text, lang)
    assert not any(looks_like(text, other) for other in {"en", "de", "fr", "vi", "ru", "ja"} - {lang})
    assert looks_like(text, "aa") is None  # not known
    assert looks_like("Avern, 1901", lang) in {None, False}  # too short


@pytest.mark.parametrize("text", ["Alberta () is", "(; 14 March 1879", "born ( , 1900)", "one , , two"])
def test_holes_of_templates_are_seen(text: str) -> None:
    assert HOLE.search(text)


@pytest.mark.parametrize("text", ["call f() now", "a smile ;) here", "(see there), and"])
def test_what_is_no_hole_is_not_taken_for_one(text: str) -> None:
    assert not HOLE.search(text)


@pytest.mark.parametrize("text", ["a [[link", "b]] c", "{{cite", "}}", "<ref name=x", "\n|-\n", "''bold''"])
def test_markup_left_in_a_body_is_seen(text: str) -> None:
    assert RESIDUE.search(text)


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [("wikipedia", "''so''", 1), ("ccnews", "''so''", 0), ("ccnews", "<p>so", 1), ("kelm", "so&nbsp;", 1)],
)
def test_markup_is_looked_for_by_the_kind_of_source(
    world: Path, tmp_path: Path, source: str, text: str, found: int
) -> None:
    shutil.copytree(world / "blocks", tmp_path / "blocks")
    change(tmp_path / "blocks", lambda rows: rows[0].update(source=source, body=text))
    assert summarize(tmp_path / "blocks", max_tokens=48)["residue"] == found


@pytest.mark.parametrize("text", ["Dear {{name}}", "<p>The mayor", "</span> said", "Holt&nbsp;Mill", "R&amp;D"])
def test_markup_left_in_a_web_page_is_seen(text: str) -> None:
    assert WEB_RESIDUE.search(text)


@pytest.mark.parametrize("text", ["''We shall see'', she said", "a < b and c > d", "AT&T", "[[sic]", "5 |- 3"])
def test_what_newspapers_write_is_no_markup(text: str) -> None:
    assert not WEB_RESIDUE.search(text)


def test_the_shift_of_lengths_is_a_distance_between_shares() -> None:
    assert length_shift({"016": 2, "032": 2}, {"016": 20, "032": 20}) == 0.0
    assert length_shift({"016": 1}, {"032": 5}) == 1.0

"""The whole stage, on Apache Beam, on tiny dumps."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.corpus.__main__ import main
from pipelines.corpus.run import Models, run
from pipelines.snapshot import snapshot_items
from pipelines.sources import get_source
from realm.errors import UserError
from realm.manifest import read_manifest, verify_files
from realm.paths import DataPaths
from realm.schema import ARTICLE_SCHEMA, BLOCK_SCHEMA, DEAD_LETTER_SCHEMA
from tests.files import contents
from tests.pipelines.dumps import (
    CORPUS,
    SOURCES,
    page,
    pages,
    town,
    write_lines,
    write_multistream,
    write_tokenizer,
)

LICENCE = "The town has a mill."


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Models:
    return Models(tokenizer=write_tokenizer(tmp_path_factory.mktemp("tokenizer") / "tokenizer"), tagger="rules")


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot with a multistream dump and notes; redirects and repeated blocks lie far from what they belong to."""
    folder = tmp_path_factory.mktemp("raw")
    bodies = [
        page("Aveern", "#REDIRECT [[Avern 0]]", number=900, redirect="Avern 0"),
        *pages(20),
        page("Licence", LICENCE, number=905),
        page("Lost", "#REDIRECT [[Nowhere]]", number=902, redirect="Nowhere"),
        page("Avern town", "#REDIRECT [[avern 0#History]]", number=903),
        page("List of mills", town(40), number=904),
    ]
    write_multistream(folder / "wikipedia" / "tiny-pages-articles-multistream.xml.bz2", bodies)
    notes: list[dict[str, object]] = [
        {"id": "n1", "title": "Note", "text": "Holt kept a note of 4 May 1911. It was short.", "date": "2018-12-01"},
        {"id": "n2", "title": "Other note", "text": LICENCE},
        {"id": "n3", "title": "No text"},
    ]
    write_lines(folder / "text" / "notes.jsonl", notes)
    return folder


def make(raw: Path, models: Models, folder: Path, **settings: Any) -> tuple[Path, dict[str, Any]]:
    changed = {name: settings.pop(name) for name in ("workers", "runner") if name in settings}
    output = folder / settings.pop("name", "blocks")
    values = run(
        replace(CORPUS, **changed),
        sources=SOURCES,
        items=snapshot_items(raw, SOURCES),
        models=models,
        output=output,
        data=DataPaths(folder / settings.pop("data", "data")),
        **settings,
    )
    return output, values


def rows(directory: Path, pattern: str) -> list[dict[str, Any]]:
    return [row for path in sorted(directory.glob(pattern)) for row in pq.read_table(path).to_pylist()]


def test_a_snapshot_becomes_blocks_with_aliases_and_without_repetition(
    raw: Path, models: Models, tmp_path: Path
) -> None:
    output, values = make(raw, models, tmp_path)
    blocks = rows(output, "text-*.parquet") + rows(output, "wikipedia-*.parquet")
    articles = {row["title"]: row for row in rows(output, "articles-*.parquet")}
    assert len(list(output.glob("wikipedia-*.parquet"))) > 1
    assert all(
        block["body"] == articles[block["title"]]["text"][block["char_start"] : block["char_end"]] for block in blocks
    )
    assert articles["Avern 0"]["aliases"] == ["Aveern", "Avern town"]
    assert all(block["aliases"] == articles[block["title"]]["aliases"] for block in blocks)
    assert len({block["body"] for block in blocks}) == len({block["block_id"] for block in blocks}) == len(blocks)
    assert [block["title"] for block in blocks if block["body"] == LICENCE] == ["Other note"]
    assert any(span["label"] == "DATE" for block in blocks for span in block["spans"])
    assert values["articles"] == len(articles) == 23
    assert values["blocks"] == len(blocks) == sum(values["block_lengths"].values())
    assert (values["redirects"], values["aliases"]) == (3, 2)


def test_every_dropped_record_lies_among_the_dead_letters(raw: Path, models: Models, tmp_path: Path) -> None:
    output, values = make(raw, models, tmp_path)
    letters = rows(output, "dead_letters.parquet")
    reasons = [letter["reason"] for letter in letters]
    assert {reason: reasons.count(reason) for reason in set(reasons)} == values["dropped"]
    assert values["dropped"]["broken line"] == values["dropped"]["list page"] == 1
    copies = {(letter["record_id"][:3], letter["title"]) for letter in letters if letter["reason"] == "repeated block"}
    assert copies == {("905", "Licence")}


def test_schemas_row_groups_and_manifest_are_as_promised(raw: Path, models: Models, tmp_path: Path) -> None:
    output, values = make(raw, models, tmp_path)
    for path in output.glob("*.parquet"):
        wanted = (
            ARTICLE_SCHEMA if path.name.startswith("articles-")
            else DEAD_LETTER_SCHEMA if path.name.startswith("dead_letters") else BLOCK_SCHEMA
        )  # fmt: skip
        assert pq.read_schema(path).equals(wanted)
        metadata = pq.read_metadata(path)
        assert all(metadata.row_group(n).num_rows <= 2_000 for n in range(metadata.num_row_groups))
    manifest = read_manifest(output, kind="corpus")
    verify_files(output, manifest)
    assert set(manifest.made_from) == {"dump", "tokenizer", "tagger", "params"}
    assert manifest.facts == values


def test_workers_and_warm_caches_change_no_byte(raw: Path, models: Models, tmp_path: Path) -> None:
    one, values = make(raw, models, tmp_path, data="first")
    two, others = make(raw, models, tmp_path, name="two", data="second", workers=2)
    warm, again = make(raw, models, tmp_path, name="warm", data="first", workers=2)
    assert values == others == again
    assert contents(one) == contents(two) == contents(warm)


def test_another_runner_is_reached_by_its_options_and_writes_the_same_bytes(
    raw: Path, models: Models, tmp_path: Path
) -> None:
    here, values = make(raw, models, tmp_path, name="here", data="first")
    options = ["--job_endpoint=embed", "--environment_type=LOOPBACK"]  # a job server, as Flink and Spark have one
    there, others = make(
        raw, models, tmp_path, name="there", data="second", runner="PortableRunner", beam_options=options
    )
    assert values == others
    assert contents(here) == contents(there)


def test_a_runner_that_beam_does_not_know_is_refused(raw: Path, models: Models, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"Apache Beam has no runner 'FlinkRuner' .*'FnApiRunner' runs on this machine"):
        make(raw, models, tmp_path, runner="FlinkRuner")
    assert not (tmp_path / "blocks").exists()


def test_a_killed_run_goes_on_with_what_was_finished(raw: Path, models: Models, tmp_path: Path) -> None:
    whole, _ = make(raw, models, tmp_path, name="whole", data="other")
    make(raw, models, tmp_path, name="first")
    cache = tmp_path / "data" / ".cache" / "corpus"
    finished = sorted(path.parent for path in cache.rglob("facts.json"))
    lost, kept = finished[0], finished[1:]
    stamps = {path: path.stat().st_mtime_ns for path in kept}
    (lost / "facts.json").unlink()  # the mark of a finished item
    resumed, _ = make(raw, models, tmp_path, name="resumed")
    assert contents(resumed) == contents(whole)
    assert stamps == {path: path.stat().st_mtime_ns for path in kept}
    assert (lost / "facts.json").exists()


def test_other_settings_never_meet_the_same_cache(raw: Path, models: Models, tmp_path: Path) -> None:
    make(raw, models, tmp_path)
    make(raw, replace(models, tagger="none"), tmp_path, name="untagged")
    assert len(list((tmp_path / "data" / ".cache" / "corpus").iterdir())) == 2
    assert not any(row["spans"] for row in rows(tmp_path / "untagged", "wikipedia-*.parquet"))


def test_input_without_articles_leaves_an_older_corpus_alone(raw: Path, models: Models, tmp_path: Path) -> None:
    output, _ = make(raw, models, tmp_path)
    before = contents(output)
    empty = write_lines(tmp_path / "empty.jsonl", [{"id": "1", "title": "Empty", "text": ""}])
    with pytest.raises(UserError, match=r"No article came out of empty\.jsonl \(dropped: empty text 1\)"):
        run(
            CORPUS,
            sources=SOURCES,
            items=get_source("text").work_items([empty], SOURCES),
            models=models,
            output=output,
            data=DataPaths(tmp_path / "data"),
        )
    assert contents(output) == before


def test_an_unknown_source_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "wikipeda").mkdir()
    with pytest.raises(UserError, match=r"There is no source 'wikipeda'; choose one of wikipedia, ccnews"):
        snapshot_items(tmp_path, SOURCES)


def test_the_command_trains_its_tokenizer_and_tags_by_rules(raw: Path, tmp_path: Path) -> None:
    root = Path(__file__).parents[3]
    params = tmp_path / "params.yaml"
    params.write_text(
        f"data: {tmp_path / 'data'}\n"
        "sources: {items_per_dump: 64, item_bytes_min: 600, item_bytes_max: 150000000, max_page_bytes: 100000}\n"
        "tokenizer: {checkpoint: null, vocab_size: 300, lowercase: true, train_characters: 100000}\n"
        "corpus: {max_block_tokens: 288, max_title_tokens: 64, runner: FnApiRunner, workers: 1}\n"
    )
    command = [sys.executable, "-m", "pipelines.corpus", "--params", params, "--source", "wikipedia"]
    command += ["--input", raw / "wikipedia", "--output", tmp_path / "blocks"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "21 articles" in done.stdout
    assert read_manifest(tmp_path / "blocks" / "tokenizer", kind="tokenizer").facts["vocab_size"] <= 300
    assert any(row["spans"] for row in rows(tmp_path / "blocks", "wikipedia-*.parquet"))
    wrong = subprocess.run(
        [*command[:-1], tmp_path / "b", "--snapshot", "x"], cwd=root, capture_output=True, check=False
    )
    assert (wrong.returncode, b"--source does not go with --snapshot" in wrong.stderr) == (2, True)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--no_such_option", "5"], r"Neither this command nor Apache Beam knows '--no_such_option'"),
        (["--temp_location", "somewhere", "--outptu=x"], r"knows '--outptu=x'"),
        (["--prev", "blocks"], r"knows '--prev'"),
        (["--previous", "blocks"], r"Name either --snapshot, or"),
        (["--temp_location", "somewhere", "--job_name=x"], r"Name either --snapshot, or"),
    ],
)
def test_an_option_that_nobody_knows_is_refused(
    options: list[str], message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["pipelines.corpus", *options])
    with pytest.raises(UserError, match=message):
        main()

"""Real dumps through the whole stage; skipped where they are absent."""

import gzip
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from pipelines.corpus.job import CorpusConfig
from pipelines.corpus.run import Models, run
from pipelines.sources import get_source
from pipelines.sources.base import Record, SourceConfig
from pipelines.validate import run as validate
from pipelines.validation.limits import ValidateConfig
from pipelines.validation.summaries import HOLE, RESIDUE
from realm import params
from realm.errors import UserError
from realm.paths import DataPaths
from realm.schema import Article, DeadLetter
from realm.storage import read_json
from realm.tokenizer import import_tokenizer
from tests.real_inputs import real_input

PARAMS = params.load(Path(__file__).parents[3] / "params.yaml")
SOURCES, CORPUS = PARAMS.section("sources", SourceConfig), PARAMS.section("corpus", CorpusConfig)
GATE = PARAMS.section("validate", ValidateConfig)


def read(source: str, name: str) -> list[Record]:
    reader = get_source(source)
    return [record for item in reader.work_items([real_input(name)], SOURCES) for record in reader.read(item, SOURCES)]


def make(folder: Path, source: str, dump: Path, *, tagger: str) -> dict[str, Any]:
    vocabulary = real_input("vocab/bert-base-uncased.vocab.txt")
    import_tokenizer(str(vocabulary), folder / "tokenizer", lowercase=True)
    return run(
        replace(CORPUS, runner="FnApiRunner", workers=1),
        sources=SOURCES,
        items=get_source(source).work_items([dump], SOURCES),
        models=Models(folder / "tokenizer", tagger),
        output=folder / "blocks",
        data=DataPaths(folder / "data"),
    )


def gate(folder: Path, **thresholds: Any) -> dict[str, Any]:
    """Validates what `make` made; the thresholds are those of params.yaml but for these."""
    return validate(
        replace(GATE, **thresholds),
        max_tokens=CORPUS.max_block_tokens,
        blocks=folder / "blocks",
        previous=None,
        tokenizer=folder / "tokenizer",
        output=folder / "gate",
    )


def test_the_english_head_becomes_clean_blocks_that_pass_the_gate(tmp_path: Path) -> None:
    values = make(tmp_path, "wikipedia", real_input("wiki/enwiki-201605-head.xml.bz2"), tagger="rules")
    result = gate(tmp_path)
    assert result["success"]
    # 106 pages are neither redirects nor of another namespace; ten are lists and disambiguation pages.
    assert values["articles"] + values["dropped"]["list page"] + values["dropped"]["disambiguation page"] == 106
    assert result["summary"]["residue"] == 0
    assert result["summary"]["holes"] / result["summary"]["blocks"] < 0.005
    assert 150 < values["wordpieces_per_block"] < 288
    articles = pq.read_table(tmp_path / "blocks" / "articles-wikipedia-00000.parquet").to_pylist()
    assert "AustroAsiaticLanguages" in next(
        row["aliases"] for row in articles if row["title"] == "Austroasiatic languages"
    )


def test_articles_of_json_lines_pass_the_gate(tmp_path: Path) -> None:
    with gzip.open(real_input("text/enwiki-2015-text.jsonl.gz"), "rt", encoding="utf-8") as file:
        (tmp_path / "some.jsonl").write_text("".join(islice(file, 120)), encoding="utf-8")
    values = make(tmp_path, "text", tmp_path / "some.jsonl", tagger="rules")
    assert values["articles"] == 120
    assert gate(tmp_path)["success"]


def test_the_gate_decides_whether_a_broken_download_of_another_language_will_do(tmp_path: Path) -> None:
    make(tmp_path, "wikipedia", real_input("wiki/viwiki-202305-truncated.xml.xz"), tagger="none")
    few = {"min_spans_per_block": 0.0, "sample_row_groups": 1}
    where = r"viwiki-202305-truncated\.xml\.xz@\d+ \(the export does not end with </mediawiki>\)"
    with pytest.raises(UserError, match=rf"first 'cut_files' \(input files that end too early: {where}\): found 1"):
        gate(tmp_path, **few)
    assert failed(tmp_path) == ["cut_files", "damaged_share", "foreign_share"]
    with pytest.raises(UserError, match=r"fetch the file again, or, .* raise max_cut_files in section 'validate'"):
        gate(tmp_path, **few, languages=("vi",))
    assert failed(tmp_path) == ["cut_files", "damaged_share"]  # the latter for the page that was cut, of 970
    assert gate(tmp_path, **few, languages=("vi",), max_cut_files=1, max_damaged_share=0.01)["success"]


def failed(folder: Path) -> list[str]:
    return [check["name"] for check in read_json(folder / "gate" / "validation.json")["checks"] if not check["success"]]


def test_news_of_a_real_archive_pass_the_gate_as_soon_as_few_blocks_will_do(tmp_path: Path) -> None:
    values = make(tmp_path, "ccnews", real_input("news/sample-0000.warc.gz"), tagger="rules")
    assert (values["pages"], values["articles"], values["dropped"]) == (22, 12, {"index page": 10})
    with pytest.raises(UserError, match=r"fails 1 of \d+ checks of the gate, first 'blocks'"):
        gate(tmp_path)
    assert gate(tmp_path, min_blocks=20)["success"]


def test_a_wiki_that_has_no_articles_is_named_with_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"No article came out of aawiki-\S+ \(.*other namespace 505.*\)\. Check"):
        make(tmp_path, "wikipedia", real_input("wiki/aawiki-20260101-pages-meta-current.xml.bz2"), tagger="none")


def test_a_download_that_broke_off_keeps_what_came() -> None:
    records = read("wikipedia", "wiki/viwiki-202305-truncated.xml.xz")
    articles = [record for record in records if isinstance(record, Article)]
    damage = [r for r in records if isinstance(r, DeadLetter) and r.reason in {"page cut short", "file cut short"}]
    assert len(articles) > 200
    assert {article.lang for article in articles} == {"vi"}
    assert damage
    assert not [article.title for article in articles if RESIDUE.search(article.text) and "''" in article.text]


def test_histories_and_other_namespaces_of_the_newest_schema_are_read() -> None:
    for name in ("wiki/aawiki-20260101-pages-meta-current.xml.bz2", "wiki/simplewiki-export-0.11-history.xml"):
        records = read("wikipedia", name)
        reasons = {record.reason for record in records if isinstance(record, DeadLetter)}
        assert "other namespace" in reasons
        assert not reasons & {"broken page", "file cut short", "file damaged"}


def test_a_fragment_without_siteinfo_is_read_as_english() -> None:
    articles = [r for r in read("wikipedia", "wiki/enwiki-201712-tables-fragment.xml.bz2") if isinstance(r, Article)]
    assert len(articles) == 4
    assert not any(HOLE.search(article.text) for article in articles)


def test_all_articles_of_the_json_lines_are_read() -> None:
    records = read("text", "text/enwiki-2015-text.jsonl.gz")
    assert sum(isinstance(record, Article) for record in records) == 2_550
    assert {record.reason for record in records if isinstance(record, DeadLetter)} == {"empty text"}

"""Real dumps through the whole stage; skipped where they are absent."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.corpus.job import CorpusConfig
from pipelines.corpus.run import Models, run
from pipelines.sources import get_source
from pipelines.sources.base import Record, SourceConfig
from pipelines.validation.summaries import HOLE, RESIDUE, summarize
from realm.paths import DataPaths
from realm.schema import Article, DeadLetter
from realm.tokenizer import import_tokenizer
from tests.real_inputs import real_input

SOURCES = SourceConfig(
    items_per_dump=64, item_bytes_min=1_000_000, item_bytes_max=150_000_000, max_page_bytes=20_000_000
)
CORPUS = CorpusConfig(max_block_tokens=288, max_title_tokens=64, runner="FnApiRunner", workers=1)


def read(source: str, name: str) -> list[Record]:
    reader = get_source(source)
    return [record for item in reader.work_items([real_input(name)], SOURCES) for record in reader.read(item, SOURCES)]


def test_the_english_head_becomes_clean_blocks(tmp_path: Path) -> None:
    dump, vocabulary = real_input("wiki/enwiki-201605-head.xml.bz2"), real_input("vocab/bert-base-uncased.vocab.txt")
    import_tokenizer(str(vocabulary), tmp_path / "tokenizer", lowercase=True)
    values: dict[str, Any] = run(
        CORPUS,
        sources=SOURCES,
        items=get_source("wikipedia").work_items([dump], SOURCES),
        models=Models(tmp_path / "tokenizer", "rules"),
        output=tmp_path / "blocks",
        data=DataPaths(tmp_path / "data"),
    )
    # 106 pages are neither redirects nor of another namespace; ten are lists and disambiguation pages.
    assert values["articles"] + values["dropped"]["list page"] + values["dropped"]["disambiguation page"] == 106
    summary = summarize(tmp_path / "blocks", max_tokens=288)
    errors = (
        "too_long",
        "wrong_offsets",
        "wrong_spans",
        "wrong_sentences",
        "repeated_bodies",
        "empty_bodies",
        "residue",
    )
    assert {name: summary[name] for name in errors} == dict.fromkeys(errors, 0)
    assert summary["holes"] / summary["blocks"] < 0.005
    assert 150 < values["wordpieces_per_block"] < 288
    articles = pq.read_table(tmp_path / "blocks" / "articles-wikipedia-00000.parquet").to_pylist()
    assert "AustroAsiaticLanguages" in next(
        row["aliases"] for row in articles if row["title"] == "Austroasiatic languages"
    )


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

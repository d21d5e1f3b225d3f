import gzip
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import pyarrow.parquet as pq
import pytest
import zstandard

from pipelines.corpus.run import Models, run
from pipelines.news import extractor as extraction
from pipelines.sources.base import Record, SourceConfig, Tally
from pipelines.sources.ccnews import CcNews
from realm.errors import UserError
from realm.paths import DataPaths
from realm.schema import Article, DeadLetter
from tests.pipelines.archives import NEWS, SOURCES, http, page, record, story, write_archive
from tests.pipelines.dumps import CORPUS, write_tokenizer
from tests.pipelines.dumps import SOURCES as WITHOUT_NEWS
from tests.real_inputs import real_input

GOOD = page("Bridge closed", story(), date="2019-05-18")


def read(path: Path, config: SourceConfig = SOURCES) -> list[Record]:
    source = CcNews()
    return [one for item in source.work_items([path], config) for one in source.read(item, config)]


def articles(records: Sequence[Record]) -> list[Article]:
    return [one for one in records if isinstance(one, Article)]


def reasons(records: Sequence[Record]) -> list[str]:
    return [one.reason for one in records if isinstance(one, DeadLetter)]


def read_one(folder: Path, block: bytes, config: SourceConfig = SOURCES, **settings: Any) -> list[Record]:
    return read(write_archive(folder / "one.warc.gz", [record(block, **settings)]), config)


def test_a_page_becomes_an_article_with_title_date_outlet_and_main_text_alone(tmp_path: Path) -> None:
    records = read_one(tmp_path, http(GOOD), number=7)
    (article,) = articles(records)
    assert (article.title, article.date, article.outlet) == ("Bridge closed", "2019-05-18", "wendherald.example")
    assert article.doc_id == article.url == "https://www.wendherald.example/2019/05/bridge"
    assert article.revision_id == "00000000-0000-0000-0000-000000000007"
    assert [line for line in article.text.split("\n") if line != "Bridge closed"] == story()
    assert [article.text[one.start : one.end] for one in article.headings] in ([], ["Bridge closed"])
    assert Tally("dates: of publication", 1) in records


def test_a_page_without_a_date_has_that_of_its_capture(tmp_path: Path) -> None:
    records = read_one(tmp_path, http(page("Bridge closed", story())), url="https://a.example/bridge-closed")
    assert articles(records)[0].date == "2019-05-20"
    assert Tally("dates: of capture", 1) in records


@pytest.mark.parametrize("stamp", ["2019-05-21", "2026-02-01"])
def test_no_date_lies_behind_the_capture(tmp_path: Path, stamp: str) -> None:
    late = page("Bridge closed", story(), date=stamp)
    assert articles(read_one(tmp_path, http(late), url="https://a.example/bridge"))[0].date == "2019-05-20"


@pytest.mark.parametrize(
    ("block", "reason"),
    [
        (http("<p>gone</p>", status="404 Not Found"), "not a page"),
        (http(b"\x89PNG", kind="image/png"), "not HTML"),
        (http("  "), "empty page"),
        (b"garbage", "no HTTP response"),
        (http(page("Bridge closed", story(sentences=1)[:1])), "stub"),
        (http(page("404 Page not found", story(sentences=2))), "error page"),
        (http(page("Bridge closed", [*story(sentences=2), "Subscribe to continue reading this story."])), "paywall"),
        (http(page("Closed", [story()[0], "This article is for subscribers. One crown a week."])), "paywall"),
        (http(page("Bridge", story(sentences=2), head='<script>{"isAccessibleForFree": "False"}</script>')), "paywall"),
        (http(page("Headlines", [line.rstrip(".") for line in story()])), "index page"),
        (
            http(
                page("Brücke", ["Die Brücke über den Fluss wurde am Dienstag gesperrt, weil er stieg."] * 9, lang="de")
            ),
            "other language",
        ),
    ],
)
def test_what_is_no_article_is_dropped_with_its_reason(tmp_path: Path, block: bytes, reason: str) -> None:
    records = read_one(tmp_path, block)
    assert (articles(records), reasons(records)) == ([], [reason])


@pytest.mark.parametrize("path", ["", "/", "/index.html", "/category/sport/", "/tag/wend", "/news/page/3"])
def test_addresses_of_index_pages_are_never_extracted(tmp_path: Path, path: str) -> None:
    assert reasons(read_one(tmp_path, http(GOOD), url=f"https://a.example{path}")) == ["index page"]


def chunked(body: bytes, step: int = 100) -> bytes:
    pieces = [body[n : n + step] for n in range(0, len(body), step)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in [*pieces, b""])


BODY = GOOD.encode()
RAW = zlib.compressobj(wbits=-15)
CODED = {
    "chunked": (chunked(BODY), "Transfer-Encoding: chunked\r\n"),
    "chunked, already decoded": (BODY, "Transfer-Encoding: chunked\r\n"),
    "gzip": (gzip.compress(BODY), "Content-Encoding: gzip\r\n"),
    "gzip, already decoded": (BODY, "Content-Encoding: gzip\r\n"),
    "gzip in chunks": (chunked(gzip.compress(BODY)), "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"),
    "deflate": (zlib.compress(BODY), "Content-Encoding: deflate\r\n"),
    "raw deflate": (RAW.compress(BODY) + RAW.flush(), "Content-Encoding: deflate\r\n"),
    "brotli": (brotli.compress(BODY), "Content-Encoding: br\r\n"),
    "brotli, already decoded": (BODY, "Content-Encoding: br\r\n"),
    "zstd": (zstandard.compress(BODY), "Content-Encoding: zstd\r\n"),
    "unknown": (BODY, "Content-Encoding: none\r\n"),
    "wrong Content-Length": (BODY, "Content-Length: 17\r\n"),
}


@pytest.mark.parametrize("name", list(CODED))
def test_bodies_are_decoded_whether_or_not_their_headers_are_true(tmp_path: Path, name: str) -> None:
    body, extra = CODED[name]
    (article,) = articles(read_one(tmp_path, http(body, extra=extra)))
    assert story()[0] in article.text


@pytest.mark.parametrize(
    ("body", "extra", "reason"),
    [
        (gzip.compress(BODY)[:-40], "Content-Encoding: gzip\r\n", "broken compression"),
        (gzip.compress(BODY)[:60] + b"\0" * 300, "Content-Encoding: gzip\r\n", "broken compression"),
        (brotli.compress(BODY)[:-9], "Content-Encoding: br\r\n", "broken compression"),
        (chunked(BODY)[:700], "Transfer-Encoding: chunked\r\n", "broken chunks"),
        (chunked(BODY).replace(b"64\r\n", b"3f\r\n"), "Transfer-Encoding: chunked\r\n", "broken chunks"),
        (gzip.compress(b"a" * 50_000_000), "Content-Encoding: gzip\r\n", "page too long"),
        (brotli.compress(b"a" * 50_000_000), "Content-Encoding: br\r\n", "page too long"),
        (b"<p>" + b"word " * 50_000, "", "page too long"),
        (b"<p>" + bytes(range(128, 256)) * 40, "", "broken encoding"),
    ],
)
def test_bodies_that_break_off_or_are_too_long_are_dropped(
    tmp_path: Path, body: bytes, extra: str, reason: str
) -> None:
    broken = record(http(body, extra=extra), url="https://a.example/broken")
    records = read(write_archive(tmp_path / "two.warc.gz", [broken, record(http(GOOD))]))
    assert reasons(records) == [reason]
    assert [one.title for one in articles(records)] == ["Bridge closed"]


@pytest.mark.parametrize(
    ("encoding", "kind"),
    [
        ("utf-8", "text/html"),
        ("cp1252", "text/html; charset=ISO-8859-1"),
        ("cp1252", "text/html; charset=no-such-charset"),
        ("utf-16", "text/html"),
        ("cp1252", "text/html; charset=utf-8"),
    ],
)
def test_pages_in_other_encodings_are_read(tmp_path: Path, encoding: str, kind: str) -> None:
    body = page("Café closed", [*story(), "“Désolé”, said the owner of the café on the quay, Zoë Müller."] * 2)
    text = articles(read_one(tmp_path, http(body.encode(encoding), kind=kind)))[0].text
    assert "“Désolé”, said the owner of the café on the quay, Zoë Müller." in text


def test_a_page_that_hangs_or_breaks_the_extractor_costs_one_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    traps = {
        "hang": "import time\nwhile True: pass",
        "crash": "import os\nos.abort()",
        "raise": "raise RecursionError('too deep')",
        "memory": "x = bytearray(10**11)",
    }
    worker = tmp_path / "worker.py"
    worker.write_text(
        "from pipelines.news import page, worker\n"
        "whole = page.read_page\n"
        "def read_page(html, **settings):\n"
        f"    trap = {traps!r}.get(html[:200].partition('trap-')[2].partition(' ')[0])\n"
        "    exec(trap or '')\n"
        "    return whole(html, **settings)\n"
        "worker.read_page = read_page\n"
        "worker.main()\n"
    )
    monkeypatch.setattr(extraction, "COMMAND", (*extraction.COMMAND[:1], str(worker)))
    records = [record(http(f"<!-- trap-{name} -->{GOOD}"), url=f"https://a.example/{name}") for name in traps]
    config = replace(SOURCES, ccnews=replace(NEWS, cpu_seconds=1))
    found = read(write_archive(tmp_path / "traps.warc.gz", [*records, record(http(GOOD))]), config)
    assert reasons(found) == ["extraction too slow", *["extraction failed"] * 3]
    details = [one.detail for one in found if isinstance(one, DeadLetter)]
    assert (details[0], details[2], details[3]) == ("more than 1 s", "RecursionError: too deep", "MemoryError")
    assert [one.title for one in articles(found)] == ["Bridge closed"]


@pytest.mark.parametrize("html", ["<div>" * 30_000, "<p>" + "<b><i>" * 20_000 + "deep", "<a href=" * 20_000])
def test_nests_of_tags_end_in_a_dead_letter_and_not_in_the_run_s_end(tmp_path: Path, html: str) -> None:
    nest = record(http(html + " ".join(story())), url="https://a.example/nest")
    config = replace(SOURCES, ccnews=replace(NEWS, cpu_seconds=1))
    found = read(write_archive(tmp_path / "nest.warc.gz", [nest, record(http(GOOD))]), config)
    assert articles(found)[-1].title == "Bridge closed"
    assert len(articles(found)) + len(reasons(found)) == 2


def test_sources_without_settings_for_news_say_what_is_missing(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "one.warc", [record(http(GOOD))])
    with pytest.raises(UserError, match=r"Section 'sources' .* has no 'ccnews'"):
        CcNews().work_items([path], WITHOUT_NEWS)


def test_real_posts_have_their_titles_and_dates_and_home_pages_are_left_out() -> None:
    config = replace(SOURCES, ccnews=replace(NEWS, max_html_bytes=10_000_000))
    records = read(real_input("news/sample-0001.warc.gz"), config)
    found = {one.url.rpartition("commons.org/")[2][:10]: (one.title, one.date) for one in articles(records)}
    assert found["2024/03/28"] == (
        "CC Joins Civil Society Letter Urging U.S. to Support Openness and Transparency in AI",
        "2024-03-28",
    )
    assert found["2024/04/23"][1] == "2024-04-23"
    assert reasons(records) == ["index page"] * 6
    assert not any(word in one.text for one in articles(records) for word in ("All rights reserved", "Skip to content"))


def test_real_pages_in_other_languages_never_reach_the_corpus() -> None:
    config = replace(SOURCES, ccnews=replace(NEWS, max_html_bytes=10_000_000))
    records = read(real_input("news/commoncrawl-head.warc.gz"), config)
    assert articles(records) == []
    assert set(reasons(records)) == {"other language", "index page"}


def press(folder: Path) -> Path:
    """Archives in which one story is printed five times, the earliest in the last archive, under different dates."""
    changed = [*story()[:4], "Until then lorries are sent round by the new road through the hills, drivers said there."]
    other = ["The mill of Carrick was sold to a cooperative of forty farmers on Monday, after a year of talks."]
    prints = {
        "a": [("a1", story(), "2019-05-20"), ("a2", story("Bellow"), "2019-05-21")],
        "b": [("b1", story(), "2019-05-19"), ("b2", changed, "2019-05-22"), ("b3", other + story()[2:3], "")],
        "c": [("c1", story(), "2019-05-18"), ("c2", [*story("Dunmore")[::-1], *other], "2019-05-17")],
    }
    for archive, pages in prints.items():
        records = [
            record(
                http(page("Bridge closed", text, date=date)),
                url=f"https://{name}.example/bridge",
                date="2019-06-01T00:00:00Z",
            )
            for name, text, date in pages
        ]
        write_archive(folder / f"{archive}.warc.gz", records)
    return folder


def make(folder: Path, output: Path, *, workers: int) -> dict[str, Any]:
    tokenizer = write_tokenizer(output.with_name("tokenizer"))
    config = replace(SOURCES, ccnews=replace(NEWS, duplicates=replace(NEWS.duplicates, similarity=0.6)))
    return run(
        replace(CORPUS, workers=workers),
        sources=config,
        items=CcNews().work_items([folder], config),
        models=Models(tokenizer=tokenizer, tagger="rules"),
        output=output,
        data=DataPaths(output.with_name("data")),
    )


def test_of_reprinted_articles_the_earliest_stays_with_any_number_of_workers(tmp_path: Path) -> None:
    folder = press(tmp_path / "raw")
    values = make(folder, tmp_path / "one" / "blocks", workers=1)
    again = make(folder, tmp_path / "two" / "blocks", workers=2)
    assert values == again
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / n / "blocks").glob("*.parquet")} for n in ("one", "two"))
    assert one == two
    output = tmp_path / "one" / "blocks"
    kept = [row for path in sorted(output.glob("articles-*")) for row in pq.read_table(path).to_pylist()]
    blocks = [row for path in sorted(output.glob("ccnews-*")) for row in pq.read_table(path).to_pylist()]
    letters = pq.read_table(output / "dead_letters.parquet").to_pylist()
    dropped = {row["record_id"][8:10]: (row["reason"], row["detail"]) for row in letters if "article" in row["reason"]}
    first = "of https://c1.example/bridge"
    assert dropped == {
        "a1": ("duplicate article", first),
        "a2": ("near-duplicate article", first),
        "b1": ("duplicate article", first),
        "b2": ("near-duplicate article", first),
    }
    assert [row["outlet"][:2] for row in kept] == ["b3", "c1", "c2"]
    assert {row["doc_id"] for row in blocks} == {row["doc_id"] for row in kept}
    assert any(row["body"].startswith(story()[0][:40]) for row in blocks if row["outlet"] == "c1.example")
    assert values["articles"] == len(kept)
    assert values["sentences"] >= sum(len(row["sentences"]) for row in blocks)

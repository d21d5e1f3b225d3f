import bz2
import gzip
import lzma
from collections import Counter
from pathlib import Path

import pytest
import zstandard

from pipelines.sources.base import Record, Redirect, SourceConfig, Tally, WorkItem
from pipelines.sources.dump_files import Damage, read_range
from pipelines.sources.page_scanner import scan_pages
from pipelines.sources.wikipedia import Wikipedia
from realm.errors import UserError
from realm.schema import Article, DeadLetter
from tests.pipelines.dumps import SOURCES, page, pages, streams, town, write_multistream, xml

BODIES = pages(12)
TITLES = [f"{name}" for name in (body.split("<title>")[1].split("</title>")[0] for body in BODIES)]


def read(path: Path, config: SourceConfig = SOURCES) -> list[Record]:
    source = Wikipedia()
    return [record for item in source.work_items([path], config) for record in source.read(item, config)]


def titles(records: list[Record]) -> list[str]:
    return [record.title for record in records if isinstance(record, Article)]


def reasons(records: list[Record]) -> Counter[str]:
    return Counter(record.reason for record in records if isinstance(record, DeadLetter))


def test_however_a_multistream_dump_is_cut_every_page_comes_once_and_in_order(tmp_path: Path) -> None:
    path = write_multistream(tmp_path / "dump.xml.bz2", BODIES)
    size = path.stat().st_size
    for step in (97, 301, 640, size):
        found = []
        for start in range(0, size, step):
            item = WorkItem("wikipedia", path, path.name, start, min(start + step, size), "wikipedia-0")
            found += titles(list(Wikipedia().read(item, SOURCES)))
        assert found == TITLES


def test_a_page_that_begins_in_a_range_belongs_to_it_even_where_its_tag_is_torn_apart(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    path.write_bytes(xml(BODIES))
    size = path.stat().st_size
    place = path.read_bytes().find(b"<page>", 2000)
    for cut in range(place - 2, place + 10):
        parts = [scan_pages(read_range(path, a, b), max_bytes=10_000) for a, b in ((0, cut), (cut, size))]
        found = [page.xml for part in parts for page in part if not isinstance(page, Damage)]
        assert len(found) == len(set(found)) == len(BODIES)


def test_bz2_streams_that_tear_pages_apart_are_read_whole(tmp_path: Path) -> None:
    data = xml(BODIES)
    path = tmp_path / "dump.xml.bz2"
    path.write_bytes(b"".join(bz2.compress(data[n : n + 333]) for n in range(0, len(data), 333)))
    assert titles(read(path)) == TITLES


@pytest.mark.parametrize(
    ("name", "pack"),
    [
        ("a.xml", bytes),
        ("a.xml.gz", gzip.compress),
        ("a.xml.xz", lzma.compress),
        ("a.xml.bz2", bz2.compress),
        ("a.xml.zst", zstandard.ZstdCompressor().compress),
    ],
)
def test_each_compression_gives_the_same_articles(tmp_path: Path, name: str, pack: object) -> None:
    path = tmp_path / name
    path.write_bytes(pack(xml(BODIES)))  # type: ignore[operator]
    records = read(path)
    assert titles(records) == TITLES
    assert not reasons(records)


def test_a_damaged_stream_costs_its_own_pages_only(tmp_path: Path) -> None:
    parts = streams(BODIES)
    parts[3] = parts[3][:40] + bytes(40) + parts[3][80:]
    path = tmp_path / "dump.xml.bz2"
    path.write_bytes(b"".join(parts))
    records = read(path)
    assert titles(records) == TITLES[:4] + TITLES[6:]
    letters = [record for record in records if isinstance(record, DeadLetter)]
    assert [letter.reason for letter in letters] == ["file damaged"]
    assert letters[0].record_id == f"dump.xml.bz2@{sum(map(len, parts[:3])) + len(b'BZh9')}"
    (lost,) = [record.count for record in records if isinstance(record, Tally) and record.name == "bytes lost"]
    assert len(parts[3]) - 20 < lost < len(parts[3])


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress, lzma.compress])
def test_what_was_read_before_a_file_ends_too_early_is_kept(tmp_path: Path, pack: object) -> None:
    many = pages(4000)
    data: bytes = pack(xml(many))  # type: ignore[operator]
    path = tmp_path / {bz2.compress: "a.xml.bz2", gzip.compress: "a.xml.gz", lzma.compress: "a.xml.xz"}[pack]
    path.write_bytes(data[: len(data) * 3 // 4])
    records = read(path)
    assert len(titles(records)) > 1000
    assert reasons(records)["file cut short"] == 1


def test_an_export_cut_in_mid_page_keeps_the_pages_before(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    data = xml(BODIES)
    path.write_bytes(data[: data.find(BODIES[-1].encode()) + 90])
    records = read(path)
    assert titles(records) == TITLES[:-1]
    letters = [record for record in records if isinstance(record, DeadLetter)]
    assert [letter.reason for letter in letters] == ["page cut short", "file cut short"]
    assert TITLES[-1] in letters[0].detail


def test_entities_are_neither_defined_nor_fetched(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE mediawiki [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>\n'
    evil = page("Evil", "xyz", number=90).replace("xyz", "&b;&f;")
    path = tmp_path / "dump.xml"
    path.write_bytes(bomb.encode() + xml([*BODIES[:2], evil, BODIES[2]]))
    records = read(path)
    assert titles(records) == TITLES[:3]
    assert reasons(records) == {"broken page": 1}


def test_a_page_that_is_too_long_is_left_out_and_the_next_is_read(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    path.write_bytes(xml([BODIES[0], page("Huge", "word " * 900_000, number=91), BODIES[1]]))
    records = read(path)
    assert titles(records) == TITLES[:2]
    assert reasons(records) == {"page too long": 1}


def test_redirects_and_pages_that_are_no_articles_are_told_apart(tmp_path: Path) -> None:
    bodies = [
        page("Old name", "#REDIRECT [[Avern 0]]", number=1, redirect="Avern 0"),
        page("Older name", "#redirect [[avern_0#History]]", number=2),
        page("List of towns", town(1), number=3),
        page("Mercury (disambiguation)", town(2), number=4),
        page("Venus", "'''Venus''' may be:\n* one\n{{disambiguation}}", number=5),
        page("Talk:Avern 0", town(3), number=6, namespace=1),
        page("Empty", " ", number=7),
        page("Template only", "{{stub}}", number=8),
        BODIES[0],
    ]
    path = write_multistream(tmp_path / "dump.xml.bz2", bodies)
    records = read(path)
    assert titles(records) == ["Avern 0"]
    redirects = [record for record in records if isinstance(record, Redirect)]
    assert redirects == [Redirect("Old name", "Avern 0"), Redirect("Older name", "Avern 0")]
    assert reasons(records) == {
        "list page": 1, "disambiguation page": 2, "other namespace": 1, "empty page": 1, "no prose left": 1,
    }  # fmt: skip


def test_the_newest_revision_counts_and_suppressed_text_is_dropped(tmp_path: Path) -> None:
    revision = "<revision><id>{}</id><timestamp>{}</timestamp>{}</revision>"
    old = revision.format(1, "2017-01-01T00:00:00Z", "<text>Old words stand here.</text>")
    new = revision.format(2, "2018-01-01T00:00:00Z", "<text>New words stand here.</text>")
    hidden = revision.format(3, "2018-02-01T00:00:00Z", '<text deleted="deleted" />')
    one = f"<page><title>One</title><ns>0</ns><id>1</id>{new}{old}</page>"
    two = f"<page><title>Two</title><ns>0</ns><id>2</id>{old}{hidden}</page>"
    path = tmp_path / "dump.xml"
    path.write_bytes(xml([one, two]))
    records = read(path)
    (article,) = [record for record in records if isinstance(record, Article)]
    assert (article.text, article.revision_id, article.date) == ("New words stand here.", "2", "2018-01-01")
    assert article.url == "https://tiny.example/wiki/One"
    assert reasons(records) == {"suppressed text": 1}


def test_what_is_no_dump_is_refused_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "page.xml").write_text("<html>no dump</html>")
    (tmp_path / "wide.xml").write_bytes(xml(BODIES).decode().encode("utf-16"))
    for name, words in (("page.xml", "does not begin like a MediaWiki export"), ("wide.xml", "UTF-16")):
        with pytest.raises(UserError, match=words):
            Wikipedia().work_items([tmp_path / name], SOURCES)
    with pytest.raises(UserError, match="does not exist"):
        Wikipedia().work_items([tmp_path / "absent.xml"], SOURCES)


def test_dumps_of_two_wikis_do_not_make_one_snapshot(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(xml(BODIES))
    (tmp_path / "b.xml").write_bytes(xml(BODIES, database="otherwiki"))
    with pytest.raises(UserError, match=r"a\.xml is a dump of tinywiki and b\.xml one of otherwiki"):
        Wikipedia().work_items([tmp_path], SOURCES)


def test_parts_of_a_dump_stand_in_their_own_order(tmp_path: Path) -> None:
    for number in (10, 2, 1):
        (tmp_path / f"dump-articles{number}.xml").write_bytes(xml(BODIES))
    items = Wikipedia().work_items([tmp_path], SOURCES)
    order = list(dict.fromkeys(item.path for item in items))
    assert order == ["dump-articles1.xml", "dump-articles2.xml", "dump-articles10.xml"]
    assert [item.part for item in items] == [f"wikipedia-{number:05d}" for number in range(len(items))]

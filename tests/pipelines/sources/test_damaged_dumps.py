"""Damaged and wrong inputs: a sentence for what is no dump, and what can be read of what is one."""

import bz2
import gzip
import lzma
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from pipelines.sources.base import Record, SourceConfig, Tally
from pipelines.sources.wikipedia import Wikipedia
from realm.errors import UserError
from realm.schema import Article, DeadLetter
from tests.pipelines.dumps import SOURCES, page, pages, streams, town, xml

BODIES = pages(12)
PACKS: dict[str, Callable[[bytes], bytes]] = {
    "bz2": lambda data: bz2.compress(data, 1),
    "gz": gzip.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor().compress,
}
WRONG = {
    "empty": (b"", "is empty"),
    "pdf": (b"%PDF-1.7\n...", "it is a PDF document"),
    "error page": (b"<!DOCTYPE html>\n<html>404</html>", "an HTML page, perhaps a server's error message"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\4", "a 7z archive, which must be unpacked first"),
    "sql": (b"-- MySQL dump 10.19\n", "an SQL table"),
    "index": (b"597:10:AccessibleComputing\n", "the index of a multistream dump"),
    "zeros": (bytes(10_000), "begins with zeros"),
    "utf-16": (xml(BODIES).decode().encode("utf-16"), "is UTF-16"),
    "utf-16 without a mark": (xml(BODIES).decode().encode("utf-16-be"), "is UTF-16"),
    "latin-1": (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + xml(BODIES), "is ISO-8859-1; dumps are UTF-8"),
    "broken siteinfo": (xml(BODIES).replace(b"<dbname>", b"<dbname><"), "has a broken <siteinfo>"),
    "bz2 head only": (bz2.compress(xml(BODIES))[:60], r"No page of .* can be read: the bz2 block at byte 4"),
    "gz head only": (gzip.compress(xml(BODIES))[:8], r"No page of .* can be read"),
    "xz head only": (lzma.compress(xml(BODIES))[:40], r"No page of .* can be read"),
    "zst head only": (zstandard.ZstdCompressor().compress(xml(BODIES))[:20], r"No page of .* can be read"),
    "broken gz": (b"\x1f\x8b" + b"nonsense" * 9, r"No page of .* can be read"),
    "broken zst": (b"\x28\xb5\x2f\xfd" + b"nonsense" * 9, r"No page of .* can be read"),
}


def read(path: Path, config: SourceConfig = SOURCES) -> list[Record]:
    source = Wikipedia()
    return [record for item in source.work_items([path], config) for record in source.read(item, config)]


def titles(records: list[Record]) -> list[str]:
    return [record.title for record in records if isinstance(record, Article)]


def reasons(records: list[Record]) -> Counter[str]:
    return Counter(record.reason for record in records if isinstance(record, DeadLetter))


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_dump_is_refused_in_one_sentence_with_the_file_and_the_remedy(name: str, tmp_path: Path) -> None:
    content, words = WRONG[name]
    path = tmp_path / "dump.xml"
    path.write_bytes(content)
    with pytest.raises(UserError, match=words) as caught:
        Wikipedia().work_items([path], SOURCES)
    assert str(path) in str(caught.value)
    assert any(word in str(caught.value) for word in ("Fetch", "Name a", "Convert"))


def test_missing_files_folders_without_dumps_and_dead_links_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"absent\.xml does not exist"):
        Wikipedia().work_items([tmp_path / "absent.xml"], SOURCES)
    with pytest.raises(UserError, match="finds no file in"):
        Wikipedia().work_items([tmp_path], SOURCES)
    (tmp_path / "dump.xml").symlink_to(tmp_path / "gone.xml")
    with pytest.raises(UserError, match="link to a file that is not there"):
        Wikipedia().work_items([tmp_path], SOURCES)


@pytest.mark.parametrize("kind", PACKS)
@pytest.mark.parametrize("share", [0.35, 0.8, 0.99])
def test_pages_before_the_end_of_a_file_that_is_cut_short_are_kept(kind: str, share: float, tmp_path: Path) -> None:
    many = pages(3_000)
    path = tmp_path / f"a.xml.{kind}"
    data = PACKS[kind](xml(many))
    path.write_bytes(data[: int(len(data) * share)])
    records = read(path)
    found = titles(records)
    assert found == titles_of(many)[: len(found)]
    assert len(found) >= (0 if kind == "zst" and share < 0.5 else share * 3_000 - 700)
    assert reasons(records)["file cut short"] == 1
    assert set(reasons(records)) <= {"file cut short", "page cut short"}


@pytest.mark.parametrize("kind", PACKS)
def test_a_flipped_byte_is_noticed_and_the_pages_around_it_are_kept(kind: str, tmp_path: Path) -> None:
    many = pages(3_000)
    data = bytearray(PACKS[kind](xml(many)))
    data[len(data) * 4 // 5] ^= 0x55
    path = tmp_path / f"a.xml.{kind}"
    path.write_bytes(data)
    records = read(path)
    found, wanted = titles(records), titles_of(many)
    gap = next(number for number, title in enumerate(wanted) if number == len(found) or title != found[number])
    behind = found[gap:]
    assert gap > 0
    assert behind == wanted[len(wanted) - len(behind) :]
    assert (len(behind) > 100) == (kind == "bz2")  # its blocks stand alone; the others cannot go on behind damage
    assert sum(count for reason, count in reasons(records).items() if reason.startswith("file ")) == 1
    lost = sum(record.count for record in records if isinstance(record, Tally) and record.name == "bytes lost")
    assert 0 < lost <= len(data)


def titles_of(bodies: list[str]) -> list[str]:
    return [body.split("<title>")[1].split("</title>")[0] for body in bodies]


def test_a_download_that_broke_off_between_two_streams_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "a.xml.bz2"
    path.write_bytes(b"".join(streams(BODIES)[:4]))
    records = read(path)
    assert titles(records) == titles_of(BODIES)[:6]
    assert reasons(records) == {"file cut short": 1}


def test_zeros_and_foreign_bytes_between_streams_cost_nothing_but_themselves(tmp_path: Path) -> None:
    parts = streams(BODIES)
    path = tmp_path / "a.xml.bz2"
    path.write_bytes(b"".join([*parts[:3], bytes(5_000), *parts[3:5], b"garbage", *parts[5:]]))
    records = read(path)
    assert titles(records) == titles_of(BODIES)
    letters = [record for record in records if isinstance(record, DeadLetter)]
    place = sum(map(len, parts[:3]))
    assert [letter.record_id for letter in letters] == [
        f"a.xml.bz2@{place}", f"a.xml.bz2@{place + 5_000 + sum(map(len, parts[3:5]))}",
    ]  # fmt: skip
    assert {letter.reason for letter in letters} == {"file damaged"}
    assert Tally("bytes lost", 5_004) in records  # the header of the next stream is not told from them


def test_external_entities_and_entity_bombs_are_neither_fetched_nor_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret words")
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    types = f'<!DOCTYPE mediawiki [<!ENTITY f SYSTEM "{secret.as_uri()}"><!ENTITY l0 "ha">{levels}]>\n'
    evil = [page(f"Evil {n}", "xyz", number=90 + n).replace("xyz", f"&{name};") for n, name in enumerate(("f", "l11"))]
    inside = page("Evil 3", "xyz", number=93).replace("<title>", types.strip() + "<title>")
    path = tmp_path / "dump.xml"
    path.write_bytes(types.encode() + xml([BODIES[0], *evil, inside, BODIES[1]]))
    records = read(path)
    assert titles(records) == titles_of(BODIES)[:2]
    assert reasons(records) == {"broken page": 3}
    assert "secret words" not in repr(records)
    details = [record.detail for record in records if isinstance(record, DeadLetter)]
    assert all("Evil" in detail for detail in details)


def test_deeply_nested_and_broken_xml_costs_its_page_only(tmp_path: Path) -> None:
    deep = page("Deep", "xyz", number=90).replace("xyz", "<a>" * 20_000)
    nul = page("Nul", "a \0 b", number=91)
    bad = page("Bytes", "xyz", number=92).encode().replace(b"xyz", b"\xff\xfe\xfd")
    data = xml([BODIES[0], deep, nul, "HERE", BODIES[1]]).replace(b"HERE", bad)
    path = tmp_path / "dump.xml"
    path.write_bytes(data)
    records = read(path)
    assert titles(records) == titles_of(BODIES)[:2]
    assert reasons(records) == {"broken page": 3}


def test_a_text_of_more_than_ten_million_letters_is_read_if_the_limit_allows_it(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml"
    path.write_bytes(xml([page("Long", "Some words stand here. " * 460_000, number=1)]))
    config = SourceConfig(items_per_dump=1, item_bytes_min=1, item_bytes_max=1 << 30, max_page_bytes=20_000_000)
    assert titles(read(path, config)) == ["Long"]


def test_a_fragment_is_read_as_english_and_that_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "fragment.xml"
    path.write_text("".join(BODIES))
    assert titles(read(path)) == titles_of(BODIES)
    assert "fragment.xml does not say which wiki it is of; it is read as English" in capsys.readouterr().err


def test_dumps_that_hold_the_same_pages_twice_are_refused(tmp_path: Path) -> None:
    for other in ("xxwiki-20190101-pages-articles.xml", "xxwiki-20180101-pages-articles-multistream.xml"):
        folder = tmp_path / other
        folder.mkdir()
        for name in ("xxwiki-20180101-pages-articles.xml", other):
            (folder / name).write_bytes(xml(BODIES))
        with pytest.raises(UserError, match=r"are two dumps of one wiki, .* Remove one of them"):
            Wikipedia().work_items([folder], SOURCES)


def test_parts_of_one_dump_its_index_and_a_file_named_twice_make_one_dump(tmp_path: Path) -> None:
    names = [f"xxwiki-20180101-pages-articles{part}.xml-p{part}p{part + 9}" for part in (1, 2, 10)]
    for name, bodies in zip(names, (BODIES[:4], BODIES[4:8], BODIES[8:]), strict=True):
        (tmp_path / f"{name}.xml").write_bytes(xml(bodies))
    (tmp_path / "xxwiki-20180101-pages-articles-multistream-index.txt").write_text("1:2:3\n")
    (tmp_path / "xxwiki-20180101-md5sums.txt").write_text("")
    source = Wikipedia()
    items = source.work_items([*sorted(tmp_path.iterdir()), tmp_path], SOURCES)
    found = [record for item in items for record in source.read(item, SOURCES)]
    assert titles(found) == titles_of(BODIES)


def test_old_exports_and_stubs_are_told(tmp_path: Path) -> None:
    old = page("Talk:Avern", town(1), number=1).replace("<ns>0</ns>", "")
    stub = page("Stub", "", number=2).replace('<text xml:space="preserve"></text>', '<text bytes="99" id="2" />')
    path = tmp_path / "dump.xml"
    path.write_bytes(xml([old, stub, page("Avern", town(1), number=3).replace("<ns>0</ns>", "")]))
    records = read(path)
    assert titles(records) == ["Avern"]
    assert reasons(records) == {"other namespace": 1, "no text in the dump": 1}


def test_a_file_that_asks_for_too_much_memory_is_refused(tmp_path: Path) -> None:
    data = xml(BODIES) * 3
    huge = [{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 30}]
    path = tmp_path / "dump.xml.xz"
    path.write_bytes(_xz_with_dictionary(data, huge))
    with pytest.raises(UserError, match="Memory usage limit"):
        Wikipedia().work_items([path], SOURCES)


def _xz_with_dictionary(data: bytes, filters: list[dict[str, int]]) -> bytes:
    """Made in a process of its own, as it takes gigabytes of address space."""
    code = (
        "import lzma, sys; "
        f"sys.stdout.buffer.write(lzma.compress(sys.stdin.buffer.read(), filters={[{**filters[0], 'mode': 1}]!r}))"
    )
    return subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True).stdout


def test_a_bomb_of_compressed_zeros_is_read_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "dump.xml.zst"
    compressor = zstandard.ZstdCompressor(level=3).compressobj()
    with path.open("wb") as file:
        file.write(compressor.compress(xml(BODIES).replace(b"</mediawiki>", b"")))
        for _ in range(400):
            file.write(compressor.compress(bytes(1 << 20)))
        file.write(compressor.flush())
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from pipelines.sources.dump_files import read_range\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "path = Path(sys.argv[1])\n"
        "print(sum(len(chunk.data) for chunk in read_range(path, 0, path.stat().st_size)))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=True)
    length, kilobytes = map(int, done.stdout.split())
    assert length > 400 << 20
    assert kilobytes < 200_000

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.sources.base import Record, Tally, WorkItem
from pipelines.sources.text import Text
from realm.errors import UserError
from realm.schema import Article, DeadLetter, Heading
from tests.pipelines.dumps import SOURCES, write_lines

RECORDS: list[dict[str, object]] = [
    {"id": n, "title": f"Note {n}", "text": f"Note number {n} says something. It ends — здесь."} for n in range(30)
]


def read(path: Path) -> list[Record]:
    source = Text()
    return [record for item in source.work_items([path], SOURCES) for record in source.read(item, SOURCES)]


def articles(records: list[Record]) -> list[Article]:
    return [record for record in records if isinstance(record, Article)]


def test_however_a_file_is_cut_every_line_comes_once_and_in_order(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "notes.jsonl", RECORDS)
    size = path.stat().st_size
    for step in range(60, 190, 7):
        found = []
        for start in range(0, size, step):
            item = WorkItem("text", path, path.name, start, min(start + step, size), "text-0")
            found += [article.doc_id for article in articles(list(Text().read(item, SOURCES)))]
        assert found == [str(n) for n in range(30)]


def test_a_broken_line_is_dropped_with_its_number_and_the_rest_is_read(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "notes.jsonl", RECORDS[:2])
    with path.open("ab") as file:
        file.write(b'{"id": "x", "title": \n')
        file.write(b"\xff\xfe\n")
        file.write(b'{"id": "y", "title": "No text"}\n\n')
        file.write(b'{"id": "z", "title": "Empty", "text": "  "}\n')
        file.write(b'{"id": "d", "title": "Date", "text": "a b", "date": "last year"}\n')
        file.write(b'["no object"]\n{"id": "e", "title": "\\ud800", "text": "Broken \\ud800 half."}')
    records = read(path)
    letters = [record for record in records if isinstance(record, DeadLetter)]
    assert [(letter.record_id, letter.reason) for letter in letters] == [
        ("notes.jsonl:3", "broken line"),
        ("notes.jsonl:4", "broken line"),
        ("notes.jsonl:5", "broken line"),
        ("z", "empty text"),
        ("notes.jsonl:9", "broken line"),
    ]
    assert [article.doc_id for article in articles(records)] == ["0", "1", "d", "e"]
    for article in articles(records):
        article.text.encode()


def test_odd_optional_fields_are_left_out_and_counted_and_the_text_is_kept(tmp_path: Path) -> None:
    note: dict[str, object] = {"id": "1", "title": "Wend", "text": "The Wend is a river."}
    odd: dict[str, object] = {"lang": 5, "url": ["a"], "date": "2018-06-31"}
    sound: dict[str, object] = {"lang": "en", "url": None, "date": "2018-06-30T10:00:00Z"}
    records = read(write_lines(tmp_path / "a.jsonl", [note | odd, note | {"lang": "", "date": False}, note | sound]))
    found = [(one.text, one.lang, one.url, one.date) for one in articles(records)]
    assert found == [(note["text"], "", "", "")] * 2 + [(note["text"], "en", "", "2018-06-30")]
    mended = [one.count for one in records if isinstance(one, Tally) and one.name == "repaired: odd optional fields"]
    assert mended == [3, 1]
    assert not any(isinstance(one, DeadLetter) for one in records)


def test_a_mark_of_byte_order_is_no_part_of_the_first_line(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "notes.jsonl", RECORDS[:2])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert [article.doc_id for article in articles(read(path))] == ["0", "1"]


@pytest.mark.timeout(20)  # a search that is not linear takes hours
def test_a_million_spaces_are_read_as_fast_as_letters(tmp_path: Path) -> None:
    text = "one" + " " * 1_000_000 + "two \n \t \n three"
    path = write_lines(tmp_path / "notes.jsonl", [{"id": 1, "title": "Spaces", "text": text}])
    config = replace(SOURCES, max_page_bytes=2_000_000)
    (item,) = Text().work_items([path], replace(config, item_bytes_min=2_000_000))
    (article,) = articles(list(Text().read(item, config)))
    assert article.text.startswith("one ")
    assert article.text.endswith("two\nthree")


def test_a_name_that_is_not_utf_8_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("A note.", encoding="utf-8")
    with pytest.raises(UserError, match=r"The name of the file caf\\xe9\.md is not UTF-8\. Rename it\."):
        Text().work_items([tmp_path], SOURCES)


def test_a_line_that_is_too_long_is_left_out(tmp_path: Path) -> None:
    long: dict[str, object] = {"id": "long", "title": "Long", "text": "word " * 40_000}
    path = write_lines(tmp_path / "notes.jsonl", [RECORDS[0], long, RECORDS[1]])
    records = read(path)
    assert [article.doc_id for article in articles(records)] == ["0", "1"]
    assert [record.reason for record in records if isinstance(record, DeadLetter)] == ["line too long"]


def test_a_title_repeated_as_first_line_is_a_heading(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.jsonl", [{"id": "1", "title": "Wend", "text": "Wend\n\nThe Wend is a river. "}])
    (article,) = articles(read(path))
    assert article.text == "Wend\nThe Wend is a river."
    assert article.headings == (Heading(0, 4, 1),)


def test_a_folder_without_json_lines_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"finds no file"):
        Text().work_items([tmp_path], SOURCES)

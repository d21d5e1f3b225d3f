import bz2
import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.sources.base import Record, SourceConfig, Tally, WorkItem
from pipelines.sources.passages import repeated_beginning
from pipelines.sources.text import Text
from realm.errors import UserError
from realm.schema import Article, DeadLetter, Heading
from tests.pipelines.dumps import SOURCES

AVERN = [
    'Avern Avern (or "Aveern") is a town on the river Wend. It has a bridge of',
    "seven arches, which was built by Margaret Holt. Nobody crosses it at night.",
]
BELLOW = ["Bellow (town) Bellow lies by the sea."]


def table(passages: list[tuple[str, str]], *, header: bool = True) -> bytes:
    """As DPR's files are written: by Python's CSV writer, with tabs."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    if header:
        writer.writerow(["id", "text", "title"])
    writer.writerows((number, text, title) for number, (text, title) in enumerate(passages, start=1))
    return out.getvalue().encode()


def titled(texts: list[str], title: str) -> list[tuple[str, str]]:
    return [(text, title) for text in texts]


def read(path: Path, config: SourceConfig = SOURCES) -> list[Record]:
    source = Text()
    return [record for item in source.work_items([path], config) for record in source.read(item, config)]


def articles(records: list[Record]) -> list[Article]:
    return [record for record in records if isinstance(record, Article)]


def letters(records: list[Record]) -> list[tuple[str, str]]:
    return [(record.record_id, record.reason) for record in records if isinstance(record, DeadLetter)]


def test_the_passages_of_a_title_are_one_article_again(tmp_path: Path) -> None:
    path = tmp_path / "psgs.tsv"
    path.write_bytes(table([*titled(AVERN, "Avern"), *titled(BELLOW, "Bellow (town)")]))
    avern, bellow = articles(read(path))
    assert (avern.doc_id, avern.title, bellow.doc_id) == ("1", "Avern", "3")
    assert avern.text == (
        'Avern\nAvern (or "Aveern") is a town on the river Wend. It has a bridge of seven arches, which was built by '
        "Margaret Holt. Nobody crosses it at night."
    )
    assert avern.headings == (Heading(0, 5, 1),)
    assert bellow.text == "Bellow (town)\nBellow lies by the sea."


def test_a_title_that_begins_the_first_sentence_is_no_heading(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes(table([("Avern is a town.", "Avern"), ("Avern (or Aveern) is a town.", "Avern (town)")]))
    assert [(one.text, one.headings) for one in articles(read(path))] == [
        ("Avern is a town.", ()),
        ("Avern (or Aveern) is a town.", ()),
    ]


def test_the_beginning_that_fills_up_the_last_passage_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "psgs.tsv"
    filled = [AVERN[0], f'{AVERN[1]} Avern Avern (or "Aveern") is a town']
    short = [f"{BELLOW[0]} {BELLOW[0]} Bellow (town) Bellow lies by"]
    path.write_bytes(table([*titled(filled, "Avern"), *titled(short, "Bellow (town)")]))
    avern, bellow = articles(read(path))
    assert avern.text.endswith("Nobody crosses it at night.")
    assert bellow.text == "Bellow (town)\nBellow lies by the sea."


def test_a_title_that_stands_twenty_thousand_times_is_no_filling_but_where_it_repeats_the_beginning(
    tmp_path: Path,
) -> None:
    path = tmp_path / "psgs.tsv"
    named = " ".join(["Avern"] * 20_000)
    texts = [f"{named} stands by the river.", f"It is {named} still.", f"{named} ends. {named} stands by the"]
    path.write_bytes(table(titled(texts, "Avern")))
    (article,) = articles(read(path, replace(SOURCES, max_page_bytes=2_000_000)))
    assert article.text.split() == " ".join([*texts[:2], f"{named} ends."]).split()


@settings(deadline=None)
@given(st.lists(st.sampled_from(["a", "b"]), max_size=30), st.lists(st.sampled_from(["a", "b"]), max_size=30))
def test_the_longest_repeated_beginning_is_found(beginning: list[str], end: list[str]) -> None:
    lengths = range(min(len(beginning), len(end)) + 1)
    longest = max(length for length in lengths if beginning[:length] == end[len(end) - length :])
    assert repeated_beginning(beginning, end) == longest


def test_bad_lines_are_dropped_with_their_places_and_part_no_article(tmp_path: Path) -> None:
    path = tmp_path / "psgs.tsv"
    first, second = table(titled(AVERN, "Avern")).splitlines(keepends=True)[1:]
    bad = b'1\tonly two\n2\ta\tb\tc\n3\t\xff\tT\n4\t\tEmpty\n5\tNo title.\t\n6\t"Holt" and "Lee" met.\tQuoted\n'
    path.write_bytes(first + bad.replace(b'6\t"Holt"', second + b'6\t"Holt"'))
    records = read(path)
    assert letters(records) == [
        ("psgs.tsv:2", "odd columns"),
        ("psgs.tsv:3", "odd columns"),
        ("psgs.tsv:4", "broken line"),
        ("psgs.tsv:5", "empty text"),
        ("psgs.tsv:6", "broken line"),
    ]
    assert [one.title for one in articles(records)] == ["Avern", "Quoted"]
    assert articles(records)[1].text == '"Holt" and "Lee" met.'
    assert articles(records)[0].text.endswith("at night.")
    assert sum(one.count for one in records if isinstance(one, Tally) and one.name == "pages") == 8


def test_columns_in_another_order_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "psgs.tsv"
    path.write_text("id\ttitle\ttext\n1\tAvern\tA town.\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"psgs\.tsv has the columns id, title, text; .* Change the order"):
        Text().work_items([path], SOURCES)


def test_a_packed_table_is_one_work_item(tmp_path: Path) -> None:
    path = tmp_path / "psgs.tsv.bz2"
    path.write_bytes(bz2.compress(table(titled(AVERN, "Avern") * 40)))
    assert len(Text().work_items([path], SOURCES)) == 1
    assert len(articles(read(path))) == 1


LINES = st.lists(
    st.tuples(st.sampled_from(["A", "B", "C"]), st.sampled_from(["good", "good", "good", "odd", "long", "blank"])),
    min_size=1,
    max_size=14,
)


def line(number: int, title: str, kind: str) -> bytes:
    text = {"odd": "x\ty\tz", "long": "word " * 90, "blank": ""}.get(kind, f"Sentence {number} of it.")
    return b"\n" if kind == "blank" else f"{number}\t{text}\t{title}\n".encode()


@settings(max_examples=150, deadline=None)
@given(lines=LINES, step=st.integers(5, 120))
def test_however_a_table_is_cut_every_article_and_every_bad_line_comes_once(
    lines: list[tuple[str, str]], step: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "cut.tsv"
    path.write_bytes(b"".join(line(number, *one) for number, one in enumerate(lines)))
    size = path.stat().st_size
    config = SOURCES.__class__(**{**SOURCES.__dict__, "max_page_bytes": 200})

    def parts(width: int) -> list[Record]:
        items = [WorkItem("text", path, path.name, n, min(n + width, size), "text-0") for n in range(0, size, width)]
        return [record for item in items for record in Text().read(item, config)]

    whole, cut = parts(size), parts(step)
    assert articles(cut) == articles(whole)
    assert [reason for _, reason in letters(cut)] == [reason for _, reason in letters(whole)]
    assert sum(isinstance(one, Tally) for one in cut) == sum(isinstance(one, Tally) for one in whole)

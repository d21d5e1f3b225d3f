import gzip
from pathlib import Path

import pytest

from pipelines.sources.base import Record, SourceConfig, Tally, item_fingerprint
from pipelines.sources.markdown import read_markdown
from pipelines.sources.plain_text import unwrapped
from pipelines.sources.text import Text
from realm.errors import UserError
from realm.schema import Article, DeadLetter
from tests.pipelines.dumps import SOURCES, write_lines

NOTE = """---
title: The mill of Avern
date: 2021-05-03
lang: en
tags: [mills]
---
# A mill

The *mill* stands on the [Wend](https://wend.example/) and
grinds [[Rye (grain)|rye]] for [[Bellow#History]].[^1]

```python
print("no prose")
```

| year | flour |
|------|-------|
| 1911 | 40    |

## Owners

- [x] Margaret Holt
- Jon Lee &amp; sons
<div>nothing</div>

![[mill.png]]

[^1]: From the archive.
"""


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder


def read(*inputs: Path, config: SourceConfig = SOURCES) -> list[Record]:
    return [record for item in Text().work_items(inputs, config) for record in Text().read(item, config)]


def articles(records: list[Record]) -> dict[str, Article]:
    return {record.doc_id: record for record in records if isinstance(record, Article)}


def letters(records: list[Record]) -> dict[str, str]:
    return {record.record_id: record.reason for record in records if isinstance(record, DeadLetter)}


def tallies(records: list[Record]) -> dict[str, int]:
    found = [record for record in records if isinstance(record, Tally)]
    return {name: sum(one.count for one in found if one.name == name) for name in {one.name for one in found}}


def test_markdown_becomes_prose_with_headings_and_links(tmp_path: Path) -> None:
    records = read(write(tmp_path, {"mill.md": NOTE}))
    mill = articles(records)["mill.md"]
    assert mill.text.split("\n") == [
        "A mill",
        "The mill stands on the Wend and grinds rye for Bellow.",
        "Owners",
        "Margaret Holt",
        "Jon Lee & sons",
    ]
    assert [mill.text[one.start : one.end] for one in mill.headings] == ["A mill", "Owners"]
    assert [(mill.text[one.start : one.end], one.target) for one in mill.links] == [
        ("rye", "Rye (grain)"), ("Bellow", "Bellow"),
    ]  # fmt: skip
    assert (mill.title, mill.date, mill.lang) == ("The mill of Avern", "2021-05-03", "en")
    assert tallies(records) == {
        "pages": 1, "left out: front matter": 1, "left out: code": 1, "left out: tables": 1, "left out: elements": 1,
        "left out: files": 1, "left out: refs": 2,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "title", "date"),
    [
        ("# First\n\nText.", "First", ""),
        ("No heading.", "a", ""),
        ("Setext\n======\n\nText.", "Setext", ""),
        ('+++\ntitle = "Tom"\ndate = 2020-02-03\n+++\nText.', "Tom", "2020-02-03"),
        ("---\ndate: 2020-02-03T10:00:00Z\n---\nText.", "a", "2020-02-03"),
        ("---\ndate: last year\n---\nText.", "a", ""),
        ("---\nbroken: [\n---\nText.", "a", ""),
        ("---\ntitle: Avern: a history\ndate: 2020-02-03\n---\nText.", "Avern: a history", "2020-02-03"),
        ("---\ntitle: 2021\ndate: 2021-2-3\n---\nText.", "2021", "2021-02-03"),
        ("---\ntitle: no\ndate: 2021-02-31\n---\nText.", "no", ""),
        ("---\ntitle: [one, two]\ndate:\n---\n# First\n\nText.", "First", ""),
        ("+++\ntitle = 2021\ndate = 3 May\n+++\nText.", "2021", ""),
        ("---\n\nText between two rules.\n\n---\n", "a", ""),
    ],
)
def test_title_and_date_of_a_note(text: str, title: str, date: str, tmp_path: Path) -> None:
    note = articles(read(write(tmp_path, {"a.md": text})))["a.md"]
    assert (note.title, note.date) == (title, date)
    assert note.text.splitlines()[-1].startswith(("Text", "No heading"))


def test_odd_front_matter_is_counted_and_norwegian_is_not_false(tmp_path: Path) -> None:
    files = {
        "a.md": "---\ntitle: Avern: a history\nlang: no\n---\nText.",
        "b.md": "---\nlang: no\ndate: last year\nurl: [a, b]\n---\nText.",
        "c.md": "---\nlang: no\ndate:\nurl: null\n---\nText.",
    }
    records = read(write(tmp_path, dict(files)))
    assert [one.lang for one in articles(records).values()] == ["no", "no", "no"]
    assert tallies(records) == {
        "pages": 3, "left out: front matter": 3, "repaired: front matter": 1,
        "left out: odd fields of front matter": 2,
    }  # fmt: skip


def test_linked_files_and_folders_are_read_once_and_the_other_names_are_told(tmp_path: Path) -> None:
    notes = write(tmp_path / "notes", {"b.md": "B.", "deep/c.md": "C."})
    write(tmp_path / "elsewhere", {"d.md": "D.", "e.jsonl": '{"id": "e", "title": "E", "text": "E."}\n'})
    (notes / "a.md").symlink_to(notes / "b.md")
    (notes / "alias").symlink_to(notes / "deep", target_is_directory=True)
    (notes / "far").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    (notes / "deep" / "up").symlink_to(tmp_path, target_is_directory=True)
    (notes / "deep" / "round").symlink_to(notes, target_is_directory=True)
    records = read(notes)
    assert sorted(articles(records)) == ["b.md", "deep/c.md", "e", "far/d.md"]
    assert letters(records) == dict.fromkeys(["a.md", "alias", "deep/round"], "read under another name")
    assert list(articles(read(notes, notes / "b.md"))) == list(articles(records))


def test_a_folder_is_read_with_its_folders_and_what_is_not_read_is_named(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "notes/2.txt": "Two.", "notes/10.md": "Ten.", "top_of_all.txt": "Top.", "packed.md.gz": gzip.compress(b"Gz."),
        "empty.md": "", "only.md": "# Only a heading\n", "photo.jpg": b"\xff\xd8\0", "binary.txt": b"a\0b\x01",
        ".git/config.txt": "hidden", "notes/.draft.md": "hidden", "long.txt": "word " * 40_000, "md5sums.txt": "",
    }  # fmt: skip
    records = read(write(tmp_path, files))
    found = articles(records)
    assert list(found) == ["notes/2.txt", "notes/10.md", "packed.md.gz", "top_of_all.txt"]
    assert [one.title for one in found.values()] == ["2", "10", "packed", "top of all"]
    assert letters(records) == {
        "empty.md": "empty text", "only.md": "empty text", "photo.jpg": "other kind of file", "binary.txt": "no text",
        ".git": "hidden file", "notes/.draft.md": "hidden file", "long.txt": "file too long",
    }  # fmt: skip
    assert tallies(records)["pages"] == len(found) + len(letters(records))


def test_encodings_are_repaired_and_counted(tmp_path: Path) -> None:
    text = "Zoë’s café stood in Kraków."
    files: dict[str, str | bytes] = {
        "bom.txt": text.encode("utf-8-sig"),
        "wide.txt": b"\xff\xfe" + text.encode("utf-16-le"),
        "old.txt": "Zoë’s café stood in Krakow.".encode("cp1252"),
        "twice.txt": "Zoë’s café".encode().decode("cp1252"),
        "plain.txt": text,
    }
    records = read(write(tmp_path, files))
    texts = {name: one.text for name, one in articles(records).items()}
    assert texts["bom.txt"] == texts["wide.txt"] == texts["plain.txt"] == text
    assert texts["old.txt"] == "Zoë’s café stood in Krakow."
    assert texts["twice.txt"] == "Zoë’s café"
    repaired = {name: count for name, count in tallies(records).items() if name.startswith("repaired")}
    assert repaired == {
        "repaired: utf-16-le": 1, "repaired: sloppy-windows-1252": 1, "repaired: mojibake": 1,
    }  # fmt: skip


def test_lines_that_an_editor_broke_are_joined_and_lists_are_not() -> None:
    wrapped = "The mill of Avern stands on the river Wend\nand its brook, which has been dry for years\nnow."
    assert unwrapped(f"{wrapped}\n\n\nMilk\nBread\n- salt").split("\n") == [
        "The mill of Avern stands on the river Wend and its brook, which has been dry for years now.",
        "Milk",
        "Bread",
        "- salt",
    ]


def test_many_small_files_share_a_work_item_and_a_change_touches_only_its_own(tmp_path: Path) -> None:
    config = SourceConfig(items_per_dump=4, item_bytes_min=100, item_bytes_max=10**6, max_page_bytes=10**5)
    write(tmp_path, {f"{n:03d}.txt": f"Note {n} tells of the mill of Avern." for n in range(60)})
    items = Text().work_items([tmp_path], config)
    assert 4 <= len(items) <= 6
    assert [member.name for item in items for member in item.members] == [f"{n:03d}.txt" for n in range(60)]
    assert [item.part for item in items] == [f"text-{n:05d}" for n in range(len(items))]
    before = [item_fingerprint(item) for item in items]
    (tmp_path / "059.txt").write_text("Note 59 tells of the mill of Hvern.", encoding="utf-8")
    after = [item_fingerprint(item) for item in Text().work_items([tmp_path], config)]
    assert [one == other for one, other in zip(before, after, strict=True)] == [True] * (len(items) - 1) + [False]


def test_lines_and_files_may_lie_in_one_folder(tmp_path: Path) -> None:
    write_lines(tmp_path / "notes.jsonl", [{"id": "j", "title": "J", "text": "A line."}])
    write(tmp_path, {"a.md": "A note.", "p.tsv": "1\tA passage.\tP\n"})
    items = Text().work_items([tmp_path], SOURCES)
    assert [item.path for item in items] == ["notes.jsonl", "p.tsv", "a.md"]
    assert list(articles(read(tmp_path))) == ["j", "1", "a.md"]
    assert list(articles(read(tmp_path / "a.md", tmp_path / "notes.jsonl"))) == ["j", "a.md"]


def test_a_file_of_another_kind_alone_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"a.docx": b"PK"})
    with pytest.raises(UserError, match=r"finds no file in .*Files must end in \.jsonl, \.tsv, \.txt, \.md"):
        Text().work_items([tmp_path / "a.docx"], SOURCES)


def test_markdown_that_nests_without_end_is_read_all_the_same() -> None:
    for text in ("[" * 20_000, "> " * 5_000 + "deep", "*a" * 5_000, "- " * 3_000 + "deep", "[[" * 5_000):
        read_markdown(text)


def test_a_cut_file_in_a_folder_is_called_by_its_own_name(tmp_path: Path) -> None:
    whole = "".join(f"Line {n} of the mill's book, {n * n}.\n" for n in range(200)).encode()
    write(tmp_path, {"a.txt": "A note.", "b.txt.gz": gzip.compress(whole)[:-20], "c.txt": "Another note."})
    found = letters(read(tmp_path))
    assert [place.rpartition("@")[0] for place, reason in found.items() if reason == "file cut short"] == ["b.txt.gz"]

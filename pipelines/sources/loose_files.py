"""Folders of text and Markdown files: each file is a document.

Files are small, so a work item holds many: consecutive ones, in the order of their names, until they have as many
bytes as a work item of one large file would. A document's date is what its front matter says, and never the file's
time of change, which every copy changes.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any, Final

from pipelines.sources.base import Member, Record, SourceConfig, Tally, WorkItem, dead_letter, tidy_text, unreadable
from pipelines.sources.chunks import Damage
from pipelines.sources.decoding import decoded
from pipelines.sources.dump_files import read_range
from pipelines.sources.json_lines import EMPTY
from pipelines.sources.markdown import MarkdownText, read_markdown
from pipelines.sources.plain_text import unwrapped
from realm.schema import Article

PACKED: Final = (".gz", ".bz2", ".xz", ".zst")
MARKDOWN: Final = (".md", ".markdown")
LOOSE: Final = (".txt", *MARKDOWN)
NO_TEXT: Final = "no text"
TOO_LARGE: Final = "file too long"
TWICE: Final = "read under another name"
_FIELDS: Final = ("title", "date", "lang", "url")
_NOTHING: Final = (None, "", "null", "~")
_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")


def bare_suffix(name: str) -> str:
    """The suffix of a file's name, that of its compression left out."""
    path = PurePosixPath(name.lower())
    return PurePosixPath(path.stem).suffix if path.suffix in PACKED else path.suffix


def pack(files: Sequence[Member], *, size: int) -> Iterator[tuple[Member, ...]]:
    """Consecutive files that have about `size` bytes together."""
    group: list[Member] = []
    total = 0
    for file in files:
        if group and total + file.size > size:
            yield tuple(group)
            group, total = [], 0
        group.append(file)
        total += file.size
    if group:
        yield tuple(group)


def is_hidden(name: str) -> bool:
    """Whether a file, or a folder that it lies in, has a name that begins with a full stop."""
    return any(part.startswith(".") for part in PurePosixPath(name).parts)


def read_files(item: WorkItem, config: SourceConfig) -> Iterator[Record]:
    """Reads the documents of a work item that holds many files."""
    for member in item.members:
        name = member.name
        yield Tally("pages", 1)
        if member.same_as:
            yield dead_letter(item, record_id=name, title="", reason=TWICE, detail=f"as {member.same_as}")
        elif is_hidden(name):
            yield dead_letter(item, record_id=name, title="", reason="hidden file", detail="")
        elif bare_suffix(name) not in LOOSE:
            yield dead_letter(item, record_id=name, title="", reason="other kind of file", detail="")
        else:
            yield from _read_file(item, name, config)


def _read_file(item: WorkItem, name: str, config: SourceConfig) -> Iterator[Record]:
    path = item.file / name
    data = bytearray()
    for chunk in read_range(path, 0, path.stat().st_size):
        if isinstance(chunk, Damage):
            one = replace(item, path=name)  # the item's own names the first and the last of its files
            yield from unreadable(one, offset=chunk.offset, reason=chunk.reason, detail=chunk.detail, lost=chunk.lost)
            continue
        data += chunk.data
        if len(data) > config.max_page_bytes:
            detail = f"the file has more than {config.max_page_bytes} bytes"
            yield dead_letter(item, record_id=name, title="", reason=TOO_LARGE, detail=detail)
            return
    try:
        text, mended = decoded(bytes(data))
    except ValueError as error:
        yield dead_letter(item, record_id=name, title="", reason=NO_TEXT, detail=str(error))
        return
    if mended:
        yield Tally(f"repaired: {mended}", 1)
    yield from _document(item, name, text)


def _document(item: WorkItem, name: str, text: str) -> Iterator[Record]:
    if bare_suffix(name) in MARKDOWN:
        found = read_markdown(text)
    else:
        found = MarkdownText(lines=unwrapped(text).split("\n") if text.strip() else [])
    for reason, count in sorted(found.dropped.items()):
        if count:
            yield Tally(f"left out: {reason}", count)
    if found.mended:
        yield Tally("repaired: front matter", 1)
    stem = _stem(name)
    front = {name: _field(found.front, name) for name in _FIELDS}
    odd = sum(not front[name] and found.front.get(name) not in _NOTHING for name in _FIELDS)
    if odd:
        yield Tally("left out: odd fields of front matter", odd)
    title = front["title"] or found.title() or stem
    if len(found.headings) == len(found.lines):
        yield dead_letter(item, record_id=name, title=title, reason=EMPTY, detail="")
        return
    if not found.headings and found.lines[0] == title:
        found.headings.append((0, 1))
    joined, headings, links = found.joined()
    yield Article(
        source=item.source,
        doc_id=name,
        revision_id="",
        date=front["date"],
        lang=front["lang"],
        outlet="",
        title=title,
        aliases=(),
        url=front["url"],
        text=joined,
        headings=headings,
        links=links,
    )


def _stem(name: str) -> str:
    file = PurePosixPath(name)
    stem = PurePosixPath(file.stem).stem if file.suffix.lower() in PACKED else file.stem
    return " ".join(tidy_text(stem).replace("_", " ").split())


def _field(front: Mapping[str, Any], name: str) -> str:
    """A field of front matter as text; empty if it is not one, or a date that is none."""
    value = front.get(name)
    if isinstance(value, datetime.date):
        value = value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    text = " ".join(tidy_text(value).split()) if isinstance(value, str) else ""
    return _date(text) if name == "date" else text


def _date(text: str) -> str:
    found = _DAY.match(text)
    try:
        return datetime.date(*map(int, found.groups())).isoformat() if found else ""
    except ValueError:  # the 31st of June
        return ""

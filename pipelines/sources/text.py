"""A person's own text: JSON lines with `id`, `title`, `text` and, if there are any, `url`, `date`, `lang`."""

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from pipelines.sources.base import (
    Record,
    SourceConfig,
    Tally,
    WorkItem,
    cut,
    dead_letter,
    input_files,
    tidy_text,
    unreadable,
)
from pipelines.sources.dump_files import Damage, read_range
from pipelines.sources.lines import BROKEN, LINE_DAMAGE, TOO_LONG, Line, LongLine, place_of, scan_lines
from realm.schema import Article, Heading

SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".jsonl.bz2", ".jsonl.xz", ".jsonl.zst")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_LINE_SPACES: Final = re.compile(r"[^\S\n]*\n\s*")


class Text:
    """Documents of JSON-lines files."""

    name = "text"
    damage = LINE_DAMAGE

    def work_items(self, inputs: Sequence[Path], config: SourceConfig) -> list[WorkItem]:
        """Cuts the files into byte ranges; a line belongs to the range in which it begins."""
        return cut(
            input_files(inputs, suffixes=SUFFIXES, source=self.name),
            config,
            source=self.name,
            divisible=frozenset({"plain"}),
        )

    def read(self, item: WorkItem, config: SourceConfig) -> Iterator[Record]:
        """Reads the documents whose lines begin in the item's range."""
        begin = max(0, item.start - 1)  # the byte before tells whether a line begins at the range's start
        chunks = read_range(item.file, begin, item.end)
        for found in scan_lines(chunks, start=begin, skip_first=item.start > 0, max_bytes=config.max_page_bytes):
            if isinstance(found, Damage):
                yield from unreadable(
                    item, offset=found.offset, reason=found.reason, detail=found.detail, lost=found.lost
                )
            elif isinstance(found, LongLine):
                detail = f"the line has more than {config.max_page_bytes} bytes"
                record_id = place_of(found, path=item.path, start=item.start)
                yield dead_letter(item, record_id=record_id, title="", reason=TOO_LONG, detail=detail)
            else:
                yield from _read_line(item, found)


def _read_line(item: WorkItem, line: Line) -> Iterator[Record]:
    if not line.data.strip():
        return
    yield Tally("pages", 1)
    place = place_of(line, path=item.path, start=item.start)
    try:
        fields = json.loads(line.data.decode("utf-8"))
        article = _article(item, fields)
    except (ValueError, RecursionError) as error:
        detail = str(error) or type(error).__name__
        yield dead_letter(item, record_id=place, title="", reason=BROKEN, detail=detail)
        return
    if not article.text:
        yield dead_letter(item, record_id=article.doc_id, title=article.title, reason="empty text", detail=place)
        return
    yield article


def _article(item: WorkItem, fields: Any) -> Article:
    if not isinstance(fields, dict):
        raise ValueError("the line is not a JSON object")
    title = " ".join(tidy_text(_field(fields, "title")).split())
    text = _LINE_SPACES.sub("\n", tidy_text(_field(fields, "text"))).strip()
    # Extracted articles often repeat their title as first line: that is a heading and not prose.
    first = text.partition("\n")[0]
    headings = (Heading(0, len(first), 1),) if first and first == title else ()
    date = _field(fields, "date", needed=False)
    if date and not _DATE.match(date):
        raise ValueError(f"the date {date!r} does not begin like YYYY-MM-DD")
    return Article(
        source=item.source,
        doc_id=_field(fields, "id"),
        revision_id="",
        date=date[:10],
        lang=_field(fields, "lang", needed=False),
        outlet="",
        title=title,
        aliases=(),
        url=_field(fields, "url", needed=False),
        text="" if headings and len(first) == len(text) else text,
        headings=headings,
    )


def _field(fields: dict[str, Any], name: str, *, needed: bool = True) -> str:
    value = fields.get(name)
    if value is None and not needed:
        return ""
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"'{name}' is missing" if value is None else f"'{name}' is not a string")
    return value.encode("utf-8", "replace").decode("utf-8")

"""JSON lines of a person's own documents: `id`, `title`, `text` and, if there are any, `url`, `date`, `lang`."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pipelines.sources.base import Record, SourceConfig, Tally, WorkItem, dead_letter, tidy_text, unreadable
from pipelines.sources.dump_files import Damage, read_range
from pipelines.sources.lines import BROKEN, TOO_LONG, Line, LongLine, place_of, scan_lines
from realm.schema import Article, Heading

EMPTY: Final = "empty text"
_OPTIONAL: Final = ("date", "lang", "url")
DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_json_lines(item: WorkItem, config: SourceConfig) -> Iterator[Record]:
    """Reads the documents whose lines begin in the item's range."""
    begin = max(0, item.start - 1)  # the byte before tells whether a line begins at the range's start
    chunks = read_range(item.file, begin, item.end)
    for found in scan_lines(chunks, start=begin, skip_first=item.start > 0, max_bytes=config.max_page_bytes):
        if isinstance(found, Damage):
            yield from unreadable(item, offset=found.offset, reason=found.reason, detail=found.detail, lost=found.lost)
        elif isinstance(found, LongLine):
            yield too_long(item, found, config)
        else:
            yield from _read_line(item, found)


def too_long(item: WorkItem, line: LongLine, config: SourceConfig) -> Record:
    """The dead letter of a line that was not kept."""
    detail = f"the line has more than {config.max_page_bytes} bytes"
    record_id = place_of(line, path=item.path, start=item.start)
    return dead_letter(item, record_id=record_id, title="", reason=TOO_LONG, detail=detail)


def _read_line(item: WorkItem, line: Line) -> Iterator[Record]:
    if not line.data.strip():
        return
    yield Tally("pages", 1)
    place = place_of(line, path=item.path, start=item.start)
    try:
        fields = json.loads(line.data.decode("utf-8-sig"))
        optional, odd = _optional(fields)
        article = _article(item, fields, optional)
    except (ValueError, RecursionError) as error:
        detail = str(error) or type(error).__name__
        yield dead_letter(item, record_id=place, title="", reason=BROKEN, detail=detail)
        return
    if odd:
        yield Tally("repaired: odd optional fields", odd)
    if not article.text:
        yield dead_letter(item, record_id=article.doc_id, title=article.title, reason=EMPTY, detail=place)
        return
    yield article


def _article(item: WorkItem, fields: Any, optional: Mapping[str, str]) -> Article:
    title = " ".join(tidy_text(_field(fields, "title")).split())
    lines = (line.strip() for line in tidy_text(_field(fields, "text")).split("\n"))
    text = "\n".join(line for line in lines if line)
    # Extracted articles often repeat their title as first line: that is a heading and not prose.
    first = text.partition("\n")[0]
    headings = (Heading(0, len(first), 1),) if first and first == title else ()
    return Article(
        source=item.source,
        doc_id=_field(fields, "id"),
        revision_id="",
        date=optional["date"],
        lang=optional["lang"],
        outlet="",
        title=title,
        aliases=(),
        url=optional["url"],
        text="" if headings and len(first) == len(text) else text,
        headings=headings,
    )


def _optional(fields: Any) -> tuple[dict[str, str], int]:
    """The fields that a document may lack, and how many of them are left out because they are not what they should be.

    Raises:
        ValueError: there are no fields at all.
    """
    if not isinstance(fields, dict):
        raise ValueError("the line is not a JSON object")
    values = {name: fields.get(name) for name in _OPTIONAL}
    kept = {name: _utf8(value) if isinstance(value, str) else "" for name, value in values.items()}
    kept["date"] = _day(kept["date"])
    return kept, sum(not kept[name] and value not in (None, "") for name, value in values.items())


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10]).isoformat() if DATE.match(text) else ""
    except ValueError:  # the 31st of June
        return ""


def _field(fields: dict[str, Any], name: str) -> str:
    value = fields.get(name)
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"'{name}' is missing" if value is None else f"'{name}' is not a string")
    return _utf8(value)


def _utf8(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")

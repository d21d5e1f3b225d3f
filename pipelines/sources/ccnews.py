"""CC-News and any other WARC archives of news pages.

An archive is a work item, whatever its compression. Each HTML response becomes an article: `doc_id` and `url` are its
address, `revision_id` the id of its WARC record, `date` the day of publication (of the capture, where the page does
not tell), `outlet` the host without `www.`. Duplicates are found later, over all archives.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from pipelines.news.archive import ARCHIVE_DAMAGE, SUFFIXES, Damage, Response, read_responses
from pipelines.news.bodies import BODY_DAMAGE, BodyError, decoded_text
from pipelines.news.config import NewsConfig
from pipelines.news.extractor import EXTRACTION_DAMAGE, Extractor, borrowed_extractor
from pipelines.news.judge import is_index_address
from pipelines.news.page import Line
from pipelines.sources.base import (
    RawPage,
    Record,
    Source,
    SourceConfig,
    Tally,
    WorkItem,
    content_key,
    cut,
    dead_letter,
    read_pages,
    tidy_text,
    unreadable,
)
from pipelines.sources.folders import input_files
from realm.errors import UserError
from realm.schema import Article, DeadLetter, Heading

_HTML: Final = ("text/html", "application/xhtml+xml")
_OK: Final = 200
_TELLING: Final = (
    "url", "captured", "content_type", "content_encoding", "transfer_encoding", "truncated",
)  # fmt: skip


class CcNews(Source):
    """Articles of WARC archives."""

    name = "ccnews"
    damage = ARCHIVE_DAMAGE | BODY_DAMAGE | EXTRACTION_DAMAGE

    def work_items(self, inputs: Sequence[Path], config: SourceConfig) -> list[WorkItem]:
        """Makes each archive a work item.

        Raises:
            UserError: there is no archive, or the parameter file does not say how to read them.
        """
        _settings(config)
        files = input_files(inputs, suffixes=SUFFIXES, source=self.name)
        return cut(files, config, source=self.name, divisible=frozenset())

    def read(self, item: WorkItem, config: SourceConfig) -> Iterator[Record]:
        """Reads the responses of an archive, in order."""
        return read_pages(self.pages(item, config))

    def pages(self, item: WorkItem, config: SourceConfig) -> Iterator[Record | RawPage]:
        """The same, with pages before extraction."""
        settings = _settings(config)
        with borrowed_extractor(settings) as extractor:
            for found in read_responses(item.file, max_bytes=settings.max_html_bytes):
                if isinstance(found, Response):
                    yield Tally("pages", 1)
                    yield from _read_response(item, found, extractor)
                elif isinstance(found, Damage):
                    yield from unreadable(
                        item, offset=found.offset, reason=found.reason, detail=found.detail, lost=found.lost
                    )
                else:
                    yield Tally(f"left out: {found.kind} records", found.count)


def _settings(config: SourceConfig) -> NewsConfig:
    if config.ccnews is None:
        raise UserError(
            "Section 'sources' of the parameter file has no 'ccnews', which says how news pages are read. "
            "Copy it from the project's params.yaml."
        )
    return config.ccnews


def _read_response(item: WorkItem, response: Response, extractor: Extractor) -> Iterator[Record | RawPage]:
    reason, detail = _reason_to_skip(response)
    if reason:
        yield _dropped(item, response, reason=reason, detail=detail)
        return
    fields = (getattr(response, name) for name in _TELLING)
    key = content_key(response.body, *map(str, fields))
    known = {"doc_id": response.url, "revision_id": response.record_id}
    yield RawPage(key, known, lambda: _extract(item, response, extractor))


def _extract(item: WorkItem, response: Response, extractor: Extractor) -> Iterator[Record]:
    if response.truncated:
        yield Tally("left out: ends of pages that the crawler cut", 1)
    captured = response.captured if _is_date(response.captured) else ""
    try:
        html = decoded_text(response, max_bytes=extractor.config.max_html_bytes)
    except BodyError as error:
        yield _dropped(item, response, reason=error.reason, detail=str(error))
        return
    page = extractor.read(html, url=response.url, captured=captured)
    if page.boilerplate:
        yield Tally("left out: boilerplate lines", page.boilerplate)
    if page.reason:
        yield _dropped(item, response, reason=page.reason, detail=page.detail, title=page.title)
        return
    yield Tally("dates: of publication" if page.date else "dates: of capture", 1)
    text, headings = _joined(page.lines)
    yield Article(
        source=item.source,
        doc_id=response.url,
        revision_id=response.record_id,
        date=page.date or captured,
        lang=extractor.config.lang,
        outlet=_host(response.url).removeprefix("www."),
        title=" ".join(tidy_text(page.title).split()),
        aliases=(),
        url=response.url,
        text=text,
        headings=headings,
    )


def _joined(lines: Sequence[Line]) -> tuple[str, tuple[Heading, ...]]:
    texts: list[str] = []
    headings: list[Heading] = []
    place = 0
    for line in lines:
        text = " ".join(tidy_text(line.text).split())
        if not text:
            continue
        if line.level:
            headings.append(Heading(place, place + len(text), line.level))
        texts.append(text)
        place += len(text) + 1
    return "\n".join(texts), tuple(headings)


def _reason_to_skip(response: Response) -> tuple[str, str]:
    kind = response.content_type.partition(";")[0].strip()
    host = _host(response.url)
    reasons = (
        (response.status is None, "no HTTP response", ""),
        (response.status != _OK, "not a page", f"HTTP status {response.status}"),
        (bool(kind) and kind not in _HTML, "not HTML", kind),
        (not response.body.strip(), "empty page", ""),
        (not host, "no address", response.url),
        (bool(host) and is_index_address(response.url), "index page", "by its address"),
    )
    return next(((reason, detail) for holds, reason, detail in reasons if holds), ("", ""))


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _dropped(item: WorkItem, response: Response, *, reason: str, detail: str, title: str = "") -> DeadLetter:
    record_id = response.url or f"{item.path}@{response.offset}"
    return dead_letter(item, record_id=record_id, title=tidy_text(title), reason=reason, detail=detail)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # an address such as http://[somewhere
        return ""

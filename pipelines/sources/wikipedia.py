"""Wikipedia and any other MediaWiki: XML dumps, multistream or not, compressed or not."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from lxml import etree

from pipelines.site import SiteInfo
from pipelines.sources.base import (
    Record,
    Redirect,
    SourceConfig,
    Tally,
    WorkItem,
    cut,
    dead_letter,
    input_files,
    tidy_text,
)
from pipelines.sources.dump_files import Damage, read_head, read_range
from pipelines.sources.mediawiki import BrokenPageError, Page, parse_page
from pipelines.sources.page_scanner import PageBytes, scan_pages
from pipelines.wikitext import clean
from realm.errors import UserError
from realm.schema import Article, DeadLetter

SUFFIXES: Final = (".xml", ".xml.bz2", ".xml.gz", ".xml.xz", ".xml.zst")
_HEAD_BYTES: Final = 1 << 18
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")
_LIST_TITLE: Final = re.compile(r"(?:List|Lists|Index|Outline) of ")
_DISAMBIGUATION_TITLE: Final = re.compile(r"\([^()]*disambiguation[^()]*\)", re.IGNORECASE)
_DISAMBIGUATION_MARK: Final = re.compile(
    r"\{\{\s*(?:disambig(?:uation)?(?:[ _-][^{}|]*)?|disamb|dab|disam|hndis|geodis|numberdis|letter-number[ _]combdis"
    r"|schooldis|mathdab|roaddis|airport[ _]disambig(?:uation)?|human[ _]name[ _]disambig(?:uation)?)\s*(?:\||\}\})"
    r"|__DISAMBIG__",
    re.IGNORECASE,
)


class Wikipedia:
    """Articles of a MediaWiki dump; redirects become aliases."""

    name = "wikipedia"

    def work_items(self, inputs: Sequence[Path], config: SourceConfig) -> list[WorkItem]:
        """Cuts dump files into byte ranges after looking at each file's beginning.

        Raises:
            UserError: a file is no MediaWiki export, or the files come from different wikis.
        """
        files = input_files(inputs, suffixes=SUFFIXES, source=self.name)
        _require_one_wiki([(path, read_site(file)) for file, path in files])
        return cut(files, config, source=self.name, divisible=frozenset({"plain", "bz2"}))

    def read(self, item: WorkItem, config: SourceConfig) -> Iterator[Record]:
        """Reads the pages that begin in the item's range."""
        site = read_site(item.file)
        chunks = read_range(item.file, item.start, item.end)
        for found in scan_pages(chunks, max_bytes=config.max_page_bytes):
            if isinstance(found, Damage):
                record_id = f"{item.path}@{found.offset}"
                yield dead_letter(item, record_id=record_id, title="", reason=found.reason, detail=found.detail)
                continue
            yield from _read_page(item, found, site)


def read_site(file: Path) -> SiteInfo:
    """Reads what a dump says of its wiki; a fragment without `<siteinfo>` is taken for the English Wikipedia's.

    Raises:
        UserError: the file does not begin like a MediaWiki export.
    """
    head = read_head(file, _HEAD_BYTES)
    if head.startswith(_UTF16):
        raise UserError(f"{file} is UTF-16; dumps are UTF-8. Convert it with `iconv -f UTF-16 -t UTF-8`.")
    begin, end = head.find(b"<mediawiki"), head.find(b"</siteinfo>")
    if begin == -1 and b"<page>" not in head:
        raise UserError(f"{file} does not begin like a MediaWiki export (no <mediawiki>). Name a pages-articles dump.")
    if begin == -1 or end == -1 or 0 <= head.find(b"<page>") < end:
        return SiteInfo.english()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(head[begin:end] + b"</siteinfo></mediawiki>", parser)
        element = next(root.iter("{*}siteinfo"))
    except (etree.XMLSyntaxError, StopIteration) as error:
        raise UserError(f"{file} has a broken <siteinfo> ({error}). Fetch the dump again.") from error
    return SiteInfo.from_element(element)


def _require_one_wiki(sites: Sequence[tuple[str, SiteInfo]]) -> None:
    named = [(path, site.database) for path, site in sites if site.database]
    for path, database in named[1:]:
        first_path, first = named[0]
        if database != first:
            raise UserError(
                f"{first_path} is a dump of {first} and {path} one of {database}: one snapshot holds one wiki. "
                "Remove one of them, or give it a snapshot of its own."
            )


def _read_page(item: WorkItem, found: PageBytes, site: SiteInfo) -> Iterator[Record]:
    try:
        page = parse_page(found.xml)
    except BrokenPageError as error:
        record_id = f"{item.path}@{found.offset}"
        yield dead_letter(item, record_id=record_id, title="", reason="broken page", detail=str(error))
        return
    yield Tally("pages", 1)
    target = _redirect_target(page, site)
    if page.namespace == site.main_namespace and target is not None:
        yield Redirect(alias=page.title, target=target)
        return
    reason = _reason_to_drop(page, site)
    if reason is not None:
        yield _dropped(item, page, reason)
        return
    yield from _read_article(item, page, site)


def _read_article(item: WorkItem, page: Page, site: SiteInfo) -> Iterator[Record]:
    cleaned = clean(page.wikitext or "", site=site)
    for name, count in sorted(cleaned.dropped.items()):
        yield Tally(f"left out: {name}", count)
    if not cleaned.text.strip():
        yield _dropped(item, page, "no prose left")
        return
    yield Article(
        source=item.source,
        doc_id=page.page_id or page.title,
        revision_id=page.revision_id,
        date=page.timestamp[:10],
        lang=site.lang,
        outlet="",
        title=tidy_text(page.title),
        aliases=(),
        url=_url(site, page.title),
        text=cleaned.text,
        headings=cleaned.headings,
        links=cleaned.links,
    )


def _redirect_target(page: Page, site: SiteInfo) -> str | None:
    return site.normal_title(page.redirect) if page.redirect else site.redirect_target(page.wikitext or "")


def _reason_to_drop(page: Page, site: SiteInfo) -> str | None:
    wikitext = page.wikitext or ""
    reasons = (
        (page.namespace != site.main_namespace, "other namespace"),
        (page.model != "wikitext", "not wikitext"),
        (page.wikitext is None, "suppressed text"),
        (not wikitext.strip(), "empty page"),
        (_LIST_TITLE.match(page.title), "list page"),
        (_DISAMBIGUATION_TITLE.search(page.title), "disambiguation page"),
        (_DISAMBIGUATION_MARK.search(wikitext), "disambiguation page"),
    )
    return next((reason for holds, reason in reasons if holds), None)


def _dropped(item: WorkItem, page: Page, reason: str) -> DeadLetter:
    return dead_letter(item, record_id=page.page_id, title=page.title, reason=reason, detail="")


def _url(site: SiteInfo, title: str) -> str:
    root = site.base.rpartition("/")[0]
    return f"{root}/{quote(title.replace(' ', '_'), safe='/:(),!*')}" if root else ""

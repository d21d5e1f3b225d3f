"""Wikipedia and any other MediaWiki: XML dumps, multistream or not, compressed or not."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pipelines.site import SiteInfo
from pipelines.sources.base import (
    RawPage,
    Record,
    Redirect,
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
from pipelines.sources.checksums import is_list
from pipelines.sources.chunks import FILE_DAMAGE, Damage
from pipelines.sources.dump_files import DIVISIBLE, read_range
from pipelines.sources.exports import read_export, require_one_dump
from pipelines.sources.folders import input_files
from pipelines.sources.mediawiki import BrokenPageError, Page, parse_page
from pipelines.sources.page_kinds import PageKinds
from pipelines.sources.page_scanner import CUT_SHORT, TOO_LONG, PageBytes, scan_pages
from pipelines.wikitext import clean
from realm.schema import Article, DeadLetter

SUFFIXES: Final = (".xml", ".xml.bz2", ".xml.gz", ".xml.xz", ".xml.zst")
_BROKEN: Final = "broken page"
_TELLING: Final = ("title", "namespace", "model", "wikitext", "is_stub")  # of a page
_INDEX_SUFFIXES: Final = ("-index.txt", "-index.txt.bz2")


class Wikipedia(Source):
    """Articles of a MediaWiki dump; redirects become aliases."""

    name = "wikipedia"
    damage = FILE_DAMAGE | {CUT_SHORT, TOO_LONG, _BROKEN}

    def work_items(self, inputs: Sequence[Path], config: SourceConfig) -> list[WorkItem]:
        """Cuts dump files into byte ranges after looking at each file's beginning.

        Raises:
            UserError: a file is no MediaWiki export, or the files come from different wikis.
        """
        files = input_files([path for path in inputs if not _goes_along(path)] or inputs, suffixes=SUFFIXES,
                            source=self.name)  # fmt: skip
        exports = [(path, read_export(file)) for file, path in files]
        require_one_dump(exports)
        for path, export in exports:
            if not export.site.database:
                print(f"note: {path} does not say which wiki it is of; it is read as English", file=sys.stderr)
        return cut(files, config, source=self.name, divisible=DIVISIBLE)

    def read(self, item: WorkItem, config: SourceConfig) -> Iterator[Record]:
        """Reads the pages that begin in the item's range."""
        return read_pages(self.pages(item, config))

    def pages(self, item: WorkItem, config: SourceConfig) -> Iterator[Record | RawPage]:
        """The same, with articles before they are cleaned."""
        export = read_export(item.file)
        identity = _identity(export.site)
        chunks = read_range(item.file, item.start, item.end)
        for found in scan_pages(chunks, max_bytes=config.max_page_bytes, has_foot=export.is_whole):
            if isinstance(found, Damage):
                yield from unreadable(
                    item, offset=found.offset, reason=found.reason, detail=found.detail, lost=found.lost
                )
            else:
                yield from _read_page(item, found, export.site, identity)


def _goes_along(path: Path) -> bool:
    """Whether a file only accompanies dumps; the index of a multistream dump tells nothing that is not in it."""
    return is_list(path) or path.name.endswith(_INDEX_SUFFIXES)


def read_site(file: Path) -> SiteInfo:
    """Reads what a dump says of its wiki; a fragment without `<siteinfo>` is taken for the English Wikipedia's.

    Raises:
        UserError: the file does not begin like a MediaWiki export.
    """
    return read_export(file).site


def _read_page(item: WorkItem, found: PageBytes, site: SiteInfo, identity: str) -> Iterator[Record | RawPage]:
    try:
        page = parse_page(found.xml)
    except BrokenPageError as error:
        yield from unreadable(item, offset=found.offset, reason=_BROKEN, detail=str(error), lost=0)
        return
    yield Tally("pages", 1)
    if _namespace(page, site) != site.main_namespace:
        yield _dropped(item, page, "other namespace")
        return
    target = _redirect_target(page, site)
    if target is not None:
        yield Redirect(alias=tidy_text(page.title), target=tidy_text(target))
        return
    fields = (getattr(page, name) for name in _TELLING)
    key = content_key(identity, *("\0" if value is None else str(value) for value in fields))
    yield RawPage(key, _known(page), lambda: _read_article(item, page, site))


def _known(page: Page) -> dict[str, str]:
    """What an article has from its page as it is, so that a page that only has another date is no other page."""
    return {"doc_id": _doc_id(page), "revision_id": page.revision_id, "date": page.timestamp[:10]}


def _identity(site: SiteInfo) -> str:
    """Everything that reading a page takes from its wiki."""
    names = sorted(site.namespaces.items())
    return repr((site.lang, site.name, site.database, site.base, site.first_letter_case, names))


def _doc_id(page: Page) -> str:
    return page.page_id or page.title


def _namespace(page: Page, site: SiteInfo) -> int:
    return site.namespace_of(page.title) if page.namespace is None else page.namespace


def _read_article(item: WorkItem, page: Page, site: SiteInfo) -> Iterator[Record]:
    reason = _reason_to_drop(page, site)
    if reason is not None:
        yield _dropped(item, page, reason)
        return
    cleaned = clean(page.wikitext or "", site=site)
    for name, count in sorted(cleaned.dropped.items()):
        yield Tally(f"left out: {name}", count)
    if not cleaned.text.strip():
        yield _dropped(item, page, "no prose left")
        return
    yield Article(
        source=item.source,
        **_known(page),
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
        (page.model != "wikitext", "not wikitext"),
        (page.wikitext is None, "suppressed text"),
        (page.is_stub, "no text in the dump"),
        (not wikitext.strip(), "empty page"),
    )
    found = next((reason for holds, reason in reasons if holds), None)
    return found or PageKinds.of_language(site.lang).reason_to_drop(page.title, wikitext)


def _dropped(item: WorkItem, page: Page, reason: str) -> DeadLetter:
    return dead_letter(item, record_id=_doc_id(page), title=page.title, reason=reason, detail="")


def _url(site: SiteInfo, title: str) -> str:
    root = site.base.rpartition("/")[0]
    return f"{root}/{quote(title.replace(' ', '_'), safe='/:(),!*')}" if root else ""

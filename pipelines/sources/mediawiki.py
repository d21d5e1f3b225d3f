"""One page of a MediaWiki export: its XML to a record."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

_INTEGER: Final = re.compile(r"-?[0-9]{1,9}")
_TITLE: Final = re.compile(rb"<title>([^<]{1,1000})</title>")


@dataclass(frozen=True)
class Page:
    """The newest revision of a page.

    Attributes:
        title: with spaces, as shown.
        namespace: 0 for articles; None in old exports that do not say.
        page_id: stable across dumps of one wiki.
        redirect: the title it leads to, or "".
        revision_id: of the newest revision in the dump.
        timestamp: ISO time of that revision.
        model: content model; articles are `wikitext`.
        wikitext: its text; None where the wiki has suppressed it.
        is_stub: the export tells the length of a text but leaves the text out.
    """

    title: str
    namespace: int | None
    page_id: str
    redirect: str
    revision_id: str
    timestamp: str
    model: str
    wikitext: str | None
    is_stub: bool


class BrokenPageError(ValueError):
    """The XML of a page is not what an export holds."""


def parse_page(xml: bytes) -> Page:
    """Parses `<page>…</page>`; entities are never resolved and nothing is fetched.

    Raises:
        BrokenPageError: not well-formed, not UTF-8, an entity that XML does not define, or no title or revision.
    """
    # A text node may have more than the 10 MB of libxml2's limit: the scanner has limited the page already.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenPageError(f"page '{_title(xml)}': {error}") from error
    fields = {_name(child): child for child in root if isinstance(child.tag, str)}
    revisions = list(_revisions(root))
    title = (fields["title"].text or "").strip() if "title" in fields else ""
    if not title or not revisions:
        raise BrokenPageError("no title" if not title else f"page '{title}' has no revision")
    newest = max(enumerate(revisions), key=lambda pair: (pair[1].get("timestamp", ""), pair[0]))[1]
    namespace = (fields["ns"].text or "").strip() if "ns" in fields else ""
    return Page(
        title=title,
        namespace=int(namespace) if _INTEGER.fullmatch(namespace) else None,
        page_id=(fields["id"].text or "").strip() if "id" in fields else "",
        redirect=fields["redirect"].get("title", "") if "redirect" in fields else "",
        revision_id=newest.get("id", "") or "",
        timestamp=newest.get("timestamp", "") or "",
        model=newest.get("model", "wikitext") or "wikitext",
        wikitext=newest["text"],
        is_stub=newest["stub"] is not None,
    )


def _revisions(root: etree._Element) -> Iterator[dict[str, str | None]]:
    for child in root:
        if isinstance(child.tag, str) and _name(child) == "revision":
            fields: dict[str, str | None] = {"text": None, "stub": None}
            for element in child:
                if isinstance(element.tag, str):
                    fields[_name(element)] = _text(element)
                    if _is_stub(element):
                        fields["stub"] = "stub"
            yield fields


def _text(element: etree._Element) -> str | None:
    if element.get("deleted") is not None:
        return None
    return "".join(element.itertext()) if len(element) else element.text or ""


def _is_stub(element: etree._Element) -> bool:
    told = _name(element) == "text" and element.get("deleted") is None and not element.text and not len(element)
    return told and element.get("bytes", "0") != "0"


def _title(xml: bytes) -> str:
    found = _TITLE.search(xml)
    return found.group(1).decode("utf-8", "replace") if found else "?"


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]

"""One page of a MediaWiki export: its XML to a record."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True)
class Page:
    """The newest revision of a page.

    Attributes:
        title: with spaces, as shown.
        namespace: 0 for articles.
        page_id: stable across dumps of one wiki.
        redirect: the title it leads to, or "".
        revision_id: of the newest revision in the dump.
        timestamp: ISO time of that revision.
        model: content model; articles are `wikitext`.
        wikitext: its text; None where the wiki has suppressed it.
    """

    title: str
    namespace: int
    page_id: str
    redirect: str
    revision_id: str
    timestamp: str
    model: str
    wikitext: str | None


class BrokenPageError(ValueError):
    """The XML of a page is not what an export holds."""


def parse_page(xml: bytes) -> Page:
    """Parses `<page>…</page>`; entities are never resolved and nothing is fetched.

    Raises:
        BrokenPageError: not well-formed, not UTF-8, an entity that XML does not define, or no title or revision.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise BrokenPageError(str(error)) from error
    fields = {_name(child): child for child in root if isinstance(child.tag, str)}
    revisions = list(_revisions(root))
    title = (fields["title"].text or "").strip() if "title" in fields else ""
    if not title or not revisions:
        raise BrokenPageError("no title" if not title else f"page '{title}' has no revision")
    newest = max(enumerate(revisions), key=lambda pair: (pair[1].get("timestamp", ""), pair[0]))[1]
    namespace = fields["ns"].text if "ns" in fields else "0"
    return Page(
        title=title,
        namespace=int(namespace) if namespace and namespace.lstrip("-").isdecimal() else 0,
        page_id=(fields["id"].text or "").strip() if "id" in fields else "",
        redirect=fields["redirect"].get("title", "") if "redirect" in fields else "",
        revision_id=newest.get("id", "") or "",
        timestamp=newest.get("timestamp", "") or "",
        model=newest.get("model", "wikitext") or "wikitext",
        wikitext=newest["text"],
    )


def _revisions(root: etree._Element) -> Iterator[dict[str, str | None]]:
    for child in root:
        if isinstance(child.tag, str) and _name(child) == "revision":
            fields: dict[str, str | None] = {"text": None}
            for element in child:
                if isinstance(element.tag, str):
                    fields[_name(element)] = _text(element)
            yield fields


def _text(element: etree._Element) -> str | None:
    if element.get("deleted") is not None:
        return None
    return "".join(element.itertext()) if len(element) else element.text or ""


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]

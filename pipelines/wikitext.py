"""Wikitext to prose: `clean` is the one entry; the work is done in `pipelines/cleaning/`."""

import re
from collections import Counter
from dataclasses import dataclass

from pipelines.cleaning.lines import LineReader
from pipelines.cleaning.links import Links
from pipelines.cleaning.marks import SUSPICIOUS_BYTES, UNWANTED
from pipelines.cleaning.scanner import Scanner
from pipelines.site import SiteInfo
from realm.schema import Heading, Link

_NEWLINES = re.compile("\r\n?|[\x85\u2028\u2029]")


@dataclass(frozen=True)
class CleanArticle:
    r"""An article's prose and its structure.

    Paragraphs, list items and headings are the lines of `text`, joined by "\n"; no line is empty. A heading's line
    is structure and not prose: who makes sentences and blocks leaves the ranges in `headings` out. Only headings
    with prose below them are kept.

    Attributes:
        text: Unicode NFC, no markup.
        headings: one range of `text` for each heading's line, in order.
        links: anchors, ranges of `text` in order and without overlap, with the titles they point to.
        dropped: how much was left out, by reason: refs, templates, tables, files, categories, comments, code,
            math, elements, sections, list_items, fragments, unclosed, languages.
    """

    text: str
    headings: tuple[Heading, ...]
    links: tuple[Link, ...]
    dropped: Counter[str]


def clean(wikitext: str, *, site: SiteInfo) -> CleanArticle:
    """Turns a page's wikitext into prose, in time linear in its length whatever it holds."""
    dropped: Counter[str] = Counter()
    links = Links(site, dropped)
    reader = LineReader(links, dropped)
    reader.read(Scanner(_prepared(wikitext), site, links, dropped).run())
    return CleanArticle("\n".join(reader.lines), tuple(reader.headings), tuple(reader.links), dropped)


def _prepared(wikitext: str) -> str:
    if "\r" in wikitext or "\x85" in wikitext or "\u2028" in wikitext:
        wikitext = _NEWLINES.sub("\n", wikitext)
    if "&nbsp;" in wikitext:  # by far the most frequent entity
        wikitext = wikitext.replace("&nbsp;", " ")
    try:
        data = wikitext.encode()
    except UnicodeEncodeError:  # a lone surrogate
        return UNWANTED.sub("", wikitext)
    return UNWANTED.sub("", wikitext) if len(data.translate(None, SUSPICIOUS_BYTES)) < len(data) else wikitext

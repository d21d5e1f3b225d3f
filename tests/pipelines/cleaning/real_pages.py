"""Wikitext of published dumps, read without anything of `pipelines`, so that a fault there cannot hide here."""

import bz2
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from lxml import etree

from pipelines.site import SiteInfo
from tests.real_inputs import real_input

ENGLISH, TABLES = "enwiki-201605-head.xml.bz2", "enwiki-201712-tables-fragment.xml.bz2"
VIETNAMESE, SIMPLE = "viwiki-202305-truncated.xml.xz", "simplewiki-export-0.11-history.xml"
INDIEWEB = ("indieweb-20180101.xml.bz2", "indieweb-20200101.xml.bz2")
ALL = (ENGLISH, TABLES, VIETNAMESE, SIMPLE, *INDIEWEB)


def real_articles(name: str) -> Iterator[tuple[str, str, SiteInfo]]:
    """Title, wikitext and wiki of the articles of a dump, as far as it can be read."""
    site = SiteInfo.english()
    with _opened(real_input(f"wiki/{name}")) as file:
        for event, element in _events(file):
            if element.tag.endswith("}siteinfo") and event == "end":
                site = SiteInfo.from_element(element)
            if not element.tag.endswith("}page") and element.tag != "page":
                continue
            text = next((found.text for found in element.iter("{*}text") if found.text), "")
            main = element.findtext("{*}ns") in {"0", None}
            if main and text and element.find("{*}redirect") is None and not site.is_redirect(text):
                yield element.findtext("{*}title"), text, site
            element.clear()


def _events(file: IO[bytes]) -> Iterator[tuple[str, Any]]:
    parser = etree.XMLPullParser(("end",), tag=("{*}page", "{*}siteinfo"), recover=True, huge_tree=True)
    while True:
        try:
            chunk = file.read(1 << 16)
        except EOFError:
            return
        if not chunk:
            return
        parser.feed(chunk)
        yield from parser.read_events()


def _opened(path: Path) -> IO[bytes]:
    if path.suffix == ".xz":
        return lzma.open(path)
    return bz2.open(path) if path.suffix == ".bz2" else path.open("rb")

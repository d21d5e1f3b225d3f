"""Tiny MediaWiki dumps and JSON-lines files for tests: real bytes, written as the real ones are."""

import bz2
import json
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from pipelines.blocks import BlockConfig
from pipelines.corpus.job import CorpusConfig
from pipelines.sources.base import SourceConfig
from realm.tokenizer import train_wordpiece

SOURCES = SourceConfig(items_per_dump=64, item_bytes_min=600, item_bytes_max=150_000_000, max_page_bytes=100_000)
CORPUS = CorpusConfig(max_block_tokens=48, max_title_tokens=12, runner="FnApiRunner", workers=1)
BLOCKS = BlockConfig(max_tokens=48, max_title_tokens=12)

_HEAD = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en">
  <siteinfo><sitename>Tiny</sitename><dbname>{database}</dbname><base>https://tiny.example/wiki/Main_Page</base>
    <case>first-letter</case>
    <namespaces><namespace key="0" case="first-letter" /><namespace key="1" case="first-letter">Talk</namespace>
    <namespace key="6" case="first-letter">File</namespace></namespaces></siteinfo>
"""
_TOWNS = ("Avern", "Bellow", "Carrick", "Dunmore", "Elsing", "Farrow", "Gorston", "Hallam", "Ister", "Jarrow")


def page(title: str, text: str, *, number: int, namespace: int = 0, redirect: str = "", extra: str = "") -> str:
    mark = f'<redirect title="{escape(redirect)}" />' if redirect else ""
    return (
        f"  <page><title>{escape(title)}</title><ns>{namespace}</ns><id>{number}</id>{mark}{extra}<revision>"
        f"<id>{number + 1000}</id><timestamp>2018-11-{number % 27 + 1:02d}T10:00:00Z</timestamp><model>wikitext</model>"
        f'<text xml:space="preserve">{escape(text)}</text></revision></page>\n'
    )


def town(number: int) -> str:
    """Wikitext of an article that no other is equal to."""
    name = f"{_TOWNS[number % len(_TOWNS)]} {number}"
    founded = 1100 + number * 7
    return (
        f"'''{name}''' is a town on the river [[Wend]], founded in {founded} by Margaret Holt. "
        f"It has {number * 311 + 900} inhabitants and a bridge of {number + 3} arches.\n\n"
        f"== History ==\nThe mill of {name} burnt down on 3 May {founded + 240}. "
        f"Nobody rebuilt it before {founded + 260}.\n"
    )


def pages(count: int) -> list[str]:
    return [page(f"{_TOWNS[n % len(_TOWNS)]} {n}", town(n), number=n) for n in range(count)]


def xml(bodies: Sequence[str], *, database: str = "tinywiki") -> bytes:
    return (_HEAD.format(database=database) + "".join(bodies) + "</mediawiki>\n").encode()


def streams(bodies: Sequence[str], *, pages_per_stream: int = 2, database: str = "tinywiki") -> list[bytes]:
    """The bz2 streams of a multistream dump: head, groups of pages, foot."""
    groups = [bodies[n : n + pages_per_stream] for n in range(0, len(bodies), pages_per_stream)]
    texts = [_HEAD.format(database=database), *("".join(group) for group in groups), "</mediawiki>\n"]
    return [bz2.compress(text.encode()) for text in texts]


def write_multistream(path: Path, bodies: Sequence[str], **settings: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(streams(bodies, **settings)))  # type: ignore[arg-type]
    return path


def write_lines(path: Path, records: Sequence[dict[str, object]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def write_tokenizer(path: Path) -> Path:
    train_wordpiece((town(n) for n in range(40)), vocab_size=400, lowercase=True, output=path)
    return path

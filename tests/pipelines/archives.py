"""Tiny WARC archives of news pages for tests, written byte by byte as crawlers write them."""

import gzip
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import zstandard
from fastwarc.stream_io import Lz4Writer

from pipelines.news.config import DuplicateConfig, NewsConfig
from pipelines.sources.base import SourceConfig

NEWS = NewsConfig(
    lang="en",
    max_html_bytes=200_000,
    cpu_seconds=20,
    memory_bytes=4_000_000_000,
    pages_per_reset=3,
    min_words=30,
    wall_words=80,
    duplicates=DuplicateConfig(similarity=0.8, permutations=128, shingle_words=5),
)
SOURCES = SourceConfig(
    items_per_dump=64, item_bytes_min=600, item_bytes_max=150_000_000, max_page_bytes=100_000, ccnews=NEWS
)
STORY = (
    "The bridge over the Wend at {town} was closed on Tuesday after the river rose by two metres in a single night.",
    "Engineers of the county found that one of its five piers had moved, and they asked the council for a new survey.",
    "Margaret Holt, who has run the ferry since 1998, said that she had never seen so many people wait on the quay.",
    "The council of {town} will meet on Friday to decide whether the bridge can be mended before the winter fair.",
    "Until then lorries are sent round by the old road through the hills, which takes drivers forty minutes more.",
)
_OPTIONAL = ' <meta property="article:published_time" content="{date}T08:30:00Z">'


def story(town: str = "Avern", *, sentences: int = 5) -> list[str]:
    return [sentence.format(town=town) for sentence in STORY[:sentences]]


def page(title: str, paragraphs: Sequence[str], *, date: str = "", head: str = "", lang: str = "en") -> str:
    """A page with what surrounds news: menus, a side column, a footer."""
    stamp = _OPTIONAL.format(date=date) if date else ""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="{lang}"><head><title>{title} | Wend Herald</title>'
        f'<meta property="og:site_name" content="Wend Herald">{stamp}{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
        f"<article><h1>{title}</h1>{text}<p>Read more: Ferry runs all night</p></article>"
        '<aside><h3>Most read</h3><ul><li><a href="/a">Mayor resigns</a></li></ul></aside>'
        "<footer><p>Copyright 2031 Wend Herald. All rights reserved.</p></footer></body></html>"
    )


def http(
    body: bytes | str, *, status: str = "200 OK", kind: str = "text/html; charset=utf-8", extra: str = ""
) -> bytes:
    payload = body.encode() if isinstance(body, str) else body
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{extra}\r\n".encode() + payload


def record(
    block: bytes,
    *,
    url: str = "https://www.wendherald.example/2019/05/bridge",
    date: str = "2019-05-20T10:00:00Z",
    number: int = 1,
    kind: str = "response",
    length: int | None = None,
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>\r\n"
        f"WARC-Date: {date}\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _lz4(data: bytes) -> bytes:
    held = BytesIO()
    writer = Lz4Writer(held)
    writer.write(data)
    writer.close()
    return held.getvalue()


COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    ".gz": lambda data: gzip.compress(data, mtime=0),
    ".lz4": _lz4,
    ".zst": zstandard.compress,
}


def write_archive(path: Path, records: Sequence[bytes]) -> Path:
    """Compresses each record by itself, in the way the name ends."""
    pack = next(pack for suffix, pack in list(COMPRESS.items())[::-1] if path.name.endswith(f".warc{suffix}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(map(pack, records)))
    return path

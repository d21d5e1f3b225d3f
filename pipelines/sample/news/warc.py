"""Writes WARC 1.0 archives, compressed record by record, in which nothing depends on the clock."""

import base64
import datetime
import gzip
import hashlib
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import BinaryIO

from pipelines.sample.chance import Chance
from pipelines.sample.news.page import NewsPage
from pipelines.sample.news.render import Renderer

_CRLF = "\r\n"
_AGENT = "sample-crawler/1.0"
_FIELDS = "application/warc-fields"
_INFO = {"software": _AGENT, "format": "WARC File Format 1.0", "robots": "obey"}
_STATUS = {"missing": "404 Not Found"}


def write_archive(path: Path, pages: Sequence[NewsPage], renderer: Renderer, chance: Chance) -> None:
    """Writes a `warcinfo` record and for each page, in this order, `request`, `response` and `metadata`."""
    with path.open("wb") as file:
        writer = _Writer(file, path.name, chance)
        writer.record(
            "warcinfo",
            path.name,
            pages[0].crawled,
            {"WARC-Filename": path.name, "Content-Type": _FIELDS},
            _lines(_INFO).encode(),
        )
        for page in pages:
            writer.exchange(page, renderer.body(page))


class _Writer:
    """Writes records whose ids hang on the archive, the page and the moment."""

    def __init__(self, file: BinaryIO, name: str, chance: Chance) -> None:
        self._file = file
        self._name = name
        self._chance = chance

    def exchange(self, page: NewsPage, body: bytes) -> None:
        """What was asked for, what came, and how long it took."""
        key = f"{page.url} {page.crawled}"
        target = {"WARC-Target-URI": page.url}
        answer_id = self._record_id("response", key)
        asked = {**target, "Content-Type": "application/http; msgtype=request", "WARC-Concurrent-To": answer_id}
        self.record("request", key, page.crawled, asked, _request(page))
        came = {**target, "Content-Type": "application/http; msgtype=response", "WARC-Payload-Digest": _digest(body)}
        self.record("response", key, page.crawled, came, _response(page, body))
        about = {**target, "Content-Type": _FIELDS, "WARC-Refers-To": answer_id}
        took = {"fetchTimeMs": str(self._chance.between(40, 2900, "fetch", key))}
        self.record("metadata", key, page.crawled, about, _lines(took).encode())

    def record(self, kind: str, key: str, date: datetime.datetime, headers: Mapping[str, str], block: bytes) -> None:
        """One record, which is one gzip member."""
        named = {
            "WARC-Type": kind,
            "WARC-Record-ID": self._record_id(kind, key),
            "WARC-Date": f"{date:%Y-%m-%dT%H:%M:%SZ}",
            **headers,
            "WARC-Block-Digest": _digest(block),
            "Content-Length": str(len(block)),
        }
        head = f"WARC/1.0{_CRLF}{_lines(named)}{_CRLF}".encode()
        self._file.write(gzip.compress(head + block + b"\r\n\r\n", mtime=0))

    def _record_id(self, kind: str, key: str) -> str:
        halves = (self._chance.number("record", self._name, kind, key, half) for half in range(2))
        high, low = halves
        return f"<urn:uuid:{uuid.UUID(int=high << 64 | low, version=4)}>"


def _request(page: NewsPage) -> bytes:
    path = page.url.removeprefix(page.outlet.home)
    headers = {
        "Host": page.outlet.host,
        "User-Agent": _AGENT,
        "Accept": "text/html,*/*;q=0.5",
        "Accept-Language": "en",
        "Connection": "close",
    }
    return f"GET /{path} HTTP/1.1{_CRLF}{_lines(headers)}{_CRLF}".encode()


def _response(page: NewsPage, body: bytes) -> bytes:
    headers = {
        "Date": f"{page.crawled:%a, %d %b %Y %H:%M:%S} GMT",
        "Server": page.outlet.server,
        "Content-Type": "image/png" if page.kind == "image" else f"text/html; charset={page.outlet.charset}",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    return f"HTTP/1.1 {_STATUS.get(page.kind, '200 OK')}{_CRLF}{_lines(headers)}{_CRLF}".encode() + body


def _lines(fields: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}{_CRLF}" for name, value in fields.items())


def _digest(data: bytes) -> str:
    digest = hashlib.sha1(data, usedforsecurity=False).digest()
    return f"sha1:{base64.b32encode(digest).decode()}"

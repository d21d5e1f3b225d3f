"""Finds the `<page>` elements of a MediaWiki export in a stream of bytes.

In an export `<` is escaped everywhere else, so `<page>` begins a page and nothing else does. Each page is handed
on by itself: what is broken in one page cannot harm another, no document type is ever seen, so no entity can be
defined, and a reader may start anywhere in the file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pipelines.sources.chunks import CUT_FILE, Chunk, Damage

CUT_SHORT: Final = "page cut short"
TOO_LONG: Final = "page too long"
_TOKEN: Final = re.compile(rb"<(?:page>|/page>|/revision>|/mediawiki>)")
_TIMESTAMP: Final = re.compile(rb"<timestamp>([^<]{1,40})</timestamp>")
_FOOT: Final = b"</mediawiki>"
_TORN_BYTES: Final = len(_FOOT) - 1  # the longest token's beginning that may stand at the end of the buffer


@dataclass(frozen=True)
class PageBytes:
    """The XML of one page, with its newest revision only, and the place in the file it comes from."""

    xml: bytes
    offset: int


def scan_pages(
    chunks: Iterable[Chunk | Damage], *, max_bytes: int, has_foot: bool = False
) -> Iterator[PageBytes | Damage]:
    """Yields the pages that begin in owned chunks, also when they end behind them, and the damage met there.

    Args:
        chunks: bytes and damage in the order of the file.
        max_bytes: a page that takes more with one revision is left out, without being held in memory, and reported.
        has_foot: the file must end with `</mediawiki>`; it is reported as cut short if it does not.
    """
    scanner = _Scanner(max_bytes)
    last: Chunk | Damage | None = None
    for last in chunks:
        if not last.owned and scanner.is_done():
            return
        if isinstance(last, Damage):
            yield from scanner.break_off()
            if last.owned:
                yield last
        else:
            yield from scanner.feed(last)
    yield from scanner.break_off()
    if has_foot and isinstance(last, Chunk) and last.owned and scanner.lacks_foot():
        yield Damage(last.offset, CUT_FILE, "the export does not end with </mediawiki>")


class _Scanner:
    """Holds the bytes of at most one page with two of its revisions, and a few more."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._buffer = bytearray()
        self._owned = 0  # bytes of the buffer in which a page may begin
        self._searched = 0  # no token begins before this place
        self._inside = False  # the buffer begins with <page>
        self._skipping = False  # of a page that is too long, nothing is kept but the place
        self._revision = (0, 0)  # place of the newest revision that is complete
        self._offset = 0  # of the page
        self._seen = 0  # bytes in all
        self._foot = False

    def is_done(self) -> bool:
        """Whether nothing that begins in the owned bytes is still unfinished."""
        return not self._inside and b"<" not in self._buffer[: self._owned]

    def lacks_foot(self) -> bool:
        """Whether `</mediawiki>` did not stand behind all pages; one that may have begun before counts as read."""
        return not self._foot and self._seen > len(_FOOT)

    def feed(self, chunk: Chunk) -> Iterator[PageBytes | Damage]:
        """Adds bytes and yields the pages that they complete."""
        if chunk.owned:
            self._owned = len(self._buffer) + len(chunk.data)
        base = chunk.offset - len(self._buffer)
        self._buffer += chunk.data
        self._seen += len(chunk.data)
        while (found := _TOKEN.search(self._buffer, self._searched)) is not None:
            begin, end, token = found.start(), found.end(), found.group()
            dropped = len(self._buffer)
            if token == b"<page>":
                if begin >= self._owned:
                    yield from self.break_off()
                    return
                yield from self._open(begin, base + begin if chunk.exact else chunk.offset)
            elif token == b"</page>":
                yield from self._close(end)
            elif token == _FOOT:
                yield from self.break_off(end)
                self._foot = True
            else:
                yield from self._end_revision(end)
            base += dropped - len(self._buffer)
        yield from self._wait()

    def break_off(self, end: int | None = None) -> Iterator[Damage]:
        """Forgets what was begun, because the bytes behind it, or up to `end`, are lost or are no page."""
        if self._inside and not self._skipping:
            yield Damage(self._offset, CUT_SHORT, f"the end of page '{_title(self._buffer)}' could not be read")
        self._inside = self._skipping = False
        self._drop(len(self._buffer) if end is None else end)

    def _open(self, begin: int, offset: int) -> Iterator[Damage]:
        yield from self.break_off(begin)
        self._inside, self._foot = True, False
        self._offset, self._revision, self._searched = offset, (0, 0), len(b"<page>")

    def _close(self, end: int) -> Iterator[PageBytes | Damage]:
        if self._inside and not self._skipping:
            yield from self._check_length(end)
        if self._inside and not self._skipping:
            yield PageBytes(xml=bytes(self._buffer[:end]), offset=self._offset)
        self._inside = self._skipping = False
        self._drop(end)

    def _end_revision(self, end: int) -> Iterator[Damage]:
        """A revision is complete; of two only the newer one is kept, so that a page's history takes no memory."""
        if not self._inside or self._skipping:
            self._drop(end)
            return
        yield from self._check_length(end)
        if not self._skipping:
            self._keep_newer(end)

    def _keep_newer(self, end: int) -> None:
        begin, before = self._revision
        if before == 0:
            self._revision = (max(0, self._buffer.find(b"<revision>", 0, end)), end)
        elif _timestamp(self._buffer, before, end) >= _timestamp(self._buffer, begin, before):
            self._cut(begin, before)
            self._revision = (begin, begin + end - before)
        else:
            self._cut(before, end)
        self._searched = self._revision[1]

    def _check_length(self, length: int) -> Iterator[Damage]:
        """Stops keeping a page whose first `length` bytes are too many."""
        if length <= self._max_bytes:
            return
        detail = f"page '{_title(self._buffer)}' has more than {self._max_bytes} bytes"
        yield Damage(self._offset, TOO_LONG, detail)
        self._skipping = True

    def _wait(self) -> Iterator[Damage]:
        """Keeps of the buffer what the next chunk may continue."""
        torn = max(0, len(self._buffer) - _TORN_BYTES)
        if self._inside and not self._skipping:
            yield from self._check_length(torn)
        if self._inside and not self._skipping:
            self._searched = max(self._searched, torn)
        else:
            self._drop(torn)

    def _drop(self, count: int) -> None:
        self._cut(0, count)
        self._searched = 0

    def _cut(self, begin: int, end: int) -> None:
        del self._buffer[begin:end]
        self._owned = max(0, self._owned - (end - begin))


def _timestamp(buffer: bytearray, begin: int, end: int) -> bytes:
    found = _TIMESTAMP.search(buffer, begin, end)
    return found.group(1) if found else b""


def _title(page: bytearray) -> str:
    """The title of a page whose end is missing, as far as it can be told."""
    begin = page.find(b"<title>", 0, 4096)
    end = page.find(b"</title>", 0, 4096)
    return page[begin + 7 : end].decode("utf-8", "replace") if 0 <= begin < end else "?"

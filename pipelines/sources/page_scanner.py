"""Finds the `<page>` elements of a MediaWiki export in a stream of bytes.

In an export `<` is escaped everywhere else, so `<page>` begins a page and nothing else does. Each page is handed
on by itself: what is broken in one page cannot harm another, no document type is ever seen, so no entity can be
defined, and a reader may start anywhere in the file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipelines.sources.dump_files import Chunk, Damage

_OPEN = b"<page>"
_CLOSE = b"</page>"


@dataclass(frozen=True)
class PageBytes:
    """The XML of one page and the place in the file it comes from."""

    xml: bytes
    offset: int


def scan_pages(chunks: Iterable[Chunk | Damage], *, max_bytes: int) -> Iterator[PageBytes | Damage]:
    """Yields the pages that begin in owned chunks, also when they end behind them, and all damage met.

    A page of more than `max_bytes` is left out without being held in memory and reported as damage.
    """
    scanner = _Scanner(max_bytes)
    for chunk in chunks:
        if isinstance(chunk, Damage):
            yield from scanner.break_off()
            yield chunk
            continue
        if not chunk.owned and scanner.is_done():
            return
        yield from scanner.feed(chunk)
    yield from scanner.finish()


class _Scanner:
    """Holds the bytes of at most one page, and a few more."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._buffer = bytearray()
        self._owned = 0  # bytes of the buffer in which a page may begin
        self._inside = False  # the buffer begins with <page>
        self._skipping = False  # the rest of a page that is too long
        self._searched = 0  # no </page> begins before this place
        self._offset = 0

    def is_done(self) -> bool:
        """Whether nothing that begins in the owned bytes is still unfinished."""
        return not self._inside and not self._skipping and b"<" not in self._buffer[: self._owned]

    def feed(self, chunk: Chunk) -> Iterator[PageBytes | Damage]:
        """Adds bytes and yields the pages that they complete."""
        if chunk.owned:
            self._owned = len(self._buffer) + len(chunk.data)
        self._buffer += chunk.data
        while True:
            if not self._inside and not self._find_open(chunk.offset):
                return
            close = self._buffer.find(_CLOSE, self._searched)
            if close == -1:
                yield from self._wait_for_close()
                return
            if not self._skipping:
                yield PageBytes(xml=bytes(self._buffer[: close + len(_CLOSE)]), offset=self._offset)
            self._inside = self._skipping = False
            self._drop(close + len(_CLOSE))

    def break_off(self) -> Iterator[Damage]:
        """Forgets what was begun, because the bytes behind it are lost."""
        if self._inside and not self._skipping:
            title = _title(self._buffer)
            yield Damage(self._offset, "page cut short", f"the end of page '{title}' could not be read")
        self._inside = self._skipping = False
        self._drop(len(self._buffer))

    def finish(self) -> Iterator[Damage]:
        """Reports a page that the file does not end."""
        yield from self.break_off()

    def _find_open(self, offset: int) -> bool:
        found = self._buffer.find(_OPEN)
        if found == -1 or found >= self._owned:
            self._drop(max(0, len(self._buffer) - len(_OPEN) + 1))
            return False
        self._drop(found)
        self._inside, self._offset = True, offset
        return True

    def _wait_for_close(self) -> Iterator[Damage]:
        self._searched = max(0, len(self._buffer) - len(_CLOSE) + 1)
        if len(self._buffer) <= self._max_bytes:
            return
        if not self._skipping:
            detail = f"page '{_title(self._buffer)}' has more than {self._max_bytes} bytes"
            yield Damage(self._offset, "page too long", detail)
        self._skipping = True
        self._drop(self._searched)

    def _drop(self, count: int) -> None:
        del self._buffer[:count]
        self._owned = max(0, self._owned - count)
        self._searched = 0


def _title(page: bytearray) -> str:
    """The title of a page whose end is missing, as far as it can be told."""
    begin = page.find(b"<title>")
    end = page.find(b"</title>")
    return page[begin + 7 : end].decode("utf-8", "replace") if 0 <= begin < end else "?"

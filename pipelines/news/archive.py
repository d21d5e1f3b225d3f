"""WARC archives, plain or compressed by gz, lz4 or zst: the HTTP responses in them, and what is damaged.

Reading goes on behind damage: at the next gzip member (or lz4 or zst frame), in a plain archive at the next line
that begins a record. Archives whose members hold one record each, as Common Crawl's do, lose one record that way.
"""

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

SUFFIXES: Final = (".warc", ".warc.gz", ".warc.lz4", ".warc.zst")
_MEMBERS: Final = (b"\x1f\x8b\x08", b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd")  # gz, lz4, zst
_PLAIN: Final = b"WARC/1."
_SWALLOWED: Final = b"\r\n\r\nWARC/1."  # the beginning of the next record, inside of a body
_SWALLOWED_ENDS: Final = tuple(_SWALLOWED[:length] for length in range(7, len(_SWALLOWED)))
_WINDOW: Final = 1 << 20


@dataclass(frozen=True)
class Response:
    """An HTTP response as it was archived.

    Attributes:
        offset: where the record begins; in an archive that is one gzip member, somewhere behind.
        record_id: the record's own id, without `urn:uuid:`; empty if it has none.
        url: address of the page.
        captured: ISO date on which it was fetched; empty if the archive does not say.
        status: HTTP status, None if there is no valid status line.
        content_type: of the HTTP header, lower case.
        content_encoding: of the HTTP header, lower case.
        transfer_encoding: of the HTTP header, lower case.
        truncated: whether the crawler cut the body.
        body: the bytes as they came; at most one more than was asked for.
    """

    offset: int
    record_id: str
    url: str
    captured: str
    status: int | None
    content_type: str
    content_encoding: str
    transfer_encoding: str
    truncated: bool
    body: bytes


@dataclass(frozen=True)
class Damage:
    """A record that cannot be read: the byte at or behind which it lies, and why."""

    offset: int
    reason: str
    detail: str


@dataclass(frozen=True)
class Others:
    """So many records of a kind that holds no page."""

    kind: str
    count: int


def read_responses(path: Path, *, max_bytes: int) -> Iterator[Response | Damage | Others]:
    """Yields the responses of an archive, in order, and at the end how many other records there were.

    A body of more than `max_bytes` comes cut to one byte more, so that memory stays bounded.
    """
    others: Counter[str] = Counter()
    with path.open("rb") as file:
        head = file.read(len(_PLAIN))
        magic = next((one for one in _MEMBERS if head.startswith(one)), _PLAIN)
        position: int | None = 0
        while position is not None:
            last, ended = yield from _records(file, position, max_bytes=max_bytes, others=others)
            position = _next_record(file, last + 1, magic) if not ended else None
            if ended and (cut := _find(file, last + 1, magic)) is not None and magic != _PLAIN:
                yield Damage(cut, "record cut short", "the file ends where a record begins")
    yield from (Others(kind, count) for kind, count in sorted(others.items()))


def _records(
    file: IO[bytes], start: int, *, max_bytes: int, others: Counter[str]
) -> Generator[Response | Damage, None, tuple[int, bool]]:
    """Yields from `start` on; returns where the last record begins and whether the file ended undamaged."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    file.seek(start)
    last = start
    try:
        for record in ArchiveIterator(file):
            last = start + record.stream_pos
            if record.headers.get("Content-Length") is None:
                yield Damage(last, "damaged record", "the WARC header is cut, or names no length")
                return last, False
            if record.record_type != WarcRecordType.response:
                others[str(record.record_type)] += 1
                continue
            found = _response(record, last, max_bytes=max_bytes)
            yield found
            if isinstance(found, Damage):
                return last, False
    except (OSError, ValueError) as error:
        yield Damage(last, "damaged record", f"at or behind this byte: {error}")
        return last, False
    return last, True


def _response(record: Any, offset: int, *, max_bytes: int) -> Response | Damage:
    length = record.content_length
    body = record.reader.read(max_bytes + 1)
    if len(body) < min(length, max_bytes + 1):
        return Damage(offset, "record cut short", f"{length} bytes were promised, {len(body)} came")
    if _SWALLOWED in body or body.endswith(_SWALLOWED_ENDS):
        return Damage(offset, "wrong Content-Length", f"the {length} bytes of the body hold the next record")
    headers, http = record.headers, record.http_headers

    def of_http(name: str) -> str:
        return (http.get(name) or "").strip().lower() if http is not None else ""

    return Response(
        offset=offset,
        record_id=(headers.get("WARC-Record-ID") or "").strip().strip("<>").removeprefix("urn:uuid:"),
        url=(headers.get("WARC-Target-URI") or "").strip().strip("<>"),  # old Wget writes <address>
        captured=(headers.get("WARC-Date") or "")[:10],
        status=None if http is None else http.status_code,
        content_type=of_http("Content-Type"),
        content_encoding=of_http("Content-Encoding"),
        transfer_encoding=of_http("Transfer-Encoding"),
        truncated=headers.get("WARC-Truncated") is not None,
        body=body,
    )


def _next_record(file: IO[bytes], start: int, magic: bytes) -> int | None:
    """Place of the first record that can be opened at or behind `start`."""
    place = _find(file, start, magic)
    while place is not None and not _opens(file, place):
        place = _find(file, place + 1, magic)
    return place


def _find(file: IO[bytes], start: int, magic: bytes) -> int | None:
    file.seek(start)
    window, base = b"", start
    while data := file.read(_WINDOW):
        window += data
        found = window.find(magic)
        if found != -1:
            return base + found
        keep = len(magic) - 1
        base += len(window) - keep
        window = window[-keep:]
    return None


def _opens(file: IO[bytes], place: int) -> bool:
    from fastwarc.warc import ArchiveIterator

    file.seek(place)
    try:
        return any(True for _ in ArchiveIterator(file, parse_http=False))
    except (OSError, ValueError):
        return False

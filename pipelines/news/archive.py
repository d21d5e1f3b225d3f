"""WARC archives, plain or compressed by gz, lz4 or zst: the HTTP responses in them, and what is damaged.

Reading goes on behind damage: at the next gzip member (or lz4 or zst frame), in a plain archive at the next line
that begins a record. Archives whose members hold one record each, as Common Crawl's do, lose one record that way.
"""

import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, Final

SUFFIXES: Final = (".warc", ".warc.gz", ".warc.lz4", ".warc.zst")
_MEMBERS: Final = (b"\x1f\x8b\x08", b"\x04\x22\x4d\x18", b"\x28\xb5\x2f\xfd")  # gz, lz4, zst
_PLAIN: Final = b"WARC/1."
_SWALLOWED: Final = b"\r\n\r\nWARC/1."  # the beginning of the next record, inside of a body
_SWALLOWED_ENDS: Final = tuple(_SWALLOWED[:length] for length in range(7, len(_SWALLOWED)))
_WINDOW: Final = 1 << 20
_UNFINISHED: Final = re.compile("incomplete frame|failed to fill")  # said of a zst or lz4 frame that lacks its end
CUT_FILE: Final = "file cut short"
_CUT: Final = "record cut short"
_DAMAGED: Final = "damaged record"
_WRONG_LENGTH: Final = "wrong Content-Length"
ARCHIVE_DAMAGE: Final = frozenset({CUT_FILE, _CUT, _DAMAGED, _WRONG_LENGTH})


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
    """A record that cannot be read.

    Attributes:
        offset: the byte at or behind which it lies.
        reason: a few words, the same for all damage of a kind.
        detail: what exactly.
        unfinished: whether the record only lacks its end; if no other is behind it, the file was cut there.
        lost: bytes from there up to the next record.
    """

    offset: int
    reason: str
    detail: str
    unfinished: bool = False
    lost: int = 0


@dataclass(frozen=True)
class Others:
    """So many records of a kind that holds no page."""

    kind: str
    count: int


def read_responses(path: Path, *, max_bytes: int) -> Iterator[Response | Damage | Others]:
    """Yields the responses of an archive, in order, and at the end how many other records there were.

    A body of more than `max_bytes` comes cut to one byte more, so that memory stays bounded. A file that was cut
    between two records cannot be told from a whole one.
    """
    others: Counter[str] = Counter()
    with path.open("rb") as file:
        head = file.read(len(_PLAIN))
        magic = next((one for one in _MEMBERS if head.startswith(one)), _PLAIN)
        position: int | None = 0
        while position is not None:
            last, damage = yield from _records(file, position, max_bytes=max_bytes, others=others)
            position = _next_record(file, last + 1, magic) if damage is not None else None
            if damage is None and magic != _PLAIN and (cut := _find(file, last + 1, magic)) is not None:
                damage = Damage(cut, _CUT, "the file ends where a record begins", unfinished=True)
            if damage is not None:
                reason = CUT_FILE if position is None and damage.unfinished else damage.reason
                end = path.stat().st_size if position is None else position
                yield replace(damage, reason=reason, lost=end - damage.offset)
    yield from (Others(kind, count) for kind, count in sorted(others.items()))


def _records(
    file: IO[bytes], start: int, *, max_bytes: int, others: Counter[str]
) -> Generator[Response, None, tuple[int, Damage | None]]:
    """Yields from `start` on; returns where the last record begins and the damage that ended it, if any did."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    file.seek(start)
    last = start
    try:
        for record in ArchiveIterator(file):
            last = start + record.stream_pos
            if record.headers.get("Content-Length") is None:
                return last, Damage(last, _DAMAGED, "the WARC header is cut, or names no length", unfinished=True)
            if record.record_type != WarcRecordType.response:
                if (came := record.reader.consume()) < (length := record.content_length):
                    return last, _cut(last, length, came)
                others[str(record.record_type)] += 1
                continue
            found = _response(record, last, max_bytes=max_bytes)
            if isinstance(found, Damage):
                return last, found
            yield found
    except (OSError, ValueError) as error:
        unfinished = _UNFINISHED.search(str(error)) is not None
        return last, Damage(last, _DAMAGED, f"at or behind this byte: {error}", unfinished)
    return last, None


def _response(record: Any, offset: int, *, max_bytes: int) -> Response | Damage:
    length = record.content_length
    body = record.reader.read(max_bytes + 1)
    if len(body) < min(length, max_bytes + 1):
        return _cut(offset, length, len(body))
    if _SWALLOWED in body or body.endswith(_SWALLOWED_ENDS):
        return Damage(offset, _WRONG_LENGTH, f"the {length} bytes of the body hold the next record")
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


def _cut(offset: int, promised: int, came: int) -> Damage:
    return Damage(offset, _CUT, f"{promised} bytes were promised, {came} came", unfinished=True)


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

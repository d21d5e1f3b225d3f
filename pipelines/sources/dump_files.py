"""Bytes of a dump file, decompressed by ranges: damage is reported and reading goes on behind it where it can."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

_READ_BYTES = 1 << 16
_OUT_BYTES = 1 << 20
_BLOCK_MAGIC = b"1AY&SY"  # every bz2 stream begins with BZh, its level, and this
_HEAD_BYTES = 10  # BZh + level + block magic
_KINDS = {b"BZh": "bz2", b"\x1f\x8b": "gz", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "zst"}


@dataclass(frozen=True)
class Chunk:
    """Decompressed bytes.

    Attributes:
        data: the bytes.
        offset: place in the file they come from: of the bz2 stream, or of the bytes themselves.
        owned: whether they lie in the range asked for; what follows is there to finish what began in it.
    """

    data: bytes
    offset: int
    owned: bool


@dataclass(frozen=True)
class Damage:
    """Something in the file could not be read; what was begun before it is lost."""

    offset: int
    reason: str
    detail: str


def compression(path: Path) -> str:
    """The file's compression by its first bytes: bz2, gz, xz, zst or plain."""
    with path.open("rb") as file:
        first = file.read(6)
    return next((kind for magic, kind in _KINDS.items() if first.startswith(magic)), "plain")


def read_head(path: Path, limit: int) -> bytes:
    """The first `limit` decompressed bytes of a file, or fewer if it is short or damaged."""
    head = bytearray()
    for chunk in read_range(path, 0, path.stat().st_size):
        if isinstance(chunk, Damage):
            break
        head += chunk.data
        if len(head) >= limit:
            break
    return bytes(head[:limit])


def read_range(path: Path, start: int, end: int) -> Iterator[Chunk | Damage]:
    """Decompressed bytes of `path` from `start` on; the reader stops asking when it has all that began before `end`.

    A bz2 file may have any number of streams: those that begin in [start, end) are owned, so the ranges of a
    multistream dump can be read in parallel, and a single stream belongs to the range that holds its beginning.
    The other compressions cannot be entered midway: the range that begins at 0 owns the whole file.
    """
    kind = compression(path)
    if kind == "bz2":
        with path.open("rb") as file:
            yield from _bz2_streams(file, start, end)
    elif kind == "plain":
        with path.open("rb") as file:
            yield from _plain(file, start, end)
    elif start == 0:
        yield from _whole(path, kind)


def _plain(file: IO[bytes], start: int, end: int) -> Iterator[Chunk]:
    file.seek(start)
    position = start
    while data := file.read(min(_OUT_BYTES, end - position) if position < end else _READ_BYTES):
        yield Chunk(data=data, offset=position, owned=position < end)
        position += len(data)


def _whole(path: Path, kind: str) -> Iterator[Chunk | Damage]:
    with path.open("rb") as raw:
        try:
            with _reader(raw, kind) as file:
                while data := file.read(_OUT_BYTES):
                    yield Chunk(data=data, offset=raw.tell(), owned=True)
        except EOFError:
            yield Damage(raw.tell(), "file cut short", f"{kind} data end in mid-stream")
        except (OSError, zlib.error, lzma.LZMAError) as error:
            yield Damage(raw.tell(), "file damaged", f"{kind}: {error}")


def _reader(raw: IO[bytes], kind: str) -> IO[bytes]:
    if kind == "gz":
        return cast("IO[bytes]", gzip.GzipFile(fileobj=raw))
    if kind == "xz":
        return cast("IO[bytes]", lzma.LZMAFile(raw))
    import zstandard

    return cast("IO[bytes]", _Zstandard(zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)))


class _Zstandard:
    """A Zstandard reader that reports damage as `OSError`, as the other readers do."""

    def __init__(self, reader: IO[bytes]) -> None:
        self._reader = reader

    def __enter__(self) -> "_Zstandard":
        return self

    def __exit__(self, *_: object) -> None:
        self._reader.close()

    def read(self, size: int) -> bytes:
        import zstandard

        try:
            return self._reader.read(size)
        except zstandard.ZstdError as error:
            raise OSError(str(error)) from error


def _bz2_streams(file: IO[bytes], start: int, end: int) -> Iterator[Chunk | Damage]:
    position = 0 if start == 0 else _next_stream(file, start, end)
    while position is not None:
        position = yield from _bz2_stream(file, position, owned=position < end)


def _bz2_stream(file: IO[bytes], begin: int, *, owned: bool) -> Generator[Chunk | Damage, None, int | None]:
    """Yields one stream's bytes and returns where the next stream begins."""
    file.seek(begin)
    decompressor = bz2.BZ2Decompressor()
    taken = begin
    while not decompressor.eof:
        data = file.read(_READ_BYTES) if decompressor.needs_input else b""
        if decompressor.needs_input and not data:
            yield Damage(begin, "file cut short", f"the bz2 stream at byte {begin} ends in mid-stream")
            return None
        taken += len(data)
        try:
            out = decompressor.decompress(data, _OUT_BYTES)
        except OSError as error:
            yield Damage(begin, "file damaged", f"the bz2 stream at byte {begin}: {error}")
            return _next_stream(file, begin + 1, None)
        if out:
            yield Chunk(data=out, offset=begin, owned=owned)
    after = taken - len(decompressor.unused_data)
    file.seek(after)
    head = file.read(_HEAD_BYTES)
    if not head:
        return None
    if _is_stream_head(head) or head.startswith(b"BZh"):
        return after
    yield Damage(after, "file damaged", f"no bz2 stream follows at byte {after}")
    return _next_stream(file, after, None)


def _next_stream(file: IO[bytes], start: int, end: int | None) -> int | None:
    """Place of the first bz2 stream that begins in [start, end)."""
    file.seek(start)
    window, base = b"", start
    while data := file.read(_OUT_BYTES):
        window += data
        found = window.find(_BLOCK_MAGIC)
        while found != -1:
            head = found - 4
            if head >= 0 and _is_stream_head(window[head : head + _HEAD_BYTES]):
                return base + head if end is None or base + head < end else None
            found = window.find(_BLOCK_MAGIC, found + 1)
        keep = min(len(window), _HEAD_BYTES - 1)
        base += len(window) - keep
        window = window[len(window) - keep :]
        if end is not None and base >= end:
            return None
    return None


def _is_stream_head(head: bytes) -> bool:
    return head.startswith(b"BZh") and head[3:4] in b"123456789" and head[4:] == _BLOCK_MAGIC

"""Compressions that cannot be entered midway: gzip, xz and Zstandard files, read from their beginning."""

import gzip
import lzma
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from pipelines.sources.chunks import CUT_FILE, DAMAGED_FILE, Chunk, Damage

_READ_BYTES: Final = 1 << 16
_OUT_BYTES: Final = 1 << 20
# A file's header says how much memory its reader needs; `xz -9` needs 65 MB, `zstd --ultra -22` 128 MB.
_MEMORY_BYTES: Final = 256 << 20
_ZSTANDARD_BYTES: Final = 1 << 9  # four bytes may hold 128 kB, so this much may hold 16 MB


class _DamagedError(Exception):
    """The compressed data are not what they should be."""


def read_whole(path: Path, kind: str) -> Iterator[Chunk | Damage]:
    """Decompressed bytes of a `gz`, `xz` or `zst` file; what follows damage is lost.

    Their checksums stand behind megabytes, or behind the whole file, so unlike those of a bz2 file, pages shortly
    before the reported place may be wrong too.
    """
    size = path.stat().st_size
    with path.open("rb") as raw:
        try:
            for data in _READERS[kind](raw):
                yield Chunk(data=data, offset=raw.tell(), owned=True)
        except EOFError:
            yield Damage(raw.tell(), CUT_FILE, f"the {kind} data end at byte {raw.tell()} in mid-stream")
        except _DamagedError as error:
            lost = size - max(0, raw.tell() - _READ_BYTES)  # the damage lies in what was read last
            detail = f"{kind}, before byte {raw.tell()}: {error}; up to {lost} bytes lost, pages before may be wrong"
            yield Damage(raw.tell(), DAMAGED_FILE, detail, lost=lost)


def _gzip(raw: IO[bytes]) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=raw) as file:
        while True:
            try:
                data = file.read1(_OUT_BYTES)
            except (OSError, zlib.error) as error:
                raise _DamagedError(str(error)) from error
            if not data:
                return
            yield data


def _xz(raw: IO[bytes]) -> Iterator[bytes]:
    """Concatenated xz streams; unlike `lzma.LZMAFile`, a file that asks for too much memory is refused."""
    data = raw.read(_READ_BYTES)
    while data:
        stream = lzma.LZMADecompressor(memlimit=_MEMORY_BYTES)
        while not stream.eof:
            try:
                out = stream.decompress(data, _OUT_BYTES)
            except lzma.LZMAError as error:
                raise _DamagedError(str(error)) from error
            if out:
                yield out
            data = raw.read(_READ_BYTES) if stream.needs_input else b""
            if stream.needs_input and not data:
                raise EOFError
        data = stream.unused_data.lstrip(b"\0") or _behind_zeros(raw)


def _behind_zeros(raw: IO[bytes]) -> bytes:
    """The next bytes behind the zeros that may follow a stream."""
    while data := raw.read(_READ_BYTES):
        if found := data.lstrip(b"\0"):
            return found
    return b""


def _zstandard(raw: IO[bytes]) -> Iterator[bytes]:
    """Concatenated frames; the library's own stream reader takes an unfinished frame for the end of the file."""
    import zstandard

    decompressor = zstandard.ZstdDecompressor(max_window_size=_MEMORY_BYTES)
    out: list[bytes] = []
    data = raw.read(_ZSTANDARD_BYTES)
    while data:
        frame: Any = decompressor.decompressobj()
        while not frame.eof and data:
            try:
                out.append(frame.decompress(data))
            except zstandard.ZstdError as error:
                yield b"".join(out)
                raise _DamagedError(str(error)) from error
            if sum(map(len, out)) >= _READ_BYTES:
                yield b"".join(out)
                out.clear()
            data = raw.read(_ZSTANDARD_BYTES) if not frame.eof else b""
        yield b"".join(out)
        out.clear()
        if not frame.eof:
            raise EOFError
        data = frame.unused_data or raw.read(_ZSTANDARD_BYTES)


_READERS: Final[dict[str, Callable[[IO[bytes]], Iterator[bytes]]]] = {"gz": _gzip, "xz": _xz, "zst": _zstandard}

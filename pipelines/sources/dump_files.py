"""Bytes of a dump file, decompressed by ranges: damage is reported and reading goes on behind it where it can."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from pipelines.sources.bz2_blocks import read_blocks
from pipelines.sources.chunks import Chunk, Damage
from pipelines.sources.whole_files import read_whole

__all__ = ["DIVISIBLE", "Chunk", "Damage", "compression", "read_head", "read_range"]

DIVISIBLE: Final = frozenset({"plain", "bz2"})  # compressions that can be entered midway
_AHEAD_BYTES: Final = 1 << 16
_OUT_BYTES: Final = 1 << 20
_KINDS: Final = {b"BZh": "bz2", b"\x1f\x8b": "gz", b"\xfd7zXZ": "xz", b"\x28\xb5\x2f\xfd": "zst"}


def compression(path: Path) -> str:
    """The file's compression by its first bytes: bz2, gz, xz, zst or plain."""
    with path.open("rb") as file:
        first = file.read(6)
    return next((kind for magic, kind in _KINDS.items() if first.startswith(magic)), "plain")


def read_head(path: Path, limit: int) -> tuple[bytes, Damage | None]:
    """The first `limit` decompressed bytes of a file, fewer if it is short, and the damage that ended them, if any."""
    head = bytearray()
    for chunk in read_range(path, 0, path.stat().st_size):
        if isinstance(chunk, Damage):
            return bytes(head[:limit]), chunk
        head += chunk.data
        if len(head) >= limit:
            break
    return bytes(head[:limit]), None


def read_range(path: Path, start: int, end: int) -> Iterator[Chunk | Damage]:
    """Decompressed bytes of `path` from `start` on; the reader stops asking when it has all that began before `end`.

    The blocks of a bz2 file that begin in [start, end) are owned, so any bz2 file can be read in parallel, and so
    can one that is not compressed. The other compressions cannot be entered midway: the range that begins at 0 owns
    the whole file.
    """
    kind = compression(path)
    if kind in DIVISIBLE:
        with path.open("rb") as file:
            yield from read_blocks(file, start, end) if kind == "bz2" else _plain(file, start, end)
    elif start == 0:
        yield from read_whole(path, kind)


def _plain(file: IO[bytes], start: int, end: int) -> Iterator[Chunk]:
    file.seek(start)
    position = start
    while data := file.read(min(_OUT_BYTES, end - position) if position < end else _AHEAD_BYTES):
        yield Chunk(data=data, offset=position, owned=position < end, exact=True)
        position += len(data)

"""Blocks of bz2 files, read by byte ranges, whether a file has one stream or a million.

A bz2 stream is a row of blocks of at most 900 kB, each compressed by itself with its own checksum, and a mark of
48 bits begins each of them, at any bit. A range owns the blocks that begin in it: it looks for their marks, moves
each block to a byte's border and decompresses it as a stream of its own. So one big stream spreads over workers as
well as a multistream dump does, and damage costs the blocks that it hits and no more.

The mark occurs by chance once in 2^48 bits (35 TB); that block would be reported as damaged.
"""

import bz2
import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import IO, Final

from pipelines.sources.chunks import CUT_FILE, DAMAGED_FILE, Chunk, Damage

_WINDOW_BYTES: Final = 1 << 20
_BLOCK_BYTES_MAX: Final = 1_000_000  # a block of 900 kB that cannot be compressed takes 1 % and 600 bytes more
_MARK_BITS, _CHECKSUM_BITS = 48, 32
_BLOCK, _END = 0x314159265359, 0x177245385090  # of a block, of a stream's end
_START, _EOF = "start of the file", "end of the file"


@dataclass(frozen=True)
class Mark:
    """A place in the file, in bits, and what begins there: a block, a stream's end, or the file's start or end."""

    bit: int
    kind: int | str

    @property
    def byte(self) -> int:
        """The byte that the mark begins in."""
        return self.bit >> 3


def read_blocks(file: IO[bytes], start: int, end: int) -> Iterator[Chunk | Damage]:
    """Decompressed blocks from the first that begins at or behind `start`; those that begin before `end` are owned."""
    descriptor = file.fileno()
    eof = Mark(os.fstat(descriptor).st_size * 8, _EOF)
    before = Mark(0, _START) if start == 0 else None
    for mark in chain(_marks(descriptor, start), [eof]):
        if before is None and mark.byte >= end:
            return
        if before is not None:
            read = _block if before.kind == _BLOCK else _gap
            yield from read(descriptor, before, mark, before.byte < end)
        before = mark


def _block(descriptor: int, begin: Mark, end: Mark, owned: bool) -> Iterator[Chunk | Damage]:
    length = end.byte - begin.byte
    if end.kind == _EOF:
        detail = f"the bz2 block at byte {begin.byte} is not complete"
        yield Damage(begin.byte, CUT_FILE, detail, owned, length)
        return
    if not owned:
        yield Chunk(b"", begin.byte, owned)  # who needs no more stops here, before work is done for nothing
    data = _decompressed(descriptor, begin, end) if length <= _BLOCK_BYTES_MAX else None
    if data is None:
        detail = f"the bz2 block at byte {begin.byte} does not match its checksum, {length} bytes are lost"
        yield Damage(begin.byte, DAMAGED_FILE, detail, owned, length)
    elif data:
        yield Chunk(data, begin.byte, owned)


def _decompressed(descriptor: int, begin: Mark, end: Mark) -> bytes | None:
    """The block's bytes, or None if it is damaged."""
    first, behind = begin.byte, (end.bit + 7) >> 3
    bits, tail = end.bit - begin.bit, _MARK_BITS + _CHECKSUM_BITS
    number = int.from_bytes(os.pread(descriptor, behind - first, first), "big") >> (-end.bit % 8)
    number &= (1 << bits) - 1
    checksum = number >> (bits - _MARK_BITS - _CHECKSUM_BITS) & 0xFFFFFFFF if bits > tail else 0
    padding = -(bits + tail) % 8
    number = (number << tail | _END << _CHECKSUM_BITS | checksum) << padding
    try:
        return bz2.decompress(b"BZh9" + number.to_bytes((bits + tail + padding) // 8, "big"))
    except (OSError, ValueError):
        return None


def _gap(descriptor: int, begin: Mark, end: Mark, owned: bool) -> Iterator[Damage]:
    """Reports what stands where only a stream's header may stand: at the file's start, or behind a stream."""
    first = 0 if begin.kind == _START else (begin.bit + _MARK_BITS + _CHECKSUM_BITS + 7) >> 3
    length = end.byte - first
    if length <= 0 and end.kind == _EOF:
        return
    header = os.pread(descriptor, 4, first)
    whole = header[:3] == b"BZh" and header[3:] in {b"%d" % level for level in range(1, 10)}
    if length == len(header) and whole and end.bit % 8 == 0 and end.kind != _EOF:
        return
    if end.kind == _EOF and b"BZh".startswith(header[:3]):
        yield Damage(first, CUT_FILE, f"the bz2 stream at byte {first} is not complete", owned, length)
    else:
        yield Damage(first, DAMAGED_FILE, f"{length} bytes at byte {first} are no bz2 data", owned, length)


def _marks(descriptor: int, start: int) -> Iterator[Mark]:
    """All marks from byte `start` on, in order."""
    window, base = b"", start
    while data := os.pread(descriptor, _WINDOW_BYTES, base + len(window)):
        window += data
        yield from sorted(_found(window, base), key=lambda mark: mark.bit)
        keep = min(len(window), _TORN_BYTES)
        base += len(window) - keep
        window = window[len(window) - keep :]


@dataclass(frozen=True)
class _Pattern:
    """A mark that begins `shift` bits behind a byte's first: the whole bytes in it, and the bits on both sides."""

    kind: int
    shift: int
    whole: bytes
    head: int
    tail: int

    @staticmethod
    def of(kind: int, shift: int) -> "_Pattern":
        if shift == 0:
            return _Pattern(kind, 0, kind.to_bytes(6, "big"), 0, 0)
        data = (kind << (8 - shift)).to_bytes(7, "big")
        return _Pattern(kind, shift, data[1:6], data[0], data[6])


_PATTERNS: Final = tuple(_Pattern.of(kind, shift) for kind in (_BLOCK, _END) for shift in range(8))
_TORN_BYTES: Final = 6  # a mark takes at most seven bytes


def _found(window: bytes, base: int) -> Iterator[Mark]:
    """The marks that begin before the window's last six bytes, those of each pattern in order."""
    limit = len(window) - _TORN_BYTES
    for pattern in _PATTERNS:
        before = 1 if pattern.shift else 0
        place = window.find(pattern.whole)
        while place != -1:
            first = place - before
            if 0 <= first < limit and _fits(window, first, pattern):
                yield Mark((base + first) * 8 + pattern.shift, pattern.kind)
            place = window.find(pattern.whole, place + 1)


def _fits(window: bytes, first: int, pattern: _Pattern) -> bool:
    if pattern.shift == 0:
        return True
    head = window[first] & (0xFF >> pattern.shift)
    tail = window[first + 6] & (0xFF << (8 - pattern.shift) & 0xFF)
    return head == pattern.head and tail == pattern.tail

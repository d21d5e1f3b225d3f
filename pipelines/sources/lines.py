"""Lines of a byte range: a line belongs to the range in which it begins."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from pipelines.sources.chunks import FILE_DAMAGE
from pipelines.sources.dump_files import Chunk, Damage

TOO_LONG: Final = "line too long"
BROKEN: Final = "broken line"
LINE_DAMAGE: Final = FILE_DAMAGE | {TOO_LONG, BROKEN}


@dataclass(frozen=True)
class Line:
    """A line without its newline, its number in the range (from 1) and the byte where it begins."""

    data: bytes
    number: int
    offset: int


@dataclass(frozen=True)
class LongLine:
    """A line that was longer than allowed and was not kept."""

    number: int
    offset: int


def scan_lines(
    chunks: Iterable[Chunk | Damage], *, start: int, skip_first: bool, max_bytes: int
) -> Iterator[Line | LongLine | Damage]:
    """Yields the lines that begin in owned chunks.

    Args:
        chunks: bytes from `start` on, in order.
        start: place of the first byte.
        skip_first: the first line began before and belongs to the range before.
        max_bytes: longer lines are reported without being held in memory.
    """
    number, position = 0, start  # `position`: where the line in the buffer begins
    buffer, dropped = bytearray(), 0
    skipping = skip_first
    for chunk in chunks:
        if isinstance(chunk, Damage):
            yield chunk
            continue
        data, place = chunk.data, 0
        if not chunk.owned and not buffer and not dropped:
            return
        while (newline := data.find(b"\n", place)) != -1:
            buffer += data[place : newline + 1]
            length, place = dropped + len(buffer), newline + 1
            if not skipping:
                number += 1
                kept = dropped == 0 and length <= max_bytes + 1
                yield Line(bytes(buffer[:-1]), number, position) if kept else LongLine(number, position)
            position, dropped, skipping = position + length, 0, False
            buffer.clear()
            if not chunk.owned:
                return
        buffer += data[place:]
        if len(buffer) > max_bytes or skipping:
            dropped += len(buffer)
            buffer.clear()
    if (buffer or dropped) and not skipping:
        yield LongLine(number + 1, position) if dropped else Line(bytes(buffer), number + 1, position)


def place_of(line: Line | LongLine, *, path: str, start: int) -> str:
    """`file:line`, and in a range that begins later the byte where the line begins, since lines are not counted."""
    return f"{path}:{line.number}" if start == 0 else f"{path}@{line.offset}"

"""Ranges of characters as ranges of wordpieces, exactly."""

from collections.abc import Sequence
from typing import Final

import numpy as np

NO_WORDPIECE: Final = "holds no wordpiece"
CUTS_WORDPIECE: Final = "cuts a wordpiece"
CUT_OFF: Final = "lies beyond the cut body"
LEFT_OUT: Final = (NO_WORDPIECE, CUTS_WORDPIECE, CUT_OFF)


class WordpieceRanges:
    """Where the wordpieces of one body lie.

    Args:
        offsets: characters [start, end) of each wordpiece; neither starts nor ends ever go back.
        size: how many of them were kept, if the body was cut.
    """

    def __init__(self, offsets: Sequence[tuple[int, int]], *, size: int) -> None:
        both = np.array(offsets, dtype=np.int32).reshape(-1, 2)
        self._starts, self._ends = np.ascontiguousarray(both[:, 0]), np.ascontiguousarray(both[:, 1])
        self._size = size

    def touched(self, start: int, end: int) -> tuple[int, int] | str:
        """The wordpieces [first, last + 1) that have any of the characters [start, end), or the reason why none."""
        first = int(np.searchsorted(self._ends, start, side="right"))
        last = int(np.searchsorted(self._starts, end, side="left"))
        if first >= last:
            return NO_WORDPIECE
        return CUT_OFF if last > self._size else (first, last)

    def exact(self, start: int, end: int) -> tuple[int, int] | str:
        """As `touched`, but only if no wordpiece reaches over a border, since masking it would hide more.

        Characters at a border that the tokenizer drops belong to no wordpiece: the accent at the end of a
        decomposed "José", where it drops accents, a joiner or a control character. They do not matter.
        """
        found = self.touched(start, end)
        if isinstance(found, str):
            return found
        first, last = found
        whole = start <= self._starts[first] and self._ends[last - 1] <= end
        return found if whole else CUTS_WORDPIECE

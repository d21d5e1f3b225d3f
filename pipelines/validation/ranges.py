"""Checks of the character ranges in list columns, over a whole row group at once."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_ROW_STEP = 1 << 32  # more than any place in a text


@dataclass(frozen=True)
class Ranges:
    """The ranges of all rows, one behind the other: the row each belongs to, its start and its end."""

    rows: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]

    @staticmethod
    def of(column: pa.ChunkedArray) -> "Ranges":
        """The ranges of a column of lists of structs with `start` and `end`."""
        lists = column.combine_chunks()
        lengths = pc.list_value_length(lists).to_numpy(zero_copy_only=False)
        items = pc.list_flatten(lists)
        rows = np.repeat(np.arange(len(lengths), dtype=np.int64), lengths)
        return Ranges(rows, _integers(items, "start"), _integers(items, "end"))

    def disordered_rows(self, text_lengths: npt.NDArray[np.int64]) -> set[int]:
        """Rows with a range that is empty, leaves the row's text or begins before the one in front of it ends."""
        wrong = (self.starts < 0) | (self.starts >= self.ends) | (self.ends > text_lengths[self.rows])
        wrong[1:] |= (self.rows[1:] == self.rows[:-1]) & (self.starts[1:] < self.ends[:-1])
        return set(self.rows[wrong].tolist())

    def rows_outside(self, others: "Ranges") -> set[int]:
        """Rows with a range that lies inside none of the row's `others`."""
        order = np.argsort(others.rows * _ROW_STEP + others.starts, kind="stable")
        keys = (others.rows * _ROW_STEP + others.starts)[order]
        place = np.searchsorted(keys, self.rows * _ROW_STEP + self.starts, side="right") - 1
        found = order[np.maximum(place, 0)] if len(order) else np.zeros(len(self.rows), dtype=np.int64)
        if not len(order):
            return set(self.rows.tolist())
        inside = (place >= 0) & (others.rows[found] == self.rows) & (self.ends <= others.ends[found])
        return set(self.rows[~inside].tolist())


def _integers(items: Any, field: str) -> npt.NDArray[np.int64]:
    found: npt.NDArray[np.int64] = pc.struct_field(items, field).to_numpy(zero_copy_only=False).astype(np.int64)
    return found

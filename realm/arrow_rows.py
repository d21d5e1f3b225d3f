"""Random access to the rows of a memory-mapped Arrow file, without copying and without holding it in memory."""

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from realm.storage import publish_file


class ArrowRows:
    """Rows of an Arrow IPC file; list columns come back as numpy views into the mapped file.

    Opening one takes the same time whatever its size: where its batches lie is read when a row is needed first.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader = pa.ipc.open_file(pa.memory_map(str(path)))
        self._lists: dict[str, list[tuple[np.ndarray, np.ndarray]]] = {}

    @cached_property
    def _table(self) -> pa.Table:
        return self._reader.read_all()

    @cached_property
    def _starts(self) -> np.ndarray:
        return np.cumsum([0, *(batch.num_rows for batch in self._table.to_batches())])

    def __len__(self) -> int:
        """Number of rows."""
        return int(self._table.num_rows)

    def list(self, column: str, row: int) -> np.ndarray:
        """The list of numbers in `column` at `row`."""
        chunks = self._lists.get(column)
        if chunks is None:
            arrays = self._table.column(column).chunks
            chunks = [(one.values.to_numpy(), one.offsets.to_numpy()) for one in arrays]
            self._lists[column] = chunks
        chunk = int(np.searchsorted(self._starts, row, side="right")) - 1
        values, offsets = chunks[chunk]
        local = row - int(self._starts[chunk])
        return values[offsets[local] : offsets[local + 1]]

    def numbers(self, column: str) -> np.ndarray:
        """A whole numeric column."""
        values: np.ndarray = self._table.column(column).to_numpy()
        return values

    def column(self, name: str) -> pa.ChunkedArray:
        """A whole column, for Arrow's own functions."""
        return self._table.column(name)

    def value(self, column: str, row: int) -> Any:
        """One cell as a Python value."""
        return self._table.column(column)[row].as_py()


def write_rows(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> int:
    """Writes an Arrow IPC file atomically, one batch after the other, and returns the number of rows."""
    rows = 0
    with publish_file(path) as beside, pa.ipc.new_file(str(beside), schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
            rows += batch.num_rows
    return rows

"""Sorts any number of rows in bounded memory: sorted runs on disk, merged when they are read."""

import heapq
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import pyarrow as pa

_BATCH_BYTES: Final = 1 << 18  # of a run, which is what a merge holds of it
_RUNS_AT_ONCE: Final = 32
_ROW_BYTES: Final = 300  # what Python needs for a row besides its text

Row = TypeVar("Row", bound=tuple[Any, ...])


class RowSorter(Generic[Row]):
    """Rows in, and out again in their order as tuples.

    Args:
        folder: empty, for the runs; what it holds may be removed once all rows were read.
        schema: the rows' columns, of text and numbers.
        make: makes a row of its values.
        max_bytes: so much is held in memory.
    """

    def __init__(
        self, folder: Path, schema: pa.Schema, *, make: Callable[[Iterable[Any]], Row], max_bytes: int
    ) -> None:
        folder.mkdir(parents=True)
        self._folder, self._schema, self._make, self._max_bytes = folder, schema, make, max_bytes
        self._rows: list[Row] = []
        self._held = 0
        self._runs: list[Path] = []
        self._written = 0
        self.count = 0
        self.text_bytes = 0  # of all rows

    def add(self, row: Row) -> None:
        """Takes a row."""
        size = text_bytes(row)
        self._rows.append(row)
        self.count += 1
        self.text_bytes += size
        self._held += size + _ROW_BYTES
        if self._held >= self._max_bytes:
            self._end_run()

    def rows(self) -> Iterator[Row]:
        """Yields all rows in order."""
        if not self._runs:
            yield from sorted(self._rows)
            return
        self._end_run()
        while len(self._runs) > _RUNS_AT_ONCE:
            some, self._runs = self._runs[:_RUNS_AT_ONCE], self._runs[_RUNS_AT_ONCE:]
            self._write(self._merged(some))
            for run in some:
                run.unlink()
        yield from self._merged(self._runs)

    def _end_run(self) -> None:
        if self._rows:
            self._rows.sort()
            self._write(self._rows)
        self._rows, self._held = [], 0

    def _write(self, rows: Iterable[Row]) -> None:
        path = self._folder / f"{self._written:05d}.arrow"
        self._written += 1
        write_rows(path, rows, self._schema)
        self._runs.append(path)

    def _merged(self, runs: Iterable[Path]) -> Iterator[Row]:
        return heapq.merge(*(read_rows(run, make=self._make) for run in runs))


def text_bytes(row: Iterable[Any]) -> int:
    """Characters of a row's texts, as a measure of its size."""
    return sum([len(value) for value in row if value.__class__ is str])


def write_rows(path: Path, rows: Iterable[tuple[Any, ...]], schema: pa.Schema) -> None:
    """Writes rows to an Arrow file in batches of some text each."""
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        for batch in _batches(rows):
            columns = zip(zip(*batch, strict=True), schema.types, strict=True)
            arrays = [pa.array(column, type=kind) for column, kind in columns]
            writer.write_batch(pa.record_batch(arrays, schema=schema))


def read_rows(path: Path, *, make: Callable[[Iterable[Any]], Row]) -> Iterator[Row]:
    """Reads the rows of a file, batch by batch."""
    with pa.OSFile(str(path)) as file, pa.ipc.open_file(file) as reader:
        for number in range(reader.num_record_batches):
            columns = (column.to_pylist() for column in reader.get_batch(number).columns)
            yield from map(make, zip(*columns, strict=True))


def _batches(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    batch: list[tuple[Any, ...]] = []
    held = 0
    for row in rows:
        batch.append(row)
        held += text_bytes(row) + _ROW_BYTES
        if held >= _BATCH_BYTES:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch

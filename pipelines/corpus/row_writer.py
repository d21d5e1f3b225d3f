"""Writes a work item's rows in order, whether they are made or taken from an earlier corpus."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import numpy as np
import pyarrow as pa

from pipelines.corpus.earlier_rows import EarlierRows, Stretch, joined
from pipelines.tables import TableWriter, to_table

# Of files that are read once, by the second pass: half the time of zstd, and a third more bytes.
_COMPRESSION: Final = "lz4"


@dataclass(frozen=True)
class _Taken:
    """Rows of an earlier corpus, and the columns that are as the page says now."""

    stretch: Stretch
    known: Mapping[str, str]


class RowWriter:
    """Writes rows to one Parquet file in row groups of exactly `rows`: the same file, wherever they come from."""

    def __init__(self, path: Path, schema: pa.Schema, *, kind: str, rows: int, earlier: EarlierRows | None) -> None:
        """`kind` says which rows of the earlier corpus are meant."""
        self._writer = TableWriter(path, schema, rows=rows, compression=_COMPRESSION)
        self._schema, self._kind, self._rows, self._earlier = schema, kind, rows, earlier
        self._pending: list[Any] = []
        self._rest: pa.Table = schema.empty_table()
        self._count = 0

    def __enter__(self) -> "RowWriter":
        self._writer.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush(everything=True)
        finally:
            self._writer.__exit__(kind, error, trace)

    def append(self, record: Any) -> None:
        """Adds one record: a dataclass whose fields are the schema's."""
        self._add(record, 1)

    def take(self, stretch: Stretch, *, known: Mapping[str, str]) -> None:
        """Adds rows of the earlier corpus; `known` are the columns that are as the page says now, the same for all."""
        self._add(_Taken(stretch, known), stretch.count)

    def _add(self, rows: Any, count: int) -> None:
        self._pending.append(rows)
        self._count += count
        if self._count >= self._rows:
            self._flush()

    def _flush(self, *, everything: bool = False) -> None:
        """Writes all full row groups of what is pending."""
        table = joined([self._rest, *self._tables()]) if self._rest.num_rows else joined(self._tables())
        self._pending = []
        whole = table.num_rows if everything else table.num_rows // self._rows * self._rows
        for start in range(0, whole, self._rows):
            self._writer.write_table(table.slice(start, min(self._rows, whole - start)))
        self._rest = table.slice(whole)
        self._count = self._rest.num_rows

    def _tables(self) -> list[pa.Table]:
        taken = [rows for rows in self._pending if isinstance(rows, _Taken)]
        found = iter(self._read([one.stretch for one in taken]))
        tables: list[pa.Table] = [self._schema.empty_table()]
        for is_taken, several in groupby(self._pending, key=lambda rows: isinstance(rows, _Taken)):
            if is_taken:
                rows = list(several)
                tables.append(_renewed([(next(found), one.known) for one in rows]))
            else:
                tables.append(to_table(list(several), self._schema))
        return tables

    def _read(self, wanted: list[Stretch]) -> list[list[pa.Table]]:
        return [] if self._earlier is None or not wanted else self._earlier.read(self._kind, wanted)


def _renewed(pages: Sequence[tuple[Sequence[pa.Table], Mapping[str, str]]]) -> pa.Table:
    """The rows of several pages, with the columns that are known of each."""
    table = joined(table for tables, _ in pages for table in tables)
    counts = [sum(table.num_rows for table in tables) for tables, _ in pages]
    rows = pa.array(np.repeat(np.arange(len(counts)), counts))
    for name in pages[0][1]:
        column = table.schema.get_field_index(name)
        values = pa.array([known[name] for _, known in pages]).take(rows)
        table = table.set_column(column, table.schema.field(column), values)
    return table

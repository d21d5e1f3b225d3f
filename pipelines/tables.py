"""Records to Parquet and back, in bounded memory: zstd, small row groups, equal rows give equal bytes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

ROW_GROUP_ROWS = 1_000  # what a worker holds of the second pass hangs on it, and not on the length of a work item
_COMPRESSION = "zstd"


class TableWriter:
    """Writes rows to one Parquet file in row groups of `rows`; a file without rows is not left behind."""

    def __init__(
        self, path: Path, schema: pa.Schema, *, rows: int = ROW_GROUP_ROWS, compression: str = _COMPRESSION
    ) -> None:
        self._path, self._schema, self._rows, self._compression = path, schema, rows, compression
        self._records: list[Any] = []
        self._writer: pq.ParquetWriter | None = None
        self.count = 0

    def __enter__(self) -> "TableWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._flush()
        if self._writer is not None:
            self._writer.close()

    def append(self, record: Any) -> None:
        """Adds one record: a dataclass whose fields are the schema's."""
        self._records.append(record)
        self.count += 1
        if len(self._records) >= self._rows:
            self._flush()

    def write_table(self, table: pa.Table) -> None:
        """Adds rows as one row group; for callers that cut the groups themselves."""
        if self._writer is None:
            self._writer = pq.ParquetWriter(self._path, self._schema, compression=self._compression)
        self._writer.write_table(table, row_group_size=self._rows)

    def _flush(self) -> None:
        if self._records:
            self.write_table(to_table(self._records, self._schema))
            self._records = []


def to_table(records: Sequence[Any], schema: pa.Schema) -> pa.Table:
    """Turns dataclass records into an Arrow table."""
    columns = [_column(list(map(attrgetter(field.name), records)), field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)


def row_groups(path: Path, columns: Sequence[str] | None = None) -> Iterator[pa.Table]:
    """Reads a Parquet file one row group at a time; a file that is not there has none."""
    if not path.exists():
        return
    with pq.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            yield file.read_row_group(number, columns=None if columns is None else list(columns))


def regroup(tables: Iterable[pa.Table], rows: int = ROW_GROUP_ROWS) -> Iterator[pa.Table]:
    """Cuts a stream of tables into tables of exactly `rows` rows (the last may be shorter)."""
    held: list[pa.Table] = []
    count = 0
    for table in tables:
        held.append(table)
        count += table.num_rows
        while count >= rows:
            joined = pa.concat_tables(held)
            yield joined.slice(0, rows)
            held, count = [joined.slice(rows)], count - rows
    if count:
        yield pa.concat_tables(held)


def _column(values: list[Any], kind: pa.DataType) -> pa.Array:
    if not (pa.types.is_list(kind) and pa.types.is_struct(kind.value_type)):
        return pa.array(values, type=kind)
    offsets = [0]
    for value in values:
        offsets.append(offsets[-1] + len(value))
    flat = list(chain.from_iterable(values))
    struct = kind.value_type
    fields = [struct.field(number) for number in range(struct.num_fields)]
    children = [pa.array(list(map(attrgetter(field.name), flat)), type=field.type) for field in fields]
    entries = pa.StructArray.from_arrays(children, fields=fields)
    return pa.ListArray.from_arrays(pa.array(offsets, type=pa.int32()), entries, type=kind)

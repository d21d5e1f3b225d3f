"""Reads single blocks and articles back from a snapshot's Parquet parts without loading them whole."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from realm.paths import ARTICLE_PREFIX, block_parts


@dataclass(frozen=True)
class StoredRow:
    """One row of a Parquet part: its columns by name, and where it stands."""

    part: str
    row: int
    values: dict[str, Any]


def find_block(directory: Path, block_id: int) -> StoredRow | None:
    """Finds a block by its id."""
    return find_blocks(directory, [block_id]).get(block_id)


def find_blocks(directory: Path, block_ids: Sequence[int]) -> dict[int, StoredRow]:
    """Finds blocks by their ids: scans the `block_id` column only, and stops when all are found."""
    found: dict[int, StoredRow] = {}
    for path in block_parts(directory):
        if len(found) == len(set(block_ids)):
            break
        for stored in _matching(path, {"block_id": list(block_ids)}):
            found.setdefault(stored.values["block_id"], stored)
    return found


def find_article(directory: Path, part: str, doc_id: str) -> StoredRow | None:
    """Finds the cleaned article that a block of `part` was cut from: it stands in the part's own articles."""
    path = directory / f"{ARTICLE_PREFIX}{part}"
    found = _matching(path, {"doc_id": [doc_id]}) if path.exists() else iter(())
    return next(found, None)


def read_columns(directory: Path, columns: list[str]) -> pa.Table:
    """The named columns of all blocks of a snapshot."""
    return pa.concat_tables([pq.read_table(path, columns=columns) for path in block_parts(directory)])


def _matching(path: Path, wanted: Mapping[str, Sequence[Any]]) -> Iterator[StoredRow]:
    """Rows whose columns have one of the wanted values; other columns are read of their row groups only.

    Plain Python on purpose: pyarrow imports pandas, which takes a second, for everything that takes a value.
    """
    sets = [frozenset(values) for values in wanted.values()]
    with pq.ParquetFile(path) as file:
        first = 0
        for group in range(file.num_row_groups):
            keys = file.read_row_group(group, columns=list(wanted))
            columns = [keys.column(name).to_pylist() for name in wanted]
            for row, found in enumerate(zip(*columns, strict=True)):
                if all(value in values for value, values in zip(found, sets, strict=True)):
                    (values,) = file.read_row_group(group).slice(row, 1).to_pylist()
                    yield StoredRow(part=path.name, row=first + row, values=values)
            first += keys.num_rows

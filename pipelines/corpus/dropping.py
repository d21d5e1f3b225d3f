"""Leaves articles out of a finished work item, and with them their blocks."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa


def without_articles(tables: Iterable[pa.Table], rows: Sequence[int]) -> Iterator[pa.Table]:
    """Leaves out the articles at `rows`."""
    dropped = np.array(sorted(rows), dtype=np.int64)
    first = 0
    for table in tables:
        gone = np.isin(np.arange(first, first + table.num_rows), dropped)
        first += table.num_rows
        yield table.filter(pa.array(~gone)) if gone.any() else table


def blocks_of(tables: Iterable[pa.Table], rows: Sequence[int]) -> Iterator[npt.NDArray[np.bool_]]:
    """For each table of blocks which of them belong to the articles at `rows`; an article begins with ordinal 0."""
    dropped = np.array(sorted(rows), dtype=np.int64)
    article = -1
    for table in tables:
        numbers = article + np.cumsum(table.column("ordinal").to_numpy() == 0)
        article = int(numbers[-1]) if len(numbers) else article
        yield np.isin(numbers, dropped)

"""Writes down what became of a work item's pages, beside the parts that are made of it."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.corpus.dropping import blocks_of
from pipelines.corpus.pages import LEFT_OUT_SCHEMAS, ROW, left_out_file, page_file
from pipelines.tables import TableWriter, row_groups

PAGES = "pages.parquet"  # of a finished work item


def write_pages(directory: Path, output: Path, *, part: str, articles: Sequence[int], repeated: Sequence[int]) -> None:
    """Writes the pages of the finished work item in `directory`, and its rows that are in no part.

    Args:
        directory: of the work item.
        output: where the pages of all items are gathered.
        part: stem of the item's part.
        articles: rows of the articles that the second pass left out.
        repeated: rows of the blocks that it left out, besides those of these articles.
    """
    if not (directory / PAGES).exists():
        return
    shutil.copyfile(directory / PAGES, page_file(output, part))
    gone = np.array(sorted(articles), dtype=np.int64)
    blocks = np.array(sorted(repeated), dtype=np.int64)
    if articles:
        masks = blocks_of(row_groups(directory / "blocks.parquet", ["ordinal"]), articles)
        blocks = np.union1d(blocks, np.flatnonzero(np.concatenate(list(masks))))
    for kind, rows in (("articles", gone), ("blocks", blocks)):
        _write_rows(directory / f"{kind}.parquet", left_out_file(output, kind, part), kind=kind, rows=rows)


def _write_rows(source: Path, output: Path, *, kind: str, rows: npt.NDArray[np.int64]) -> None:
    """Copies some rows of a file; row groups without any of them are not read."""
    if not len(rows):
        return
    schema = LEFT_OUT_SCHEMAS[kind]
    with pq.ParquetFile(source) as file, TableWriter(output, schema) as writer:
        first = 0
        for group in range(file.num_row_groups):
            count = file.metadata.row_group(group).num_rows
            wanted = rows[(rows >= first) & (rows < first + count)]
            if len(wanted):
                table = file.read_row_group(group).take(pa.array(wanted - first))
                writer.write_table(table.append_column(schema.field(ROW), pa.array(wanted, type=pa.int32())))
            first += count

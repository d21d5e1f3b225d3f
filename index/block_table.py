"""A corpus as `blocks.arrow`: what training and search need of each block, sorted by block_id.

Rows are dealt to buckets by the first bits of their id, and each bucket is sorted by itself, so memory is bounded
by `bucket_blocks` and not by the corpus.
"""

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from realm.arrow_rows import write_rows
from realm.errors import UserError
from realm.manifest import Manifest
from realm.paths import is_block_part, parts_of_sources
from realm.schema import INDEX_BLOCK_SCHEMA
from realm.storage import digest, file_checksum, read_json, write_json
from realm.verified import verify_once

_ID_BITS = 63
_MAX_VOCABULARY = 65_535  # wordpieces are stored as uint16
_BATCH_ROWS = 4_096
_COLUMNS = [name for name in INDEX_BLOCK_SCHEMA.names if name not in ("part", "part_row")]


def block_parts(manifest: Manifest) -> list[str]:
    """The corpus's files that hold blocks, as names in its directory, sorted; folders in it hold none."""
    return sorted(name for name in manifest.files if "/" not in name and is_block_part(name))


def table_name(corpus: str, *, bucket_blocks: int, sources: Sequence[str]) -> str:
    """Under which the table of a corpus, given by its fingerprint, is cached, but for the suffix."""
    return digest(corpus, str(bucket_blocks), *sources)


def cached_table(blocks: Path, manifest: Manifest, folder: Path, *, bucket_blocks: int, sources: Sequence[str]) -> Path:
    """The table of a corpus in `folder`, made once for all versions of it; its checksum is noted beside it.

    Where another process is making it, that is waited for.

    Raises:
        UserError: the corpus is damaged; see also `write_block_table`.
    """
    table = folder / f"{table_name(manifest.fingerprint, bucket_blocks=bucket_blocks, sources=sources)}.arrow"
    if not _note_of(table).exists():
        with _one_at_a_time(table):
            if not _note_of(table).exists():  # nor has it been made meanwhile
                verify_once(blocks, manifest)
                write_block_table(blocks, manifest, table, bucket_blocks=bucket_blocks, sources=sources)
                write_json(_note_of(table), file_checksum(table))
    return table


def require_undamaged(table: Path, checksum: str) -> None:
    """Compares what was copied from a table of `cached_table` with what it was when it was made.

    Raises:
        UserError: naming both checksums; the table is made anew next time.
    """
    noted = read_json(_note_of(table)) if _note_of(table).exists() else "no longer noted"
    if checksum != noted:
        _note_of(table).unlink(missing_ok=True)
        raise UserError(
            f"{table} is damaged: checksum {checksum}, when it was made {noted}. It is made anew when `index` runs "
            "again; no version was published."
        )


def _note_of(table: Path) -> Path:
    return table.with_suffix(".json")


@contextmanager
def _one_at_a_time(table: Path) -> Iterator[None]:
    """Waits until no other process makes the table; the kernel ends a claim however its process ends."""
    table.parent.mkdir(parents=True, exist_ok=True)
    with table.with_name(f".{table.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(f"index: another process sorts the same blocks; waiting for {table}", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_block_table(
    blocks: Path, manifest: Manifest, output: Path, *, bucket_blocks: int, sources: Sequence[str]
) -> int:
    """Writes `output` from the corpus in `blocks`, or from those `sources` of it, and returns the number of rows.

    One process at a time: buckets that a killed one left are removed first.

    Raises:
        UserError: a part is missing or damaged, a cell has no value, or a wordpiece id does not fit into 16 bits.
    """
    parts = parts_of_sources(block_parts(manifest), sources, corpus=blocks, key="index.sources")
    total = sum(_row_count(blocks / part) for part in parts)
    bits = max(0, (total - 1).bit_length() - (bucket_blocks - 1).bit_length()) if total else 0
    scratch = output.with_name(f".{output.name}.buckets")
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        buckets = [scratch / f"{number}.arrow" for number in range(1 << bits)]
        _deal(blocks, parts, buckets, shift=_ID_BITS - bits)
        return write_rows(output, INDEX_BLOCK_SCHEMA, _sorted_batches(buckets))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _row_count(path: Path) -> int:
    try:
        return int(pq.read_metadata(path).num_rows)
    except (FileNotFoundError, pa.ArrowInvalid) as error:
        raise UserError(
            f"{path} cannot be read ({' '.join(str(error).split())}). Restore it with `dvc checkout` or run `corpus`."
        ) from error


def _deal(blocks: Path, parts: list[str], buckets: list[Path], *, shift: int) -> None:
    with ExitStack() as stack:
        writers = [stack.enter_context(pa.ipc.new_file(str(path), INDEX_BLOCK_SCHEMA)) for path in buckets]
        for part in parts:
            for table in _part_tables(blocks / part, part):
                numbers = table.column("block_id").to_numpy() >> shift
                for bucket in np.unique(numbers):
                    writers[bucket].write_table(table.filter(pa.array(numbers == bucket)))


def _part_tables(path: Path, part: str) -> Iterator[pa.Table]:
    """One table per row group, so that its rows' places in the part are known."""
    first = 0
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, columns=_COLUMNS)
            rows = table.num_rows
            _require_values(table, path, first=first)
            places = pa.array(np.arange(first, first + rows, dtype=np.int32))
            full = table.append_column("part", pa.array([part] * rows)).append_column("part_row", places)
            try:
                yield full.select(INDEX_BLOCK_SCHEMA.names).cast(INDEX_BLOCK_SCHEMA)
            except pa.ArrowInvalid as error:
                raise UserError(
                    f"{path} has a wordpiece id above {_MAX_VOCABULARY:,} ({error}); an index keeps ids in 16 bits. "
                    "Use a tokenizer with a smaller vocabulary."
                ) from error
            first += rows


def _require_values(table: pa.Table, path: Path, *, first: int) -> None:
    """Refuses cells, and wordpieces in them, that are null; the table's rows begin with row `first` of the part."""
    for name in _COLUMNS:
        column = table.column(name)
        wordpieces = pc.list_flatten(column) if pa.types.is_list(column.type) else column
        if column.null_count or wordpieces.null_count:
            cells = enumerate(column.to_pylist(), first)
            row = next(row for row, cell in cells if cell is None or (isinstance(cell, list) and None in cell))
            raise UserError(
                f"{path} has no value for {name} in row {row}, where every block has one. Restore it with `dvc "
                "checkout` or run `corpus` again."
            )


def _sorted_batches(buckets: list[Path]) -> Iterator[pa.RecordBatch]:
    order = [("block_id", "ascending"), ("part", "ascending"), ("part_row", "ascending")]
    for path in buckets:
        with pa.OSFile(str(path)) as source:
            table = pa.ipc.open_file(source).read_all().sort_by(order).combine_chunks()
        yield from table.to_batches(max_chunksize=_BATCH_ROWS)

"""Vectors on disk, and where the vector of a block may be found already."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from realm.arrow_rows import write_rows
from realm.schema import vector_schema

_CHUNK_ROWS = 65_536


def write_vectors(path: Path, block_ids: np.ndarray, vectors: np.ndarray) -> None:
    """Writes int64 `[n]` ids and float32 `[n, dim]` vectors atomically, as one batch, to be mapped as one."""
    dimension = vectors.shape[1]
    flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).reshape(-1))
    columns = [pa.array(block_ids, type=pa.int64()), pa.FixedSizeListArray.from_arrays(flat, dimension)]
    schema = vector_schema(dimension)
    write_rows(path, schema, [pa.RecordBatch.from_arrays(columns, schema=schema)])


def map_vectors(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Ids `[n]` and vectors `[n, dim]` of a file of `write_vectors`, memory-mapped and read-only."""
    with pa.memory_map(str(path)) as source:
        batch = pa.ipc.open_file(source).get_batch(0)
    dimension = batch.schema.field("vector").type.list_size
    return batch.column("block_id").to_numpy(), batch.column("vector").values.to_numpy().reshape(-1, dimension)


def chunks(vectors: np.ndarray, rows: int = _CHUNK_ROWS) -> Iterator[np.ndarray]:
    """Slices of at most `rows` rows, in order."""
    for first in range(0, len(vectors), rows):
        yield vectors[first : first + rows]


class VectorStore:
    """All vectors that exist for one encoder: of an earlier version and of finished work items.

    The vectors stay mapped; held in memory are 24 bytes a block, and about 50 more while it is built: 0.3 and 1 GB for
    the 13.35 M blocks of the English Wikipedia. Each file is a mapping, of which Linux grants a process 65,530
    (`vm.max_map_count`): with `index.embed.item_blocks` of 512, 33 M blocks.
    """

    def __init__(self, files: Sequence[Path]) -> None:
        """Where a block is in several files, the first one serves."""
        mapped = [map_vectors(path) for path in files]
        self._vectors = [vectors for _, vectors in mapped]
        ids = np.concatenate([np.empty(0, dtype=np.int64), *(one for one, _ in mapped)])
        files_of = np.repeat(np.arange(len(mapped)), [len(one) for one, _ in mapped])
        rows_of = np.concatenate([np.empty(0, dtype=np.int64), *(np.arange(len(one)) for one, _ in mapped)])
        self._ids, first = np.unique(ids, return_index=True)
        self._files, self._file_rows = files_of[first], rows_of[first]

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._vectors[0].shape[1])

    def has(self, block_ids: np.ndarray) -> np.ndarray:
        """Bool `[n]`: whether the vector of each block is here."""
        return np.isin(block_ids, self._ids)

    def fill(self, block_ids: np.ndarray, target: np.ndarray) -> None:
        """Copies the vectors of `block_ids`, all of which must be here, to `target` `[n, dim]`, chunk by chunk."""
        for first in range(0, len(block_ids), _CHUNK_ROWS):
            wanted = block_ids[first : first + _CHUNK_ROWS]
            places = np.searchsorted(self._ids, wanted)
            for number in np.unique(self._files[places]):
                here = np.flatnonzero(self._files[places] == number)
                target[first + here] = self._vectors[number][self._file_rows[places[here]]]

"""Vectors on disk, and where the vector of a block may be found already."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa

from realm.arrow_rows import write_rows
from realm.schema import vector_schema
from realm.storage import digest, publish_file

_CHUNK_ROWS = 65_536


def write_vectors(path: Path, block_ids: np.ndarray, vectors: np.ndarray) -> None:
    """Writes int64 `[n]` ids and float32 `[n, dim]` vectors atomically, as one batch, to be mapped as one."""
    schema = vector_schema(vectors.shape[1])
    write_rows(path, schema, [_batch(schema, block_ids, vectors)])


def map_vectors(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Ids or keys `[n]` and vectors `[n, dim]` of a file written here, memory-mapped and read-only."""
    with pa.memory_map(str(path)) as source:
        batch = pa.ipc.open_file(source).get_batch(0)
    dimension = batch.schema.field("vector").type.list_size
    return batch.column(0).to_numpy(), batch.column("vector").values.to_numpy().reshape(-1, dimension)


def write_item(folder: Path, keys: np.ndarray, vectors: np.ndarray) -> None:
    """Writes a finished work item, uint64 `[n]` keys (`index.input_keys`) and their vectors, named by its checksum."""
    schema = pa.schema([("key", pa.uint64()), vector_schema(vectors.shape[1]).field("vector")])
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, schema) as writer:
        writer.write_batch(_batch(schema, keys, vectors))
    content = sink.getvalue().to_pybytes()
    with publish_file(folder / f"{digest(content)}.arrow") as beside:
        beside.write_bytes(content)


def sound_items(folder: Path, besides: Collection[Path] = ()) -> list[Path]:
    """The work items in `folder` but for `besides`; damaged ones are removed, and that is said."""
    sound = []
    for path in sorted(set(folder.glob("*.arrow")).difference(besides)):
        try:
            content = path.read_bytes()
        except FileNotFoundError:  # another process has found it damaged
            continue
        if digest(content) == path.stem:
            sound.append(path)
        else:
            path.unlink(missing_ok=True)
            print(f"embedding: {path} was damaged and is removed; its blocks are embedded again", flush=True)
    return sound


def _batch(schema: pa.Schema, numbers: np.ndarray, vectors: np.ndarray) -> pa.RecordBatch:
    flat = pa.array(np.ascontiguousarray(vectors, dtype=np.float32).reshape(-1))
    columns = [pa.array(numbers, type=schema.field(0).type), pa.FixedSizeListArray.from_arrays(flat, vectors.shape[1])]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def chunks(vectors: np.ndarray, rows: int = _CHUNK_ROWS) -> Iterator[np.ndarray]:
    """Slices of at most `rows` rows, in order."""
    for first in range(0, len(vectors), rows):
        yield vectors[first : first + rows]


class VectorStore:
    """All vectors that exist for one encoder: of an earlier version and of finished work items.

    The vectors stay mapped; held in memory are 16 bytes a block, and as many more while it is built: 0.2 and 0.4 GB
    for the 13.35 M blocks of the English Wikipedia. Each file is a mapping, of which Linux grants a process 65,530
    (`vm.max_map_count`): with `index.embed.item_blocks` of 512, 33 M blocks.
    """

    def __init__(self, parts: Iterable[tuple[np.ndarray, np.ndarray]]) -> None:
        """Keys `[n]` and vectors `[n, dim]` of each file; where a key is in several, the first one serves."""
        found = list(parts)
        self._vectors = [vectors for _, vectors in found]
        self._starts = np.cumsum([0, *(len(one) for one, _ in found)])
        keys = np.concatenate([np.empty(0, dtype=np.uint64), *(one for one, _ in found)])
        origins = np.argsort(keys, kind="stable")
        keys = keys[origins]
        first = np.append(True, keys[1:] != keys[:-1])[: len(keys)]
        self._keys, self._origins = keys[first], origins[first]

    @property
    def dimension(self) -> int:
        """Length of the vectors."""
        return int(self._vectors[0].shape[1])

    def has(self, keys: np.ndarray) -> np.ndarray:
        """Bool `[n]`: whether the vector of each key is here."""
        if not len(self._keys):
            return np.zeros(len(keys), dtype=bool)
        here = [_is_in(chunk, self._keys) for chunk in chunks(keys)]
        return np.concatenate([np.empty(0, dtype=bool), *here])

    def fill(self, keys: np.ndarray, target: np.ndarray) -> None:
        """Copies the vectors of `keys`, all of which must be here, to `target` `[n, dim]`, chunk by chunk."""
        for first in range(0, len(keys), _CHUNK_ROWS):
            wanted = keys[first : first + _CHUNK_ROWS]
            origins = self._origins[np.searchsorted(self._keys, wanted)]
            files = np.searchsorted(self._starts, origins, side="right") - 1
            for number in np.unique(files):
                here = np.flatnonzero(files == number)
                target[first + here] = self._vectors[number][origins[here] - self._starts[number]]


def _is_in(keys: np.ndarray, ascending: np.ndarray) -> np.ndarray:
    places = np.minimum(np.searchsorted(ascending, keys), len(ascending) - 1)
    return np.asarray(ascending[places] == keys)

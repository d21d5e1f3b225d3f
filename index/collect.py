"""All vectors of a corpus: taken where they exist already, embedded where they do not."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from index.embed import EmbeddingJob, embed_rows
from index.gate import require_distinct
from index.input_keys import keys_of_table
from index.vectors import VectorStore, map_vectors, sound_items
from index.version import INDEX_KIND, IndexVersion
from realm.arrow_rows import ArrowRows
from realm.errors import UserError
from realm.manifest import read_manifest


@dataclass(frozen=True)
class Collected:
    """Vectors of a corpus and where they came from.

    Attributes:
        block_ids: int64 `[blocks]`, ascending.
        vectors: float32 `[blocks, dim]`, in a file that goes away with this array.
        reused: bool `[blocks]`: those taken from the previous version.
        cached: how many were taken from work items of an earlier run.
        embedded: how many were embedded now.
    """

    block_ids: np.ndarray
    vectors: np.ndarray
    reused: np.ndarray
    cached: int
    embedded: int


def collect_vectors(job: EmbeddingJob, *, previous: Path | None, blocks: Path) -> Collected:
    """Brings together the vector of every block of the job's table; Ray starts only if one is missing.

    Args:
        job: what to embed and with what.
        previous: an index version to take vectors from if it has the job's `embedding`, or None.
        blocks: the corpus's name in messages.

    Raises:
        UserError: the corpus is empty, has a block twice or wordpieces beyond the model's, or the previous version is
            damaged.
        OutOfRoomError: a batch does not fit into memory.
    """
    rows = ArrowRows(job.table)
    block_ids = rows.numbers("block_id")
    if not len(block_ids):
        raise UserError(f"{blocks} holds no blocks, so there is nothing to index. Look at its dead_letters.parquet.")
    require_distinct(block_ids, str(blocks))
    job.cache.mkdir(parents=True, exist_ok=True)
    keys = keys_of_table(rows)
    earlier = _usable_vectors(previous, job.embedding)
    in_earlier = VectorStore(earlier).has(keys)
    items = sound_items(job.cache)
    store = _store(earlier, items)
    in_any = store.has(keys)
    missing = np.flatnonzero(~in_any)
    if len(missing):
        require_known(rows, missing, vocabulary=_vocabulary(job.model), model=job.model, blocks=blocks)
        embed_rows(job, missing)
        del store  # before there is another one, as both are large
        store = _store(earlier, items + sound_items(job.cache, besides=items))
    vectors = _gather(store, block_ids, keys, near=job.cache)
    cached = int((in_any & ~in_earlier).sum())
    return Collected(block_ids, vectors, reused=in_earlier, cached=cached, embedded=len(missing))


def require_known(rows: ArrowRows, chosen: np.ndarray, *, vocabulary: int, model: Path, blocks: Path) -> None:
    """Refuses wordpieces that the model has no embedding for, which only a damaged corpus or model can have.

    Only the cells of the chosen rows are read. Those of all others were when their vectors were embedded: a vector is
    taken for the same wordpieces (`index.input_keys`) and the same model alone, wherever it lies.

    Args:
        rows: the block table.
        chosen: its rows that are to be embedded, ascending.
        vocabulary: how many wordpieces the model knows.
        model: its name in messages.
        blocks: the corpus's.

    Raises:
        UserError: naming a wordpiece and its block.
    """
    for column in ("title_ids", "body_ids"):
        first = 0
        for chunk in rows.column(column).chunks:
            here = chosen[slice(*np.searchsorted(chosen, [first, first + len(chunk)]))]
            cells = chunk if len(here) == len(chunk) else chunk.take(pa.array(here - first))
            largest = pc.max(cells.flatten()).as_py() or 0
            if largest >= vocabulary:
                row = next(row for row in here.tolist() if largest in rows.list(column, row))
                raise UserError(
                    f"{blocks} has wordpiece {largest} in {column} of block {rows.value('block_id', row)}, but {model} "
                    f"knows {vocabulary}. Run `corpus` again, or name the model that belongs to its tokenizer."
                )
            first += len(chunk)


def _vocabulary(model: Path) -> int:
    from realm.model import RealmConfig
    from realm.model.retriever import block_embedder_directory

    return int(RealmConfig.from_pretrained(block_embedder_directory(model)).vocab_size)


def _usable_vectors(previous: Path | None, embedding: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """Keys and vectors of the previous version, if there is one of the same `embedding`."""
    if previous is None:
        return []
    manifest = read_manifest(previous, kind=INDEX_KIND)
    if manifest.facts.get("embedding") != embedding:
        print(f"{previous} was made with another encoder or other settings: nothing is taken from it", flush=True)
        return []
    version = IndexVersion.open(previous)
    return [(keys_of_table(version.table), version.vectors)]


def _store(earlier: list[tuple[np.ndarray, np.ndarray]], items: list[Path]) -> VectorStore:
    return VectorStore(earlier + [map_vectors(path) for path in items])


def _gather(store: VectorStore, block_ids: np.ndarray, keys: np.ndarray, *, near: Path) -> np.ndarray:
    """Copies vectors into a mapped file without a name, so that they need not fit into memory."""
    lost = np.flatnonzero(~store.has(keys))
    if len(lost):
        raise UserError(
            f"{len(lost)} of {len(block_ids)} blocks have no vector after embedding, first {block_ids[lost[0]]}. "
            "Remove data/.cache/embed and run `index` again."
        )
    shape = (len(block_ids), store.dimension)
    with tempfile.TemporaryFile(dir=near) as file:
        # Room is taken at once: where a disk fills up under a mapped file, the system ends the process.
        os.posix_fallocate(file.fileno(), 0, shape[0] * shape[1] * np.dtype(np.float32).itemsize)
        vectors = np.memmap(file, dtype=np.float32, mode="r+", shape=shape)
    store.fill(keys, vectors)
    return vectors

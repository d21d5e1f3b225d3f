"""Index versions of made-up vectors, to measure search and opening at sizes that no sample reaches."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from index.vectors import chunks, write_vectors
from index.version import BLOCKS_FILE, INDEX_FILE, INDEX_KIND, VECTORS_FILE
from realm.arrow_rows import write_rows
from realm.manifest import write_manifest
from realm.schema import INDEX_BLOCK_SCHEMA

DIMENSION = 128
_CENTRES, _SPREAD = 20_000, 0.6
_ROWS = 100_000


def clustered_vectors(count: int, *, seed: int = 1) -> np.ndarray:
    """float32 `[count, 128]` in clumps, as texts about like things are; approximate search lives off that."""
    chance = np.random.default_rng(seed)
    centres = chance.standard_normal((_CENTRES, DIMENSION), dtype=np.float32)
    vectors = np.empty((count, DIMENSION), dtype=np.float32)
    for chunk in chunks(vectors):
        noise = chance.standard_normal(chunk.shape, dtype=np.float32)
        chunk[:] = centres[chance.integers(_CENTRES, size=len(chunk))] + np.float32(_SPREAD) * noise
    return vectors


def write_version(directory: Path, vectors: np.ndarray, index: Any) -> str:
    """Writes an index version of `vectors` with empty texts; returns its fingerprint."""
    from index.parts import write_faiss

    directory.mkdir(parents=True)
    write_vectors(directory / VECTORS_FILE, np.arange(len(vectors)), vectors)
    write_rows(directory / BLOCKS_FILE, INDEX_BLOCK_SCHEMA, _empty_blocks(len(vectors)))
    write_faiss(index, directory / INDEX_FILE)
    facts = {"blocks": len(vectors), "dimension": vectors.shape[1], "factory": "made up"}
    return write_manifest(directory, kind=INDEX_KIND, made_from={}, facts=facts).fingerprint


def _empty_blocks(count: int) -> Iterator[pa.RecordBatch]:
    for first in range(0, count, _ROWS):
        rows = min(_ROWS, count - first)
        columns = {
            field.name: pa.nulls(rows, field.type) if pa.types.is_list(field.type) else _filled(field, rows)
            for field in INDEX_BLOCK_SCHEMA
        }
        columns["block_id"] = pa.array(range(first, first + rows), type=INDEX_BLOCK_SCHEMA.field("block_id").type)
        yield pa.RecordBatch.from_pydict(columns, schema=INDEX_BLOCK_SCHEMA)


def _filled(field: pa.Field, rows: int) -> pa.Array:
    value = "2019-01-01" if pa.types.is_string(field.type) else 0
    return pa.array([value] * rows, type=field.type)

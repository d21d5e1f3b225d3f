"""A trained FAISS index filled on disk, part by part, so that memory is bounded by `index.shard_blocks`.

The file is, byte for byte, the one that FAISS writes of an index to which all vectors were added at once.
"""

import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import numpy as np

from index.config import IndexConfig
from index.gpus import on_gpus
from index.vectors import chunks
from realm.errors import UserError

_ID_BYTES = 8


def require_parts(index: Any, blocks: int, config: IndexConfig) -> None:
    """Refuses an index that has to be in memory as a whole and is larger than `shard_blocks`.

    Raises:
        UserError: naming the factory and both numbers.
    """
    if blocks > config.shard_blocks and not _has_flat_codes(index) and _plain_inverted(index) is None:
        raise UserError(
            f"index.factory '{config.factory}' cannot be built in parts, and {blocks:,} blocks are more than the "
            f"{config.shard_blocks:,} of index.shard_blocks that may be in memory. Raise it if there is memory for all "
            "of them, or choose Flat, SQ, PQ, or IVF with one of these."
        )


def write_filled(index: Any, vectors: np.ndarray, path: Path, *, rows: int) -> None:
    """Writes the empty, trained `index` to `path` with all `vectors` in it; row i is vector i.

    Args:
        index: is no longer to be used afterwards.
        vectors: float32 `[blocks, dim]`, mapped.
        path: what is written.
        rows: blocks in memory at once, where the index can be filled in parts.

    Raises:
        OSError: the disk is full, or the like.
    """
    if _has_flat_codes(index):
        _write_flat_codes(index, vectors, path)
    elif (inverted := _plain_inverted(index)) is not None:
        _write_inverted(index, inverted, vectors, path, rows=rows)
    else:
        for chunk in chunks(vectors):
            index.add(np.ascontiguousarray(chunk))
        write_faiss(index, path)


def write_faiss(index: Any, path: Path) -> None:
    """Writes an index through a Python file.

    FAISS itself does not look at what closing its file says, and so takes an index that a full disk cut short for
    written.

    Raises:
        OSError: the disk is full, or the like.
    """
    import faiss

    with path.open("wb") as file:
        writer = faiss.PyCallbackIOWriter(file.write)  # type: ignore[attr-defined]
        faiss.write_index(index, writer)


def inner_index(index: Any) -> Any:
    """The index behind transformations such as OPQ and PCA."""
    import faiss

    whole: Any = faiss.downcast_index(index)
    return faiss.downcast_index(whole.index) if isinstance(whole, faiss.IndexPreTransform) else whole


def all_parts(index: Any) -> Iterator[Any]:
    """The index, transformations in it, and the indices that it is made of, each as what it is."""
    import faiss

    whole: Any = faiss.downcast_index(index)
    yield whole
    if isinstance(whole, faiss.IndexPreTransform):
        chain: Any = whole.chain
        yield from (faiss.downcast_VectorTransform(chain.at(number)) for number in range(chain.size()))
    if isinstance(whole, faiss.IndexIVFSpectralHash):
        yield faiss.downcast_VectorTransform(whole.vt)
    for name in ("index", "base_index", "refine_index", "storage", "quantizer"):
        part = getattr(whole, name, None)
        if isinstance(part, faiss.Index):
            yield from all_parts(part)


def _has_flat_codes(index: Any) -> bool:
    import faiss

    return type(inner_index(index)) in (faiss.IndexFlat, faiss.IndexFlatIP, faiss.IndexScalarQuantizer, faiss.IndexPQ)


def _write_flat_codes(index: Any, vectors: np.ndarray, path: Path) -> None:
    """An index that is one array of codes: they go to a file first, and FAISS writes them from there."""
    import faiss

    inner = inner_index(index)
    with tempfile.TemporaryFile(dir=path.parent) as scratch:
        if isinstance(faiss.downcast_index(index), faiss.IndexFlat):  # the vectors' own bytes
            codes = vectors.reshape(-1).view(np.uint8)
        else:
            for chunk in chunks(vectors):
                scratch.write(index.sa_encode(np.ascontiguousarray(chunk)))
            scratch.flush()
            codes = np.memmap(scratch, dtype=np.uint8, mode="r")
        owned: Any = faiss.MaybeOwnedVectorUInt8()
        inner.codes = owned.create_view(faiss.swig_ptr(codes), codes.size, owned.owner)  # which is nobody
        index.ntotal = inner.ntotal = len(vectors)
        write_faiss(index, path)


def _plain_inverted(index: Any) -> Any:
    """The IVF part of an index whose lists are plain arrays of codes and ids, or None."""
    import faiss

    plain = (faiss.IndexIVFFlat, faiss.IndexIVFScalarQuantizer, faiss.IndexIVFPQ)
    inner = inner_index(index)
    return inner if type(inner) in plain and inner.direct_map.no() else None


def _write_inverted(index: Any, inverted: Any, vectors: np.ndarray, path: Path, *, rows: int) -> None:
    """Finds every vector's list, which tells where in the file each list lies, and then writes the codes there."""
    index.ntotal = inverted.ntotal = len(vectors)
    with tempfile.TemporaryFile(dir=path.parent) as scratch, path.open("wb") as file:
        sizes = np.zeros(inverted.nlist, dtype=np.int64)
        for numbers in _list_numbers(index, inverted, vectors):
            sizes += np.bincount(numbers, minlength=inverted.nlist)
            scratch.write(numbers.data)
        scratch.flush()
        file.write(_head(index, inverted, sizes))
        places = _Places(file.tell(), sizes, code_size=inverted.code_size)
        numbers = np.memmap(scratch, dtype=np.int32, mode="r")
        for first in range(0, len(vectors), rows):
            part = slice(first, first + rows)
            codes = _codes(index, inverted, vectors[part], numbers[part])
            _write_lists(file, places, codes, numbers[part], first=first)


def _list_numbers(index: Any, inverted: Any, vectors: np.ndarray) -> Iterator[np.ndarray]:
    """int32 numbers of the lists that the vectors belong to, chunk by chunk; found on GPUs where there are any."""
    quantizer = on_gpus(inverted.quantizer, "the search for each block's list")
    for chunk in chunks(vectors):
        yield quantizer.assign(_transformed(index, chunk), 1).reshape(-1).astype(np.int32)


def _transformed(index: Any, chunk: np.ndarray) -> np.ndarray:
    """Vectors as the inner index takes them."""
    import faiss

    whole: Any = faiss.downcast_index(index)
    chunk = np.ascontiguousarray(chunk)
    if isinstance(whole, faiss.IndexPreTransform):
        transforms: Any = whole.chain
        for number in range(transforms.size()):
            chunk = transforms.at(number).apply(chunk)
    return chunk


def _codes(index: Any, inverted: Any, part: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """uint8 `[rows, code_size]`: what the lists `numbers` hold of the vectors of a part."""
    import faiss

    pointer: Any = faiss.swig_ptr
    codes = np.empty((len(part), inverted.code_size), dtype=np.uint8)
    first = 0
    for chunk in chunks(part):
        here = slice(first, first + len(chunk))
        vectors, lists = _transformed(index, chunk), numbers[here].astype(np.int64)
        inverted.encode_vectors(len(chunk), pointer(vectors), pointer(lists), pointer(codes[here]))
        first += len(chunk)
    return codes


def _head(index: Any, inverted: Any, sizes: np.ndarray) -> bytes:
    """All that the file holds before the first list; `index` is empty."""
    import faiss

    lists = b"ilar" + struct.pack("<QQ", inverted.nlist, inverted.code_size)
    whole: bytes = faiss.serialize_index(index).tobytes()
    before, found, after = whole.rpartition(lists)
    if not found or after != b"sprs" + bytes(_ID_BYTES):
        raise UserError(f"FAISS {faiss.__version__} writes inverted lists in another way than this code. Install 1.15.")
    filled = np.flatnonzero(sizes)
    if len(filled) > inverted.nlist // 2:
        kind, numbers = b"full", sizes
    else:  # few lists have something in them, so their numbers are written too
        kind, numbers = b"sprs", np.stack([filled, sizes[filled]], axis=1).reshape(-1)
    return before + lists + kind + struct.pack("<Q", len(numbers)) + numbers.astype("<u8").tobytes()


class _Places:
    """Where in the file the codes and ids of each list lie, and how many are there already."""

    def __init__(self, start: int, sizes: np.ndarray, *, code_size: int) -> None:
        ends = np.cumsum(sizes * (code_size + _ID_BYTES))
        self._codes = start + np.concatenate([[0], ends[:-1]])
        self._ids = self._codes + sizes * code_size
        self._written = np.zeros_like(sizes)
        self._code_size = code_size

    def take(self, number: int, count: int) -> tuple[int, int]:
        """Offsets for the codes and the ids of `count` more vectors of list `number`."""
        before = int(self._written[number])
        self._written[number] += count
        return int(self._codes[number]) + before * self._code_size, int(self._ids[number]) + before * _ID_BYTES


def _write_lists(file: IO[bytes], places: _Places, codes: np.ndarray, numbers: np.ndarray, *, first: int) -> None:
    """Writes what one part adds to each list; its rows begin with number `first`."""
    order = np.argsort(numbers, kind="stable")  # FAISS too keeps the order of rows within a list
    cuts = np.flatnonzero(np.diff(numbers[order])) + 1
    for rows in np.split(order, cuts):
        codes_at, ids_at = places.take(int(numbers[rows[0]]), len(rows))
        file.seek(codes_at)
        file.write(codes[rows].data)
        file.seek(ids_at)
        file.write((first + rows).astype("<i8").data)

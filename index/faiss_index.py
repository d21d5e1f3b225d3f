"""A FAISS index made from a factory string, and opened where it lies."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from index.config import IndexConfig
from index.gate import evenly_spread
from index.gpus import clustering_on_gpus
from index.parts import inner_index, require_parts, write_filled
from realm.errors import UserError

_POINTS_PER_CLUSTER = 39  # FAISS's own advice


def empty_index(config: IndexConfig, *, dimension: int, blocks: int) -> Any:
    """An inner-product index as the factory string says, neither trained nor filled.

    Raises:
        UserError: FAISS refuses the factory string, it has more clusters than there are blocks to train with, or more
            blocks shall be held in memory than `shard_blocks`.
    """
    import faiss

    try:
        index: Any = faiss.index_factory(dimension, config.factory, faiss.METRIC_INNER_PRODUCT)
    except RuntimeError as error:
        raise _refused(config, error, dimension=dimension, blocks=blocks) from error
    _require_points(index, min(blocks, config.train_blocks), config)
    require_parts(index, blocks, config)
    inner = inner_index(index)
    if hasattr(inner, "do_polysemous_training"):  # a minute of training for a way of search that nobody uses here
        inner.do_polysemous_training = False
    inverted: Any = faiss.try_extract_index_ivf(index)
    if inverted is not None:
        inverted.nprobe = min(config.probes, inverted.nlist)
    return index


def build_faiss(vectors: np.ndarray, config: IndexConfig, path: Path) -> None:
    """Writes an index of all vectors to `path`, trained first where the factory needs it; row i is vector i.

    The number of probes is kept in the file.

    Raises:
        UserError: see `empty_index`.
        OSError: the disk is full, or the like.
    """
    index = empty_index(config, dimension=vectors.shape[1], blocks=len(vectors))
    if not index.is_trained:
        rows = evenly_spread(len(vectors), config.train_blocks)
        _say_if_few(index, len(rows), config)
        for clustering, _ in _clusterings(index):
            clustering.min_points_per_centroid = 1  # FAISS itself keeps silent then
        try:
            with clustering_on_gpus(index):
                index.train(np.ascontiguousarray(vectors[rows]))
        except RuntimeError as error:
            raise _refused(config, error, dimension=vectors.shape[1], blocks=len(vectors)) from error
    write_filled(index, vectors, path, rows=config.shard_blocks)


def open_faiss(path: Path) -> Any:
    """The index in a file, memory-mapped as far as its factory allows.

    Raises:
        RuntimeError: it is none.
    """
    import faiss

    return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)


def _refused(config: IndexConfig, error: RuntimeError, *, dimension: int, blocks: int) -> UserError:
    reason = str(error).rsplit(": ", 1)[-1].strip()
    return UserError(
        f"FAISS refuses index.factory '{config.factory}' for {blocks:,} vectors of {dimension} numbers ({reason}). "
        "Choose another factory string; `Flat` always works."
    )


def _require_points(index: Any, points: int, config: IndexConfig) -> None:
    most = max((clusters for _, clusters in _clusterings(index)), default=0)
    if points < most:
        raise UserError(
            f"index.factory '{config.factory}' has {most:,} clusters to learn, but {points:,} blocks to learn "
            "them from. Choose a factory with fewer, or raise index.train_blocks; `Flat` needs none."
        )


def _say_if_few(index: Any, points: int, config: IndexConfig) -> None:
    """Says, in place of FAISS, that there are few vectors for so many clusters."""
    most = max((clusters for _, clusters in _clusterings(index)), default=0)
    if points < _POINTS_PER_CLUSTER * most:
        print(
            f"index: {points:,} blocks are few for the {most:,} clusters of index.factory '{config.factory}': FAISS "
            f"advises {_POINTS_PER_CLUSTER} for each. If recall is low, choose a factory with fewer clusters.",
            flush=True,
        )


def _clusterings(index: Any) -> Iterator[tuple[Any, int]]:
    """Parameters of each clustering that training does, and its number of clusters."""
    import faiss

    inverted: Any = faiss.try_extract_index_ivf(index)
    if inverted is not None:
        yield inverted.cp, int(inverted.nlist)
    quantizer = getattr(inner_index(index), "pq", None)
    if quantizer is not None:
        yield quantizer.cp, int(quantizer.ksub)

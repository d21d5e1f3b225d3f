"""A FAISS index from a factory string."""

from pathlib import Path
from typing import Any

import numpy as np

from index.config import IndexConfig
from index.gate import evenly_spread
from index.vectors import chunks
from realm.errors import UserError


def build_faiss(vectors: np.ndarray, config: IndexConfig) -> Any:
    """Trains (where the factory needs it) and fills an inner-product index; row i is vector i.

    The number of probes is kept in the index, on disk too.

    Raises:
        UserError: FAISS refuses the factory string, or there are too few blocks to train it.
    """
    import faiss

    try:
        index = faiss.index_factory(vectors.shape[1], config.factory, faiss.METRIC_INNER_PRODUCT)
        if not index.is_trained:
            index.train(np.ascontiguousarray(vectors[evenly_spread(len(vectors), config.train_blocks)]))
    except RuntimeError as error:
        reason = str(error).rsplit(": ", 1)[-1].strip()
        raise UserError(
            f"FAISS refuses index.factory '{config.factory}' for {len(vectors):,} vectors of "
            f"{vectors.shape[1]} numbers ({reason}). Choose another factory string; `Flat` always works."
        ) from error
    for chunk in chunks(vectors):
        index.add(np.ascontiguousarray(chunk))
    inverted = faiss.try_extract_index_ivf(index)
    if inverted is not None:
        inverted.nprobe = min(config.probes, inverted.nlist)
    return index


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

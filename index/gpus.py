"""FAISS on GPUs, where a machine has any: k-means of training, and the search for the list of each block.

Filling stays on disk (`index.parts`), and exact search of the gate (`knn_ground_truth`) takes all GPUs by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


def on_gpus(index: Any, what: str) -> Any:
    """A copy of a FAISS index on all GPUs; the index itself where there are none, or FAISS has no GPU form of it.

    Args:
        index: only searched and added to afterwards.
        what: it is for, in the line that tells that it stays on the CPU.
    """
    import faiss

    if not faiss.get_num_gpus():
        return index
    try:
        return faiss.index_cpu_to_all_gpus(index)
    except RuntimeError as error:
        reason = str(error).rsplit(": ", 1)[-1].strip()
        print(f"index: {what} stays on the CPU, as FAISS does not take it to a GPU ({reason})", flush=True)
        return index


@contextmanager
def clustering_on_gpus(index: Any) -> Iterator[None]:
    """While it lasts, `index.train` searches on GPUs for the nearest centroid of each vector."""
    import faiss

    inverted: Any = faiss.try_extract_index_ivf(index) if faiss.get_num_gpus() else None
    if inverted is None:
        yield
        return
    helper = on_gpus(faiss.IndexFlat(inverted.d, inverted.metric_type), "the clustering of lists")
    inverted.clustering_index = helper
    try:
        yield
    finally:
        inverted.clustering_index = None

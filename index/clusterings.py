"""The clusterings that training a factory does: how many clusters each learns, and from how many blocks."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from index.config import IndexConfig
from index.parts import all_parts
from realm.errors import UserError

_POINTS_PER_CLUSTER = 39  # FAISS's own advice
_OPQ_BITS = 8  # of the codes that a rotation is learnt for, whatever the factory's own are
_LISTS = re.compile(r"IVF(\d+)([kM]?)")
_UNITS = {"": 1, "k": 1 << 10, "M": 1 << 20}


def require_lists(config: IndexConfig, points: int) -> None:
    """Refuses a factory string with more inverted lists than `points`, before FAISS takes memory for each of them.

    Raises:
        UserError: naming the factory and both numbers.
    """
    for number, unit in _LISTS.findall(config.factory):
        _require(int(number) * _UNITS[unit], points, config)


def require_points(index: Any, points: int, config: IndexConfig) -> None:
    """Refuses an untrained index that has more clusters to learn than `points` to learn them from.

    Raises:
        UserError: naming the factory and both numbers.
    """
    _require(most_clusters(index), points, config)


def most_clusters(index: Any) -> int:
    """Of the largest clustering that training the index does; 0 if it does none."""
    return max((clusters for _, clusters in _clusterings(index)), default=0)


def enough_points(index: Any) -> int:
    """Vectors that every training in it passes with; a PCA too wants as many as it has dimensions to find."""
    import faiss

    transforms = (one for one in all_parts(index) if isinstance(one, faiss.VectorTransform) and not one.is_trained)
    return max(most_clusters(index), max((one.d_in + 1 for one in transforms), default=0))


def say_if_few(index: Any, points: int, config: IndexConfig) -> None:
    """Says, in place of FAISS, that there are few vectors for so many clusters."""
    most = most_clusters(index)
    if points < _POINTS_PER_CLUSTER * most:
        print(
            f"index: {points:,} blocks are few for the {most:,} clusters of index.factory '{config.factory}': FAISS "
            f"advises {_POINTS_PER_CLUSTER} for each. If recall is low, choose a factory with fewer clusters.",
            flush=True,
        )


@contextmanager
def silent_training(index: Any) -> Iterator[None]:
    """While it lasts, FAISS itself does not say that there are few vectors for so many clusters."""
    import faiss

    rotations = [part for part in all_parts(index) if isinstance(part, faiss.OPQMatrix)]
    # FAISS makes the quantiser that a rotation is learnt for by itself, unless it is given one, which is all the same.
    quantizers = [faiss.ProductQuantizer(one.d_out, one.M, _OPQ_BITS) for one in rotations]
    for rotation, quantizer in zip(rotations, quantizers, strict=True):
        quantizer.cp.min_points_per_centroid = 1
        rotation.pq = quantizer
    for clustering, _ in _clusterings(index):
        clustering.min_points_per_centroid = 1
    try:
        yield
    finally:
        for rotation in rotations:
            rotation.pq = None


def shorten_training(index: Any) -> None:
    """Lets all training that goes in rounds end after the first one, and codes be sought once; good only for a trial.

    The rounds of a local search quantiser are what takes longest: each solves for all of its codewords at once.
    """
    import faiss

    for clustering, _ in _clusterings(index):
        clustering.niter = 1
    for part in all_parts(index):
        if isinstance(part, faiss.OPQMatrix):
            part.niter = 1
        for quantizer in _additive_quantizers(part, faiss.LocalSearchQuantizer):
            quantizer.train_iters = quantizer.train_ils_iters = quantizer.encode_ils_iters = 1


def _require(clusters: int, points: int, config: IndexConfig) -> None:
    if points < clusters:
        raise UserError(
            f"index.factory '{config.factory}' has {clusters:,} clusters to learn, but {points:,} blocks to learn "
            "them from. Choose a factory with fewer, or raise index.train_blocks; `Flat` needs none."
        )


def _clusterings(index: Any) -> Iterator[tuple[Any, int]]:
    """Parameters of each clustering that training does, and its number of clusters."""
    import faiss

    for part in all_parts(index):
        if isinstance(part, faiss.IndexIVF):
            yield part.cp, int(part.nlist)
        if isinstance(part, faiss.OPQMatrix):
            yield faiss.ClusteringParameters(), 1 << _OPQ_BITS
        product = getattr(part, "pq", None)
        if isinstance(product, faiss.ProductQuantizer):
            yield product.cp, int(product.ksub)
        for residual in _additive_quantizers(part, faiss.ResidualQuantizer):
            yield residual.cp, 1 << max(residual.nbits.at(number) for number in range(residual.M))


def _additive_quantizers(part: Any, kind: type) -> Iterator[Any]:
    """Those of that kind that a part trains: its own, or one for each slice of the vectors."""
    import faiss

    as_it_is: Any = faiss.downcast_AdditiveQuantizer  # type: ignore[attr-defined]
    own = getattr(part, "aq", None)
    if isinstance(own, faiss.AdditiveQuantizer):
        whole = as_it_is(own)
        slices = [as_it_is(whole.subquantizer(number)) for number in range(getattr(whole, "nsplits", 0))]
        yield from (one for one in slices or [whole] if isinstance(one, kind))

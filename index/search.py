"""Nearest blocks by inner product, the same answer every time: exact scores, ties in the order of rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from index.vectors import chunks
from realm.errors import MismatchError, UserError

# FAISS orders near-equal scores by how its batch was cut; this many more are fetched and ordered here.
_MARGIN = 16
_RANKED_AT_ONCE = 64  # queries
_SCORED_AT_ONCE = 1 << 16  # candidates, whose vectors are in memory
_ALWAYS_GIVEN = 1 << 16  # results of a query, however few blocks there are: those that are absent take memory too


@dataclass(frozen=True)
class SearchResult:
    """Best first; row -1 and score minus infinity where fewer than k blocks were allowed.

    Attributes:
        rows: int64 `[queries, k]`, rows of the index version.
        scores: float32 `[queries, k]`, inner products.
    """

    rows: np.ndarray
    scores: np.ndarray


def search(
    index: Any,
    vectors: np.ndarray,
    queries: np.ndarray,
    k: int,
    *,
    allowed: np.ndarray | None = None,
    within: range | None = None,
) -> SearchResult:
    """Searches a FAISS index and scores what it finds with the stored vectors.

    Args:
        index: the FAISS index of `vectors`; with `within`, a flat one of all of them or any one of these rows alone.
        vectors: float32 `[blocks, dim]`.
        queries: float32 `[queries, dim]`.
        k: results a query, at least 1; at most as many as there are blocks, or 65,536 where these are fewer.
        allowed: bool `[blocks]`; only these rows are found, exactly, whatever the factory. None allows all.
        within: rows of a shard; nothing outside it is found, or read.

    Raises:
        MismatchError: queries have another dimension, or `allowed` another length, than the index.
        UserError: a query is NaN or infinite, or nothing or too much is asked for.
    """
    queries = np.ascontiguousarray(queries, dtype=np.float32)
    require_queries(queries, index.d)
    _require_results(k, len(vectors))
    if allowed is not None and allowed.shape != (len(vectors),):
        raise MismatchError(f"A filter of shape {allowed.shape} does not fit an index of {len(vectors)} blocks.")
    within = range(len(vectors)) if within is None else within
    found = np.full((len(queries), k), -1, dtype=np.int64)
    scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
    room = len(within) if allowed is None else int(np.count_nonzero(allowed[within.start : within.stop]))
    if room and len(queries):
        candidates = _candidates(index, vectors, queries, min(k + _MARGIN, room), allowed=allowed, within=within)
        at_once = max(1, min(_RANKED_AT_ONCE, _SCORED_AT_ONCE // candidates.shape[1]))
        for first in range(0, len(queries), at_once):
            part = slice(first, first + at_once)
            best, exact = _ranked(vectors, queries[part], candidates[part], k)
            found[part, : best.shape[1]], scores[part, : best.shape[1]] = best, exact
    return SearchResult(rows=found, scores=scores)


def require_queries(queries: np.ndarray, dimension: int) -> None:
    """Refuses what is no `[queries, dimension]` of finite length.

    Raises:
        MismatchError: naming both dimensions.
        UserError: naming the first query that is NaN, infinite or too long for its inner products to be finite.
    """
    if queries.ndim != 2 or queries.shape[1] != dimension:  # noqa: PLR2004
        raise MismatchError(
            f"Queries of shape {queries.shape} do not fit an index of dimension {dimension}. Use the query encoder "
            "that belongs to the index."
        )
    lengths = np.einsum("qd,qd->q", queries, queries, dtype=np.float32)
    bad = np.flatnonzero(~np.isfinite(lengths))
    if len(bad):
        raise UserError(
            f"Query {bad[0]} of {len(queries)} (counted from 0) has squared length {lengths[bad[0]]} (and "
            f"{len(bad) - 1} more); nothing is nearest to it. Look at the query encoder's weights and at its input."
        )


def _require_results(k: int, blocks: int) -> None:
    most = max(blocks, _ALWAYS_GIVEN)
    if k < 1:
        raise UserError(f"{k} results were asked for of each query. Ask for at least 1.")
    if k > most:
        raise UserError(
            f"{k:,} results were asked for of each query, but there are {blocks:,} blocks. Ask for {most:,} at most."
        )


def exact_rows(vectors: np.ndarray, queries: np.ndarray, k: int) -> np.ndarray:
    """Rows `[queries, k]` of the exact top k, found by reading all vectors once, chunk by chunk."""
    import faiss
    from faiss.contrib.exhaustive_search import knn_ground_truth

    _, rows = knn_ground_truth(queries, chunks(vectors), min(k, len(vectors)), metric_type=faiss.METRIC_INNER_PRODUCT)
    return np.asarray(rows)


def recall(vectors: np.ndarray, queries: np.ndarray, found: np.ndarray, exact: np.ndarray) -> float:
    """Share of as many rows as exact search gives that were found, mean over queries.

    A row that scores as high as the last of the exact ones is as good as it: which of equals come back is a matter of
    their order.

    Args:
        vectors: float32 `[blocks, dim]`.
        queries: float32 `[queries, dim]`.
        found: rows `[queries, k]`, each once, or -1.
        exact: rows `[queries, k]` of `exact_rows`.
    """
    shares = []
    for query, rows, best in zip(queries, found, exact, strict=True):
        last = scores_of(vectors, query, best).min(initial=np.inf)
        good = int((scores_of(vectors, query, rows[rows >= 0]) >= last).sum())
        shares.append(min(good, len(best)) / max(1, len(best)))
    return float(np.mean(shares)) if shares else 1.0


def scores_of(vectors: np.ndarray, queries: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Inner products, summed in float64, so that equal vectors score equally wherever they stand.

    Args:
        vectors: float32 `[blocks, dim]`.
        queries: float32 `[..., dim]`.
        rows: `[..., n]`, of the vectors to score for each query.

    Returns:
        float32 `[..., n]`.
    """
    scores = np.einsum("...nd,...d->...n", vectors[rows].astype(np.float64), queries.astype(np.float64))
    return np.asarray(scores, dtype=np.float32)


def _candidates(
    index: Any,
    vectors: np.ndarray,
    queries: np.ndarray,
    count: int,
    *,
    allowed: np.ndarray | None,
    within: range,
) -> np.ndarray:
    import faiss

    selector: Any = None
    if isinstance(faiss.downcast_index(index), faiss.IndexFlat):
        if allowed is not None:
            inside = np.zeros(len(vectors), dtype=bool)
            inside[within.start : within.stop] = allowed[within.start : within.stop]
            selector = faiss.IDSelectorBitmap(np.packbits(inside, bitorder="little"))  # type: ignore[call-arg,arg-type]
        elif len(within) < len(vectors):
            selector = faiss.IDSelectorRange(within.start, within.stop)  # FAISS reads no other row then
    elif allowed is not None:
        return _exact_candidates(
            vectors, queries, count, np.flatnonzero(allowed[within.start : within.stop]) + within.start
        )
    if selector is None:
        return np.asarray(index.search(queries, count)[1])
    chosen = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
    return np.asarray(index.search(queries, count, params=chosen)[1])


def _exact_candidates(vectors: np.ndarray, queries: np.ndarray, count: int, rows: np.ndarray) -> np.ndarray:
    import faiss
    from faiss.contrib.exhaustive_search import knn_ground_truth

    _, places = knn_ground_truth(queries, _selected(vectors, rows), count, metric_type=faiss.METRIC_INNER_PRODUCT)
    return np.asarray(rows[places])


def _selected(vectors: np.ndarray, rows: np.ndarray) -> Iterator[np.ndarray]:
    for chunk in chunks(rows):
        yield vectors[chunk]


def _ranked(vectors: np.ndarray, queries: np.ndarray, rows: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The best k of the candidates `[queries, n]` by exact score, then row; those that are -1 come last."""
    parts = (rows[:, first : first + _SCORED_AT_ONCE] for first in range(0, rows.shape[1], _SCORED_AT_ONCE))
    exact = np.concatenate([scores_of(vectors, queries, np.maximum(part, 0)) for part in parts], axis=1)
    exact[rows < 0] = -np.inf
    order = np.lexsort((rows.astype(np.uint64), -exact), axis=1)[:, :k]
    return np.take_along_axis(rows, order, 1), np.take_along_axis(exact, order, 1)

"""The gate: what a version must show before it is published."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.config import GateConfig
from index.search import exact_rows, recall, scores_of, search
from index.vectors import chunks
from realm.errors import UserError

Embed = Callable[[np.ndarray], np.ndarray]

_RECALL_SLACK = 0.01  # another processor may sum inner products of codes in another order
_OF_A_CORPUS = "Run `corpus` again, which drops repeated blocks."
_OF_A_VERSION = "It is damaged, or was not made here: build it again with `python -m index.build`."


def require_distinct(block_ids: np.ndarray, where: str, *, remedy: str = _OF_A_CORPUS) -> None:
    """Refuses ids that are not strictly ascending.

    Raises:
        UserError: naming the first id that stands twice.
    """
    repeated = np.flatnonzero(block_ids[1:] <= block_ids[:-1])
    if len(repeated):
        raise UserError(
            f"{where} has block {block_ids[repeated[0] + 1]} twice ({len(repeated)} such rows); an index holds every "
            f"block once. {remedy}"
        )


def require_sound(
    block_ids: np.ndarray,
    vectors: np.ndarray,
    encoder: str,
    *,
    previous: Path | None = None,
    reused: np.ndarray | None = None,
) -> None:
    """Refuses vectors that are NaN, infinite or zero, before they are published.

    Args:
        block_ids: int64 `[blocks]`.
        vectors: float32 `[blocks, dim]`.
        encoder: what gave them.
        previous: the version that gave those that are `reused`.
        reused: bool `[blocks]`, or None where none is.

    Raises:
        UserError: naming the first block and what gave its vector.
    """
    rows = _unsound_rows(vectors)
    if not len(rows):
        return
    told = f"gives {_told(block_ids, vectors, rows)}; such an index is not published."
    if reused is not None and reused[rows[0]]:
        raise UserError(f"{previous} {told} Restore it with `dvc checkout`, or remove it; then run `index` again.")
    raise UserError(f"{encoder} {told} Train the encoder again, with a lower learning rate if its loss went astray.")


def require_sound_version(block_ids: np.ndarray, vectors: np.ndarray, directory: Path) -> None:
    """Refuses a published version in which a block stands twice, or with vectors that are NaN, infinite or zero.

    Raises:
        UserError: naming the first such block.
    """
    require_distinct(block_ids, str(directory), remedy=_OF_A_VERSION)
    rows = _unsound_rows(vectors)
    if len(rows):
        raise UserError(
            f"{directory} gives {_told(block_ids, vectors, rows)}, with which none is published. {_OF_A_VERSION}"
        )


def _unsound_rows(vectors: np.ndarray) -> np.ndarray:
    found, first = [np.empty(0, dtype=np.int64)], 0
    for chunk in chunks(vectors):
        norms = np.einsum("nd,nd->n", chunk, chunk)
        found.append(first + np.flatnonzero(~np.isfinite(norms) | (norms == 0)))
        first += len(chunk)
    return np.concatenate(found)


def _told(block_ids: np.ndarray, vectors: np.ndarray, rows: np.ndarray) -> str:
    norm = np.einsum("d,d->", vectors[rows[0]], vectors[rows[0]])
    return f"block {block_ids[rows[0]]} a vector of squared length {norm} (and {len(rows) - 1} more)"


@dataclass(frozen=True)
class Measured:
    """What the gate found.

    Attributes:
        facts: `k`, number of `queries`, `recall` against exact search; the same in every run.
        queries_per_second: searched all at once; another one in every run.
    """

    facts: dict[str, Any]
    queries_per_second: float


def measure(index: Any, vectors: np.ndarray, config: GateConfig) -> Measured:
    """Recall of `index` against exact search, measured with stored vectors that are evenly spread, and its speed.

    Raises:
        UserError: recall is below `recall_floor`.
    """
    k = min(config.k, len(vectors))
    queries = np.ascontiguousarray(vectors[evenly_spread(len(vectors), config.queries)])
    search(index, vectors, queries[:1], k)  # the first search starts threads
    started = time.perf_counter()
    found = search(index, vectors, queries, k).rows
    speed = len(queries) / (time.perf_counter() - started)
    share = _recall(vectors, queries, found)
    _require_floor(f"recall@{k} against exact search", share, config)
    return Measured({"k": k, "queries": len(queries), "recall": share}, round(speed, 1))


def require_as_measured(index: Any, vectors: np.ndarray, gate: dict[str, Any], directory: Path) -> None:
    """Refuses a published version whose `index.faiss` finds less than it did at the gate.

    Args:
        index: of the version.
        vectors: float32 `[blocks, dim]`, of the version.
        gate: `Measured.facts` of its manifest.
        directory: of the version.

    Raises:
        UserError: with both numbers.
    """
    queries = np.ascontiguousarray(vectors[evenly_spread(len(vectors), gate["queries"])])
    share = _recall(vectors, queries, search(index, vectors, queries, gate["k"]).rows)
    if share < gate["recall"] - _RECALL_SLACK:
        raise UserError(
            f"index.faiss of {directory} finds {share:.3f} of what exact search of vectors.arrow does, where its "
            f"manifest says {gate['recall']:.3f}. {_OF_A_VERSION}"
        )


def _recall(vectors: np.ndarray, queries: np.ndarray, found: np.ndarray) -> float:
    return round(recall(vectors, queries, found, exact_rows(vectors, queries, found.shape[1])), 6)


def require_findable(index: Any, vectors: np.ndarray, embed: Embed, config: GateConfig, *, blocks: str) -> None:
    """Embeds some blocks again: each must give its stored vector and find its own row.

    That is what catches vectors that belong to other blocks. A block that `k` others outscore by exact search,
    as inner products allow, is not asked for, and one that ties with all `k` that were found is as good as found.

    Raises:
        UserError: a vector differs, or too few blocks find themselves.
    """
    rows = evenly_spread(len(vectors), config.probes)
    probes = embed(rows)
    stored = vectors[rows]
    cosines = np.einsum("nd,nd->n", probes, stored) / np.linalg.norm(probes, axis=1) / np.linalg.norm(stored, axis=1)
    if float(cosines.min()) < config.min_cosine:
        raise UserError(
            f"Row {rows[cosines.argmin()]} of the index of {blocks} holds the vector of another block (cosine "
            f"{cosines.min():.4f} to its own). Remove data/.cache/embed and the previous index, and run `index` again."
        )
    k = min(config.k, len(vectors))
    exact, found = exact_rows(vectors, probes, k), search(index, vectors, probes, k)
    own = np.array([scores_of(vectors, *one)[0] for one in zip(probes, rows[:, None], strict=True)])
    last = np.array([scores_of(vectors, *one).min() for one in zip(probes, exact, strict=True)])
    asked = own >= last
    themselves = (found.rows == rows[:, None]).any(axis=1) | (found.scores[:, -1] >= own)
    share = float((asked & themselves).sum() / max(1, asked.sum()))
    _require_floor("the share of blocks that find themselves", share, config)


def evenly_spread(total: int, count: int) -> np.ndarray:
    """Up to `count` row numbers of `total`, ascending and evenly spread."""
    return np.unique(np.linspace(0, total - 1, num=min(count, total)).round().astype(np.int64))


def _require_floor(what: str, value: float, config: GateConfig) -> None:
    if value < config.recall_floor:
        raise UserError(
            f"In the new index {what} is {value:.3f}, below index.gate.recall_floor {config.recall_floor}; it is not "
            "published. Raise index.probes, or choose a finer index.factory; `Flat` finds everything."
        )

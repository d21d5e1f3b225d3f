"""A shard: some of the rows of an index version, searched as if they were all."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from index.filters import BlockFilter
from index.search import SearchResult, require_queries, search
from index.version import IndexVersion
from realm.errors import UserError

_FILTERS = 16  # of one version that are kept as a bit array; a byte a block each


@dataclass(frozen=True)
class ShardPlace:
    """Which of how many shards of like size."""

    number: int
    shards: int

    def rows(self, count: int) -> range:
        """The rows of this shard of a version of `count` rows."""
        return range(self.number * count // self.shards, (self.number + 1) * count // self.shards)


class Shard:
    """The rows of one shard of a version, memory-mapped as far as its factory allows."""

    def __init__(self, version: IndexVersion, place: ShardPlace) -> None:
        self.version = version
        self._rows = place.rows(version.count)
        self.count = len(self._rows)
        self._index = version.faiss_index if place.shards == 1 else _index_of_rows(version, self._rows)
        self._rows_where = lru_cache(maxsize=_FILTERS)(version.rows_where)

    @staticmethod
    def open(directory: Path, fingerprint: str, place: ShardPlace) -> "Shard":
        """Opens a shard of the version in `directory`, once its files are as they were published.

        Raises:
            UserError: the version is damaged, its factory cannot be cut, or another one lies there by now.
        """
        version = IndexVersion.open(directory)
        if version.manifest.fingerprint != fingerprint:
            raise UserError(
                f"{directory} holds version {version.manifest.fingerprint}, but version {fingerprint} was published "
                "from there. Give every version a directory of its own."
            )
        return Shard(version, place)

    def require_fitting(self, queries: np.ndarray) -> None:
        """Refuses queries that cannot be compared with the vectors.

        Raises:
            MismatchError: they have another dimension.
            UserError: one is NaN or infinite.
        """
        require_queries(queries, self.version.dimension)

    def search(self, queries: np.ndarray, k: int, only: BlockFilter) -> SearchResult:
        """Up to `k` blocks of this shard a query; rows are those of the whole version.

        Args:
            queries: float32 `[queries, dim]`.
            k: results a query; row -1 where the shard has fewer.
            only: which blocks may be found.
        """
        allowed = None if only.empty else self._rows_where(only)
        return search(self._index, self.version.vectors, queries, k, allowed=allowed, within=self._rows)


def merged(parts: list[SearchResult], k: int) -> SearchResult:
    """The best `k` of the results of all shards: exact scores, ties by row, as one search of everything gives."""
    if len(parts) == 1:
        return parts[0]
    rows, scores = (np.concatenate([getattr(part, name) for part in parts], axis=1) for name in ("rows", "scores"))
    # Rows are compared as unsigned numbers, so that a missing one, -1, stands behind all others of its score.
    order = np.lexsort((rows.astype(np.uint64), -scores), axis=1)[:, :k]
    return SearchResult(rows=np.take_along_axis(rows, order, 1), scores=np.take_along_axis(scores, order, 1))


def joined(parts: list[SearchResult]) -> SearchResult:
    """The results of some queries, then those of others."""
    rows, scores = (np.concatenate([getattr(part, name) for part in parts]) for name in ("rows", "scores"))
    return SearchResult(rows=rows, scores=scores)


def _index_of_rows(version: IndexVersion, rows: range) -> Any:
    """What a shard searches: a flat index whole, as it is mapped, of others a copy of the shard's rows."""
    import faiss

    if isinstance(faiss.downcast_index(version.faiss_index), faiss.IndexFlat):
        return version.faiss_index
    part: Any = faiss.clone_index(version.faiss_index)  # for a moment all of it is in memory
    inverted: Any = faiss.try_extract_index_ivf(part)
    if inverted is None:
        raise UserError(
            f"{version.directory} has factory '{version.manifest.facts['factory']}', which cannot be cut into shards. "
            "Set index.service.shards to 1, or choose Flat or an IVF factory."
        )
    empty: Any = faiss.ArrayInvertedLists(inverted.nlist, inverted.code_size)
    inverted.replace_invlists(empty, True)  # emptying mapped lists in place would crash FAISS
    empty.this.disown()
    inverted.ntotal = 0
    lists: Any = faiss.InvertedLists
    whole: Any = faiss.try_extract_index_ivf(version.faiss_index)
    whole.copy_subset_to(inverted, lists.SUBSET_TYPE_ID_RANGE, rows.start, rows.stop)
    part.ntotal = inverted.ntotal
    return part

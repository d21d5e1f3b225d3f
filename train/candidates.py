"""The candidates z of a masked query: the null document and what the stale index finds.

The index and the query encoder that asks it come from one snapshot of the weights (official code and paper,
section 3.3), however far training has gone on since.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from index.service.client import IndexService
from index.version import IndexVersion
from realm.embedding import embed_inputs
from realm.inputs import TokenInput
from realm.model import Embedder, Retriever
from train.examples import Example
from train.masking import MaskedQuery


@dataclass(frozen=True)
class Candidate:
    """A retrieved block in wordpieces; the null document has none and row -1."""

    row: int
    title_ids: tuple[int, ...]
    body_ids: tuple[int, ...]


NULL_DOCUMENT = Candidate(row=-1, title_ids=(), body_ids=())


def holds_sequence(ids: Sequence[int], wanted: Sequence[int]) -> bool:
    """Whether `wanted` stands somewhere in `ids` without a gap."""
    haystack, needle = np.asarray(ids, dtype=np.int32), np.asarray(wanted, dtype=np.int32)
    starts = np.flatnonzero(haystack == needle[0]) if len(needle) else np.array([], dtype=np.int64)
    return any(np.array_equal(haystack[start : start + len(needle)], needle) for start in starts)


class StaleRetriever:
    """An index version and the query embedder of the same snapshot of the weights."""

    def __init__(
        self, *, index: IndexVersion, embedder: Embedder, pad_id: int, query_length: int, service: IndexService | None
    ) -> None:
        self._index, self._embedder, self._pad_id = index, embedder, pad_id
        self._held = ExitStack()
        leased = service and self._held.enter_context(service.lease(index.manifest.fingerprint))
        self._search = (leased or index).search
        self._lengths = sorted({min(32, query_length), query_length})
        self._block_ids = index.block_ids

    @staticmethod
    def open(
        *,
        index: Path,
        weights: Path,
        pad_id: int,
        query_length: int,
        device: torch.device,
        service: IndexService | None = None,
    ) -> "StaleRetriever":
        """Opens an index version and the query embedder that belongs to it; refuses one of other weights.

        With a `service`, in which the version must be, it is searched there and leased until `close`.
        """
        version = IndexVersion.open(index)
        version.require_encoder(weights)
        embedder = Retriever.load(weights).query_embedder.to(device)
        return StaleRetriever(
            index=version, embedder=embedder, pad_id=pad_id, query_length=query_length, service=service
        )

    def close(self) -> None:
        """Gives the lease back, if there is one."""
        self._held.close()

    def neighbours(self, queries: Sequence[TokenInput], count: int) -> np.ndarray:
        """Index rows of the `count` nearest blocks of each query, `[queries, count]`; -1 where there are fewer.

        Queries are embedded in float32, in whatever precision the vectors of the blocks were made: they are few.
        """
        vectors = embed_inputs(
            self._embedder, queries, pad_id=self._pad_id, lengths=self._lengths, batch_size=len(queries)
        )
        return self._search(vectors, count).rows

    def candidates(
        self, queries: Sequence[TokenInput], origins: Sequence[tuple[Example, MaskedQuery]], count: int
    ) -> list[list[Candidate]]:
        """The null document first, then up to `count - 1` retrieved blocks a query.

        `count` neighbours are searched, and trivial retrieval is left out: the block the query came from, and
        every block that holds the query's own sentence, whatever its id, dump or document.
        """
        found = self.neighbours(queries, count)
        chosen = []
        for rows, (example, masked) in zip(found, origins, strict=True):
            real = [self._candidate(int(row)) for row in rows if row >= 0]
            kept = [one for one in real if not self._is_trivial(one, example, masked)]
            chosen.append([NULL_DOCUMENT, *kept][:count])
        return chosen

    def overlap(self, other: "StaleRetriever", queries: Sequence[TokenInput], count: int) -> float:
        """Share of this version's top `count` blocks that `other` finds too: how much a swap changes."""
        mine, theirs = (one.block_ids_of(one.neighbours(queries, count)) for one in (self, other))
        shared = [len(set(a) & set(b)) / max(1, len(a)) for a, b in zip(mine, theirs, strict=True)]
        return float(np.mean(shared))

    def block_ids_of(self, rows: np.ndarray) -> list[list[int]]:
        """Block ids of index rows, without the missing ones."""
        return [[int(self._block_ids[row]) for row in line if row >= 0] for line in rows]

    def _is_trivial(self, candidate: Candidate, example: Example, masked: MaskedQuery) -> bool:
        same_block = int(self._block_ids[candidate.row]) == example.block_id
        return same_block or holds_sequence(candidate.body_ids, masked.sentence)

    def _candidate(self, row: int) -> Candidate:
        return Candidate(
            row=row,
            title_ids=tuple(self._index.title_ids(row).tolist()),
            body_ids=tuple(self._index.body_ids(row).tolist()),
        )

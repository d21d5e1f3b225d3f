"""Retrieval among blocks that ICT never learnt from: whether it has learnt to retrieve, or its corpus by heart."""

from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from realm.constraints import Count, ShareBelowOne
from realm.errors import UserError
from realm.inputs import MAX_BLOCK_WORDPIECES, block_input
from realm.model import Retriever
from train.batching import embed_to_measure
from train.cloze import ClozeRules, cloze_pair
from train.examples import Examples

_BUCKETS = 1 << 20
_AT = (1, 5)


@dataclass(frozen=True)
class HeldOutConfig:
    """Part of section `ict`: what the learning curve is measured on.

    Attributes:
        share: of the documents that is not learnt from (official: 0), chosen by a hash of the document's id, so a
            document stays on its side in the next dump; 0 measures nothing.
        queries: sentences that are asked for, one of each block, at most; each is taken out of its block.
        blocks: among which they are looked for: their own, and others at random.
        every: steps from one point of the curve to the next.
    """

    share: ShareBelowOne
    queries: Count
    blocks: Count
    every: Count

    def __post_init__(self) -> None:
        """Refuses more queries than blocks."""
        if self.queries > self.blocks:
            raise UserError(f"queries is {self.queries}; it must be at most blocks, which is {self.blocks}.")


def split_rows(examples: Examples, share: float) -> tuple[np.ndarray, np.ndarray]:
    """Rows to learn from and rows held out; a document's blocks are all on one side."""
    held = examples.documents % _BUCKETS < share * _BUCKETS
    return np.flatnonzero(~held), np.flatnonzero(held)


class HeldOutRetrieval:
    """A fixed set of sentences and of blocks to find theirs among."""

    def __init__(
        self,
        examples: Examples,
        *,
        held: np.ndarray,
        learnt: np.ndarray,
        config: HeldOutConfig,
        rules: ClozeRules,
        seed: int,
    ) -> None:
        """Draws both, by `seed` alone. `rules` says how long queries are; a block is seen whole."""
        generator = np.random.default_rng(seed)
        always = replace(rules, block_length=MAX_BLOCK_WORDPIECES, removal_probability=1.0)
        drawn = ((row, cloze_pair(examples[row], generator, always)) for row in generator.permutation(held).tolist())
        asked = list(islice(((row, pair) for row, pair in drawn if pair is not None), config.queries))
        others = np.setdiff1d(np.concatenate([held, learnt]), [row for row, _ in asked])
        added = generator.choice(others, min(len(others), config.blocks - len(asked)), replace=False).tolist()
        whole = (examples[row] for row in added)
        self.queries = [pair.query for _, pair in asked]
        self.blocks = [pair.block for _, pair in asked]  # block i is that of query i, the others come behind
        self.blocks += [block_input(one.title_ids.tolist(), one.body_ids.tolist(), rules.specials) for one in whole]
        self._pad_id = rules.specials.pad

    def measure(self, retriever: Retriever) -> dict[str, float]:
        """`recall@k`: share of sentences whose block is among the best k; `mrr`: mean of 1 / rank of the block."""
        queries = embed_to_measure(retriever.query_embedder, self.queries, pad_id=self._pad_id)
        blocks = embed_to_measure(retriever.block_embedder, self.blocks, pad_id=self._pad_id)
        scores = queries @ blocks.T
        own = scores[np.arange(len(queries)), np.arange(len(queries))]
        better = (scores > own[:, None]).sum(1)
        return {
            **{f"recall@{k}": float((better < k).mean()) for k in _AT},
            "mrr": float((1 / (better + 1)).mean()),
        }

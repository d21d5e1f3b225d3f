"""Pairs of the inverse cloze task: a sentence, and the block it was drawn from (Lee et al. 2019)."""

from dataclasses import dataclass

import numpy as np

from realm.errors import UserError
from realm.inputs import BLOCK_SPECIALS, TokenInput, block_input, query_input
from realm.tokenizer import SpecialIds
from train.examples import Example, Examples

_MAX_ROUNDS = 100


@dataclass(frozen=True)
class ClozeRules:
    """How a pair is drawn.

    Attributes:
        specials: ids of the tokenizer's special wordpieces.
        query_length: wordpieces of a query with [CLS] and [SEP].
        block_length: wordpieces of a block's input; of a longer one a random window is seen.
        removal_probability: with which the sentence is taken out of its block.
    """

    specials: SpecialIds
    query_length: int
    block_length: int
    removal_probability: float


@dataclass(frozen=True)
class ClozePair:
    """A sentence and the block it was drawn from; `removed` says whether the block is without it."""

    query: TokenInput
    block: TokenInput
    removed: bool


def cloze_pair(example: Example, generator: np.random.Generator, rules: ClozeRules) -> ClozePair | None:
    """Draws a sentence as query; None for a one-sentence block when removal was drawn (official rule)."""
    if not len(example.sentences):
        return None
    start, end = example.sentences[generator.integers(len(example.sentences))]
    removed = bool(generator.random() < rules.removal_probability)
    if removed and len(example.sentences) == 1:
        return None
    body = example.body_ids
    kept = np.concatenate([body[:start], body[end:]]) if removed else body
    room = max(1, rules.block_length - len(example.title_ids) - BLOCK_SPECIALS)
    if len(kept) > room:
        first = generator.integers(len(kept) - room + 1)
        kept = kept[first : first + room]
    return ClozePair(
        query=query_input(body[start:end].tolist(), rules.specials, max_length=rules.query_length),
        block=block_input(example.title_ids.tolist(), kept.tolist(), rules.specials, max_length=rules.block_length),
        removed=removed,
    )


def draw_pairs(
    examples: Examples, rows: np.ndarray, generator: np.random.Generator, *, rules: ClozeRules, count: int
) -> tuple[list[ClozePair], int]:
    """Draws `count` pairs from `rows`; also returns how many blocks were dropped on the way.

    The blocks of a round differ from each other; a second round is only needed where many are dropped.

    Raises:
        UserError: next to no block of the corpus gives a pair.
    """
    pairs: list[ClozePair] = []
    dropped = 0
    for _ in range(_MAX_ROUNDS):
        for row in generator.choice(rows, size=min(len(rows), 2 * count), replace=False):
            pair = cloze_pair(examples[int(row)], generator, rules)
            dropped += pair is None
            pairs += [pair] if pair is not None else []
            if len(pairs) == count:
                return pairs, dropped
    raise UserError(
        f"Only {len(pairs)} of {count} ICT pairs were found in {_MAX_ROUNDS} rounds, as most blocks have "
        "one sentence. Lower ict.removal_probability or ict.batch_size in params.yaml."
    )

"""What is masked: salient spans for REALM, random wordpieces for BERT, and the ablations of the paper's table 2."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from train.examples import Example

Masking = Literal["salient", "random_span", "uniform"]

MAX_MASKS_IN_LOSS = 10  # official: wordpieces beyond stay masked but carry no loss
_SPECIAL_TOKENS = 2  # [CLS] and [SEP] around a query
_UNIFORM_RATE = 0.15  # BERT's


@dataclass(frozen=True)
class MaskedQuery:
    """A sentence with something masked.

    Attributes:
        ids: wordpieces of the sentence, the masked ones replaced.
        positions: of the masked wordpieces that carry loss, counted in `ids`.
        targets: their true ids.
        sentence: the wordpieces as they were before masking.
    """

    ids: tuple[int, ...]
    positions: tuple[int, ...]
    targets: tuple[int, ...]
    sentence: tuple[int, ...]


def mask_query(
    example: Example, generator: np.random.Generator, *, mask_id: int, max_query_length: int, masking: Masking
) -> MaskedQuery | str:
    """Draws what to mask in a block and returns the sentence that holds it, or the reason why there is none.

    `salient` masks exactly one salient span, uniform over the spans of the block, every wordpiece of it
    (realm-facts: official `example_generator.py`). `random_span` masks as many adjacent wordpieces anywhere in a
    sentence, `uniform` each wordpiece of a sentence with BERT's rate. A mask is never cut: if the query length
    would cut it, the example is skipped.
    """
    if masking == "salient":
        if not len(example.spans):
            return "no salient span"
        start, end = example.spans[generator.integers(len(example.spans))]
        holders = [pair for pair in example.sentences if pair[0] <= start and end <= pair[1]]
        if not holders:
            return "span across sentences"
        sentence, chosen = holders[0], np.arange(start, end)
    else:
        if not len(example.sentences):
            return "no sentence"
        sentence = example.sentences[generator.integers(len(example.sentences))]
        chosen = _random_masks(example, sentence, generator, masking=masking)
    inside = chosen - sentence[0]
    limit = max_query_length - _SPECIAL_TOKENS
    if inside[-1] >= limit:
        return "mask beyond query length"
    original = example.body_ids[sentence[0] : min(sentence[1], sentence[0] + limit)]
    ids = original.copy()
    ids[inside] = mask_id
    kept = slice(0, MAX_MASKS_IN_LOSS)
    return MaskedQuery(
        ids=tuple(ids.tolist()),
        positions=tuple(inside[kept].tolist()),
        targets=tuple(original[inside[kept]].tolist()),
        sentence=tuple(original.tolist()),
    )


def _random_masks(
    example: Example, sentence: np.ndarray, generator: np.random.Generator, *, masking: Masking
) -> np.ndarray:
    size = int(sentence[1] - sentence[0])
    if masking == "uniform":
        chosen = np.flatnonzero(generator.random(size) < _UNIFORM_RATE)
        chosen = chosen if len(chosen) else generator.integers(size, size=1)
        return np.asarray(chosen + sentence[0])
    widths = (example.spans[:, 1] - example.spans[:, 0]) if len(example.spans) else np.array([1])
    width = min(int(generator.choice(widths)), size)
    start = int(generator.integers(size - width + 1))
    return np.arange(start, start + width) + int(sentence[0])


def mask_for_bert(
    ids: np.ndarray, generator: np.random.Generator, *, mask_id: int, vocab_size: int, maskable: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """BERT's masking: 15 % of the maskable wordpieces; of those 80 % [MASK], 10 % random, 10 % unchanged.

    Args:
        ids: `[length]` wordpieces with special tokens.
        generator: source of randomness.
        mask_id: of [MASK].
        vocab_size: random wordpieces are drawn below it.
        maskable: `[length]`, false on special tokens and padding.

    Returns:
        The masked ids, and the positions to predict (at least one).
    """
    candidates = np.flatnonzero(maskable)
    count = max(1, round(len(candidates) * _UNIFORM_RATE))
    positions = np.sort(generator.choice(candidates, size=min(count, len(candidates)), replace=False))
    masked = ids.copy()
    draw = generator.random(len(positions))
    masked[positions[draw < 0.8]] = mask_id  # noqa: PLR2004 - BERT's 80 %
    swapped = positions[draw >= 0.9]  # noqa: PLR2004 - BERT's last 10 %
    masked[swapped] = generator.integers(vocab_size, size=len(swapped))
    return masked, positions

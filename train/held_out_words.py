"""Masked language modelling on documents that BERT never learnt from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from realm.constraints import Count, ShareBelowOne
from realm.inputs import TokenInput, block_input, pad_batch
from realm.model import KnowledgeAugmentedEncoder
from realm.tokenizer import Tokenizer
from train.examples import Examples
from train.masking import mask_for_bert

_ROWS = 16  # blocks that are measured at once


@dataclass(frozen=True)
class HeldOutWordsConfig:
    """Part of section `bert`: what the masked accuracy is measured on.

    Attributes:
        share: of the documents that is not learnt from, chosen as in section `ict`; 0 measures nothing.
        blocks: of them that are measured on, at most; which of their wordpieces are masked is drawn once.
        every: steps from one point of the curve to the next.
    """

    share: ShareBelowOne
    blocks: Count
    every: Count


@dataclass(frozen=True)
class MaskedBlocks:
    """Blocks with masked wordpieces.

    Attributes:
        inputs: the model's, `[batch, length]`.
        positions: of the wordpieces to predict, `[batch, masks]`.
        targets: their true ids.
        real: false where a row has fewer masks.
    """

    inputs: dict[str, Tensor]
    positions: Tensor
    targets: Tensor
    real: Tensor


def mask_blocks(
    examples: Examples, rows: Sequence[int], generator: np.random.Generator, *, tokenizer: Tokenizer
) -> MaskedBlocks:
    """Masks the blocks at `rows` as BERT was trained."""
    inputs, positions, targets = [], [], []
    specials = (tokenizer.cls_id, tokenizer.sep_id)
    for row in rows:
        example = examples[row]
        whole = block_input(example.title_ids.tolist(), example.body_ids.tolist(), tokenizer.specials)
        ids = np.array(whole.ids)
        masked, chosen = mask_for_bert(
            ids,
            generator,
            mask_id=tokenizer.mask_id,
            vocab_size=tokenizer.vocab_size,
            maskable=~np.isin(ids, specials),
        )
        inputs.append(TokenInput(ids=tuple(masked.tolist()), segments=whole.segments))
        positions.append(torch.from_numpy(chosen))
        targets.append(torch.from_numpy(ids[chosen]))
    real = [torch.ones(len(one), dtype=torch.bool) for one in positions]
    padded = [torch.nn.utils.rnn.pad_sequence(many, batch_first=True) for many in (positions, targets, real)]
    return MaskedBlocks(pad_batch(inputs, pad_id=tokenizer.pad_id), *padded)


def predict(encoder: KnowledgeAugmentedEncoder, blocks: MaskedBlocks) -> tuple[Tensor, Tensor]:
    """For every masked wordpiece log p(truth), and whether the best guess is right: two vectors."""
    device, real = encoder.device, blocks.real.to(encoder.device)
    inputs = {name: one.to(device) for name, one in blocks.inputs.items()}
    logits = encoder.masked_logits(**inputs, positions=blocks.positions.to(device))[real]
    targets = blocks.targets.to(device)[real]
    log_probs = logits.log_softmax(-1).gather(-1, targets.unsqueeze(-1)).squeeze(-1)
    return log_probs, logits.argmax(-1) == targets


class HeldOutWords:
    """A fixed set of masked blocks."""

    def __init__(
        self, examples: Examples, held: np.ndarray, *, config: HeldOutWordsConfig, tokenizer: Tokenizer, seed: int
    ) -> None:
        """Draws blocks and masks, by `seed` alone."""
        generator = np.random.default_rng(seed)
        rows = generator.permutation(held)[: config.blocks].tolist()
        cuts = range(0, len(rows), _ROWS)
        self._batches = [
            mask_blocks(examples, rows[first : first + _ROWS], generator, tokenizer=tokenizer) for first in cuts
        ]

    def __bool__(self) -> bool:
        """Whether there is anything to measure on."""
        return bool(self._batches)

    @torch.inference_mode()
    def measure(self, encoder: KnowledgeAugmentedEncoder) -> dict[str, float]:
        """Mean loss and accuracy over all masked wordpieces."""
        encoder.eval()
        found = [predict(encoder, batch) for batch in self._batches]
        log_probs, right = (torch.cat(many) for many in zip(*found, strict=True))
        return {"loss": float(-log_probs.mean()), "accuracy": float(right.float().mean())}

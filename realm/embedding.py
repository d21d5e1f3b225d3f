"""Vectors whose bytes do not depend on which other inputs shared their batch.

Floating-point results depend on the batch's shape. So every input goes into a batch of a fixed shape that its own
length chooses, and a short batch is filled up.
"""

from collections.abc import Sequence

import numpy as np
import torch

from realm.inputs import TokenInput, pad_batch
from realm.model.embedder import Embedder


def fitting_length(size: int, lengths: Sequence[int]) -> int:
    """The smallest of the ascending `lengths` that holds `size` wordpieces.

    Raises:
        ValueError: none does.
    """
    for length in lengths:
        if size <= length:
            return length
    raise ValueError(f"An input of {size} wordpieces is longer than the longest batch shape, {lengths[-1]}.")


@torch.inference_mode()
def embed_inputs(
    embedder: Embedder, inputs: Sequence[TokenInput], *, pad_id: int, lengths: Sequence[int], batch_size: int
) -> np.ndarray:
    """Embeds inputs in batches of fixed shape `[batch_size, length]`.

    Args:
        embedder: put into evaluation mode here; its device is used.
        inputs: sequences with special tokens.
        pad_id: id of the padding token.
        lengths: the allowed batch lengths, ascending.
        batch_size: rows of every batch.

    Returns:
        float32 `[len(inputs), projection_size]` in the order of `inputs`.
    """
    embedder.eval()
    vectors = np.zeros((len(inputs), embedder.config.projection_size), dtype=np.float32)
    by_length: dict[int, list[int]] = {}
    for position, one in enumerate(inputs):
        by_length.setdefault(fitting_length(len(one), lengths), []).append(position)
    for length, positions in sorted(by_length.items()):
        for first in range(0, len(positions), batch_size):
            chosen = positions[first : first + batch_size]
            batch = pad_batch([inputs[i] for i in chosen], pad_id=pad_id, length=length, rows=batch_size)
            output = embedder(**{name: tensor.to(embedder.device) for name, tensor in batch.items()})
            vectors[chosen] = output[: len(chosen)].float().cpu().numpy()
    return vectors

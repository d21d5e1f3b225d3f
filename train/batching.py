"""Batches of sequences of like length, so that little of a step is spent on padding."""

from collections.abc import Callable, Sequence

import numpy as np
import torch
from torch import Tensor

from realm.embedding import embed_inputs
from realm.inputs import MAX_BLOCK_WORDPIECES, TokenInput, pad_batch
from realm.model import Embedder

_CHUNK_ROWS = 32  # few enough that lengths in a chunk are alike, many enough to keep the cores busy
_MEASURED_LENGTHS = (32, 64, 96, 128, 160, 192, 224, 256, MAX_BLOCK_WORDPIECES)
_MEASURED_ROWS = 32


def by_length(
    inputs: Sequence[TokenInput], compute: Callable[[dict[str, Tensor], list[int]], Tensor], *, pad_id: int
) -> Tensor:
    """Applies `compute` to chunks of inputs sorted by length and returns the rows in the order of `inputs`.

    Args:
        inputs: the sequences.
        compute: takes a padded chunk and the places of its rows in `inputs`; returns one row for each.
        pad_id: id of the padding token.
    """
    order = sorted(range(len(inputs)), key=lambda place: len(inputs[place]))
    chunks = [order[first : first + _CHUNK_ROWS] for first in range(0, len(order), _CHUNK_ROWS)]
    rows = torch.cat([compute(pad_batch([inputs[i] for i in chunk], pad_id=pad_id), chunk) for chunk in chunks])
    return rows[torch.tensor(order, device=rows.device).argsort()]


def embed_by_length(embedder: Embedder, inputs: Sequence[TokenInput], *, pad_id: int) -> Tensor:
    """Vectors `[len(inputs), dim]` with gradients."""

    def embed(batch: dict[str, Tensor], _places: list[int]) -> Tensor:
        vectors: Tensor = embedder(**{name: tensor.to(embedder.device) for name, tensor in batch.items()})
        return vectors

    return by_length(inputs, embed, pad_id=pad_id)


def embed_to_measure(embedder: Embedder, inputs: Sequence[TokenInput], *, pad_id: int) -> np.ndarray:
    """float32 `[len(inputs), dim]` without gradients; a vector's bytes do not depend on the other inputs."""
    return embed_inputs(embedder, inputs, pad_id=pad_id, lengths=_MEASURED_LENGTHS, batch_size=_MEASURED_ROWS)

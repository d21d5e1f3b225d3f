"""Vectors whose bytes do not depend on which other inputs shared their batch.

Floating-point results depend on the batch's shape, and on whether attention is given a mask, which transformers leaves
out where nothing is padded. So an input's own length chooses both: its batch has one of a few fixed shapes, a short
batch is filled up, and every input is padded by one wordpiece at least, but for those that fill the longest shape,
which have batches of their own. On a CPU the rest is up to `realm.packing`: torch's own products give some rows of a
few other bits than the same rows have alone.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import torch

from realm.errors import first_line
from realm.inputs import TokenInput, pad_batch
from realm.model.embedder import Embedder

# How torch and its libraries say that memory ran out where they have no exception of its own for it.
_OUT_OF_MEMORY = ("can't allocate memory", "not enough memory", "could not create a primitive", "ALLOC_FAILED")


class OutOfRoomError(RuntimeError):
    """A batch did not fit into the device's memory; a smaller one may."""


def fitting_length(size: int, lengths: Sequence[int]) -> int:
    """The smallest of the ascending `lengths` that holds `size` wordpieces.

    Raises:
        ValueError: none does.
    """
    for length in lengths:
        if size <= length:
            return length
    raise ValueError(f"An input of {size} wordpieces is longer than the longest batch shape, {lengths[-1]}.")


def batch_shapes(lengths: Sequence[int], batch_size: int) -> dict[int, int]:
    """Rows of the batches of each length, so that all have about as many wordpieces as `batch_size` longest inputs."""
    return {length: batch_size * lengths[-1] // length for length in lengths}


def embed_inputs(
    embedder: Embedder, inputs: Sequence[TokenInput], *, pad_id: int, lengths: Sequence[int], batch_size: int
) -> np.ndarray:
    """Embeds inputs in batches of `batch_size` rows, whatever their length; see `embed_in_shapes`."""
    return embed_in_shapes(embedder, inputs, pad_id=pad_id, shapes=dict.fromkeys(lengths, batch_size))


@torch.inference_mode()
def embed_in_shapes(
    embedder: Embedder, inputs: Sequence[TokenInput], *, pad_id: int, shapes: Mapping[int, int]
) -> np.ndarray:
    """Embeds inputs in batches of fixed shapes.

    Args:
        embedder: put into evaluation mode here; its device and the type of its weights are used.
        inputs: sequences with special tokens.
        pad_id: id of the padding token.
        shapes: the allowed lengths, ascending, with the rows of their batches.

    Returns:
        float32 `[len(inputs), projection_size]` in the order of `inputs`.

    Raises:
        OutOfRoomError: a batch does not fit into memory.
    """
    embedder.eval()
    vectors = np.zeros((len(inputs), embedder.config.projection_size), dtype=np.float32)
    made: list[tuple[list[int], torch.Tensor]] = []
    with _memory_errors():
        for positions, length in _batches([len(one) for one in inputs], shapes):
            batch = pad_batch([inputs[i] for i in positions], pad_id=pad_id, length=length, rows=shapes[length])
            output = embedder(**{name: tensor.to(embedder.device) for name, tensor in batch.items()})
            made.append((positions, output[: len(positions)].float()))
        for positions, output in made:  # only now, so that a GPU does not wait for the copying of each batch
            vectors[positions] = output.cpu().numpy()
    return vectors


def _batches(sizes: Sequence[int], shapes: Mapping[int, int]) -> Iterator[tuple[list[int], int]]:
    """Positions of the inputs of each batch, and its length."""
    lengths = sorted(shapes)
    alike: dict[tuple[int, bool], list[int]] = {}
    for position, size in enumerate(sizes):
        filled = size == lengths[-1]
        length = fitting_length(size if filled else size + 1, lengths)
        alike.setdefault((length, filled), []).append(position)
    for (length, _), positions in sorted(alike.items()):
        for first in range(0, len(positions), shapes[length]):
            yield positions[first : first + shapes[length]], length


@contextmanager
def _memory_errors() -> Iterator[None]:
    try:
        yield
    except MemoryError as error:
        raise OutOfRoomError("memory") from error
    except RuntimeError as error:
        if isinstance(error, torch.OutOfMemoryError) or any(words in str(error) for words in _OUT_OF_MEMORY):
            raise OutOfRoomError(first_line(error)) from error
        raise

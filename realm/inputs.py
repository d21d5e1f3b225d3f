"""The model's inputs, built in one place for training, indexing and answering.

One builder for all three is what keeps segment ids and special tokens the same everywhere; the official code
indexes and trains with different segment ids.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from realm.errors import UserError
from realm.tokenizer import SpecialIds

BLOCK_SPECIALS = 3  # [CLS], and [SEP] behind title and body
MAX_BLOCK_WORDPIECES = 288  # including [CLS] title [SEP] body [SEP] (Guu et al. 2020, official preprocessor)


@dataclass(frozen=True)
class TokenInput:
    """One sequence: wordpiece ids with special tokens, and the segment (0 or 1) of each."""

    ids: tuple[int, ...]
    segments: tuple[int, ...]

    def __len__(self) -> int:
        """Number of wordpieces, special tokens included."""
        return len(self.ids)


def query_input(ids: Sequence[int], specials: SpecialIds, *, max_length: int) -> TokenInput:
    """`[CLS] query [SEP]`, all in segment 0, cut to `max_length`."""
    kept = (specials.cls, *ids[: max_length - 2], specials.sep)
    return TokenInput(ids=kept, segments=(0,) * len(kept))


def block_input(
    title_ids: Sequence[int],
    body_ids: Sequence[int],
    specials: SpecialIds,
    *,
    max_length: int = MAX_BLOCK_WORDPIECES,
) -> TokenInput:
    """`[CLS] title [SEP] body [SEP]`: title in segment 0, body in segment 1, the body cut to fit.

    An empty title and body give the null document, `[CLS] [SEP] [SEP]`.
    """
    head = (specials.cls, *title_ids[: max_length - 3], specials.sep)
    tail = (*body_ids[: max_length - len(head) - 1], specials.sep)
    return TokenInput(ids=head + tail, segments=(0,) * len(head) + (1,) * len(tail))


def joint_input(
    query_ids: Sequence[int], body_ids: Sequence[int], specials: SpecialIds, *, max_length: int
) -> TokenInput:
    """`[CLS] query [SEP] body [SEP]` for the knowledge-augmented encoder and the reader.

    The query is in segment 0 and never cut (a cut mask would lose its answer); the body is in segment 1 and cut
    to fit. The title is seen by the embedder only, as in the official code.

    Raises:
        ValueError: the query alone does not fit.
    """
    head = (specials.cls, *query_ids, specials.sep)
    if len(head) >= max_length:
        raise ValueError(f"A query of {len(query_ids)} wordpieces does not fit into a joint input of {max_length}.")
    tail = (*body_ids[: max_length - len(head) - 1], specials.sep)
    return TokenInput(ids=head + tail, segments=(0,) * len(head) + (1,) * len(tail))


def require_joint_room(name: str, query_length: int, joint_length: int) -> None:
    """Refuses a joint length that leaves no wordpiece of a body beside the longest query and the last [SEP].

    Raises:
        UserError: naming both lengths; `name` is what the query's is called.
    """
    if joint_length < query_length + 2:
        raise UserError(
            f"joint_length is {joint_length}; it must be at least {query_length + 2}, two more than {name}, for the "
            "body to have room."
        )


def pad_batch(
    inputs: Sequence[TokenInput], *, pad_id: int, length: int | None = None, rows: int | None = None
) -> dict[str, torch.Tensor]:
    """Stacks sequences to int64 tensors `[rows, length]`.

    Args:
        inputs: the sequences.
        pad_id: id of the padding token.
        length: columns; the longest input if None.
        rows: rows; surplus ones repeat the first input, so that a batch always has one shape. As many as
            inputs if None.

    Returns:
        `input_ids`, `attention_mask` and `token_type_ids`, as BERT takes them.

    Raises:
        ValueError: an input is longer than `length`, or there are more inputs than `rows`.
    """
    longest = max(len(one) for one in inputs)
    columns = length or longest
    if longest > columns:
        raise ValueError(f"An input of {longest} wordpieces does not fit into {columns} columns.")
    filled = list(inputs) + [inputs[0]] * ((rows or len(inputs)) - len(inputs))
    if rows is not None and len(filled) != rows:
        raise ValueError(f"{len(inputs)} inputs do not fit into {rows} rows.")
    ids = np.full((len(filled), columns), pad_id, dtype=np.int64)
    mask, segments = np.zeros_like(ids), np.zeros_like(ids)
    for row, one in enumerate(filled):  # ten times as fast as tensors of nested tuples
        ids[row, : len(one)], segments[row, : len(one)], mask[row, : len(one)] = one.ids, one.segments, 1
    tensors = {"input_ids": ids, "attention_mask": mask, "token_type_ids": segments}
    return {name: torch.from_numpy(numbers) for name, numbers in tensors.items()}

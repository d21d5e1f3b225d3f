"""What the extractive reader is fed, and how its best span is chosen; the same for training and answering."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from realm.constraints import Count, QueryLength
from realm.inputs import TokenInput, joint_input, pad_batch, query_input, require_joint_room
from realm.model import ExtractiveReader
from realm.tokenizer import SpecialIds, Tokenizer

_PAIRS_PER_BATCH = 32  # question-block pairs that are read at once when answering


@dataclass(frozen=True)
class ReadingSettings:
    """How questions and blocks are put before the model; the QA model keeps them.

    Attributes:
        question_length: wordpieces of a question with its special tokens (official: 64); longer ones are cut.
        joint_length: wordpieces of question and body together (official: 320).
        reader_beam: best retrieved blocks that the reader reads (official: 5).
    """

    question_length: QueryLength
    joint_length: Count
    reader_beam: Count

    def __post_init__(self) -> None:
        """Refuses a joint input that a question fills."""
        require_joint_room("question_length", self.question_length, self.joint_length)


def question_ids(tokenizer: Tokenizer, questions: Sequence[str], settings: ReadingSettings) -> list[tuple[int, ...]]:
    """Wordpieces of each question, cut to leave room for the two special tokens."""
    room = settings.question_length - 2
    return [tuple(encoding.ids[:room]) for encoding in tokenizer.encode_batch(questions)]


def question_inputs(ids: Sequence[Sequence[int]], specials: SpecialIds, settings: ReadingSettings) -> list[TokenInput]:
    """`[CLS] question [SEP]` of each question."""
    return [query_input(one, specials, max_length=settings.question_length) for one in ids]


@dataclass(frozen=True)
class ReaderBatch:
    """Questions joined to blocks.

    Attributes:
        inputs: what `ExtractiveReader` takes, `[pairs, length]`, `body_mask` among them.
        heads: per pair the column where the body begins.
        bodies: per pair the wordpieces of the body that fit.
    """

    inputs: dict[str, Tensor]
    heads: tuple[int, ...]
    bodies: tuple[int, ...]


def reader_batch(
    pairs: Sequence[tuple[Sequence[int], np.ndarray]], specials: SpecialIds, settings: ReadingSettings
) -> ReaderBatch:
    """Joins (question wordpieces, body wordpieces) pairs; the batch is as long as its longest pair."""
    joined = [
        joint_input(question, body.tolist(), specials, max_length=settings.joint_length) for question, body in pairs
    ]
    heads = tuple(len(question) + 2 for question, _ in pairs)
    bodies = tuple(len(one) - head - 1 for one, head in zip(joined, heads, strict=True))
    inputs = pad_batch(joined, pad_id=specials.pad)
    columns = torch.arange(inputs["input_ids"].shape[1])
    first, size = torch.tensor(heads).unsqueeze(1), torch.tensor(bodies).unsqueeze(1)
    inputs["body_mask"] = (columns >= first) & (columns < first + size)
    return ReaderBatch(inputs=inputs, heads=heads, bodies=bodies)


@dataclass(frozen=True)
class SpanChoice:
    """The best span of one block for one question.

    Attributes:
        start: first wordpiece of the body.
        width: number of wordpieces.
        score: the reader's score of the span.
        log_total: logsumexp of the reader's scores of all spans of the block.
    """

    start: int
    width: int
    score: float
    log_total: float


@torch.inference_mode()
def choose_spans(
    reader: ExtractiveReader,
    pairs: Sequence[tuple[Sequence[int], np.ndarray]],
    specials: SpecialIds,
    settings: ReadingSettings,
) -> list[SpanChoice]:
    """Reads each (question, body) pair and returns its best span; pairs of like length share a batch."""
    reader.eval()
    by_length = sorted(range(len(pairs)), key=lambda i: (len(pairs[i][0]) + len(pairs[i][1]), i))
    found: dict[int, SpanChoice] = {}
    for first in range(0, len(by_length), _PAIRS_PER_BATCH):
        chosen = by_length[first : first + _PAIRS_PER_BATCH]
        batch = reader_batch([pairs[i] for i in chosen], specials, settings)
        scores = reader(**{name: tensor.to(reader.device) for name, tensor in batch.inputs.items()})
        flat = scores.flatten(1)
        best, places = flat.max(1)
        totals = flat.logsumexp(1)
        for i, head, place, score, total in zip(
            chosen, batch.heads, places.tolist(), best.tolist(), totals.tolist(), strict=True
        ):
            column, width = divmod(place, scores.shape[2])
            found[i] = SpanChoice(start=column - head, width=width + 1, score=score, log_total=total)
    return [found[i] for i in range(len(pairs))]

"""The fine-tuning objective for Open-QA (official `orqa_model.py`; Lee et al. 2019, section 5).

Block vectors are frozen. The question encoder learns from the has-answer labels of the retrieved beam ("early
update") and, through its score in the span scores, from the reader; the reader learns from gold spans.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from index.version import IndexVersion
from realm.inputs import pad_batch
from realm.losses import marginal_correct_loss
from realm.model import Embedder, ExtractiveReader
from realm.tokenizer import Tokenizer
from train import distributed
from train.gold import GoldFinder, GoldSpans
from train.questions import Question
from train.reading import ReaderBatch, ReadingSettings, question_ids, question_inputs, reader_batch


class QuestionOrder:
    """Deals questions to steps and ranks: every question once an epoch, in an order that the seed and epoch give."""

    def __init__(self, questions: int, *, per_rank: int, seed: int) -> None:
        self._questions, self._per_rank, self._seed = questions, per_rank, seed
        self._epoch, self._permutation = -1, np.zeros(0, dtype=np.int64)

    def batch(self, step: int, *, rank: int, ranks: int) -> list[int]:
        """Question numbers of one rank at one step; epochs follow each other without a gap."""
        first = (step * ranks + rank) * self._per_rank
        return [self._at(place) for place in range(first, first + self._per_rank)]

    def _at(self, place: int) -> int:
        epoch, within = divmod(place, self._questions)
        if epoch != self._epoch:
            self._epoch = epoch
            self._permutation = np.random.default_rng([self._seed, epoch]).permutation(self._questions)
        return int(self._permutation[within])


class OpenQAObjective:
    """Loss of a batch of questions."""

    def __init__(
        self,
        embedder: Embedder,
        reader: ExtractiveReader,
        tokenizer: Tokenizer,
        index: IndexVersion,
        questions: Sequence[Question],
        *,
        retriever_beam: int,
        reading: ReadingSettings,
    ) -> None:
        self._embedder, self._reader, self._tokenizer, self._index = embedder, reader, tokenizer, index
        self._reading = reading
        self._beam = min(retriever_beam, len(index.block_ids))
        self._ids = question_ids(tokenizer, [question.question for question in questions], reading)
        self._gold = GoldFinder(
            [question.answers for question in questions],
            index.body_ids,
            blocks=len(index.block_ids),
            beam=self._beam,
            tokenizer=tokenizer,
        )

    def __call__(self, chosen: Sequence[int]) -> dict[str, Tensor]:
        """Loss and measures of the questions numbered `chosen`.

        Returns:
            `loss`, its two parts, and the shares of questions with an answer in the retriever's and in the
            reader's beam, all scalars.
        """
        vectors = self._embed(chosen)
        rows = self._index.search(vectors.detach().float().cpu().numpy(), self._beam).rows
        exists = rows >= 0  # a trained index may find fewer blocks than the beam
        gold = [self._gold.find(number, line[line >= 0]) for number, line in zip(chosen, rows, strict=True)]
        labels = torch.from_numpy(np.stack([one.labels(line) for one, line in zip(gold, rows, strict=True)]) & exists)
        blocks = torch.from_numpy(np.ascontiguousarray(self._index.vectors[rows])).to(vectors.device)
        scores = torch.einsum("qd,qbd->qb", vectors, blocks)
        scores = scores.masked_fill(~torch.from_numpy(exists).to(scores.device), float("-inf"))
        retriever = marginal_correct_loss(scores, labels.to(vectors.device))
        beam = self._reading.reader_beam
        reader, readable = self._reader_loss(chosen, np.maximum(rows[:, :beam], 0), scores[:, :beam], gold)
        return {
            "loss": (retriever + reader).mean(),
            "retriever_loss": retriever.mean(),
            "reader_loss": reader.mean(),
            "answer_in_retriever_beam": labels.any(1).float().mean(),
            "answer_in_reader_beam": torch.tensor(readable / len(chosen)),
        }

    def _embed(self, chosen: Sequence[int]) -> Tensor:
        inputs = question_inputs([self._ids[number] for number in chosen], self._tokenizer.specials, self._reading)
        batch = pad_batch(inputs, pad_id=self._tokenizer.pad_id)
        vectors: Tensor = self._embedder(**{name: one.to(self._embedder.device) for name, one in batch.items()})
        return vectors

    def _reader_loss(
        self, chosen: Sequence[int], rows: np.ndarray, scores: Tensor, gold: Sequence[GoldSpans]
    ) -> tuple[Tensor, int]:
        """Reader loss of each question, and for how many it is not zero.

        A question without an answer in the reader's beam has loss and gradient zero, so its blocks are not read.
        """
        losses = torch.zeros(len(chosen), device=scores.device)
        readable = [i for i, one in enumerate(gold) if one.labels(rows[i]).any()]
        if not readable:
            return losses, 0
        pairs = [(self._ids[chosen[i]], self._index.body_ids(int(row))) for i in readable for row in rows[i]]
        batch = reader_batch(pairs, self._tokenizer.specials, self._reading)
        spans: Tensor = self._reader(**{name: one.to(scores.device) for name, one in batch.inputs.items()})
        places = [(gold[i], int(row)) for i in readable for row in rows[i]]
        correct = span_targets(batch, places, shape=tuple(spans.shape)).to(scores.device)
        totals = spans + scores[readable].reshape(-1, 1, 1)
        losses[readable] = marginal_correct_loss(
            totals.reshape(len(readable), -1), correct.reshape(len(readable), -1)
        ).to(losses.dtype)
        return losses, len(readable)


def span_targets(batch: ReaderBatch, places: Sequence[tuple[GoldSpans, int]], *, shape: tuple[int, ...]) -> Tensor:
    """Marks the gold spans among the reader's.

    Args:
        batch: what was read.
        places: per pair the gold spans of its question and the row of its block.
        shape: of the reader's scores, `[pairs, length, max_span_width]`.

    Returns:
        Booleans of that shape; a span that is too wide or was cut off is not marked.
    """
    correct = torch.zeros(shape, dtype=torch.bool)
    for pair, ((gold, row), head, body) in enumerate(zip(places, batch.heads, batch.bodies, strict=True)):
        for start, width in gold.within(row):
            if width <= shape[2] and start + width <= body:
                correct[pair, head + start, width - 1] = True
    return correct


def batch_of_rank(order: QuestionOrder, step: int) -> list[int]:
    """The questions of this process at one step."""
    return order.batch(step, rank=distributed.rank(), ranks=distributed.world_size())

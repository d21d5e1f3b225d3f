"""Answers with evidence: retrieve, read, and point at the characters of the block that hold the answer.

answerer = Answerer.open(qa_model, index, blocks)
answer, = answerer.answer(["who wrote the song?"], k=5)
answer.text, answer.evidence.text.title, answer.probability
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.filters import NO_FILTER, BlockFilter
from index.version import IndexVersion
from realm.errors import MismatchError
from train.qa_model import QAModel
from train.reading import SpanChoice, choose_spans, question_ids
from train.retrieval import BlockSearch, Passage


@dataclass(frozen=True)
class Answer:
    """The answer to a question, and where it stands.

    Attributes:
        question: as asked.
        text: characters `[start, end)` of the evidence's body, as written there; empty if no block was found.
        probability: of the span among all spans of all blocks read.
        retriever_score: inner product of question and block.
        reader_score: the reader's score of the span.
        start: first character in the body.
        end: character behind the last.
        evidence: the block; None if none was found, because a filter let none through.
        passages: the blocks retrieved, best first; the reader read the first `reader_beam` of them.
    """

    question: str
    text: str
    probability: float
    retriever_score: float
    reader_score: float
    start: int
    end: int
    evidence: Passage | None
    passages: tuple[Passage, ...]


class Answerer:
    """A QA model with an index version and the blocks that it was built from."""

    def __init__(self, model: QAModel, index: IndexVersion, blocks: Path) -> None:
        self.model = model
        self.blocks = BlockSearch(model.question_embedder, model.tokenizer, index, blocks, reading=model.reading)

    @staticmethod
    def open(qa_model: Path, index: Path, blocks: Path) -> "Answerer":
        """Loads the parts.

        Raises:
            MismatchError: the index was made with another block encoder or tokenizer than the model was tuned for.
            UserError: a part is missing or damaged.
        """
        model, version = QAModel.load(qa_model), IndexVersion.open(index)
        model.require_fits(index, version.manifest)
        return Answerer(model, version, blocks)

    def retrieve(self, questions: Sequence[str], *, k: int, only: BlockFilter = NO_FILTER) -> list[list[Passage]]:
        """The best `k` blocks of each question, best first."""
        return self.blocks.retrieve(questions, k=k, only=only)

    def answer(self, questions: Sequence[str], *, k: int, only: BlockFilter = NO_FILTER) -> list[Answer]:
        """Answers each question.

        Args:
            questions: as asked.
            k: blocks to retrieve and hand back; the reader reads `reader_beam` blocks whatever `k` is.
            only: which blocks may be found.
        """
        if not questions:
            return []
        beam = self.model.reading.reader_beam
        rows, scores = self.blocks.search(questions, k=max(k, beam), only=only)
        passages = self.blocks.passages(rows, scores)
        choices = self._read(questions, rows[:, :beam])
        return [
            self._answer(question, found, chosen, k=k)
            for question, found, chosen in zip(questions, passages, choices, strict=True)
        ]

    def _read(self, questions: Sequence[str], rows: np.ndarray) -> list[list[SpanChoice]]:
        """The best span of every block that is read, per question in the order of its blocks."""
        ids = question_ids(self.model.tokenizer, questions, self.model.reading)
        places = [(number, int(row)) for number, line in enumerate(rows) for row in line if row >= 0]
        pairs = [(ids[number], self.blocks.index.body_ids(row)) for number, row in places]
        choices: list[list[SpanChoice]] = [[] for _ in questions]
        spans = choose_spans(self.model.reader, pairs, self.model.tokenizer.specials, self.model.reading)
        for (number, _), span in zip(places, spans, strict=True):
            choices[number].append(span)
        return choices

    def _answer(self, question: str, passages: list[Passage], spans: list[SpanChoice], *, k: int) -> Answer:
        if not spans:
            return Answer(question, "", 0.0, 0.0, 0.0, 0, 0, evidence=None, passages=())
        read = passages[: len(spans)]
        best = max(range(len(spans)), key=lambda i: spans[i].score + read[i].score)
        span, evidence = spans[best], read[best]
        total = np.logaddexp.reduce([one.log_total + passage.score for one, passage in zip(spans, read, strict=True)])
        start, end = self._characters(evidence, span)
        return Answer(
            question=question,
            text=evidence.text.body[start:end],
            probability=math.exp(span.score + evidence.score - float(total)),
            retriever_score=evidence.score,
            reader_score=span.score,
            start=start,
            end=end,
            evidence=evidence,
            passages=tuple(passages[:k]),
        )

    def _characters(self, passage: Passage, span: SpanChoice) -> tuple[int, int]:
        """Characters of the body that a span of its wordpieces covers."""
        encoding = self.model.tokenizer.encode(passage.text.body)
        wanted = self.blocks.index.body_ids(passage.row)[span.start : span.start + span.width].tolist()
        if encoding.ids[span.start : span.start + span.width] != wanted:
            raise MismatchError(
                f"Block {passage.text.block_id} reads differently in the index and in the blocks directory. "
                "Name the blocks directory that the index was built from, or run `dvc repro`."
            )
        return encoding.offsets[span.start][0], encoding.offsets[span.start + span.width - 1][1]

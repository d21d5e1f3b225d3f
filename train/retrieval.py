"""Questions to blocks: embed, search, and fetch what was found.

Used with the question encoder of a QA model, and with a retriever as pre-training left it (zero-shot).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.filters import NO_FILTER, BlockFilter
from index.version import IndexVersion
from realm.embedding import embed_inputs
from realm.errors import UserError
from realm.model import Embedder, Retriever, block_encoder_fingerprint
from realm.tokenizer import Tokenizer
from train.passages import BlockText, BlockTexts
from train.qa_model import answering_device, require_fit
from train.reading import ReadingSettings, question_ids, question_inputs

_QUESTIONS_PER_BATCH = 32


@dataclass(frozen=True)
class Passage:
    """A retrieved block.

    Attributes:
        row: in the index version.
        score: inner product of question and block vector.
        text: body and origin.
    """

    row: int
    score: float
    text: BlockText


class BlockSearch:
    """A question encoder, an index version and the blocks it was built from."""

    def __init__(
        self, embedder: Embedder, tokenizer: Tokenizer, index: IndexVersion, blocks: Path, *, reading: ReadingSettings
    ) -> None:
        self.index, self.texts = index, BlockTexts(index, blocks)
        self._embedder, self._tokenizer, self._reading = embedder, tokenizer, reading

    @staticmethod
    def open(retriever: Path, tokenizer: Path, index: Path, blocks: Path, *, reading: ReadingSettings) -> "BlockSearch":
        """Opens a retriever as `ict` or `pretrain` wrote it.

        Raises:
            MismatchError: the index was made with another block encoder or tokenizer.
        """
        loaded, version = Tokenizer.load(tokenizer), IndexVersion.open(index)
        made_from = {"block_encoder": block_encoder_fingerprint(retriever), "tokenizer": loaded.fingerprint}
        require_fit(str(retriever), made_from, index, version.manifest)
        embedder = Retriever.load(retriever).query_embedder.to(answering_device())
        return BlockSearch(embedder, loaded, version, blocks, reading=reading)

    def search(
        self, questions: Sequence[str], *, k: int, only: BlockFilter = NO_FILTER
    ) -> tuple[np.ndarray, np.ndarray]:
        """Index rows and scores of the best blocks, `[questions, k]` each; row -1 where there are fewer.

        Questions are embedded in float32, in whatever precision the vectors of the blocks were made: they are few.

        Raises:
            UserError: `k` is not positive.
        """
        if k < 1:
            raise UserError(f"k is {k}; ask for at least 1 block.")
        ids = question_ids(self._tokenizer, questions, self._reading)
        inputs = question_inputs(ids, self._tokenizer.specials, self._reading)
        vectors = embed_inputs(
            self._embedder,
            inputs,
            pad_id=self._tokenizer.pad_id,
            lengths=sorted({min(32, self._reading.question_length), self._reading.question_length}),
            batch_size=_QUESTIONS_PER_BATCH if len(inputs) > 1 else 1,
        )
        allowed = None if only.empty else self.index.rows_where(only)
        found = self.index.search(vectors, k, allowed=allowed)
        return found.rows, found.scores

    def retrieve(self, questions: Sequence[str], *, k: int, only: BlockFilter = NO_FILTER) -> list[list[Passage]]:
        """The best blocks of each question, best first, with their texts."""
        rows, scores = self.search(questions, k=k, only=only)
        return self.passages(rows, scores)

    def passages(self, rows: np.ndarray, scores: np.ndarray) -> list[list[Passage]]:
        """Fetches what `search` found."""
        texts = self.texts.fetch(int(row) for row in np.unique(rows) if row >= 0)
        return [
            [
                Passage(row=int(row), score=float(score), text=texts[int(row)])
                for row, score in zip(*line, strict=True)
                if row >= 0
            ]
            for line in zip(rows, scores, strict=True)
        ]

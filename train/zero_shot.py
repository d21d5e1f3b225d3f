"""Zero-shot retrieval: what a retriever finds for real questions before it has seen any.

Exact search over the whole corpus, without an index on disk: blocks are streamed, and only the best of each question
are kept. Every rank embeds its share.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import torch

from realm.constraints import Count
from realm.inputs import block_input, query_input
from realm.model import Retriever
from realm.paths import block_parts, parts_of_sources
from realm.tokenizer import Tokenizer
from train import distributed
from train.batching import embed_to_measure
from train.questions import Question, QuestionFormat
from train.scoring import SearchableText, share

RECALL_AT = (1, 5, 20)
_NO_ROW = -1
_ROWS_PER_READ = 2048
_CHANCE_SEED = 0


@dataclass(frozen=True)
class ZeroShotConfig:
    """Part of section `ict`: real questions to draw a curve with; nothing is learnt from them.

    Attributes:
        questions: file below `data/questions`.
        questions_format: its form.
        every: steps from one point of the curve to the next; the first and the last are always measured. Each embeds
            the whole corpus.
    """

    questions: str
    questions_format: QuestionFormat
    every: Count


class ZeroShotRetrieval:
    """Questions and the corpus to find their answers in."""

    def __init__(
        self,
        questions: Sequence[Question],
        *,
        blocks: Path,
        sources: Sequence[str],
        tokenizer: Tokenizer,
        query_length: int,
    ) -> None:
        names = parts_of_sources([path.name for path in block_parts(blocks)], sources, corpus=blocks, key="ict.sources")
        self._parts = [blocks / name for name in names]
        self._questions, self._tokenizer = questions, tokenizer
        encoded = tokenizer.encode_batch([question.question for question in questions])
        self._queries = [query_input(one.ids, tokenizer.specials, max_length=query_length) for one in encoded]

    def measure(self, retriever: Retriever) -> dict[str, float]:
        """`recall@k`: share of questions with an answer in one of the best k blocks. Called by all ranks."""
        rows = self._search(retriever, k=max(RECALL_AT))
        return self._recall(rows) if distributed.rank() == 0 else {}

    def chance(self) -> dict[str, float]:
        """`recall@k` of blocks taken at random."""
        count = sum(pq.ParquetFile(part).metadata.num_rows for part in self._parts)
        generator = np.random.default_rng(_CHANCE_SEED)
        return self._recall(generator.integers(count, size=(len(self._questions), max(RECALL_AT))))

    def _search(self, retriever: Retriever, *, k: int) -> np.ndarray:
        """Rows of the best k blocks of each question, best first; on ties the row that comes first."""
        pad = self._tokenizer.pad_id
        queries = embed_to_measure(retriever.query_embedder, self._queries, pad_id=pad)
        scores = np.full((len(queries), k), -np.inf, dtype=np.float32)
        rows = np.full((len(queries), k), _NO_ROW, dtype=np.int64)
        for found, table in self._read(["title_ids", "body_ids"], distributed.rank(), distributed.world_size()):
            inputs = [block_input(title, body, self._tokenizer.specials) for title, body in table]
            vectors = embed_to_measure(retriever.block_embedder, inputs, pad_id=pad)
            here = np.broadcast_to(found, (len(queries), len(found)))
            scores, rows = _best(np.hstack([scores, queries @ vectors.T]), np.hstack([rows, here]), k)
        shape = (distributed.world_size(), len(queries), k)
        device = retriever.query_embedder.device
        gathered = [distributed.gather_rows(torch.from_numpy(part).to(device)).cpu() for part in (scores, rows)]
        every_score, every_row = (np.hstack(list(part.reshape(shape).numpy())) for part in gathered)
        return _best(every_score, every_row, k)[1]

    def _recall(self, rows: np.ndarray) -> dict[str, float]:
        """Looks for answers in the blocks at `rows`, `[questions, k]`."""
        hits = np.zeros(rows.size, dtype=bool)
        places = np.argsort(rows, axis=None, kind="stable")  # in `hits`, those of one row beside each other
        ordered = rows.ravel()[places]
        for found, table in self._read(["body"], 0, 1):
            starts, ends = np.searchsorted(ordered, found, "left"), np.searchsorted(ordered, found, "right")
            for (body,), start, end in zip(table, starts.tolist(), ends.tolist(), strict=True):
                text = SearchableText(body) if end > start else None
                for place in places[start:end].tolist():
                    asked = self._questions[place // rows.shape[1]]
                    hits[place] = text is not None and text.has_answer(asked.answers, pattern=asked.pattern)
        best: list[list[bool]] = hits.reshape(rows.shape).tolist()
        return {f"recall@{k}": share([any(line[:k]) for line in best]) for k in RECALL_AT}

    def _read(self, columns: list[str], rank: int, world: int) -> Iterator[tuple[np.ndarray, list[tuple[Any, ...]]]]:
        """This rank's rows of the corpus, numbered from its first part on, with their values in `columns`."""
        first = 0
        for part in self._parts:
            for batch in pq.ParquetFile(part).iter_batches(batch_size=_ROWS_PER_READ, columns=columns):
                own = np.arange(first, first + batch.num_rows)
                mine = own % world == rank
                values = batch.filter(mine) if world > 1 else batch
                first += batch.num_rows
                if values.num_rows:
                    yield own[mine], list(zip(*(values.column(name).to_pylist() for name in columns), strict=True))


def _best(scores: np.ndarray, rows: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The k best of each line, best first; equal scores by row."""
    order = np.lexsort((rows, -scores))[:, :k]
    return np.take_along_axis(scores, order, 1), np.take_along_axis(rows, order, 1)

"""Gold spans and has-answer labels for fine-tuning: answers as runs of equal wordpiece ids inside block bodies.

A run must begin and end with whole words, so "war" is not found in "war ##saw". Titles are not looked at, because
the reader never sees them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from realm.tokenizer import Tokenizer

BodyIds = Callable[[int], np.ndarray]  # row of an index -> wordpieces of the block's body


@dataclass(frozen=True)
class GoldSpans:
    """Where answers stand: entry i begins at body wordpiece `starts[i]` of block `rows[i]` and is `widths[i]` wide.

    Sorted by row. A block that holds an answer is in `rows` even if the answer is wider than the reader's spans.
    """

    rows: np.ndarray
    starts: np.ndarray
    widths: np.ndarray

    def labels(self, rows: np.ndarray) -> np.ndarray:
        """Has-answer label of each of `rows`, of any shape."""
        return np.isin(rows, self.rows)

    def within(self, row: int) -> list[tuple[int, int]]:
        """(start, width) of every occurrence in one block."""
        first, last = np.searchsorted(self.rows, [row, row + 1])
        return list(zip(self.starts[first:last].tolist(), self.widths[first:last].tolist(), strict=True))


class GatheredBodies:
    """The bodies of some blocks behind each other, to be asked for many answers."""

    def __init__(self, rows: np.ndarray, body_ids: BodyIds, *, continues: np.ndarray) -> None:
        """Gathers the bodies.

        Args:
            rows: blocks, by their row in the index, in any order.
            body_ids: gives a block's wordpieces.
            continues: `[vocabulary]`, true for wordpieces that go on a word (`##s`).
        """
        ordered = np.sort(rows)
        bodies = [body_ids(int(row)) for row in ordered]
        sizes = np.array([len(body) for body in bodies], dtype=np.int64)
        self._ids = np.concatenate(bodies) if bodies else np.zeros(0, dtype=np.int64)
        self._owners = np.repeat(ordered, sizes)
        self._places = np.arange(len(self._ids)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        self._goes_on = continues[self._ids]

    def find(self, answers: Sequence[Sequence[int]]) -> GoldSpans:
        """All occurrences of any of the answers, given as wordpiece ids."""
        found = {
            (int(self._owners[at]), int(self._places[at]), len(answer))
            for answer in answers
            if answer
            for at in self._runs(answer)
        }
        table = np.array(sorted(found), dtype=np.int64).reshape(-1, 3)
        return GoldSpans(rows=table[:, 0], starts=table[:, 1], widths=table[:, 2])

    def _runs(self, answer: Sequence[int]) -> np.ndarray:
        """Positions where `answer` stands in one body and is not cut out of a longer word."""
        width, size = len(answer), len(self._ids)
        at = np.flatnonzero(self._ids[: max(size - width + 1, 0)] == answer[0])
        for step, wanted in enumerate(answer[1:], start=1):
            at = at[self._ids[at + step] == wanted]
        at = at[(self._owners[at] == self._owners[at + width - 1]) & ~self._goes_on[at]]
        behind = np.minimum(at + width, size - 1)
        cut = (behind == at + width) & (self._owners[behind] == self._owners[at]) & self._goes_on[behind]
        runs: np.ndarray = at[~cut]
        return runs


class GoldFinder:
    """Gold spans of a question set in the blocks of an index.

    Where the retriever's beam covers the whole index, every question is looked up once and for all; in a larger
    index only the blocks of its present beam are looked at.
    """

    def __init__(
        self, answers: Sequence[Sequence[str]], body_ids: BodyIds, *, blocks: int, beam: int, tokenizer: Tokenizer
    ) -> None:
        """Prepares the answers of every question.

        Args:
            answers: the answers of each question.
            body_ids: gives a block's wordpieces.
            blocks: number of blocks in the index.
            beam: blocks that are retrieved for a question.
            tokenizer: the index's.
        """
        self._answers = [
            sorted({tuple(encoding.ids) for encoding in tokenizer.encode_batch(texts)}) for texts in answers
        ]
        self._body_ids = body_ids
        self._continues = np.array([token.startswith("##") for token in tokenizer.tokens(range(tokenizer.vocab_size))])
        self._known: list[GoldSpans] | None = None
        if beam >= blocks:
            bodies = self._gather(np.arange(blocks))
            self._known = [bodies.find(variants) for variants in self._answers]

    def find(self, question: int, rows: np.ndarray) -> GoldSpans:
        """Gold spans of question number `question` in the blocks `rows` (or in all blocks, where they are known)."""
        if self._known is not None:
            return self._known[question]
        return self._gather(rows).find(self._answers[question])

    def _gather(self, rows: np.ndarray) -> GatheredBodies:
        return GatheredBodies(rows, self._body_ids, continues=self._continues)

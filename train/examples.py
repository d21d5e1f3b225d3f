"""Blocks as training examples: wordpieces, with sentences and salient spans as ranges of wordpieces.

They are prepared once per corpus and tokenizer as an Arrow file in the cache, which training maps into memory, so
that memory does not grow with the corpus.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from realm.arrow_rows import ArrowRows, write_rows
from realm.errors import UserError
from realm.manifest import read_manifest, require_same
from realm.paths import block_parts, parts_of_sources
from realm.storage import digest
from realm.tokenizer import Encoding, Tokenizer
from train.wordpiece_ranges import LEFT_OUT, WordpieceRanges

_LIST = pa.list_(pa.int32())
_EXAMPLE_SCHEMA = pa.schema(
    [
        ("block_id", pa.int64()),
        ("document", pa.int64()),  # hash of source and document id: blocks of one document share it
        ("char_start", pa.int32()),
        ("char_end", pa.int32()),
        ("title_ids", _LIST),
        ("body_ids", _LIST),
        ("sentences", _LIST),  # start, end, start, end …, in wordpieces of the body
        ("spans", _LIST),
        *((reason, pa.int32()) for reason in LEFT_OUT),  # spans of the block that are left out
    ]
)
_COLUMNS = [
    "block_id",
    "source",
    "doc_id",
    "char_start",
    "char_end",
    "title_ids",
    "body_ids",
    "body",
    "sentences",
    "spans",
]
_VERSION = "2"


@dataclass(frozen=True)
class Example:
    """One block in wordpieces; `sentences` and `spans` are `[n, 2]` ranges of `body_ids`."""

    block_id: int
    document: int
    char_start: int
    char_end: int
    title_ids: np.ndarray
    body_ids: np.ndarray
    sentences: np.ndarray
    spans: np.ndarray


class Examples:
    """All blocks of a corpus, by row, from a memory-mapped file."""

    def __init__(self, path: Path) -> None:
        self._rows = ArrowRows(path)
        self._numbers = {name: self._rows.numbers(name) for name in ("block_id", "document", "char_start", "char_end")}

    def __len__(self) -> int:
        """Number of blocks."""
        return len(self._rows)

    @property
    def documents(self) -> np.ndarray:
        """Which document each block is of, `[blocks]`: a hash of source and document id."""
        return self._numbers["document"]

    def __getitem__(self, row: int) -> Example:
        """The block at `row`."""
        lists = {name: self._rows.list(name, row) for name in ("title_ids", "body_ids", "sentences", "spans")}
        return Example(
            **{name: int(values[row]) for name, values in self._numbers.items()},
            title_ids=lists["title_ids"],
            body_ids=lists["body_ids"],
            sentences=lists["sentences"].reshape(-1, 2),
            spans=lists["spans"].reshape(-1, 2),
        )

    def span_counts(self) -> dict[str, int]:
        """How many salient spans there are to mask, and how many were left out for which reason."""
        held = pc.sum(pc.list_value_length(self._rows.column("spans"))).as_py() // 2
        left_out = {f"left out: {reason}": int(pc.sum(self._rows.column(reason)).as_py()) for reason in LEFT_OUT}
        return {"held": held, **left_out}


def open_examples(blocks: Path, tokenizer: Tokenizer, cache: Path, *, sources: Sequence[str], key: str) -> Examples:
    """Prepares (or finds prepared) the examples of the corpus in `blocks`.

    Args:
        blocks: the corpus.
        tokenizer: of the run.
        cache: where they are kept.
        sources: only blocks of these sources, or of all if empty.
        key: the key of `params.yaml` that says so, for messages.

    Raises:
        MismatchError: the corpus was cut with another tokenizer.
        UserError: the corpus holds no block, or none of these sources.
    """
    manifest = read_manifest(blocks, kind="corpus")
    require_same(
        "tokenizer",
        left=str(blocks),
        left_value=manifest.made_from["tokenizer"],
        right="this run's tokenizer",
        right_value=tokenizer.fingerprint,
    )
    names = [path.name for path in block_parts(blocks)]
    parts = [blocks / name for name in parts_of_sources(names, sources, corpus=blocks, key=key)]
    made_from = (manifest.fingerprint, tokenizer.fingerprint, *(part.name for part in parts))
    path = cache / f"{digest(_VERSION, *made_from)}.arrow"
    if not path.exists() and not write_rows(path, _EXAMPLE_SCHEMA, _batches(parts, tokenizer)):
        raise UserError(f"{blocks} holds no blocks. Look into its dead_letters.parquet for what was dropped.")
    return Examples(path)


def _batches(parts: Sequence[Path], tokenizer: Tokenizer) -> Iterator[pa.RecordBatch]:
    for part in parts:
        for batch in pq.ParquetFile(part).iter_batches(batch_size=1000, columns=_COLUMNS):
            rows = batch.to_pylist()
            encodings = tokenizer.encode_batch([row["body"] for row in rows])
            yield pa.RecordBatch.from_pylist(
                [_example_row(row, encoding) for row, encoding in zip(rows, encodings, strict=True)],
                schema=_EXAMPLE_SCHEMA,
            )


def _example_row(row: dict[str, Any], encoding: Encoding) -> dict[str, Any]:
    ranges = WordpieceRanges(encoding.offsets, size=len(row["body_ids"]))
    sentences = [ranges.touched(one["start"], one["end"]) for one in row["sentences"]]
    spans = [ranges.exact(one["start"], one["end"]) for one in row["spans"]]
    return {
        **{name: row[name] for name in ("block_id", "char_start", "char_end", "title_ids", "body_ids")},
        "document": int(digest(row["source"], row["doc_id"])[:15], 16),
        "sentences": _flat(sentences),
        "spans": _flat(spans),
        **{reason: spans.count(reason) for reason in LEFT_OUT},
    }


def _flat(found: Sequence[tuple[int, int] | str]) -> list[int]:
    """[first, last + 1, …) of those that were found."""
    return [place for one in found if not isinstance(one, str) for place in one]

"""Exact counts over every block of a corpus, one row group at a time."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow.parquet as pq

from pipelines.tables import row_groups
from realm.paths import ARTICLE_PREFIX, block_parts
from realm.progress import Progress
from realm.schema import BLOCK_SCHEMA

SPECIAL_TOKENS: Final = 3
RESIDUE: Final = re.compile(r"\[\[|\]\]|\{\{|\}\}|<ref|\|-|''|<nowiki|&nbsp;|__[A-Z]{4,}__")
HOLE: Final = re.compile(r"(?<!\w)\(\s*[,;)]|\s[,;]\s*[,;]")
_COLUMNS: Final = (
    "block_id", "source", "doc_id", "title", "ordinal", "body", "char_start", "char_end", "title_ids", "body_ids",
    "sentences", "spans",
)  # fmt: skip
_HISTOGRAM_STEP: Final = 16
# A person's own text is taken as it is: markup in it is theirs, is counted apart and does not fail the gate.
_VERBATIM: Final = frozenset({"text"})
_DAMAGE: Final = (
    "file cut short", "file damaged", "page cut short", "page too long", "broken page", "broken line", "line too long",
)  # fmt: skip


def summarize(blocks: Path, *, max_tokens: int) -> dict[str, Any]:
    """Counts what can be wrong, over all blocks; memory: 16 bytes a block and two row groups.

    Returns:
        counts by name; `lengths` is the histogram of wordpieces, `sources` and others are plain numbers.
    """
    counts: Counter[str] = Counter()
    lengths: Counter[int] = Counter()
    ids: list[np.ndarray[Any, Any]] = []
    bodies: list[np.ndarray[Any, Any]] = []
    found = block_parts(blocks)
    progress = Progress("validate", total=len(found), unit="parts")
    for path in found:
        counts["schema_errors"] += not pq.read_schema(path).equals(BLOCK_SCHEMA)
        articles = _Articles(path.with_name(f"{ARTICLE_PREFIX}{path.name}"))
        for table in row_groups(path, _COLUMNS):
            rows = table.to_pylist()
            ids.append(table.column("block_id").to_numpy())
            bodies.append(np.fromiter((_hash(row["body"]) for row in rows), dtype=np.uint64))
            for row in rows:
                tokens = SPECIAL_TOKENS + len(row["title_ids"]) + len(row["body_ids"])
                lengths[tokens // _HISTOGRAM_STEP * _HISTOGRAM_STEP] += 1
                counts["wordpieces"] += tokens
                counts["too_long"] += tokens > max_tokens
                counts["wrong_offsets"] += articles.slice(row) != row["body"]
                counts.update(_row_errors(row))
            counts["blocks"] += len(rows)
        progress.advance()
    progress.finish()
    all_ids, all_bodies = _joined(ids, np.int64), _joined(bodies, np.uint64)
    return {
        **{name: counts[name] for name in ("blocks", "wordpieces", "spans", "schema_errors", "too_long", *_COUNTED)},
        "wrong_offsets": counts["wrong_offsets"],
        "repeated_ids": len(all_ids) - len(np.unique(all_ids)),
        "repeated_bodies": len(all_bodies) - len(np.unique(all_bodies)),
        "lengths": {f"{length:03d}": lengths[length] for length in sorted(lengths)},
    }


def shares(summary: Mapping[str, Any], facts: Mapping[str, Any]) -> dict[str, float]:
    """Counts as shares: of the blocks, or of the records that were read."""
    blocks, cleaned = max(summary["blocks"], 1), max(summary["cleaned_blocks"], 1)
    dropped = facts["dropped"]
    records = max(facts["pages"] + sum(dropped.get(reason, 0) for reason in _DAMAGE), 1)
    repeated = dropped.get("repeated block", 0)
    return {
        "damaged_share": round(sum(dropped.get(reason, 0) for reason in _DAMAGE) / records, 6),
        "no_prose_share": round(sum(dropped.get(r, 0) for r in ("no prose left", "no sentences")) / records, 6),
        "repeated_share": round(repeated / (blocks + repeated), 6),
        "residue_share": round(summary["residue"] / cleaned, 6),
        "hole_share": round(summary["holes"] / cleaned, 6),
        "spans_per_block": round(summary["spans"] / blocks, 6),
        "wordpieces_per_block": round(summary["wordpieces"] / blocks, 6),
    }


def length_shift(lengths: Mapping[str, int], previous: Mapping[str, int]) -> float:
    """Total variation distance between two histograms of block lengths: 0 the same, 1 nothing in common."""
    total, before = max(sum(lengths.values()), 1), max(sum(previous.values()), 1)
    keys = lengths.keys() | previous.keys()
    return round(sum(abs(lengths.get(k, 0) / total - previous.get(k, 0) / before) for k in sorted(keys)) / 2, 6)


_COUNTED: Final = (
    "empty_bodies", "untrimmed_bodies", "wrong_sentences", "wrong_spans", "cleaned_blocks", "residue", "holes",
    "verbatim_residue", "verbatim_holes",
)  # fmt: skip


def _row_errors(row: Mapping[str, Any]) -> dict[str, int]:
    body = row["body"]
    return {
        "spans": len(row["spans"]),
        "empty_bodies": not body or not row["body_ids"],
        "untrimmed_bodies": body != body.strip(),
        "wrong_sentences": not _in_order(row["sentences"], len(body)),
        "wrong_spans": not (_in_order(row["spans"], len(body)) and _inside(row["spans"], row["sentences"])),
        **_marks(row["source"], body),
    }


def _marks(source: str, body: str) -> dict[str, int]:
    residue, hole = RESIDUE.search(body) is not None, HOLE.search(body) is not None
    if source in _VERBATIM:
        return {"verbatim_residue": residue, "verbatim_holes": hole}
    return {"cleaned_blocks": 1, "residue": residue, "holes": hole}


def _in_order(ranges: Sequence[Mapping[str, int]], length: int) -> bool:
    place = 0
    for one in ranges:
        if not place <= one["start"] < one["end"] <= length:
            return False
        place = one["end"]
    return True


def _inside(spans: Sequence[Mapping[str, int]], sentences: Sequence[Mapping[str, int]]) -> bool:
    bounds = [(one["start"], one["end"]) for one in sentences]
    return all(any(start <= one["start"] and one["end"] <= end for start, end in bounds) for one in spans)


class _Articles:
    """The articles of a part, walked along with its blocks, which stand in the same order."""

    def __init__(self, path: Path) -> None:
        self._texts = self._read(path)
        self._doc_id: str | None = None
        self._text, self._ordinal = "", -1

    def slice(self, row: Mapping[str, Any]) -> str | None:
        """The characters of the article that the block names, or None if its article is not there."""
        if row["doc_id"] != self._doc_id or row["ordinal"] <= self._ordinal:
            self._doc_id = None
            for doc_id, text in self._texts:
                if doc_id == row["doc_id"]:
                    self._doc_id, self._text = doc_id, text
                    break
        self._ordinal = row["ordinal"]
        return self._text[row["char_start"] : row["char_end"]] if self._doc_id is not None else None

    @staticmethod
    def _read(path: Path) -> Iterator[tuple[str, str]]:
        for table in row_groups(path, ["doc_id", "text"]):
            yield from zip(table.column("doc_id").to_pylist(), table.column("text").to_pylist(), strict=True)


def _joined(arrays: Sequence[np.ndarray[Any, Any]], kind: type[np.generic]) -> np.ndarray[Any, Any]:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=kind)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "little")

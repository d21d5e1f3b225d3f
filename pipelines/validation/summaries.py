"""Exact counts over every block of a corpus, one row group at a time."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from pipelines.corpus.assemble import REPEATED
from pipelines.sources.chunks import CUT_FILE
from pipelines.tables import row_groups
from pipelines.validation.ranges import Ranges
from realm.paths import ARTICLE_PREFIX, block_parts
from realm.progress import Progress
from realm.schema import BLOCK_SCHEMA

SPECIAL_TOKENS: Final = 3
RESIDUE: Final = re.compile(r"\[\[|\]\]|\{\{|\}\}|<ref|\|-|''|<nowiki|&nbsp;|__[A-Z]{4,}__")
# Of web pages and generated sentences; what marks italics in wikitext are quotation marks in many a newspaper.
WEB_RESIDUE: Final = re.compile(r"\{\{|\}\}|</?(?:a|br|div|img|p|ref|script|span|style)\b|&(?:nbsp|amp|quot|lt|gt);")
HOLE: Final = re.compile(r"(?<!\w)\(\s*[,;)]|\s[,;]\s*[,;]")
_HISTOGRAM_STEP: Final = 16
# A person's own text is taken as it is: markup in it is theirs, is counted apart and does not fail the gate.
_VERBATIM: Final = frozenset({"text"})
_WIKITEXT: Final = frozenset({"wikipedia", "text"})  # `text` is often extracted from a wiki
_COUNTED: Final = (
    "blocks", "wordpieces", "spans", "schema_errors", "null_values", "too_long", "wrong_offsets", "wrong_sentences",
    "wrong_spans", "empty_bodies", "untrimmed_bodies", "cleaned_blocks", "residue", "holes", "verbatim_residue",
    "verbatim_holes",
)  # fmt: skip


def summarize(blocks: Path, *, max_tokens: int) -> dict[str, Any]:
    """Counts what can be wrong, over all blocks; memory: 16 bytes a block, a row group and an article.

    A part with another schema is counted and not looked into; so is a row without all of its values.

    Returns:
        counts by name; `lengths` is the histogram of wordpieces, `languages` the blocks by declared language.
    """
    counts: Counter[str] = Counter()
    lengths: Counter[int] = Counter()
    languages: Counter[str] = Counter()
    ids: list[npt.NDArray[Any]] = []
    bodies: list[npt.NDArray[Any]] = []
    found = block_parts(blocks)
    progress = Progress("validate", total=len(found), unit="parts")
    for path in found:
        if not pq.read_schema(path).equals(BLOCK_SCHEMA):
            counts["schema_errors"] += 1
            continue
        articles = _Articles(path.with_name(f"{ARTICLE_PREFIX}{path.name}"))
        for group in row_groups(path):
            counts["blocks"] += group.num_rows
            counts["null_values"] += sum(group.column(name).null_count for name in group.column_names)
            table = group.drop_null()
            ids.append(table.column("block_id").to_numpy())
            bodies.append(_bodies(table, articles, counts))
            languages.update(table.column("lang").to_pylist())
            lengths.update(_lengths(table, counts, max_tokens))
            _count_ranges(table, counts)
        progress.advance()
    progress.finish()
    all_ids, all_bodies = _joined(ids, np.int64), _joined(bodies, np.uint64)
    return {
        **{name: counts[name] for name in _COUNTED},
        "repeated_ids": len(all_ids) - len(np.unique(all_ids)),
        "repeated_bodies": len(all_bodies) - len(np.unique(all_bodies)),
        "lengths": {f"{length:03d}": lengths[length] for length in sorted(lengths)},
        "languages": {lang or "undeclared": count for lang, count in sorted(languages.items())},
    }


def shares(summary: Mapping[str, Any], facts: Mapping[str, Any], *, languages: Sequence[str]) -> dict[str, float]:
    """Counts as shares: of the blocks, of the records or of the bytes that were read; and the files that were cut."""
    blocks, cleaned = max(summary["blocks"], 1), max(summary["cleaned_blocks"], 1)
    damaged = sum(facts["damaged"].values())
    known = {*languages, "undeclared"} if languages else set(summary["languages"])
    foreign = sum(count for lang, count in summary["languages"].items() if lang not in known)
    return {
        "cut_files": facts["damaged"].get(CUT_FILE, 0),
        "lost_share": round(facts["bytes_lost"] / max(facts["bytes_read"], 1), 6),
        "damaged_share": round(damaged / max(facts["pages"] + damaged, 1), 6),
        "foreign_share": round(foreign / blocks, 6),
        "residue_share": round(summary["residue"] / cleaned, 6),
        "hole_share": round(summary["holes"] / cleaned, 6),
        "spans_per_block": round(summary["spans"] / blocks, 6),
        "wordpieces_per_block": round(summary["wordpieces"] / blocks, 6),
    }


def dropped_shares(facts: Mapping[str, Any]) -> dict[str, float]:
    """The share that each reason took, damage apart: repeated blocks of all blocks, the others of all records."""
    dropped, damaged = facts["dropped"], facts["damaged"]
    records = facts["pages"] + sum(damaged.values())
    made = facts["blocks"] + dropped.get(REPEATED, 0)
    return {
        reason: round(count / max(made if reason == REPEATED else records, count, 1), 6)
        for reason, count in sorted(dropped.items())
        if reason not in damaged
    }


def length_shift(lengths: Mapping[str, int], previous: Mapping[str, int]) -> float:
    """Total variation distance between two histograms of block lengths: 0 the same, 1 nothing in common."""
    total, before = max(sum(lengths.values()), 1), max(sum(previous.values()), 1)
    keys = lengths.keys() | previous.keys()
    return round(sum(abs(lengths.get(k, 0) / total - previous.get(k, 0) / before) for k in sorted(keys)) / 2, 6)


def _bodies(table: pa.Table, articles: "_Articles", counts: Counter[str]) -> npt.NDArray[np.uint64]:
    """Counts what is wrong with the texts of a row group and returns their hashes."""
    columns = [table.column(name).to_pylist() for name in ("source", "doc_id", "ordinal", "char_start", "char_end")]
    texts = table.column("body").to_pylist()
    for source, doc_id, ordinal, start, end, body in zip(*columns, texts, strict=True):
        counts["wrong_offsets"] += articles.slice(doc_id, ordinal, start, end) != body
        counts["untrimmed_bodies"] += body != body.strip()
        pattern = RESIDUE if source in _WIKITEXT else WEB_RESIDUE
        residue, hole = pattern.search(body) is not None, HOLE.search(body) is not None
        verbatim = source in _VERBATIM
        counts["cleaned_blocks"] += not verbatim
        counts["verbatim_residue" if verbatim else "residue"] += residue
        counts["verbatim_holes" if verbatim else "holes"] += hole
    empty = pc.or_(pc.equal(table.column("body"), ""), pc.equal(pc.list_value_length(table.column("body_ids")), 0))
    counts["empty_bodies"] += pc.sum(empty).as_py() or 0
    return np.fromiter((_hash(body) for body in texts), dtype=np.uint64)


def _lengths(table: pa.Table, counts: Counter[str], max_tokens: int) -> Counter[int]:
    pieces = pc.add(pc.list_value_length(table.column("title_ids")), pc.list_value_length(table.column("body_ids")))
    lengths = pieces.to_numpy() + SPECIAL_TOKENS
    counts["wordpieces"] += int(lengths.sum())
    counts["too_long"] += int((lengths > max_tokens).sum())
    return Counter((lengths // _HISTOGRAM_STEP * _HISTOGRAM_STEP).tolist())


def _count_ranges(table: pa.Table, counts: Counter[str]) -> None:
    texts = pc.utf8_length(table.column("body")).to_numpy()
    sentences, spans = Ranges.of(table.column("sentences")), Ranges.of(table.column("spans"))
    counts["spans"] += len(spans.rows)
    counts["wrong_sentences"] += len(sentences.disordered_rows(texts))
    counts["wrong_spans"] += len(spans.disordered_rows(texts) | spans.rows_outside(sentences))


class _Articles:
    """The articles of a part, walked along with its blocks, which stand in the same order."""

    def __init__(self, path: Path) -> None:
        self._texts = self._read(path)
        self._doc_id: str | None = None
        self._text, self._ordinal = "", -1

    def slice(self, doc_id: str, ordinal: int, start: int, end: int) -> str | None:
        """The characters of the article that a block names, or None if its article is not there."""
        if doc_id != self._doc_id or ordinal <= self._ordinal:
            self._doc_id = None
            for found, text in self._texts:
                if found == doc_id:
                    self._doc_id, self._text = found, text
                    break
        self._ordinal = ordinal
        return self._text[start:end] if self._doc_id is not None else None

    @staticmethod
    def _read(path: Path) -> Iterator[tuple[str, str]]:
        for table in row_groups(path, ["doc_id", "text"]):
            yield from zip(table.column("doc_id").to_pylist(), table.column("text").to_pylist(), strict=True)


def _joined(arrays: Sequence[npt.NDArray[Any]], kind: type[np.generic]) -> npt.NDArray[Any]:
    return np.concatenate(arrays) if arrays else np.empty(0, dtype=kind)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8"), digest_size=8).digest(), "little")

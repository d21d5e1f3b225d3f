"""Which articles were added, changed and removed from one corpus to the next, by their keys."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from pipelines.corpus.page_index import count_pages
from pipelines.corpus.pages import page_numbers, part_of
from realm.paths import source_of

_COMPARED_AT_ONCE: Final = 2_000_000  # pages of one corpus, some 100 MB
Numbers = npt.NDArray[np.uint64]


def changes(earlier: Path, later: Path) -> dict[str, dict[str, int]]:
    """For each source how many articles were added, changed and removed, and how many stayed as they were.

    Articles as they were read, before duplicates go out; the same `doc_id` is the same article.

    Args:
        earlier: directory that says what became of the pages of the earlier corpus.
        later: the same of the later one.
    """
    old, new = (dict(_by_source(folder)) for folder in (earlier, later))
    return {source: _compared(old.get(source, []), new.get(source, [])) for source in sorted({*old, *new})}


def _by_source(folder: Path) -> list[tuple[str, list[Path]]]:
    files = sorted(folder.glob("pages-*.parquet"))
    sources = sorted({source_of(part_of(file)) for file in files})
    return [(source, [file for file in files if source_of(part_of(file)) == source]) for source in sources]


def _compared(old: Sequence[Path], new: Sequence[Path]) -> dict[str, int]:
    ranges = max(1, -(-max(count_pages(old), count_pages(new)) // _COMPARED_AT_ONCE))
    found = {"added": 0, "changed": 0, "removed": 0, "unchanged": 0}
    for number in range(ranges):
        (before, keys_before), (after, keys_after) = (_documents(files, number, ranges) for files in (old, new))
        _, left, right = np.intersect1d(before, after, assume_unique=True, return_indices=True)
        same = int((keys_before[left] == keys_after[right]).sum())
        found["added"] += len(after) - len(left)
        found["removed"] += len(before) - len(left)
        found["unchanged"] += same
        found["changed"] += len(left) - same
    return found


def _documents(files: Sequence[Path], number: int, ranges: int) -> tuple[Numbers, Numbers]:
    """Documents in one of `ranges` classes, and the sum of the keys of each one's pages."""
    docs, keys = [np.empty(0, dtype=np.uint64)], [np.empty(0, dtype=np.uint64)]
    for found in page_numbers(files, articles_only=True):
        inside = found["doc"] % np.uint64(ranges) == number
        docs.append(found["doc"][inside])
        keys.append(found["low"][inside])
    unique, places = np.unique(np.concatenate(docs), return_inverse=True)
    sums = np.zeros(len(unique), dtype=np.uint64)
    np.add.at(sums, places, np.concatenate(keys))
    return unique, sums

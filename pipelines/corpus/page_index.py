"""Finds a page by the key of its content among all pages of an earlier corpus, in memory that does not grow with it.

The keys lie sorted in files that are mapped into memory: a search touches a few pages of them. Sorting goes range by
range of the keys, each small enough, and reads all keys once for each range: four times for the English Wikipedia.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow.parquet as pq

from pipelines.corpus.pages import page_numbers
from realm.storage import publish_directory

_SORTED_AT_ONCE: Final = 2_000_000  # keys, some 100 MB
_NAMES: Final = ("high", "low", "file", "row")


class PageIndex:
    """Keys of pages to their places."""

    def __init__(self, directory: Path) -> None:
        high, low, self._file, self._row = (
            np.load(directory / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in _NAMES
        )
        self._high: npt.NDArray[np.uint64] = high
        self._low: npt.NDArray[np.uint64] = low

    def find(self, key: bytes) -> tuple[int, int] | None:
        """Number of the file and row in it of a page with this key; None if there is none."""
        high, low = np.uint64(int.from_bytes(key[:8], "big")), np.uint64(int.from_bytes(key[8:], "big"))
        place = int(self._high.searchsorted(high))
        while place < len(self._high) and self._high[place] == high:
            if self._low[place] == low:
                return int(self._file[place]), int(self._row[place])
            place += 1
        return None


def count_pages(files: Sequence[Path]) -> int:
    """How many pages `files` hold."""
    return sum(pq.read_metadata(file).num_rows for file in files)


def build_index(files: Sequence[Path], output: Path, *, at_once: int = _SORTED_AT_ONCE) -> None:
    """Writes the index of `files`, which hold at least one page, unless it is there."""
    if output.exists():
        return
    total = count_pages(files)
    ranges = -(-total // at_once)
    with publish_directory(output) as beside:
        out = {
            name: np.lib.format.open_memmap(beside / f"{name}.npy", mode="w+", dtype=np.uint64, shape=(total,))
            for name in _NAMES
        }
        place = 0
        for number in range(ranges):
            found = _in_range(files, number, ranges)
            order = np.lexsort((found["low"], found["high"]))
            for name, values in out.items():
                values[place : place + len(order)] = found[name][order]
            place += len(order)
        for values in out.values():
            values.flush()


def _in_range(files: Sequence[Path], number: int, ranges: int) -> dict[str, npt.NDArray[np.uint64]]:
    """The pages whose keys lie in one of `ranges` equal ranges."""
    first, last = ((bound << 64) // ranges for bound in (number, number + 1))
    parts = []
    for found in page_numbers(files):
        inside = (found["high"] >= np.uint64(first)) & (found["high"] <= np.uint64(last - 1))
        parts.append({name: found[name][inside] for name in _NAMES})
    return {name: np.concatenate([part[name] for part in parts]) for name in _NAMES}

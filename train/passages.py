"""Retrieved blocks as people read them: text, title, page and revision, from the Parquet parts of a snapshot."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from index.version import IndexVersion
from realm.errors import MismatchError

_COLUMNS = ["block_id", "source", "doc_id", "revision_id", "date", "title", "url", "body"]


@dataclass(frozen=True)
class BlockText:
    """A block's text and where it comes from."""

    block_id: int
    source: str
    doc_id: str
    revision_id: str
    date: str
    title: str
    url: str
    body: str


class BlockTexts:
    """Looks up the text of index rows; every row group that is needed is read once a call, and none is kept."""

    def __init__(self, index: IndexVersion, blocks: Path) -> None:
        """`blocks` is the directory of the snapshot that the index was built from."""
        self._index, self._blocks = index, blocks

    def fetch(self, rows: Iterable[int]) -> dict[int, BlockText]:
        """Texts by index row.

        Raises:
            MismatchError: a block is not where the index says, so the two do not belong together.
        """
        by_part: dict[str, list[tuple[int, int]]] = {}
        for row in sorted(set(rows)):
            record = self._index.record(row)
            by_part.setdefault(record.part, []).append((record.part_row, row))
        found: dict[int, BlockText] = {}
        for part, wanted in sorted(by_part.items()):
            for row, values in self._read_part(part, sorted(wanted)):
                found[row] = BlockText(**values)
        wrong = [row for row, text in found.items() if text.block_id != self._index.block_ids[row]]
        if wrong or len(found) != sum(map(len, by_part.values())):
            raise MismatchError(
                f"{self._blocks} does not hold the blocks of this index where the index says. "
                "Name the blocks directory that the index was built from, or run `dvc repro`."
            )
        return found

    def _read_part(self, part: str, wanted: list[tuple[int, int]]) -> Iterable[tuple[int, dict[str, Any]]]:
        path = self._blocks / part
        if not path.is_file():
            raise MismatchError(f"{path} does not exist, but the index points to it. Restore it with `dvc checkout`.")
        with pq.ParquetFile(path) as file:
            first = 0
            for group in range(file.num_row_groups):
                behind = first + file.metadata.row_group(group).num_rows
                inside = [(place - first, row) for place, row in wanted if first <= place < behind]
                if inside:
                    table = file.read_row_group(group, columns=_COLUMNS).take([place for place, _ in inside])
                    yield from zip((row for _, row in inside), table.to_pylist(), strict=True)
                first = behind

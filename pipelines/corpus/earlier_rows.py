"""Rows of an earlier corpus as its first pass made them: without aliases, and with what its second pass left out.

Pages mostly come in the order in which they came before, so the row groups read last are kept. Rows are never turned
into Python's objects: a page's rows are slices of Arrow tables.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.corpus.page_index import PageIndex
from pipelines.corpus.pages import ROW, SCHEMAS, left_out_file, page_file
from pipelines.corpus.previous import Previous, check_part
from realm.paths import ARTICLE_PREFIX

BLOCKS, ARTICLES = "blocks", "articles"
_OPEN_PARTS: Final = 4
_KEPT_GROUPS: Final = 4
_WHOLE: Final = 4  # a row group of which less than one row in so many is wanted is not held


@dataclass(frozen=True)
class Stretch:
    """Rows [start, start + count) of a part's first pass, all of one page."""

    part: int
    start: int
    count: int


@dataclass(frozen=True)
class EarlierPage:
    """A page of an earlier corpus.

    Attributes:
        blocks: where its blocks lie.
        article: where its article lies; none where it has no blocks.
        counts: its counters.
        letters: title, reason and detail of its dead letters.
    """

    blocks: Stretch
    article: Stretch
    counts: dict[str, int]
    letters: list[dict[str, str]]


class _Pages:
    """The pages of a part, with the places of their rows."""

    def __init__(self, path: Path) -> None:
        self.table = _columns(path, ["blocks", "counts", "letters"])
        self.blocks = self.table.column("blocks").to_numpy()
        self.first_block = np.cumsum(self.blocks) - self.blocks
        self.article = np.cumsum(self.blocks > 0) - 1


class _File:
    """A Parquet file, and where its row groups begin."""

    def __init__(self, path: Path) -> None:
        self.file = pq.ParquetFile(path)
        sizes = [self.file.metadata.row_group(n).num_rows for n in range(self.file.num_row_groups)]
        self.starts: npt.NDArray[np.int64] = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])


@dataclass(frozen=True)
class _Piece:
    """Rows [start, stop) of a row group, wanted as number `wanted` and `order` in it."""

    file: tuple[str, int, bool]  # kind, part, whether of what was left out
    group: int
    start: int
    stop: int
    wanted: int
    order: int


class EarlierRows:
    """Finds pages of an earlier corpus and reads their rows."""

    def __init__(self, previous: Previous) -> None:
        self._previous = previous
        self._index = PageIndex(previous.index)
        self._checked: set[str] = set()
        self._pages = lru_cache(_OPEN_PARTS)(self._read_pages)
        self._left_out = lru_cache(2 * _OPEN_PARTS)(self._read_left_out)
        self._file = lru_cache(2 * _OPEN_PARTS)(self._open)
        self._group = lru_cache(_KEPT_GROUPS)(self._read_group)

    def find(self, key: bytes) -> EarlierPage | None:
        """The page with this key, if there is one."""
        place = self._index.find(key)
        if place is None:
            return None
        part, row = place
        pages = self._pages(part)
        blocks = int(pages.blocks[row])
        (counts,), (letters,) = (pages.table.column(name).slice(row, 1).to_pylist() for name in ("counts", "letters"))
        return EarlierPage(
            blocks=Stretch(part, int(pages.first_block[row]), blocks),
            article=Stretch(part, int(pages.article[row]), int(blocks > 0)),
            counts={one["name"]: one["count"] for one in counts},
            letters=letters,
        )

    def read(self, kind: str, wanted: Sequence[Stretch]) -> list[list[pa.Table]]:
        """For each stretch its rows, in order, as one table or several.

        Raises:
            UserError: a file of the earlier corpus is damaged.
        """
        pieces = [
            piece for number, stretch in enumerate(wanted) for piece in self._pieces(kind, stretch, wanted=number)
        ]
        pieces.sort(key=lambda piece: (piece.file, piece.group, piece.start))
        found: list[dict[int, pa.Table]] = [{} for _ in wanted]
        for (file, group), several in groupby(pieces, key=lambda piece: (piece.file, piece.group)):
            for piece, table in _cut(self._group(file, group), list(several)):
                found[piece.wanted][piece.order] = table
        return [[tables[order] for order in sorted(tables)] for tables in found]

    def _pieces(self, kind: str, stretch: Stretch, *, wanted: int) -> Iterator[_Piece]:
        """Cuts a stretch where rows were left out, and at the ends of row groups."""
        order = 0
        for left_out, start, stop in _runs(self._left_out(kind, stretch.part), stretch):
            file = (kind, stretch.part, left_out)
            starts = self._file(file).starts
            place = start
            while place < stop:
                group = int(starts.searchsorted(place, side="right")) - 1
                end = min(stop, int(starts[group + 1]))
                first = int(starts[group])
                yield _Piece(file, group, place - first, end - first, wanted, order)
                place, order = end, order + 1

    def _read_pages(self, part: int) -> _Pages:
        return _Pages(page_file(self._previous.pages, self._previous.parts[part]))

    def _read_left_out(self, kind: str, part: int) -> npt.NDArray[np.int64]:
        """The first-pass places of the rows of a part that were left out, in order."""
        path = left_out_file(self._previous.pages, kind, self._previous.parts[part])
        if not path.exists():
            return np.empty(0, dtype=np.int64)
        found: npt.NDArray[np.int64] = _columns(path, [ROW]).column(0).to_numpy().astype(np.int64)
        return found

    def _open(self, file: tuple[str, int, bool]) -> _File:
        kind, part, left_out = file
        stem = self._previous.parts[part]
        if left_out:
            return _File(left_out_file(self._previous.pages, kind, stem))
        name = f"{ARTICLE_PREFIX if kind == ARTICLES else ''}{stem}.parquet"
        path = self._previous.corpus / name
        if name not in self._checked:
            path = check_part(self._previous, name)
            self._checked.add(name)
        return _File(path)

    def _read_group(self, file: tuple[str, int, bool], group: int) -> pa.Table:
        schema = SCHEMAS[file[0]]
        table = self._file(file).file.read_row_group(group, columns=schema.names, use_threads=False)
        return _without_aliases(pa.Table.from_arrays(table.columns, schema=schema))


def _columns(path: Path, names: list[str]) -> pa.Table:
    """Some columns of a small file; other threads would only be waited for, as every core has its own work."""
    with pq.ParquetFile(path) as file:
        return file.read(columns=names, use_threads=False)


def _runs(left_out: npt.NDArray[np.int64], stretch: Stretch) -> Iterator[tuple[bool, int, int]]:
    """Whether they were left out, and the places among the rows that were or were not, of runs of a stretch's rows."""
    stop = stretch.start + stretch.count
    low, high = (int(left_out.searchsorted(place)) for place in (stretch.start, stop))
    place, gone = stretch.start, low
    while place < stop:
        following = int(left_out[gone]) if gone < high else stop
        if following > place:
            yield False, place - gone, following - gone
            place = following
        else:
            yield True, gone, gone + 1
            place, gone = place + 1, gone + 1


def _cut(table: pa.Table, pieces: Sequence[_Piece]) -> Iterator[tuple[_Piece, pa.Table]]:
    """The pieces' rows: slices of the row group, or of a copy of those rows if they are few, so that it can go."""
    if sum(piece.stop - piece.start for piece in pieces) * _WHOLE >= table.num_rows:
        for piece in pieces:
            yield piece, table.slice(piece.start, piece.stop - piece.start)
        return
    copy = table.take(np.concatenate([np.arange(piece.start, piece.stop) for piece in pieces]))
    place = 0
    for piece in pieces:
        count = piece.stop - piece.start
        yield piece, copy.slice(place, count)
        place += count


def _without_aliases(table: pa.Table) -> pa.Table:
    """What redirects lead to an article is not the article's own, and is found out anew."""
    column = table.schema.get_field_index("aliases")
    kind = table.schema.field(column).type
    offsets = pa.array(np.zeros(table.num_rows + 1, dtype=np.int32))
    empty = pa.ListArray.from_arrays(offsets, pa.array([], type=kind.value_type), type=kind)
    return table.set_column(column, table.schema.field(column), empty)


def joined(tables: Iterable[pa.Table]) -> pa.Table:
    """One table in one piece, as `pipelines.tables.to_table` would have made it."""
    table: Any = pa.concat_tables(tables)
    return table.combine_chunks()

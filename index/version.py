"""An index version on disk: opened, checked, searched.

version = IndexVersion.open(Path("data/index/2020-01-20"))
found = version.search(queries, 5, allowed=version.rows_where(BlockFilter(since="2019-01-01")))
"""

from contextlib import nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from index.faiss_index import open_faiss
from index.filters import BlockFilter
from index.search import SearchResult, search
from index.vectors import map_vectors
from realm.arrow_rows import ArrowRows
from realm.errors import UserError
from realm.manifest import UNNAMED, Manifest, read_manifest, require_same
from realm.schema import INDEX_BLOCK_SCHEMA, vector_schema
from realm.verified import verifying_once

INDEX_KIND = "index"
INDEX_FILE, VECTORS_FILE, BLOCKS_FILE = "index.faiss", "vectors.arrow", "blocks.arrow"


@dataclass(frozen=True)
class IndexRecord:
    """What an index knows of a block besides its wordpieces; `part` and `part_row` say where its text lies."""

    block_id: int
    source: str
    date: str
    title: str
    part: str
    part_row: int


class IndexVersion:
    """One immutable index version, memory-mapped: opening it takes the same time whatever its size."""

    def __init__(self, directory: Path, manifest: Manifest, index: Any) -> None:
        self.directory, self.manifest = directory, manifest
        self._index = index
        self._rows = ArrowRows(directory / BLOCKS_FILE)
        self.block_ids, self.vectors = map_vectors(directory / VECTORS_FILE)
        """int64 `[count]` ascending, and float32 `[count, dimension]`; both mapped and read-only."""

    @staticmethod
    def open(directory: Path, *, verify: bool = True) -> "IndexVersion":
        """Opens a version.

        Args:
            directory: the version.
            verify: check every file against its checksum first, unless nothing has touched them since that was done
                last (`realm.verified`). Where it has, and without this, the blocks of all rows are compared.

        Raises:
            UserError: a file is missing, surplus or damaged, or does not belong to the others; the message names it.
            MismatchError: `directory` is something else than an index.
        """
        directory = directory.resolve()  # what is noted beside it needs its name, and "." has none
        manifest = read_manifest(directory, kind=INDEX_KIND)
        with verifying_once(directory, manifest) if verify else nullcontext(True) as unknown:
            try:
                _require_layout(directory)
                version = IndexVersion(directory, manifest, open_faiss(directory / INDEX_FILE))
            except (RuntimeError, OSError, ValueError) as error:
                raise UserError(f"{directory} cannot be opened ({error}). Restore it with `dvc checkout`.") from error
            version.require_vectors()
            if unknown:
                version.require_same_blocks()
        return version

    def require_vectors(self) -> None:
        """Refuses a version whose index and vectors are not as many, or as long, as its manifest says.

        Raises:
            UserError: with the numbers; or the index compares otherwise than by inner products.
        """
        self._require_metric()
        self._require("dimension", {INDEX_FILE: int(self._index.d), VECTORS_FILE: self.dimension})
        self._require("blocks", {INDEX_FILE: int(self._index.ntotal), VECTORS_FILE: self.count})

    def _require_metric(self) -> None:
        import faiss

        if self._index.metric_type != faiss.METRIC_INNER_PRODUCT:
            raise UserError(
                f"{self.directory / INDEX_FILE} does not search by inner products, so it is none of `index`. Build "
                "it again with `python -m index.build`."
            )

    def require_rows(self) -> None:
        """Refuses a version whose block table has not as many rows as its manifest says.

        Raises:
            UserError: with the numbers.
        """
        self._require("blocks", {BLOCKS_FILE: len(self._rows)})

    def require_same_blocks(self) -> None:
        """Refuses a version whose vectors and block table do not name the same block in every row; reads all ids.

        Raises:
            UserError: with the first row that differs; see also `require_rows`.
        """
        first = 0
        for chunk in self.table.column("block_id").chunks:
            ids = self.block_ids[first : first + len(chunk)]
            differ = np.flatnonzero(ids != chunk.to_numpy())
            if len(differ):
                row = int(differ[0])
                raise UserError(
                    f"Row {first + row} of {self.directory} is block {ids[row]} in {VECTORS_FILE}, but block "
                    f"{chunk[row]} in {BLOCKS_FILE}, so vectors would be taken for those of other blocks. Restore it "
                    "with `dvc checkout` or run `index` again."
                )
            first += len(chunk)

    def _require(self, fact: str, found: dict[str, int]) -> None:
        wanted = self.manifest.facts.get(fact)
        if set(found.values()) != {wanted}:
            numbers = " and ".join(f"{number} in {name}" for name, number in found.items())
            raise UserError(
                f"{self.directory} says in its manifest that '{fact}' is {wanted}, but it is {numbers}. Restore it "
                "with `dvc checkout` or run `index` again."
            )

    @cached_property
    def table(self) -> ArrowRows:
        """The block table; row i of it is row i of `vectors`.

        Its rows are counted when one is needed first: that reads where every batch lies, for which opening a version
        that was checked already does not wait.
        """
        self.require_rows()
        return self._rows

    @property
    def faiss_index(self) -> Any:
        """The FAISS index; row i of it is row i of `vectors`."""
        return self._index

    @property
    def count(self) -> int:
        """Number of blocks."""
        return len(self.block_ids)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.vectors.shape[1])

    def title_ids(self, row: int) -> np.ndarray:
        """uint16 wordpieces of a block's title."""
        return self.table.list("title_ids", row)

    def body_ids(self, row: int) -> np.ndarray:
        """uint16 wordpieces of a block's body."""
        return self.table.list("body_ids", row)

    def record(self, row: int) -> IndexRecord:
        """What the index knows of a block."""
        names = ("block_id", "source", "date", "title", "part", "part_row")
        return IndexRecord(**{name: self.table.value(name, row) for name in names})

    def row_of(self, block_id: int) -> int | None:
        """The row of a block, or None if it is not in this version."""
        row = int(np.searchsorted(self.block_ids, block_id))
        return row if row < self.count and self.block_ids[row] == block_id else None

    def search(self, queries: np.ndarray, k: int, *, allowed: np.ndarray | None = None) -> SearchResult:
        """The `k` nearest blocks of each query; see `index.search.search`."""
        return search(self._index, self.vectors, queries, k, allowed=allowed)

    def rows_where(self, only: BlockFilter) -> np.ndarray:
        """Bool `[count]`: the rows that pass a filter."""
        passed = np.ones(self.count, dtype=bool)
        dates = self.table.column("date")
        if only.since is not None:
            passed &= pc.greater_equal(dates, only.since).to_numpy()
        if only.until is not None:
            passed &= pc.less_equal(dates, only.until).to_numpy()
        for column, names in (("source", only.sources), ("outlet", only.outlets)):
            if names:
                passed &= pc.is_in(self.table.column(column), pa.array(names, pa.string())).to_numpy()
        return passed

    def require_encoder(self, model: Path) -> None:
        """Refuses a retriever whose block embedder is not the one that made this version.

        Raises:
            MismatchError: naming both.
        """
        from realm.model import block_encoder_fingerprint

        require_same(
            "block encoder",
            left=str(model),
            left_value=block_encoder_fingerprint(model),
            right=str(self.directory),
            right_value=self.manifest.made_from.get("block_encoder", UNNAMED),
        )


def _require_layout(directory: Path) -> None:
    """Refuses files with other columns than those of a version, which were not made here; reads none of their rows."""
    for name in (VECTORS_FILE, BLOCKS_FILE):
        with pa.memory_map(str(directory / name)) as source:
            found = pa.ipc.open_file(source).schema
        wanted = INDEX_BLOCK_SCHEMA
        if name == VECTORS_FILE:
            wanted = vector_schema(max((getattr(one.type, "list_size", 0) for one in found), default=0))
        if not found.equals(wanted):
            columns = ", ".join(f"{one.name} {one.type}" for one in found) or "none"
            raise UserError(
                f"{directory / name} has other columns than a version's ({columns}), so it is none of `index`. Build "
                "it again with `python -m index.build`."
            )


def open_for(model: Path, directory: Path) -> IndexVersion:
    """Opens the version in `directory` for queries of the retriever in `model`, if they belong together."""
    version = IndexVersion.open(directory)
    version.require_encoder(model)
    return version

"""What became of each page of a work item: what a later corpus looks pages up in, to take their rows from this one.

It lies beside the corpus and not in it, since it names the code that made the rows: a change of code that changes no
row must change no byte of the corpus, or everything behind it would be made anew.

  pages-<part>.parquet     a row for each page, in dump order: its key, how many blocks it has, counters, dead letters
  blocks-<part>.parquet    blocks that the second pass left out of the corpus, with their places among the item's blocks
  articles-<part>.parquet  the same of articles

With the corpus itself that is every row of the first pass: what repeats a block elsewhere today may be the only one of
its kind tomorrow.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.sources.base import KEY_BYTES, RawPage, content_key
from pipelines.tables import row_groups
from realm.schema import ARTICLE_SCHEMA, BLOCK_SCHEMA, Article

KIND: Final = "pages"
PAGE_ROWS: Final = 20_000  # of a row group
PAGE_SCHEMA: Final = pa.schema(
    [
        ("key", pa.binary(KEY_BYTES)),  # of the page's content
        ("doc", pa.uint64()),  # hash of its doc_id
        ("blocks", pa.int32()),  # 0: it is no article
        ("counts", pa.list_(pa.struct([("name", pa.string()), ("count", pa.int64())]))),
        ("letters", pa.list_(pa.struct([(name, pa.string()) for name in ("title", "reason", "detail")]))),
    ]
)
ROW: Final = "row"  # place among the item's rows
SCHEMAS: Final = {"blocks": BLOCK_SCHEMA, "articles": ARTICLE_SCHEMA}
LEFT_OUT_SCHEMAS: Final = {kind: schema.append(pa.field(ROW, pa.int32())) for kind, schema in SCHEMAS.items()}

_TELLING: Final = ("source", "lang", "title", "text")
_KNOWN: Final = ("doc_id", "revision_id", "date", "outlet", "url")


@dataclass(frozen=True)
class Count:
    """A counter of a page."""

    name: str
    count: int


@dataclass(frozen=True)
class Letter:
    """A dead letter of a page, whose id is its record id."""

    title: str
    reason: str
    detail: str


@dataclass(frozen=True)
class PageRow:
    """What became of a page."""

    key: bytes
    doc: int
    blocks: int
    counts: Sequence[Count]
    letters: Sequence[Letter]


def page_file(directory: Path, part: str) -> Path:
    """The file of a part's pages."""
    return directory / f"pages-{part}.parquet"


def left_out_file(directory: Path, kind: str, part: str) -> Path:
    """The file of a part's blocks or articles (`kind`) that the second pass left out; absent if it left out none."""
    return directory / f"{kind}-{part}.parquet"


def part_of(page_file: Path) -> str:
    """The part whose pages a file holds."""
    return page_file.stem.removeprefix("pages-")


def doc_hash(doc_id: str) -> int:
    """What a page is known by from one corpus to the next, whatever it says."""
    return int.from_bytes(content_key(doc_id)[:8], "big")


def unread(article: Article) -> RawPage:
    """An article that was cheap to read, as a page: sentences, blocks and spans of an equal one can be taken over."""
    links = (f"{one.start},{one.end},{one.target}" for one in article.links)
    headings = (f"{one.start},{one.end},{one.level}" for one in article.headings)
    fields = (str(getattr(article, name)) for name in _TELLING)
    key = content_key(*fields, *article.aliases, "headings", *headings, "links", *links)
    return RawPage(key, {name: str(getattr(article, name)) for name in _KNOWN}, partial(iter, (article,)))


def page_numbers(files: Iterable[Path], *, articles_only: bool = False) -> Iterator[dict[str, npt.NDArray[np.uint64]]]:
    """Keys, in two halves, and doc hashes of all pages of `files`, row group by row group.

    Each comes with `file`, the number of its file in `files`, and `row`, its row there.
    """
    for number, file in enumerate(files):
        first = 0
        for table in row_groups(file, ["key", "doc", "blocks"]):
            halves = key_halves(table.column("key"))
            count = table.num_rows
            found = {
                "high": halves[:, 0],
                "low": halves[:, 1],
                "doc": table.column("doc").to_numpy(),
                "file": np.full(count, number, dtype=np.uint64),
                "row": np.arange(first, first + count, dtype=np.uint64),
            }
            first += count
            kept = table.column("blocks").to_numpy() > 0 if articles_only else np.ones(count, dtype=bool)
            yield {name: values[kept] for name, values in found.items()}


def key_halves(column: pa.ChunkedArray) -> npt.NDArray[np.uint64]:
    """Keys as numbers [keys, 2]."""
    parts = [
        np.frombuffer(chunk.buffers()[1], dtype=">u8", count=2 * len(chunk), offset=KEY_BYTES * chunk.offset)
        for chunk in column.chunks
        if len(chunk)
    ]
    joined = np.concatenate(parts) if parts else np.empty(0)
    return joined.astype(np.uint64).reshape(-1, 2)

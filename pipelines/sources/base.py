"""What a source is: it lists work items, and it reads one of them into articles.

A new source is one file with these two functions and one line in `pipelines/sources/__init__.py`. One whose pages are
dear to read hands them on unread too (`pages`), so that those an earlier corpus has need not be read again; one whose
pages lie in pieces all over its files brings them together first (`gathered`).
"""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from pipelines.news.config import NewsConfig
from pipelines.sources.dump_files import compression
from realm.constraints import Count
from realm.errors import UserError
from realm.schema import Article, DeadLetter
from realm.storage import digest

KEY_BYTES: Final = 16
_CHUNK_BYTES = 1 << 20
_REACH_BYTES = 4 << 20  # MediaWiki allows a page 2 MB
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class SourceConfig:
    """How inputs are cut and what is refused while reading (params section `sources`).

    Attributes:
        items_per_dump: a source's inputs are cut into about so many work items …
        item_bytes_min: … of at least so many bytes each …
        item_bytes_max: … and at most so many. The dump alone decides, never the number of workers.
        max_page_bytes: a longer page (or line) is dropped and counted, so memory stays bounded.
        ccnews: how news pages are read; may be left out where there are none.
    """

    items_per_dump: Count
    item_bytes_min: Count
    item_bytes_max: Count
    max_page_bytes: Count
    ccnews: NewsConfig | None = None

    def __post_init__(self) -> None:
        """Refuses bounds that exclude each other."""
        if self.item_bytes_min > self.item_bytes_max:
            raise UserError(
                f"item_bytes_min is {self.item_bytes_min}; it must be at most item_bytes_max, {self.item_bytes_max}."
            )


@dataclass(frozen=True)
class Member:
    """One of the small files of a work item: its name below the item's folder, and how many of its bytes are read.

    It may be the same file as another one, which is read instead: links lead to both.
    """

    name: str
    size: int
    same_as: str = ""


@dataclass(frozen=True)
class WorkItem:
    """A range of one input file, or some small files: what is read by one worker and becomes one Parquet part.

    Attributes:
        source: name of the source that reads it.
        file: the input file, where this run finds it; with `members`, the folder that they lie in.
        path: the file's relative name, for messages and dead letters.
        start: first byte of the range.
        end: byte behind the range.
        part: stem of the Parquet part, `<source>-<number>`.
        members: the files, if the item is no range of one; `start` and `end` count their bytes, one behind the other.
        gathered: the file is none of the inputs, but what their source brought together (`Source.gathered`).
    """

    source: str
    file: Path
    path: str
    start: int
    end: int
    part: str
    members: tuple[Member, ...] = ()
    gathered: bool = False

    @property
    def files(self) -> list[Path]:
        """The input files that are read."""
        return [self.file / member.name for member in self.members if member.size] if self.members else [self.file]


@dataclass(frozen=True)
class Redirect:
    """A title that only leads to another title: an alias of it."""

    alias: str
    target: str


@dataclass(frozen=True)
class Tally:
    """So many of something were seen; for example tables that the cleaner left out."""

    name: str
    count: int


Record = Article | Redirect | DeadLetter | Tally


@dataclass(frozen=True)
class RawPage:
    """A page before what is dear about it is done; an earlier corpus may have it.

    Attributes:
        key: hash of everything that `read` depends on, but code, settings and what is `known`: a page that says the
            same as another has the same key.
        known: fields of the article that are taken as they are, `doc_id` among them; the same ones for each page.
        read: gives one article, or dead letters with `doc_id` as record id that say why there is none; and tallies.
    """

    key: bytes
    known: Mapping[str, str]
    read: Callable[[], Iterator[Record]]

    @property
    def doc_id(self) -> str:
        """What the page is called by."""
        return self.known["doc_id"]


class Source(Protocol):
    """A kind of input. Reading the same item twice gives the same records in the same order.

    Attributes:
        name: as it stands in folders, parts and blocks.
        damage: the reasons of its dead letters that mean that something could not be read. With any other reason it
            was read, and is not wanted.
        gathers: a document comes from all over its files (`gathered`), and its part from no range of them.
    """

    name: str
    damage: frozenset[str]
    gathers: bool = False

    def work_items(self, inputs: Sequence[Path], config: SourceConfig) -> list[WorkItem]:
        """Cuts `inputs` (files or folders) into work items, in dump order.

        Raises:
            UserError: an input is missing or is not what this source reads.
        """
        ...

    def gathered(
        self,
        items: Sequence[WorkItem],
        config: SourceConfig,  # noqa: ARG002 (for sources that gather)
        scratch: Path,  # noqa: ARG002
    ) -> list[WorkItem]:
        """Work items to make a corpus of, where those of `work_items` part what belongs together; else the same.

        Args:
            items: all of this source.
            config: sizes, which bound what is held in memory.
            scratch: a directory for files that the new items consist of. If it exists, they are in it already.
        """
        return list(items)

    def read(self, item: WorkItem, config: SourceConfig) -> Iterator[Record]:
        """Reads one work item. What cannot be read comes as `DeadLetter` with a reason."""
        ...

    def pages(self, item: WorkItem, config: SourceConfig) -> Iterator[Record | RawPage]:
        """The same, but pages that are dear to read come unread; a source that has none need not say so."""
        return self.read(item, config)


def read_pages(records: Iterable[Record | RawPage]) -> Iterator[Record]:
    """Reads the pages among `records`."""
    for record in records:
        if isinstance(record, RawPage):
            yield from record.read()
        else:
            yield record


def item_bytes(total: int, config: SourceConfig) -> int:
    """Bytes of a work item, of inputs of `total` bytes: clamp(total / items_per_dump, item_bytes_min, …_max)."""
    return min(max(total // config.items_per_dump, config.item_bytes_min), config.item_bytes_max)


def cut(
    files: Sequence[tuple[Path, str]],
    config: SourceConfig,
    *,
    source: str,
    divisible: frozenset[str],
    others: int = 0,
) -> list[WorkItem]:
    """Cuts files into byte ranges of `item_bytes` of all inputs: these files, and `others` bytes besides.

    A file whose compression is not in `divisible` cannot be entered midway and is one work item.
    """
    size = item_bytes(sum(file.stat().st_size for file, _ in files) + others, config)
    ranges = [
        (file, path, start, min(start + step, length))
        for file, path in files
        for length in [file.stat().st_size]
        for step in [size if compression(file) in divisible else max(length, 1)]
        for start in range(0, length, step)
    ]
    return [
        WorkItem(source=source, file=file, path=path, start=start, end=end, part=f"{source}-{number:05d}")
        for number, (file, path, start, end) in enumerate(ranges)
    ]


def item_fingerprint(item: WorkItem) -> str:
    """Identity of an item's input: its source, name, place and bytes, and the length of the whole file.

    The bytes behind the range count too, as far as a page that begins in the range may reach: a dump that was
    damaged there and is mended has other pages here.
    """
    state = hashlib.blake2b(digest_size=16)
    if item.members:
        for member in item.members:
            state.update(digest(member.name, str(member.size), member.same_as).encode())
            _hash_bytes(state, item.file / member.name, 0, member.size)
        place = f"{len(item.members)} files"
    else:
        _hash_bytes(state, item.file, item.start, item.end - item.start + _REACH_BYTES)
        place = f"{item.start}-{item.end} of {item.file.stat().st_size}"
    return digest(item.source, item.path, item.part, place, state.digest())


def _hash_bytes(state: "hashlib.blake2b", path: Path, start: int, count: int) -> None:
    if not count:
        return
    with path.open("rb") as file:
        file.seek(start)
        while count > 0 and (chunk := file.read(min(_CHUNK_BYTES, count))):
            state.update(chunk)
            count -= len(chunk)


def content_key(*parts: bytes | str) -> bytes:
    """Key of a page's content: 16 bytes."""
    state = hashlib.blake2b(digest_size=KEY_BYTES, person=b"realm.page")
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.digest()


def dead_letter(item: WorkItem, *, record_id: str, title: str, reason: str, detail: str) -> DeadLetter:
    """A dropped record of `item`."""
    return DeadLetter(
        stage="corpus", source=item.source, record_id=record_id, title=title, reason=reason, detail=detail
    )


def unreadable(item: WorkItem, *, offset: int, reason: str, detail: str, lost: int) -> Iterator[Record]:
    """Damage at a place of the item's file, and how many of its bytes are lost by it."""
    yield dead_letter(item, record_id=f"{item.path}@{offset}", title="", reason=reason, detail=detail)
    if lost:
        yield Tally("bytes lost", lost)


def tidy_text(text: str) -> str:
    """Unicode NFC with plain newlines and without control characters and broken surrogates."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text))

"""The facts of each subject, gathered from all over the files: subjects' documents, in the order of their first facts.

The published files promise no order, and a subject's lines lie apart. So facts are sorted by subject, joined, and the
documents sorted by where their first fact stands. Both sorts go over disk; memory is bounded by `item_bytes_max`.
"""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from pipelines.sources.base import SourceConfig, item_bytes
from pipelines.sources.dump_files import Chunk, Damage, read_range
from pipelines.sources.facts import TripleError, read_fact
from pipelines.sources.lines import TOO_LONG, Line, LongLine, place_of, scan_lines
from pipelines.sources.sorting import RowSorter, text_bytes, write_rows
from realm.progress import Progress
from realm.storage import publish_directory

SUFFIX: Final = ".arrow"


class FactRow(NamedTuple):
    """A fact and where it stands; `number` counts the lines of all files."""

    subject: str
    number: int
    place: str
    sentence: str


class Entry(NamedTuple):
    """The document of a subject or, with a `reason`, something that could not be read.

    Attributes:
        number: of the line that the document begins with.
        place: of that line.
        subject: whom the document is about; empty for what could not be read.
        text: its sentences, one a line and each once.
        lines: lines that it was made from.
        repeated: those of them that said nothing new.
        reason: why there is no document.
        detail: what exactly.
        lost: bytes of the file that could not be read.
    """

    number: int
    place: str
    subject: str = ""
    text: str = ""
    lines: int = 0
    repeated: int = 0
    reason: str = ""
    detail: str = ""
    lost: int = 0


_TYPES: Final = {str: pa.string(), int: pa.int64()}
FACT_SCHEMA: Final = pa.schema([(name, _TYPES[kind]) for name, kind in FactRow.__annotations__.items()])
ENTRY_SCHEMA: Final = pa.schema([(name, _TYPES[kind]) for name, kind in Entry.__annotations__.items()])


@dataclass
class _Document:
    """A subject's sentences, as far as they were read."""

    first: FactRow
    sentences: dict[str, None] = field(default_factory=dict)
    lines: int = 0
    size: int = 0

    def add(self, fact: FactRow) -> None:
        self.sentences[fact.sentence] = None
        self.lines += 1
        self.size += len(fact.sentence)

    def entry(self) -> Entry:
        text = "\n".join(self.sentences)
        repeated = self.lines - len(self.sentences)
        number, place = self.first.number, self.first.place
        return Entry(number, place, self.first.subject, text, lines=self.lines, repeated=repeated)


def gather(files: Sequence[tuple[Path, str]], config: SourceConfig, output: Path) -> list[Path]:
    """Writes the documents of all `files` to `output`, unless it is there, and returns its files in order.

    Args:
        files: the input files and their relative names.
        config: sizes: of what is held in memory, of a file that is written, and of a document.
        output: the directory.
    """
    if not output.exists():
        with publish_directory(output) as beside:
            _write(files, config, beside)
            shutil.rmtree(beside / "runs")
    return sorted(output.glob(f"*{SUFFIX}"))


def _write(files: Sequence[tuple[Path, str]], config: SourceConfig, output: Path) -> None:
    runs, held = output / "runs", config.item_bytes_max // 2
    facts = RowSorter(runs / "facts", FACT_SCHEMA, make=FactRow._make, max_bytes=held)
    entries = RowSorter(runs / "entries", ENTRY_SCHEMA, make=Entry._make, max_bytes=held)
    for row in _rows_of(files, config):
        if isinstance(row, FactRow):
            facts.add(row)
        else:
            entries.add(row)
    progress = Progress("subjects' facts", total=facts.count, unit="facts")
    for entry in documents(facts.rows(), max_bytes=config.max_page_bytes):
        entries.add(entry)
        progress.advance(entry.lines)
    progress.finish()
    size = item_bytes(entries.text_bytes, config)
    for number, several in enumerate(_portions(entries.rows(), size)):
        write_rows(output / f"{number:05d}{SUFFIX}", several, ENTRY_SCHEMA)
    if not entries.count:
        write_rows(output / f"{0:05d}{SUFFIX}", (), ENTRY_SCHEMA)


def documents(facts: Iterable[FactRow], *, max_bytes: int) -> Iterator[Entry]:
    """A document for each subject of `facts`, which are sorted; one of more text than allowed goes on in another."""
    for _, several in groupby(facts, key=attrgetter("subject")):
        document: _Document | None = None
        for fact in several:
            if document is not None and document.size > max_bytes:
                yield document.entry()
                document = None
            document = document or _Document(fact)
            document.add(fact)
        if document is not None:
            yield document.entry()


def read_rows_of(
    chunks: Iterable[Chunk | Damage], name: str, *, start: int, config: SourceConfig, first: int = 0
) -> Iterator[FactRow | Entry]:
    """The facts of the lines that begin in a range of a file, and what could not be read, numbered from `first` on.

    Args:
        chunks: the range's bytes, from the one before it on, which tells whether a line begins where it does.
        name: of the file.
        start: of the range.
        config: how long a line may be.
        first: number of the first line.
    """
    begin = max(0, start - 1)
    lines = scan_lines(chunks, start=begin, skip_first=start > 0, max_bytes=config.max_page_bytes)
    for number, found in enumerate(lines, start=first):
        if isinstance(found, Damage):
            place = f"{name}@{found.offset}"
            yield Entry(number, place, reason=found.reason, detail=found.detail, lost=found.lost)
        elif isinstance(found, LongLine):
            detail = f"the line has more than {config.max_page_bytes} bytes"
            yield Entry(number, place_of(found, path=name, start=start), reason=TOO_LONG, detail=detail)
        elif found.data.strip(b" \r"):  # tabs part columns, even if all of them are empty
            yield _row(found, number, place_of(found, path=name, start=start))


def _row(line: Line, number: int, place: str) -> FactRow | Entry:
    try:
        fact = read_fact(line.data)
    except TripleError as error:
        return Entry(number, place, lines=1, reason=error.reason, detail=str(error))
    return FactRow(fact.subject, number, place, fact.sentence)


def _rows_of(files: Sequence[tuple[Path, str]], config: SourceConfig) -> Iterator[FactRow | Entry]:
    sizes = [path.stat().st_size for path, _ in files]
    progress = Progress("triples", total=sum(sizes), unit="bytes")
    first = 0
    for (path, name), size in zip(files, sizes, strict=True):
        chunks = _watched(read_range(path, 0, size), size, progress)
        for row in read_rows_of(chunks, name, start=0, config=config, first=first):
            first = row.number + 1
            yield row
    progress.finish()


def _watched(chunks: Iterable[Chunk | Damage], size: int, progress: Progress) -> Iterator[Chunk | Damage]:
    """Shows how far a file of `size` bytes was read."""
    place = 0
    for chunk in chunks:
        progress.advance(max(0, chunk.offset - place))
        place = max(place, chunk.offset)
        yield chunk
    progress.advance(size - place)


def _portions(entries: Iterable[Entry], size: int) -> Iterator[Iterator[Entry]]:
    """Consecutive entries that have about `size` bytes together; each portion is to be used up before the next."""
    rows = iter(entries)
    for first in rows:
        yield _portion(first, rows, size)


def _portion(first: Entry, rows: Iterator[Entry], size: int) -> Iterator[Entry]:
    yield first
    held = text_bytes(first)
    while held < size and (entry := next(rows, None)) is not None:
        yield entry
        held += text_bytes(entry)

"""KELM and other triples of a knowledge graph; the facts of one subject form one document.

`facts.py` says which kinds of lines there are, `gathering.py` how the facts of a subject come together. A work item is
some of the documents, in the order of their first facts; one that is a range of a file gives the documents of what
stands near together there, which is enough to learn words from.
"""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from pathlib import Path
from typing import Final

from pipelines.sources.base import Record, Source, SourceConfig, Tally, WorkItem, cut, dead_letter
from pipelines.sources.dump_files import read_range
from pipelines.sources.facts import FACT_DAMAGE
from pipelines.sources.folders import input_files
from pipelines.sources.gathering import Entry, FactRow, documents, gather, read_rows_of
from pipelines.sources.lines import LINE_DAMAGE
from pipelines.sources.sorting import read_rows, text_bytes
from realm.schema import Article

SUFFIXES: Final = tuple(
    f".{kind}{packed}" for kind in ("jsonl", "tsv") for packed in ("", ".gz", ".bz2", ".xz", ".zst")
)
_LANG: Final = "en"  # the published corpus and the templates


class Kelm(Source):
    """Documents made of a knowledge graph's facts."""

    name = "kelm"
    damage = LINE_DAMAGE | FACT_DAMAGE
    gathers = True

    def work_items(self, inputs: Sequence[Path], config: SourceConfig) -> list[WorkItem]:
        """Cuts the files into byte ranges; a line belongs to the range in which it begins."""
        files = input_files(inputs, suffixes=SUFFIXES, source=self.name)
        return cut(files, config, source=self.name, divisible=frozenset({"plain"}))

    def gathered(self, items: Sequence[WorkItem], config: SourceConfig, scratch: Path) -> list[WorkItem]:
        """Brings the facts of each subject together, wherever they stand."""
        files = gather(list(dict.fromkeys((item.file, item.path) for item in items)), config, scratch)
        return [
            WorkItem(self.name, file, file.name, 0, file.stat().st_size, f"{self.name}-{number:05d}", gathered=True)
            for number, file in enumerate(files)
        ]

    def read(self, item: WorkItem, config: SourceConfig) -> Iterator[Record]:
        """Yields a document for each subject, and in between what could not be read."""
        entries = read_rows(item.file, make=Entry._make) if item.gathered else _nearby(item, config)
        for entry in entries:
            yield from _records(item, entry)


def _nearby(item: WorkItem, config: SourceConfig) -> Iterator[Entry]:
    """The documents of `item_bytes_min` bytes of facts at a time."""
    chunks = read_range(item.file, max(0, item.start - 1), item.end)
    facts: list[FactRow] = []
    held = 0
    for row in read_rows_of(chunks, item.path, start=item.start, config=config):
        if isinstance(row, Entry):
            yield row
            continue
        facts.append(row)
        held += text_bytes(row)
        if held >= config.item_bytes_min:
            yield from _in_order(facts, config)
            facts, held = [], 0
    yield from _in_order(facts, config)


def _in_order(facts: list[FactRow], config: SourceConfig) -> list[Entry]:
    return sorted(documents(sorted(facts), max_bytes=config.max_page_bytes), key=attrgetter("number"))


def _records(item: WorkItem, entry: Entry) -> Iterator[Record]:
    if entry.lines:
        yield Tally("pages", entry.lines)
    if entry.reason:
        yield dead_letter(item, record_id=entry.place, title="", reason=entry.reason, detail=entry.detail)
        if entry.lost:
            yield Tally("bytes lost", entry.lost)
        return
    if entry.repeated:
        yield Tally("left out: repeated facts", entry.repeated)
    yield Article(
        source=item.source,
        doc_id=entry.subject,  # the same in the next version of a file, where the lines stand elsewhere
        revision_id=entry.place,
        date="",
        lang=_LANG,
        outlet="",
        title=entry.subject,
        aliases=(),
        url="",
        text=entry.text,
    )

"""One work item: read, cleaned, cut into blocks, tagged, and written to its own files. The costly half of the stage.

Finished items are kept under the fingerprint of their bytes and of everything that was done to them, so a run
that was killed goes on where it was, and what is there is never done twice.
"""

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from pipelines.blocks import Packer
from pipelines.corpus.earlier_rows import EarlierPage, EarlierRows
from pipelines.corpus.job import Job
from pipelines.corpus.left_out import PAGES
from pipelines.corpus.pages import PAGE_ROWS, PAGE_SCHEMA, Count, Letter, PageRow, doc_hash, unread
from pipelines.corpus.reuse import note_reuse
from pipelines.corpus.row_writer import RowWriter
from pipelines.corpus.signatures import write_signatures
from pipelines.sentences import prose_sentences
from pipelines.sources import get_source
from pipelines.sources.base import RawPage, Redirect, Tally, WorkItem, dead_letter
from pipelines.tables import ROW_GROUP_ROWS, TableWriter
from pipelines.tagger import load_tagger, wanted_tagger
from realm.progress import Progress
from realm.schema import ARTICLE_SCHEMA, BLOCK_SCHEMA, DEAD_LETTER_SCHEMA, Article, DeadLetter
from realm.storage import publish_directory, read_json, write_json
from realm.tokenizer import Tokenizer

BLOCKS, ARTICLES, DEAD_LETTERS = "blocks.parquet", "articles.parquet", "dead_letters.parquet"
REDIRECTS, FACTS = "redirects.parquet", "facts.json"
ARTICLE_ROWS = 50  # whole articles are long, and what a worker holds of the second pass hangs on it
REDIRECT_SCHEMA = pa.schema([("alias", pa.string()), ("target", pa.string())])


@dataclass(frozen=True)
class Writers:
    """The files of an item while they are written."""

    blocks: RowWriter
    articles: RowWriter
    pages: TableWriter
    dead_letters: TableWriter
    redirects: TableWriter


@dataclass
class _Tallies:
    """What is counted of an item: what it holds, and how many of its pages came from an earlier corpus."""

    counts: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    reused: int = 0


class ItemMaker:
    """Makes work items; holds what is dear to load."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._packer = Packer(Tokenizer.load(job.tokenizer), job.blocks)
        self._tagger = load_tagger(wanted_tagger(job.tagger))
        self._earlier = None if job.previous is None else EarlierRows(job.previous)

    def make(self, item: WorkItem) -> Path:
        """Returns the directory of the finished item, making it if it is not there yet."""
        directory = self._job.finished(item)
        is_new = not (directory / FACTS).exists()
        if is_new:
            self._write(item, directory)
        facts = read_json(directory / FACTS)
        note_reuse(self._job, item.part, pages=facts["pages"], reused=facts["reused"], finished=not is_new)
        return directory

    def _write(self, item: WorkItem, directory: Path) -> None:
        with publish_directory(directory) as beside:
            tallies = _Tallies()
            with ExitStack() as stack:
                writers = _open(stack, beside, self._earlier)
                self._read(item, writers, tallies)
            write_signatures(beside / ARTICLES, source=item.source, config=self._job.duplicates)
            facts = {"counts": dict(tallies.counts), "pages": tallies.pages, "reused": tallies.reused}
            write_json(beside / FACTS, {"bytes": item.end - item.start, **facts})

    def _read(self, item: WorkItem, writers: Writers, tallies: _Tallies) -> None:
        progress = Progress(f"corpus, {item.part}", total=None, unit="pages", every_s=10.0)
        counts = tallies.counts
        for record in get_source(item.source).pages(item, self._job.sources):
            if isinstance(record, RawPage):
                self._write_page(item, record, writers, tallies)
            elif isinstance(record, Article):
                self._write_page(item, unread(record), writers, tallies)
            elif isinstance(record, DeadLetter):
                _drop(record, writers, counts)
            elif isinstance(record, Redirect):
                writers.redirects.append(record)
                counts["redirects"] += 1
            elif isinstance(record, Tally):
                counts[record.name] += record.count
                if record.name == "pages":
                    progress.advance(record.count)

    def _write_page(self, item: WorkItem, page: RawPage, writers: Writers, tallies: _Tallies) -> None:
        """Writes a page's rows, and what became of it for the corpus after this one."""
        tallies.pages += 1
        earlier = None if self._earlier is None else self._earlier.find(page.key)
        if earlier is None:
            blocks, counts, letters = self._made(item, page, writers)
        else:
            tallies.reused += 1
            blocks, counts, letters = _taken(item, page, earlier, writers)
        tallies.counts.update(counts)
        for letter in letters:
            _drop(letter, writers, tallies.counts)
        # What could not be read may be readable the next time, so it is not to be found.
        if blocks or not any(letter.reason in get_source(item.source).damage for letter in letters):
            writers.pages.append(
                PageRow(
                    key=page.key,
                    doc=doc_hash(page.doc_id),
                    blocks=blocks,
                    counts=[Count(name, count) for name, count in sorted(counts.items())],
                    letters=[Letter(one.title, one.reason, one.detail) for one in letters],
                )
            )

    def _made(self, item: WorkItem, page: RawPage, writers: Writers) -> tuple[int, Counter[str], list[DeadLetter]]:
        """Reads a page; returns the number of its blocks, its counters and its dead letters."""
        blocks, counts = 0, Counter[str]()
        letters: list[DeadLetter] = []
        for record in page.read():
            if isinstance(record, Tally):
                counts[record.name] += record.count
            elif isinstance(record, DeadLetter):
                letters.append(record)
            elif isinstance(record, Article):
                blocks += self._write_article(record, writers, counts)
                if not blocks:
                    letters.append(
                        dead_letter(
                            item,
                            record_id=page.doc_id,
                            title=record.title,
                            reason="no sentences",
                            detail="only headings",
                        )
                    )
        return blocks, counts, letters

    def _write_article(self, article: Article, writers: Writers, counts: Counter[str]) -> int:
        sentences = prose_sentences(article)
        spans = self._tagger.spans(article.text, sentences) if self._tagger is not None else ()
        packing = self._packer.pack(article, sentences=sentences, spans=spans)
        if not packing.blocks:
            return 0
        writers.articles.append(article)
        for block in packing.blocks:
            writers.blocks.append(block)
        counts["articles"] += 1
        counts["sentences"] += len(sentences)
        counts["blocks truncated"] += packing.truncated
        counts["sentences without wordpieces"] += packing.without_words
        return len(packing.blocks)


def _taken(
    item: WorkItem, page: RawPage, earlier: EarlierPage, writers: Writers
) -> tuple[int, Counter[str], list[DeadLetter]]:
    """Takes a page's rows from the earlier corpus; returns what reading it would."""
    if earlier.blocks.count:
        writers.articles.take(earlier.article, known=page.known)
        writers.blocks.take(earlier.blocks, known=page.known)
    letters = [dead_letter(item, record_id=page.doc_id, **letter) for letter in earlier.letters]
    return earlier.blocks.count, Counter(earlier.counts), letters


def item_facts(directory: Path) -> Counter[str]:
    """The counters of a finished item."""
    return Counter(read_json(directory / FACTS)["counts"])


def _open(stack: ExitStack, directory: Path, earlier: EarlierRows | None) -> Writers:
    def writer(name: str, schema: pa.Schema, count: int = ROW_GROUP_ROWS) -> TableWriter:
        return stack.enter_context(TableWriter(directory / name, schema, rows=count))

    def rows(name: str, schema: pa.Schema, count: int) -> RowWriter:
        path = directory / name
        return stack.enter_context(RowWriter(path, schema, kind=path.stem, rows=count, earlier=earlier))

    return Writers(
        blocks=rows(BLOCKS, BLOCK_SCHEMA, ROW_GROUP_ROWS),
        articles=rows(ARTICLES, ARTICLE_SCHEMA, ARTICLE_ROWS),
        pages=writer(PAGES, PAGE_SCHEMA, PAGE_ROWS),
        dead_letters=writer(DEAD_LETTERS, DEAD_LETTER_SCHEMA),
        redirects=writer(REDIRECTS, REDIRECT_SCHEMA),
    )


def _drop(letter: DeadLetter, writers: Writers, counts: Counter[str]) -> None:
    writers.dead_letters.append(letter)
    counts[f"dropped: {letter.reason}"] += 1

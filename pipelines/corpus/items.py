"""One work item: read, cleaned, cut into blocks, tagged, and written to its own files. The costly half of the stage.

Finished items are kept under the fingerprint of their bytes and of everything that was done to them, so a run
that was killed goes on where it was, and what is there is never done twice.
"""

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from pipelines.blocks import Packer
from pipelines.corpus.job import Job
from pipelines.corpus.signatures import write_signatures
from pipelines.sentences import prose_sentences
from pipelines.sources import get_source
from pipelines.sources.base import Redirect, Tally, WorkItem, dead_letter, item_fingerprint
from pipelines.tables import TableWriter
from pipelines.tagger import load_tagger
from realm.progress import Progress
from realm.schema import ARTICLE_SCHEMA, BLOCK_SCHEMA, DEAD_LETTER_SCHEMA, Article, DeadLetter
from realm.storage import publish_directory, read_json, write_json
from realm.tokenizer import Tokenizer

BLOCKS, ARTICLES, DEAD_LETTERS = "blocks.parquet", "articles.parquet", "dead_letters.parquet"
REDIRECTS, FACTS = "redirects.parquet", "facts.json"
ARTICLE_ROWS = 500  # whole articles are long
REDIRECT_SCHEMA = pa.schema([("alias", pa.string()), ("target", pa.string())])


@dataclass(frozen=True)
class Writers:
    """The files of an item while they are written."""

    blocks: TableWriter
    articles: TableWriter
    dead_letters: TableWriter
    redirects: TableWriter


class ItemMaker:
    """Makes work items; holds what is dear to load."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._packer = Packer(Tokenizer.load(job.tokenizer), job.blocks)
        self._tagger = load_tagger(
            "rules" if job.tagger == "rules" else "none" if job.tagger == "none" else Path(job.tagger)
        )

    def make(self, item: WorkItem) -> Path:
        """Returns the directory of the finished item, making it if it is not there yet."""
        directory = self._job.cache / item_fingerprint(item)
        if (directory / FACTS).exists():
            return directory
        with publish_directory(directory) as beside:
            counts: Counter[str] = Counter()
            with ExitStack() as stack:
                writers = _open(stack, beside)
                self._read(item, writers, counts)
            write_signatures(beside / ARTICLES, source=item.source, config=self._job.duplicates)
            write_json(beside / FACTS, {"bytes": item.end - item.start, "counts": dict(counts)})
        return directory

    def _read(self, item: WorkItem, writers: Writers, counts: Counter[str]) -> None:
        progress = Progress(f"corpus, {item.part}", total=None, unit="pages", every_s=10.0)
        for record in get_source(item.source).read(item, self._job.sources):
            if isinstance(record, Article):
                self._write_article(item, record, writers, counts)
            elif isinstance(record, DeadLetter):
                _drop(record, writers, counts)
            elif isinstance(record, Redirect):
                writers.redirects.append(record)
                counts["redirects"] += 1
            elif isinstance(record, Tally):
                counts[record.name] += record.count
                if record.name == "pages":
                    progress.advance(record.count)

    def _write_article(self, item: WorkItem, article: Article, writers: Writers, counts: Counter[str]) -> None:
        sentences = prose_sentences(article)
        spans = self._tagger.spans(article.text, sentences) if self._tagger is not None else ()
        packing = self._packer.pack(article, sentences=sentences, spans=spans)
        if not packing.blocks:
            letter = dead_letter(
                item, record_id=article.doc_id, title=article.title, reason="no sentences", detail="only headings"
            )
            _drop(letter, writers, counts)
            return
        writers.articles.append(article)
        for block in packing.blocks:
            writers.blocks.append(block)
        counts["articles"] += 1
        counts["sentences"] += len(sentences)
        counts["blocks truncated"] += packing.truncated
        counts["sentences without wordpieces"] += packing.without_words


def item_facts(directory: Path) -> Counter[str]:
    """The counters of a finished item."""
    return Counter(read_json(directory / FACTS)["counts"])


def _open(stack: ExitStack, directory: Path) -> Writers:
    def writer(name: str, schema: pa.Schema, **settings: int) -> TableWriter:
        return stack.enter_context(TableWriter(directory / name, schema, **settings))

    return Writers(
        blocks=writer(BLOCKS, BLOCK_SCHEMA),
        articles=writer(ARTICLES, ARTICLE_SCHEMA, rows=ARTICLE_ROWS),
        dead_letters=writer(DEAD_LETTERS, DEAD_LETTER_SCHEMA),
        redirects=writer(REDIRECTS, REDIRECT_SCHEMA),
    )


def _drop(letter: DeadLetter, writers: Writers, counts: Counter[str]) -> None:
    writers.dead_letters.append(letter)
    counts[f"dropped: {letter.reason}"] += 1

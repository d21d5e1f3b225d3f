"""A corpus run from work items to the published directory."""

import logging
import shutil
import threading
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.corpus import summary
from pipelines.corpus.failures import explained
from pipelines.corpus.job import LOCAL_RUNNER, CorpusConfig, Job, pipeline_fingerprint, settings_fingerprint
from pipelines.corpus.previous import NESTED, open_previous, pages_of, stamp_pages
from pipelines.corpus.reuse import reuse_counts
from pipelines.no_articles import no_articles
from pipelines.sources import get_source
from pipelines.sources.base import SourceConfig, WorkItem, item_fingerprint
from pipelines.tables import TableWriter, regroup, row_groups
from pipelines.tagger import tagger_fingerprint, wanted_tagger
from realm.errors import UserError
from realm.manifest import write_manifest
from realm.paths import DataPaths
from realm.progress import Progress
from realm.schema import DEAD_LETTER_SCHEMA, DeadLetter
from realm.storage import digest, publish_directory, read_json, remove_leftovers
from realm.tokenizer import Tokenizer

DEAD_LETTERS = "dead_letters.parquet"


@dataclass(frozen=True)
class Models:
    """What blocks and tags.

    Attributes:
        tokenizer: directory of the tokenizer.
        tagger: directory of a tagger, or `rules` or `none`.
    """

    tokenizer: Path
    tagger: str

    @property
    def tagger_fingerprint(self) -> str:
        """The tagger's fingerprint, or its name if it is not an artefact."""
        return tagger_fingerprint(self.tagger)


@dataclass(frozen=True)
class _Identity:
    """What a corpus comes from, as fingerprints.

    Attributes:
        made_from: as its manifest says it.
        pipelines: the pipeline of each source; see `Job`.
    """

    made_from: Mapping[str, str]
    pipelines: Mapping[str, str]

    @staticmethod
    def of(config: CorpusConfig, sources: SourceConfig, items: Sequence[WorkItem], models: Models) -> "_Identity":
        tokenizer, tagger = Tokenizer.load(models.tokenizer).fingerprint, models.tagger_fingerprint
        settings = settings_fingerprint(sources, config.blocks)
        return _Identity(
            made_from={"dump": _dump(items), "tokenizer": tokenizer, "tagger": tagger, "params": settings},
            pipelines={
                name: pipeline_fingerprint(
                    name, sources=sources, blocks=config.blocks, tokenizer=tokenizer, tagger=tagger
                )
                for name in dict.fromkeys(item.source for item in items)
            },
        )


def run(
    config: CorpusConfig,
    *,
    sources: SourceConfig,
    items: Sequence[WorkItem],
    models: Models,
    output: Path,
    data: DataPaths,
    pages: Path | None = None,
    previous: Path | None = None,
    keep_tokenizer: bool = False,
    beam_options: Sequence[str] = (),
) -> dict[str, Any]:
    """Makes the corpus of `items` in `output` and returns its metrics; what they say of `reuse` is of this run only.

    Args:
        config: sizes of blocks, and who does the work.
        sources: how inputs are read.
        items: the work items.
        models: what blocks and tags.
        output: the corpus; an older one is replaced at the end.
        data: where finished work items are kept.
        pages: what became of each page, for the next corpus to take over; a folder of the corpus by default.
        previous: a corpus to take over what did not change. The result is the same with and without.
        keep_tokenizer: puts the tokenizer into the corpus, for one that lies nowhere else.
        beam_options: of the runner.

    Raises:
        UserError: the inputs hold no articles, the disk is full, a worker process died, or the previous corpus is
            none or is damaged.
    """
    if not items:
        raise UserError("All input files are empty, so there is nothing to make a corpus of. Check the input.")
    identity = _Identity.of(config, sources, items, models)
    cache = data.cache("corpus", "").resolve()
    _remove_leftovers(output, pages, [cache / one for one in identity.pipelines.values()], runner=config.runner)
    earlier = None if previous is None else open_previous(previous, pipelines=identity.pipelines, data=data)
    with explained(output=output, cache=cache), _staged(output, pages) as (staging, pages_staging):
        job = Job(
            items=tuple(_gathered(items, sources, cache, identity.pipelines)),
            sources=sources,
            blocks=config.blocks,
            tokenizer=models.tokenizer.resolve(),
            tagger=str(wanted_tagger(models.tagger)),
            cache=cache,
            pipelines=identity.pipelines,
            staging=staging.resolve(),
            pages=pages_staging.resolve(),
            previous=earlier,
        )
        _work(job, config, beam_options)
        reuse = None if previous is None else reuse_counts(job, earlier=pages_of(previous))
        values = _close(job, inputs=items, letters=data.cache("dead_letters", f"{output.name}.parquet"))
        if keep_tokenizer:
            shutil.copytree(models.tokenizer, staging / "tokenizer")
        known = stamp_pages(pages_staging, pipelines=identity.pipelines, corpus=staging)
        write_manifest(staging, kind="corpus", made_from=identity.made_from, facts=values, known=known)
    return values if reuse is None else {**values, "reuse": reuse}


def _remove_leftovers(output: Path, pages: Path | None, finished: Sequence[Path], *, runner: str) -> None:
    """Removes what killed runs left half written; among `finished` work items only if all of it is of this machine."""
    for place in (output, pages):
        if place is not None:
            remove_leftovers(place.parent, place.name)
    for folder in finished if runner == LOCAL_RUNNER else ():
        remove_leftovers(folder)


@contextmanager
def _staged(output: Path, pages: Path | None) -> Iterator[tuple[Path, Path]]:
    """Directories that become the corpus, and what became of its pages, in it if `pages` is None."""
    with (
        publish_directory(output) as corpus,
        nullcontext(corpus / NESTED) if pages is None else publish_directory(pages) as beside,
    ):
        beside.mkdir(exist_ok=True)
        yield corpus, beside


def _work(job: Job, config: CorpusConfig, beam_options: Sequence[str]) -> None:
    """Makes all work items and puts the corpus together."""
    logging.disable(logging.WARNING)  # Beam warns on import of clouds that nobody asked for
    try:
        from pipelines.corpus.flow import run_flow
    finally:
        logging.disable(logging.NOTSET)
    job.notes.mkdir()
    with _progress(job):
        run_flow(job, runner=config.runner, workers=config.workers, beam_options=beam_options)


def _gathered(
    items: Sequence[WorkItem], sources: SourceConfig, cache: Path, pipelines: Mapping[str, str]
) -> Iterator[WorkItem]:
    """The items that the corpus is made of; what had to be brought together for them lies in the cache."""
    for name, several in groupby(items, key=attrgetter("source")):
        some = list(several)
        yield from get_source(name).gathered(some, sources, cache / pipelines[name] / f"gathered-{_dump(some)}")


def _close(job: Job, *, inputs: Sequence[WorkItem], letters: Path) -> dict[str, Any]:
    """Joins the dead letters and counters of all items and removes the notes.

    Raises:
        UserError: nothing but dead letters is there; they are in the file `letters` then.
    """
    counts = Counter({"bytes read": sum(item.end - item.start for item in inputs)})
    for item in job.items:
        counts.update(read_json(job.notes / f"{item.part}.json"))
    notes = [job.notes / f"{item.part}.parquet" for item in job.items]
    if not counts["blocks"]:
        dropped = (DeadLetter(**row) for note in notes for table in row_groups(note) for row in table.to_pylist())
        raise no_articles(inputs, dropped, kept=letters)
    with TableWriter(job.staging / DEAD_LETTERS, DEAD_LETTER_SCHEMA) as writer:
        for table in regroup(table for note in notes for table in row_groups(note)):
            writer.write_table(table)
    if not (job.staging / DEAD_LETTERS).exists():
        pq.write_table(DEAD_LETTER_SCHEMA.empty_table(), job.staging / DEAD_LETTERS)
    shutil.rmtree(job.notes)
    damage = {reason for source in {item.source for item in job.items} for reason in get_source(source).damage}
    return summary.metrics(counts, damage=damage)


def _dump(items: Sequence[WorkItem]) -> str:
    return digest(*(item_fingerprint(item) for item in items))


@contextmanager
def _progress(job: Job) -> Iterator[None]:
    """Shows how many work items are read while the runner works, by the marks that workers leave."""
    total = sum(item.end - item.start for item in job.items)
    progress = Progress("corpus", total=total, unit="bytes")
    stop = threading.Event()
    seen: set[str] = set()

    def look() -> None:
        for item in job.items:
            if item.part not in seen and (job.notes / f"{item.part}.read").exists():
                seen.add(item.part)
                progress.advance(item.end - item.start, note=f"{len(seen)} of {len(job.items)} work items read")

    def watch() -> None:
        while not stop.wait(1.0):
            look()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
        look()
    finally:
        stop.set()
        watcher.join()
        progress.finish()

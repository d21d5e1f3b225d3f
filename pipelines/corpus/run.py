"""A corpus run from work items to the published directory."""

import logging
import shutil
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from pipelines.corpus import summary
from pipelines.corpus.failures import explained
from pipelines.corpus.job import LOCAL_RUNNER, CorpusConfig, Job, pipeline_fingerprint, settings_fingerprint
from pipelines.sources import get_source
from pipelines.sources.base import SourceConfig, WorkItem, item_fingerprint
from pipelines.tables import TableWriter, regroup, row_groups
from realm.errors import UserError
from realm.manifest import read_manifest, write_manifest
from realm.paths import DataPaths
from realm.progress import Progress
from realm.schema import DEAD_LETTER_SCHEMA
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
        if self.tagger in {"rules", "none"}:
            return self.tagger
        return read_manifest(Path(self.tagger), kind="tagger").fingerprint


def run(
    config: CorpusConfig,
    *,
    sources: SourceConfig,
    items: Sequence[WorkItem],
    models: Models,
    output: Path,
    data: DataPaths,
    keep_tokenizer: bool = False,
    beam_options: Sequence[str] = (),
) -> dict[str, Any]:
    """Makes the corpus of `items` in `output` and returns its metrics.

    `keep_tokenizer` puts the tokenizer into the corpus, for one that lies nowhere else.

    Raises:
        UserError: the inputs hold no articles, the disk is full, or a worker process died.
    """
    run_flow = _beam_flow()
    tokenizer = Tokenizer.load(models.tokenizer).fingerprint
    tagger = models.tagger_fingerprint
    settings = settings_fingerprint(sources, config.blocks)
    fingerprint = pipeline_fingerprint(tokenizer=tokenizer, tagger=tagger, settings=settings)
    cache = data.cache("corpus", fingerprint).resolve()
    remove_leftovers(output.parent, output.name)
    if config.runner == LOCAL_RUNNER:
        remove_leftovers(cache)
    with explained(output=output, cache=cache), publish_directory(output) as staging:
        job = Job(
            items=tuple(items),
            sources=sources,
            blocks=config.blocks,
            tokenizer=models.tokenizer.resolve(),
            tagger=models.tagger if models.tagger in {"rules", "none"} else str(Path(models.tagger).resolve()),
            cache=cache,
            staging=staging.resolve(),
        )
        job.notes.mkdir()
        with _progress(job):
            run_flow(job, runner=config.runner, workers=config.workers, beam_options=beam_options)
        values = _close(job, source_files=sorted({item.path for item in items}))
        if keep_tokenizer:
            shutil.copytree(models.tokenizer, staging / "tokenizer")
        write_manifest(
            staging,
            kind="corpus",
            made_from={"dump": _dump(items), "tokenizer": tokenizer, "tagger": tagger, "params": settings},
            facts=values,
        )
    return values


def _beam_flow() -> Callable[..., dict[str, int]]:
    """Imports the pipeline; Beam warns on import of clouds that nobody asked for."""
    logging.disable(logging.WARNING)
    try:
        from pipelines.corpus.flow import run_flow
    finally:
        logging.disable(logging.NOTSET)
    return run_flow


def _close(job: Job, *, source_files: Sequence[str]) -> dict[str, Any]:
    """Joins the dead letters and counters of all items and removes the notes."""
    counts = Counter({"bytes read": sum(item.end - item.start for item in job.items)})
    for item in job.items:
        counts.update(read_json(job.notes / f"{item.part}.json"))
    if not counts["blocks"]:
        reasons = ", ".join(
            f"{name.removeprefix('dropped: ')} {n:,}" for name, n in counts.items() if "dropped" in name
        )
        files = ", ".join(source_files)
        raise UserError(f"No article came out of {files} (dropped: {reasons or 'nothing'}). Check the input.")
    with TableWriter(job.staging / DEAD_LETTERS, DEAD_LETTER_SCHEMA) as writer:
        notes = (job.notes / f"{item.part}.parquet" for item in job.items)
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

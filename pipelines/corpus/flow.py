"""The Beam pipeline: work items, their small keys, and the parts of the corpus.

  items ── read ─┬─ bands ───── group ── pairs ─┐
                 ├─ directory of the item ──────┴─ duplicates ── bodies ── group ── repeated rows ─┐
                 ├─ titles ──┐                        └────────────────────────────────────────────┼─ by item, assemble
                 └─ redirects┴─ group ── aliases ──────────────────────────────────────────────────┘

Articles that were published before go first: a body in them is no reason to drop the same body elsewhere.

Reading is fused with cleaning, blocking, tagging and writing: texts never pass between workers, only keys do.
"""

import logging
import os
import shlex
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.pvalue import TaggedOutput
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.transforms.environments import SubprocessSDKEnvironment

from pipelines.corpus.assemble import assemble_item
from pipelines.corpus.items import ItemMaker, item_facts
from pipelines.corpus.job import LOCAL_RUNNER, Job
from pipelines.corpus.keys import body_keys, redirect_keys, repeated_rows, title_aliases, title_keys
from pipelines.corpus.near_duplicates import Duplicate, band_keys, candidate_pairs, find_duplicates
from pipelines.corpus.watching import run_watched
from realm.errors import UserError

_NAMESPACE: Final = "corpus"
_TELL_OF_FAILURES: Final = (  # by tracebacks beside what the run ends with
    "apache_beam.runners.common",
    "apache_beam.runners.worker.sdk_worker",
    "apache_beam.runners.worker.data_plane",
    "apache_beam.runners.portability.fn_api_runner.worker_handlers",
)


def run_flow(job: Job, *, runner: str, workers: int, beam_options: Sequence[str]) -> dict[str, int]:
    """Runs the pipeline and returns Beam's counters. The parts lie in `job.staging` then.

    Raises:
        UserError: Beam does not know the runner.
    """
    _quiet()
    workers = min(workers or os.cpu_count() or 1, len(job.items))
    pipeline = _pipeline(runner, workers, beam_options)
    build(pipeline, job)
    counters: dict[str, int] = {}

    def go() -> None:
        result = pipeline.run()
        result.wait_until_finish()
        counters.update(_counters(result))

    if runner == LOCAL_RUNNER and workers > 1:
        run_watched(go)
    else:
        go()
    return counters


def _counters(result: Any) -> dict[str, int]:
    found = result.metrics().query()["counters"]
    ours = [one for one in found if one.key.metric.namespace == _NAMESPACE]
    return {one.key.metric.name: int(one.result or 0) for one in ours}  # not every runner reports all of them


def _pipeline(runner: str, workers: int, beam_options: Sequence[str]) -> beam.Pipeline:
    if runner == LOCAL_RUNNER:
        options = PipelineOptions([f"--direct_num_workers={workers}", *beam_options])
        return beam.Pipeline(runner=_local_runner(workers), options=options)
    try:
        return beam.Pipeline(options=PipelineOptions([f"--runner={runner}", *beam_options]))
    except (ValueError, ImportError, AttributeError) as error:
        raise UserError(
            f"Apache Beam has no runner '{runner}' ({' '.join(str(error).split())}); '{LOCAL_RUNNER}' runs on this "
            "machine."
        ) from error


def build(pipeline: Any, job: Job) -> None:
    """Adds the stage's transforms to `pipeline`."""
    numbers = pipeline | "Items" >> beam.Create(range(len(job.items))) | "Spread" >> beam.Reshuffle()
    read = numbers | "Read" >> beam.ParDo(ReadItem(job)).with_outputs("bands", "titles", "redirects", main="finished")
    pairs = read.bands | "GroupBands" >> beam.GroupByKey() | "Pairs" >> beam.FlatMap(_pairs)
    told = (
        {"directory": read.finished, "pairs": pairs}
        | "PairsByItem" >> beam.CoGroupByKey()
        | "Duplicates"
        >> beam.ParDo(FindDuplicates(job), beam.pvalue.AsDict(read.finished)).with_outputs("bodies", main="duplicates")
    )
    repeated = told.bodies | "GroupBodies" >> beam.GroupByKey() | "Repeated" >> beam.FlatMap(_repeated)
    aliases = (
        {"titles": read.titles, "redirects": read.redirects}
        | "GroupTitles" >> beam.CoGroupByKey()
        | "Aliases" >> beam.FlatMap(_aliases)
    )
    (
        {"directory": read.finished, "duplicates": told.duplicates, "repeated": repeated, "aliases": aliases}
        | "ByItem" >> beam.CoGroupByKey()
        | "Assemble" >> beam.ParDo(AssembleItem(job))
    )


class ReadItem(beam.DoFn):
    """Makes a work item, or finds it finished, and sends its keys on."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._maker: ItemMaker | None = None

    def setup(self) -> None:
        """Loads tokenizer and tagger, once a worker."""
        self._maker = ItemMaker(self._job)

    def process(self, number: int) -> Iterator[Any]:
        """Yields (number, directory) and the packed keys."""
        if self._maker is None:
            raise RuntimeError("Beam did not call setup")
        item = self._job.items[number]
        directory = self._maker.make(item)
        for name, count in item_facts(directory).items():
            Metrics.counter(_NAMESPACE, name).inc(count)
        (self._job.notes / f"{item.part}.read").touch()
        yield number, str(directory)
        for band in band_keys(number, directory, self._job.duplicates):
            yield TaggedOutput("bands", band)
        for title in title_keys(number, directory, source=item.source):
            yield TaggedOutput("titles", title)
        for redirect in redirect_keys(directory, source=item.source):
            yield TaggedOutput("redirects", redirect)


class FindDuplicates(beam.DoFn):
    """Finds out which articles of a work item were published before, and sends the bodies of the others on."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def process(self, element: tuple[int, dict[str, Iterable[Any]]], directories: dict[int, str]) -> Iterator[Any]:
        """Yields (number, duplicates), none of them too, and the packed keys of bodies."""
        number, found = element
        (directory,) = found["directory"]
        duplicates = find_duplicates(Path(directory), found["pairs"], directories, self._job.duplicates)
        yield number, [(one.row, one.reason, one.original) for one in duplicates]
        for body in body_keys(number, Path(directory), without=[one.row for one in duplicates]):
            yield TaggedOutput("bodies", body)


class AssembleItem(beam.DoFn):
    """Writes the parts of a work item."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def process(self, element: tuple[int, dict[str, Iterable[Any]]]) -> None:
        """Takes what was found out about one item."""
        number, found = element
        (directory,) = found["directory"]
        assemble_item(
            self._job,
            self._job.items[number],
            Path(directory),
            duplicates=[Duplicate(*one) for several in found["duplicates"] for one in several],
            repeated=[row for rows in found["repeated"] for row in rows],
            aliases=sorted(pair for pairs in found["aliases"] for pair in pairs),
        )


def _pairs(element: tuple[int, Iterable[tuple[int, bytes]]]) -> Iterator[tuple[int, bytes]]:
    return candidate_pairs(element[1])


def _repeated(element: tuple[int, Iterable[tuple[int, bytes]]]) -> Iterator[tuple[int, list[int]]]:
    return repeated_rows(element[1])


def _aliases(element: tuple[int, dict[str, Iterable[Any]]]) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    return title_aliases(element[1]["titles"], element[1]["redirects"])


def _local_runner(workers: int) -> FnApiRunner:
    """The runner of this machine: one worker in this process, several in processes of their own."""
    if workers == 1:
        return FnApiRunner()
    command = f"exec {shlex.quote(sys.executable)} -m pipelines.corpus.worker"  # no shell stays between
    return FnApiRunner(default_environment=SubprocessSDKEnvironment.from_command_string(command))


def _quiet() -> None:
    """Beam's local runner says a lot that is of no use to the person who waits."""
    logging.getLogger("apache_beam").setLevel(logging.ERROR)
    logging.getLogger("root").setLevel(logging.ERROR)
    for name in _TELL_OF_FAILURES:
        logging.getLogger(name).setLevel(logging.CRITICAL)

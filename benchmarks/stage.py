"""The corpus stage on a real dump's beginning, repeated to tens of megabytes, beside its wordpieces alone."""

import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from benchmarks.real_inputs import real_input
from benchmarks.repeated_dump import write_repeated
from benchmarks.stage_run import StageRun, start
from benchmarks.timing import Row
from realm.tokenizer import Tokenizer, import_tokenizer

HEAD: Final = "wiki/enwiki-201605-head.xml.bz2"
VOCABULARY: Final = "vocab/bert-base-uncased.vocab.txt"
MEGABYTES: Final = 100.0
WORKERS: Final = (1, 2)
MEMORY_MEGABYTES: Final = (100.0, 1000.0)
WHAT: Final = f"the head of the English dump repeated to {MEGABYTES:.0f} MB of XML"


def measure(repeats: int) -> list[Row]:
    """One worker beside the wordpieces of the same prose, and two workers beside one, in turns.

    What the same number of workers takes on a few pages for each is taken off: imports, and Beam's start of them.
    """
    head, vocabulary = real_input(HEAD), real_input(VOCABULARY)
    if head is None or vocabulary is None:
        return [Row("corpus stage", None, note=f"{HEAD} or {VOCABULARY} is absent; REALM_TEST_DATA names their folder")]
    runs: defaultdict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
        folder = Path(scratch)
        import_tokenizer(str(vocabulary), folder / "tokenizer", lowercase=True)
        tokenizer = Tokenizer.load(folder / "tokenizer")
        megabytes = write_repeated(head, folder / "dump.xml.bz2", megabytes=MEGABYTES) / 1e6
        for part in range(max(WORKERS)):  # a file is a work item at least, and without one a worker is not started
            write_repeated(head, folder / f"few{part}.xml.bz2", megabytes=0.02, pages_per_stream=3)
        for turn in range(repeats):
            for workers in WORKERS:
                few = _run(folder, "few", workers, turn)
                full = _run(folder, "dump", workers, turn)
                runs[f"clock {workers}"].append(full.seconds - few.seconds)
                runs[f"processors {workers}"].append(full.processor_seconds - few.processor_seconds)
            prose = _prose(folder / f"dump-1-{turn}" / "blocks")
            clock, processors = _seconds(tokenizer.encode, prose)
            runs["clock 0"].append(clock)
            runs["processors 0"].append(processors)
    return _rows({name: statistics.median(values) for name, values in runs.items()}, megabytes)


def measure_memory() -> list[Row]:
    """The most resident memory of one process of the stage, for two lengths of input; two workers."""
    head, vocabulary = real_input(HEAD), real_input(VOCABULARY)
    if head is None or vocabulary is None:
        return [Row("memory", None, note=f"{HEAD} or {VOCABULARY} is absent; REALM_TEST_DATA names their folder")]
    rows = []
    for megabytes in MEMORY_MEGABYTES:
        with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
            folder = Path(scratch)
            import_tokenizer(str(vocabulary), folder / "tokenizer", lowercase=True)
            length = write_repeated(head, folder / "dump.xml.bz2", megabytes=megabytes) / 1e6
            run = _run(folder, "dump", 2, 0)
        peak = f"{run.peak_bytes / 2**20:,.0f} MiB in its largest process, {run.blocks:,} blocks"
        rows.append(Row(f"{length:,.0f} MB of XML", run.seconds, length, "MB", None, peak))
    return rows


def _run(folder: Path, dump: str, workers: int, turn: int) -> StageRun:
    output = folder / f"{dump}-{workers}-{turn}"
    return start(
        sorted(folder.glob(f"{dump}*.xml.bz2")), tokenizer=folder / "tokenizer", output=output, workers=workers
    )


def _rows(medians: dict[str, float], megabytes: float) -> list[Row]:
    (one, busy_one), (two, busy_two), (wordpieces, busy) = (
        (medians[f"clock {workers}"], medians[f"processors {workers}"]) for workers in (1, 2, 0)
    )
    unit = "MB of XML"
    speed = f"{wordpieces / one:.0%} of the speed of its wordpieces alone (to reach: 45 %)"
    speed += f"; {busy / busy_one:.0%} by {busy_one:.1f} and {busy:.1f} processor seconds"
    twice = f"{one / two:.2f} times as fast (to reach: 1.7, with two free cores); {busy_two:.1f} processor seconds"
    return [
        Row("one worker", one, megabytes, unit, 1.0, speed),
        Row("two workers", two, megabytes, unit, two / one, twice),
        Row("wordpieces of its prose", wordpieces, megabytes, unit, wordpieces / one, "`tokenizers`, one thread"),
    ]


def _prose(blocks: Path) -> list[str]:
    parts = sorted(blocks.glob("articles-*.parquet"))
    return [text for part in parts for text in pq.read_table(part, columns=["text"]).column(0).to_pylist()]


def _seconds(work: Callable[[str], Any], texts: Sequence[str]) -> tuple[float, float]:
    """On the clock, and of processors."""
    clock, processors = time.perf_counter(), time.process_time()
    for text in texts:
        work(text)
    return time.perf_counter() - clock, time.process_time() - processors

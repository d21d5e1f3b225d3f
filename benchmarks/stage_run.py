"""One run of the corpus stage in a process of its own, which tells time, processor time and memory as JSON.

python -m benchmarks.stage_run --dump DUMP... --tokenizer DIR --output DIR --workers 2
"""

import argparse
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import psutil

from pipelines.corpus.job import LOCAL_RUNNER, CorpusConfig
from pipelines.corpus.run import Models, run
from pipelines.sources import get_source
from pipelines.sources.base import SourceConfig
from realm import params as parameters
from realm.paths import DataPaths

_LOOK_EVERY_S = 0.1


@dataclass(frozen=True)
class StageRun:
    """What a run took: seconds on the clock and of processors, and its most resident memory, in bytes a process."""

    seconds: float
    processor_seconds: float
    peak_bytes: int
    blocks: int


def start(dump: Sequence[Path], *, tokenizer: Path, output: Path, workers: int) -> StageRun:
    """Runs the stage on the files of `dump` with nothing cached and tagging off, and waits for it."""
    command = [sys.executable, "-m", "benchmarks.stage_run", "--dump", *map(str, dump), "--tokenizer", str(tokenizer)]
    command += ["--output", str(output), "--workers", str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return StageRun(**json.loads(done.stdout.strip().splitlines()[-1]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dump", type=Path, nargs="+", required=True)
    for name in ("tokenizer", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--workers", type=int, required=True)
    arguments = parser.parse_args()
    params = parameters.load()
    sources = params.section("sources", SourceConfig)
    config = replace(params.section("corpus", CorpusConfig), runner=LOCAL_RUNNER, workers=arguments.workers)
    watch = _Watch()
    begin = time.perf_counter()
    values = run(
        config,
        sources=sources,
        items=get_source("wikipedia").work_items(arguments.dump, sources),
        models=Models(arguments.tokenizer, "none"),
        output=arguments.output / "blocks",
        data=DataPaths(arguments.output),
    )
    seconds = time.perf_counter() - begin
    watch.look()
    print(
        json.dumps(
            {
                "seconds": seconds,
                "processor_seconds": sum(watch.processor_seconds.values()),
                "peak_bytes": max(watch.peaks.values()),
                "blocks": values["blocks"],
            }
        )
    )


class _Watch:
    """Looks at this process and its children now and then."""

    def __init__(self) -> None:
        self.peaks: Counter[int] = Counter()
        self.processor_seconds: dict[int, float] = {}
        threading.Thread(target=self._go_on, daemon=True).start()

    def look(self) -> None:
        here = psutil.Process()
        for process in [here, *here.children(recursive=True)]:
            try:
                times = process.cpu_times()
                self.peaks[process.pid] = max(self.peaks[process.pid], process.memory_info().rss)
                self.processor_seconds[process.pid] = times.user + times.system
            except psutil.NoSuchProcess:
                continue

    def _go_on(self) -> None:
        while True:
            self.look()
            time.sleep(_LOOK_EVERY_S)


if __name__ == "__main__":
    main()

"""One FAISS index built in a process of its own, which tells seconds and memory as JSON.

python -m benchmarks.building --vectors FILE --factory IVF1024,Flat --output FILE [--whole]
"""

import argparse
import json
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np

from benchmarks.made_version import DIMENSION
from index.config import IndexConfig
from index.faiss_index import build_faiss, empty_index
from index.gate import evenly_spread
from index.parts import write_faiss
from realm import params as parameters

TRAINED_ON: Final = 100_000
SHARD_BLOCKS: Final = 100_000
PROBES: Final = 32
_LOOK_EVERY_S = 0.005


@dataclass(frozen=True)
class Build:
    """What building an index took: seconds, and the most memory of its own in bytes, mapped files not counted."""

    seconds: float
    peak_bytes: int


def build(vectors: Path, factory: str, output: Path, *, whole: bool) -> Build:
    """Builds an index of the float32 vectors in a file: in parts as the index stage does, or `whole` as FAISS does."""
    command = [sys.executable, "-m", "benchmarks.building", "--vectors", str(vectors), "--factory", factory]
    command += ["--output", str(output), *(["--whole"] if whole else [])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Build(**json.loads(done.stdout.strip().splitlines()[-1]))


def mapped(path: Path) -> np.ndarray:
    """The vectors in a file, float32 `[n, 128]`."""
    return np.memmap(path, dtype=np.float32, mode="r").reshape(-1, DIMENSION)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("vectors", "output"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--factory", required=True)
    parser.add_argument("--whole", action="store_true")
    arguments = parser.parse_args()
    import faiss  # noqa: F401 - so that its own memory does not count

    vectors = mapped(arguments.vectors)
    watch = _Watch()
    begin = time.perf_counter()
    config = replace(
        parameters.load().section("index", IndexConfig),
        factory=arguments.factory,
        probes=PROBES,
        train_blocks=TRAINED_ON,
        shard_blocks=SHARD_BLOCKS,
    )
    if arguments.whole:
        _build_whole(vectors, config, arguments.output)
    else:
        build_faiss(vectors, config, arguments.output)
    seconds = time.perf_counter() - begin
    print(json.dumps({"seconds": seconds, "peak_bytes": watch.most - watch.start}))


def _build_whole(vectors: np.ndarray, config: IndexConfig, output: Path) -> None:
    index = empty_index(config, dimension=DIMENSION, blocks=len(vectors))
    index.train(np.ascontiguousarray(vectors[evenly_spread(len(vectors), TRAINED_ON)]))
    index.add(vectors)
    write_faiss(index, output)


class _Watch:
    """Looks again and again at how much memory of its own this process has."""

    def __init__(self) -> None:
        self.start = self.most = _own_bytes()
        threading.Thread(target=self._go_on, daemon=True).start()

    def _go_on(self) -> None:
        while True:
            self.most = max(self.most, _own_bytes())
            time.sleep(_LOOK_EVERY_S)


def _own_bytes() -> int:
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("RssAnon"))


if __name__ == "__main__":
    main()

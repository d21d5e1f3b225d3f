"""Versions swapped under load: how many queries are answered meanwhile, how fast, and that none is lost or mixed.

Started again with `--client` it is one of the processes that ask.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.made_version import DIMENSION, clustered_vectors, write_version
from benchmarks.timing import Row
from index.ray_runtime import connect
from index.service.client import IndexService
from index.service.config import ServiceConfig
from index.version import IndexVersion
from realm.errors import UserError

SIZES: Final = (20_000, 30_000, 40_000)
SECONDS, PAUSE_S, K = 16.0, 1.0, 5
_POOL = 256  # queries whose answers are known
_ROUNDS = 20  # calls a lease
_NAME = "bench-swap"
_CONFIG = ServiceConfig(shards=1, cpus_per_shard=0, threads=1, max_batch=256, lease_s=60.0, placement_timeout_s=60.0)


@dataclass(frozen=True)
class Load:
    """Who asks: processes, threads of each, and queries a call."""

    processes: int
    threads: int
    batch: int

    def __str__(self) -> str:
        return f"{self.processes} processes with {self.threads} threads, {self.batch} queries a call"


LOADS: Final = (Load(processes=2, threads=2, batch=32), Load(processes=2, threads=8, batch=1))


def measure() -> Iterator[tuple[str, list[Row]]]:
    """A table for each load.

    Raises:
        UserError: an answer was missed or mixed; all tables have been given then.
    """
    told: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch, connect():
        root = Path(scratch)
        queries = clustered_vectors(_POOL, seed=2)
        np.save(root / "queries.npy", queries)
        for number, count in enumerate(SIZES):
            _write_known(root, count, queries, seed=number)
        sizes = ", ".join(f"{count:,}" for count in SIZES)
        title = f"Versions of {sizes} x {DIMENSION} swapped for {SECONDS:.0f} s under load, best {K}, exact"
        for load in LOADS:
            swaps, heard = _under_load(root, load)
            yield f"{title}: {load}", _rows(load, swaps, heard)
            told += heard
    require_right(told)


def require_right(told: Sequence[Mapping[str, Any]]) -> None:
    """Refuses what clients tell if a single answer was missed or mixed.

    Raises:
        UserError: with how many.
    """
    missed, mixed = _wrong(told)
    if missed or mixed:
        raise UserError(
            f"While versions were swapped, {missed} answers were missed and {mixed} were not those of the version they "
            "were asked of. Look for what serves one version's rows for another's in index/service."
        )


def _write_known(root: Path, count: int, queries: np.ndarray, *, seed: int) -> None:
    """A version, and beside it what a search of it finds, under its fingerprint."""
    import faiss

    vectors = clustered_vectors(count, seed=seed)
    index = faiss.IndexFlatIP(DIMENSION)
    index.add(vectors)
    fingerprint = write_version(root / f"made-{count}", vectors, index)
    found = IndexVersion.open(root / f"made-{count}").search(queries, K)
    np.savez(root / f"{fingerprint}.npz", rows=found.rows, scores=found.scores)


def _under_load(root: Path, load: Load) -> tuple[list[tuple[float, float]], list[dict[str, Any]]]:
    """When each swap began and ended, and what each client tells."""
    with IndexService.running(root / "service", _CONFIG, name=_NAME) as service:
        service.publish(root / f"made-{SIZES[-1]}")
        with _clients(root, load) as clients:
            swaps = _swap(service, root)
            return swaps, [json.loads(client.communicate()[0]) for client in clients]


def _wrong(told: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    missed, mixed = (sum(one[name] for one in told) for name in ("missed", "mixed"))
    return missed, mixed


def _rows(load: Load, swaps: list[tuple[float, float]], told: list[dict[str, Any]]) -> list[Row]:
    calls = np.concatenate([np.asarray(one["calls"], dtype=np.float64).reshape(-1, 2) for one in told])
    begun, latency = calls[:, 0], calls[:, 1]
    during = np.any([(begun < end) & (begun + latency > start) for start, end in swaps], axis=0)
    seconds = max(one["seconds"] for one in told)
    missed, mixed = _wrong(told)
    versions = len({name for one in told for name in one["versions"]})
    median, nearly, longest = (f"{np.percentile(latency, share) * 1000:.1f} ms" for share in (50, 99, 100))
    swapping = f"{latency[during].max(initial=0.0) * 1000:.1f} ms"
    published = f"{np.median([end - start for start, end in swaps]) * 1000:.0f} ms"
    return [
        Row("queries", seconds, len(calls) * load.batch, "queries", note=f"MISSED {missed}, MIXED {mixed} answers"),
        Row("calls", seconds, len(calls), "calls"),
        Row("a call", None, note=f"median {median}, 99 % {nearly}, longest {longest}, during a swap {swapping}"),
        Row("swaps", None, note=f"{len(swaps)}, of {published} (median); {versions} versions were asked"),
    ]


@contextmanager
def _clients(root: Path, load: Load) -> "Iterator[list[subprocess.Popen[str]]]":
    """Processes that ask for so long; they have begun when the block does."""
    command = [sys.executable, "-m", "benchmarks.swapping", "--client", str(root), str(load.threads), str(load.batch)]
    with ExitStack() as stack:
        clients = []
        for number in range(load.processes):
            client = subprocess.Popen([*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            clients.append(stack.enter_context(client))
        for client in clients:
            assert client.stdout is not None
            assert client.stdout.readline() == "ready\n"
        for client in clients:
            assert client.stdin is not None
            client.stdin.write("go\n")
            client.stdin.flush()
        yield clients


def _swap(service: IndexService, root: Path) -> list[tuple[float, float]]:
    """Publishes copies of the versions in turn, each removed when the next takes over; when each began and ended."""
    swaps: list[tuple[float, float]] = []
    started = time.monotonic()
    while time.monotonic() < started + SECONDS - PAUSE_S:
        number = len(swaps)
        copy = Path(shutil.copytree(root / f"made-{SIZES[number % len(SIZES)]}", root / f"copy-{time.monotonic_ns()}"))
        begun = time.monotonic()
        service.publish(copy, disposable=True)
        swaps.append((begun, time.monotonic()))
        time.sleep(PAUSE_S)
    return swaps


def _client(root: Path, *, threads: int, batch: int, number: int) -> None:
    queries = np.load(root / "queries.npy")
    known = {path.stem: dict(np.load(path)) for path in root.glob("*.npz")}
    with connect(), ThreadPoolExecutor(threads) as pool:
        service = IndexService.named(_CONFIG, name=_NAME)
        print("ready", flush=True)
        sys.stdin.readline()
        started = time.monotonic()
        seeds = range(threads * number, threads * (number + 1))
        askers = [_Asker(service, queries, known, batch=batch, seed=seed) for seed in seeds]
        list(pool.map(lambda one: one.ask(until=started + SECONDS), askers))
        seconds = time.monotonic() - started
    print(
        json.dumps(
            {
                "seconds": seconds,
                "calls": [call for one in askers for call in one.calls],
                "missed": sum(one.missed for one in askers),
                "mixed": sum(one.mixed for one in askers),
                "versions": sorted({name for one in askers for name in one.versions}),
            }
        )
    )


class _Asker:
    """One thread of a client: asks, and compares every answer with that of the version it names."""

    def __init__(
        self,
        service: IndexService,
        queries: np.ndarray,
        known: dict[str, dict[str, np.ndarray]],
        *,
        batch: int,
        seed: int,
    ) -> None:
        self._service, self._queries, self._known, self._batch = service, queries, known, batch
        self._chance = np.random.default_rng(seed)
        self.calls: list[tuple[float, float]] = []
        """When each began, by the machine's clock, and how long it took."""
        self.versions: set[str] = set()
        self.missed = self.mixed = 0

    def ask(self, *, until: float) -> None:
        while time.monotonic() < until:
            with self._service.lease() as version:
                self.versions.add(version.fingerprint)
                right = self._known[version.fingerprint]
                for _ in range(_ROUNDS):
                    rows = self._chance.integers(_POOL, size=self._batch)
                    begun = time.monotonic()
                    found = version.search(self._queries[rows], K)
                    self.calls.append((begun, time.monotonic() - begun))
                    self.missed += int((found.rows < 0).any(axis=1).sum()) + len(rows) - len(found.rows)
                    same = (found.rows == right["rows"][rows]) & (found.scores == right["scores"][rows])
                    self.mixed += int((~same.all(axis=1)).sum())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--client", nargs=4, required=True, metavar=("ROOT", "THREADS", "BATCH", "NUMBER"))
    root, threads, batch, number = parser.parse_args().client
    _client(Path(root), threads=int(threads), batch=int(batch), number=int(number))


if __name__ == "__main__":
    main()

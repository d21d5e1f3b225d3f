"""Search at a million blocks: bare FAISS, an opened version, and the service; and what opening costs."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np

from benchmarks.made_version import DIMENSION, clustered_vectors, write_version
from benchmarks.timing import Row, median_seconds
from index.ray_runtime import connect
from index.service.client import IndexService
from index.service.config import ServiceConfig
from index.service.lease import LeasedVersion
from index.version import INDEX_KIND, IndexVersion
from realm.manifest import read_manifest, verify_files

VECTORS, QUERIES, K = 1_000_000, 64, 5
_TINY, _SMALL, _MEDIUM = 1_000, 10_000, 50_000
_TURNS = {_TINY: 400, _SMALL: 200, _MEDIUM: 60, VECTORS: 6}  # of the service, for each repeat
_SEVERAL = ("tiny", "small", "medium")
_THREADS = 2
_CONFIG = ServiceConfig(
    shards=1, cpus_per_shard=0, threads=_THREADS, max_batch=256, lease_s=60.0, placement_timeout_s=60.0
)
_SETTLED_S = 2.5  # `realm.verified` trusts files that have not changed for so long


def measure(repeats: int) -> list[tuple[str, list[Row]]]:
    """Tables of search and of opening; the ways of search take turns."""
    import faiss

    faiss.omp_set_num_threads(_THREADS)
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
        folder = Path(scratch)
        for name, count in (("tiny", _TINY), ("small", _SMALL), ("medium", _MEDIUM), ("large", VECTORS)):
            vectors = clustered_vectors(count)
            index = faiss.IndexFlatIP(DIMENSION)
            index.add(vectors)
            write_version(folder / name, vectors, index)
        return [
            (f"Search, {QUERIES} queries at once, best {K} of {VECTORS:,}", _search(folder / "large", index, repeats)),
            ("Opening a version again", _opening(folder, repeats)),
        ]


def _search(directory: Path, bare: Any, repeats: int) -> list[Row]:
    queries = clustered_vectors(QUERIES, seed=2)
    version = IndexVersion.open(directory)
    half = np.arange(version.count) % 2 == 0
    with (
        connect(),
        IndexService.running(directory.with_name("service"), _CONFIG, name="bench") as service,
    ):
        service.publish(directory)
        with service.lease() as leased:
            ways: dict[str, Callable[[], Any]] = {
                "bare FAISS, Flat": lambda: bare.search(queries, K),
                "an opened version": lambda: version.search(queries, K),
                "an opened version, half the blocks filtered out": lambda: version.search(queries, K, allowed=half),
                "the service, 1 shard": lambda: leased.search(queries, K),
            }
            seconds = in_turns(ways, repeats)
            added = _added(service, version, leased, _TURNS[VECTORS] * repeats)
    first = seconds["bare FAISS, Flat"]
    rows = [Row(name, one, QUERIES, "queries", one / first) for name, one in seconds.items()]
    for name in _SEVERAL:
        rows += _service_overhead(directory.with_name(name), repeats)
    return [*rows, *added]


def _service_overhead(directory: Path, repeats: int) -> list[Row]:
    """What asking another process adds, seen best where the search itself takes little.

    On one thread each: several wait for each other, here or there, and longer than the search takes. So many turns that
    those at which Ray still starts its processes are few. The largest of these versions is searched by a thread of its
    own, the others where the question arrives.
    """
    import faiss

    version = IndexVersion.open(directory)
    config = replace(_CONFIG, threads=1)
    with connect(), IndexService.running(directory.with_name("service"), config, name="bench") as service:
        faiss.omp_set_num_threads(1)
        with service.lease(service.publish(directory)) as leased:
            rows = _added(service, version, leased, _TURNS[version.count] * repeats)
        faiss.omp_set_num_threads(_THREADS)
    return rows


class _ByHand:
    """What one would write instead of the service: an actor that opens a version and searches it."""

    def __init__(self, directory: Path, threads: int) -> None:
        import faiss

        faiss.omp_set_num_threads(threads)
        self._version = IndexVersion.open(directory)

    def search(self, queries: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray, float]:
        """Rows, scores, and the seconds that the search took."""
        started = time.perf_counter()
        found = self._version.search(queries, k)
        return found.rows, found.scores, time.perf_counter() - started


def _added(service: IndexService, version: IndexVersion, leased: LeasedVersion, turns: int) -> list[Row]:
    """What a call of the service takes besides the search in its searcher, turn by turn, and one of an actor by hand.

    Compared with the search in its own process: the same search takes longer in some processes than in others, by more
    than a call does, and which ones is chance.
    """
    import faiss
    import ray

    queries = clustered_vectors(QUERIES, seed=2)
    actor: Any = ray.remote(_ByHand).options(num_cpus=0).remote(version.directory, faiss.omp_get_max_threads())
    taken: list[tuple[float, float, float]] = []
    before = 0.0
    for _ in range(turns + 1):
        marks = [time.perf_counter()]
        for search in (version.search, leased.search):
            search(queries, K)
            marks.append(time.perf_counter())
        by_hand = ray.get(actor.search.remote(queries, K))[2]
        marks.append(time.perf_counter())
        here, there, hand = np.diff(marks)
        searched = service.searched()[0].seconds
        taken.append((there - (searched - before), hand - by_hand, there / here))
        before = searched
    ours, hands, ratios = zip(*taken[1:], strict=True)  # the first one warms up
    beside = f"; the call took {median(ratios):.2f} x the search here"
    return [
        _added_row(f"what the service adds, at {version.count:,}", ours, beside),
        _added_row(f"what a Ray actor by hand adds, at {version.count:,}", hands),
    ]


def _added_row(what: str, seconds: Sequence[float], beside: str = "") -> Row:
    low, middle, high = (one * 1000 for one in quantiles(seconds, n=4))
    return Row(what, None, note=f"{middle:.2f} ms, half of {len(seconds):,} turns {low:.2f} to {high:.2f}{beside}")


def in_turns(ways: dict[str, Callable[[], Any]], repeats: int) -> dict[str, float]:
    """Median seconds of each way; they take turns, so that a slow moment of the machine falls on all of them."""
    return {name: median(values) for name, values in seconds_in_turns(ways, repeats).items()}


def seconds_in_turns(ways: dict[str, Callable[[], Any]], repeats: int) -> dict[str, list[float]]:
    """Seconds of each turn of each way."""
    taken: defaultdict[str, list[float]] = defaultdict(list)
    for turn in range(repeats + 1):
        for name, work in ways.items():
            started = time.perf_counter()
            work()
            if turn:  # the first one warms up
                taken[name].append(time.perf_counter() - started)
    return dict(taken)


def _opening(folder: Path, repeats: int) -> list[Row]:
    time.sleep(_SETTLED_S)
    rows: list[Row] = []
    for name, count in (("small", _SMALL), ("large", VECTORS)):
        manifest = read_manifest(folder / name, kind=INDEX_KIND)
        whole = median_seconds(lambda m=manifest, name=name: verify_files(folder / name, m), repeats=1)  # type: ignore[misc]
        again = median_seconds(lambda name=name: IndexVersion.open(folder / name), repeats=repeats)  # type: ignore[misc]
        ratio = again / rows[0].seconds if rows and rows[0].seconds else 1.0
        rows.append(Row(f"{count:,} blocks", again, count, "blocks", ratio, f"{whole:.2f} s the first time: checksums"))
    return rows

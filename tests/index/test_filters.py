"""What is found under a filter is what reading every block that passes gives, whatever the factory."""

import dataclasses

import numpy as np
import pyarrow.parquet as pq
import pytest

from index.filters import BlockFilter
from index.version import IndexRecord, IndexVersion
from tests.index.world import CONFIG, World, bodies

DATES = ("2018-05-01", "2019-01-01", "2019-12-31", "2020-06-15")
KINDS = [("wikipedia", "", one) for one in DATES]
KINDS += [("ccnews", outlet, one) for outlet in ("example.org", "example.com") for one in DATES]
KINDS += [("text", "", "")]
EACH, FILTERS = 8, 60


def mixed(world: World, factory: str) -> IndexVersion:
    """Blocks of all kinds."""
    rows = []
    for number, (source, outlet, date) in enumerate(KINDS):
        texts = bodies(EACH, first=EACH * number)
        part = world.corpus(str(number), texts, source=source, outlet=outlet, date=date)
        rows += pq.read_table(part / "wikipedia-0.parquet").to_pylist()
    gate = dataclasses.replace(CONFIG.gate, recall_floor=0.0)
    world.build(world.corpus_of("all", rows), "all", config=dataclasses.replace(CONFIG, factory=factory, gate=gate))
    return IndexVersion.open(world.index("all"))


def some(chance: np.random.Generator, names: tuple[str, ...]) -> tuple[str, ...]:
    """Often none, that is no condition."""
    return tuple(name for name in names if chance.random() < 0.3)


def any_filter(chance: np.random.Generator) -> BlockFilter:
    days = (*DATES, "2017-01-01", "2021-01-01")
    return BlockFilter(
        since=str(chance.choice(days)) if chance.random() < 0.4 else None,
        until=str(chance.choice(days)) if chance.random() < 0.4 else None,
        sources=some(chance, ("wikipedia", "ccnews", "text", "nowhere")),
        outlets=some(chance, ("example.org", "example.com", "example.net")),
    )


def passes(only: BlockFilter, record: IndexRecord, outlet: str) -> bool:
    """The rule, said once more for a single block."""
    new_enough = only.since is None or record.date >= only.since
    old_enough = only.until is None or record.date <= only.until
    return (
        new_enough
        and old_enough
        and (not only.sources or record.source in only.sources)
        and (not only.outlets or outlet in only.outlets)
    )


@pytest.mark.parametrize("factory", ["Flat", "SQ8", "IVF9,Flat", "IVF9,SQ8", "PCA8,IVF5,PQ4x4", "HNSW8"])
def test_any_filter_any_k_and_any_factory_find_what_brute_force_finds(world: World, factory: str) -> None:
    version = mixed(world, factory)
    chance = np.random.default_rng(11)
    outlet_of = {}
    for row in pq.read_table(world.root / "blocks" / "all" / "wikipedia-0.parquet").to_pylist():
        outlet_of[row["block_id"]] = row["outlet"]
    records = [version.record(row) for row in range(version.count)]
    shares = []
    for _ in range(FILTERS):
        only, k = any_filter(chance), int(chance.integers(1, 40))
        expected = np.array([passes(only, one, outlet_of[one.block_id]) for one in records])
        allowed = version.rows_where(only)
        assert np.array_equal(allowed, expected), only
        queries = chance.standard_normal((3, version.dimension), dtype=np.float32)
        scores = queries.astype(np.float64) @ version.vectors.T.astype(np.float64)
        scores[:, ~expected] = -np.inf
        best = np.argsort(-scores, axis=1, kind="stable")[:, :k]
        best[np.take_along_axis(scores, best, axis=1) == -np.inf] = -1
        assert np.array_equal(version.search(queries, k, allowed=allowed).rows, best), (only, k)
        shares.append(expected.mean())
    assert min(shares) == 0.0
    assert max(shares) > 0.9

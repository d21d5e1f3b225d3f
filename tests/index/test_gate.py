"""What the gate asks for, and that equals are as good as each other."""

import dataclasses
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

from index.gate import require_as_measured, require_findable
from index.search import exact_rows, recall
from index.vectors import map_vectors, write_item, write_vectors
from index.version import IndexVersion
from realm.errors import UserError
from realm.manifest import write_manifest
from tests.files import contents
from tests.index.world import CONFIG, WORDS, World, bodies

BLOCKS, DIMENSION = 300, 16
VECTORS = np.random.default_rng(7).standard_normal((BLOCKS, DIMENSION), dtype=np.float32)
VECTORS /= np.linalg.norm(VECTORS, axis=1, keepdims=True)
ALL_PROBED = dataclasses.replace(CONFIG, gate=dataclasses.replace(CONFIG.gate, probes=30))


def flat(vectors: np.ndarray) -> Any:
    index: Any = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def find(index: Any, vectors: np.ndarray) -> None:
    """Asks whether blocks find themselves, where each is embedded as what is stored of it."""
    require_findable(index, vectors, lambda rows: vectors[rows], CONFIG.gate, blocks="these")


def test_an_index_that_holds_the_vectors_in_other_rows_does_not_pass() -> None:
    find(flat(VECTORS), VECTORS)
    with pytest.raises(UserError, match=r"the share of blocks that find themselves is 0\.\d+, below"):
        find(flat(np.roll(VECTORS, 1, axis=0)), VECTORS)


def test_a_block_that_ties_with_all_that_were_found_is_as_good_as_found() -> None:
    same = np.repeat(VECTORS[:2], BLOCKS // 2, axis=0)
    find(flat(same), same)


def test_recall_counts_scores_at_the_tie_and_not_which_of_equals_was_found() -> None:
    vectors = np.concatenate([np.repeat(VECTORS[:1], 20, axis=0), VECTORS[1:]])
    queries = VECTORS[:2].copy()
    exact = exact_rows(vectors, queries, 5)
    found = np.stack([np.arange(15, 20), exact[1]])
    assert recall(vectors, queries, found, exact) == 1.0
    found[0, 4] = BLOCKS
    found[1, 3:] = -1
    assert recall(vectors, queries, found, exact) == pytest.approx((4 / 5 + 3 / 5) / 2)


def test_blocks_of_the_same_wordpieces_are_published(world: World) -> None:
    longer = " ".join(WORDS * 4)  # than the last length, so that what tells them apart is cut off
    metrics = world.build(world.corpus("a", [f"{longer} {number}" for number in range(40)] + bodies(20)), "a")
    assert metrics["recall"] == 1.0


def swap_two(vectors: np.ndarray) -> np.ndarray:
    swapped = np.array(vectors)
    swapped[[3, 7]] = swapped[[7, 3]]
    return swapped


def swap_in_version(directory: Path) -> None:
    manifest = IndexVersion.open(directory).manifest
    ids, vectors = (np.array(one) for one in map_vectors(directory / "vectors.arrow"))
    write_vectors(directory / "vectors.arrow", ids, swap_two(vectors))
    write_manifest(directory, kind="index", made_from=manifest.made_from, facts=manifest.facts)


def swap_in_item(item: Path) -> None:
    keys, vectors = (np.array(one) for one in map_vectors(item))
    item.unlink()
    write_item(item.parent, keys, swap_two(vectors))


@pytest.mark.parametrize("way", ["previous", "cache"])
def test_two_vectors_that_have_changed_places_under_right_checksums_do_not_pass(world: World, way: str) -> None:
    blocks, cache = world.corpus("a", bodies(30)), world.root / "cache"
    world.build(blocks, "old", cache=cache)
    world.build(blocks, "a", cache=cache)
    before = contents(world.index("a"))
    if way == "previous":
        swap_in_version(world.index("old"))
        given: dict[str, Any] = {"previous": world.index("old")}
    else:
        swap_in_item(min(cache.rglob("vectors/*/*.arrow")))
        given = {"cache": cache}
    with pytest.raises(UserError, match=r"Row \d+ of the index of .* holds the vector of another block"):
        world.build(blocks, "a", config=ALL_PROBED, **given)
    assert contents(world.index("a")) == before


def test_an_index_of_other_blocks_finds_less_than_its_manifest_says(tmp_path: Path) -> None:
    gate = {"k": 5, "queries": 50, "recall": 1.0}
    require_as_measured(flat(VECTORS), VECTORS, gate, tmp_path)
    with pytest.raises(UserError, match=r"finds 0\.\d+ of what exact search .* its manifest says 1\.000"):
        require_as_measured(flat(VECTORS[::-1].copy()), VECTORS, gate, tmp_path)

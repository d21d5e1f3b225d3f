"""Vectors that exist already are taken for the same wordpieces only, and from sound files only."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from index.block_table import write_block_table
from index.collect import require_known
from index.input_keys import keys_of_rows, keys_of_table
from index.vectors import map_vectors, sound_items, write_item, write_vectors
from index.version import IndexVersion
from realm.arrow_rows import ArrowRows
from realm.errors import MismatchError, UserError
from realm.manifest import read_manifest, write_manifest
from realm.tokenizer import Tokenizer
from tests.files import contents
from tests.index.world import World, bodies, put_into

BLOCKS, LONG_TITLES = 60, 20


def corpus_with_titles_cut_at(world: World, name: str, max_title_tokens: int) -> Path:
    """60 blocks, every third with a title of three wordpieces; ids do not depend on the cut."""
    title = Tokenizer.load(world.tokenizer).encode("river mountain empire").ids
    assert len(title) == 3
    rows = pq.read_table(world.corpus(f"{name}-whole", bodies(BLOCKS)) / "wikipedia-0.parquet").to_pylist()
    for row in rows:
        row["title_ids"] = row["title_ids"][:1]
    for row in rows[::3]:
        row["title_ids"] = title[:max_title_tokens]
    return world.corpus_of(name, rows)


@pytest.mark.parametrize("way", ["previous", "cache"])
def test_blocks_whose_title_was_cut_elsewhere_are_embedded_anew(world: World, way: str) -> None:
    world.build(corpus_with_titles_cut_at(world, "long", 3), "long")
    blocks = corpus_with_titles_cut_at(world, "short", 2)
    fresh = world.build(blocks, "fresh")
    previous = world.index("long") if way == "previous" else None
    cache = world.root / "cache" / ("long" if way == "cache" else "again")
    again = world.build(blocks, "again", previous=previous, cache=cache)
    kept = BLOCKS - LONG_TITLES
    assert (fresh["embedded"], again["embedded"]) == (BLOCKS, LONG_TITLES)
    assert (again["reused"], again["cached"]) == ((kept, 0) if way == "previous" else (0, kept))
    assert contents(world.index("again")) == contents(world.index("fresh"))
    long, short = (IndexVersion.open(world.index(name)) for name in ("long", "again"))
    assert np.array_equal(long.block_ids, short.block_ids)
    assert (long.vectors != short.vectors).any(axis=1).sum() == LONG_TITLES


def test_keys_are_the_same_row_by_row_as_of_a_whole_table_and_tell_each_change_of_wordpieces(world: World) -> None:
    rows = pq.read_table(world.corpus("a", bodies(1)) / "wikipedia-0.parquet").to_pylist()
    changes = [([7], [1, 2, 3]), ([7], [1, 3, 2]), ([7], [1, 2]), ([7, 1], [2, 3]), ([], [7, 1, 2, 3]), ([7], [])]
    changes += [([7], [1, 2, 3, 0]), ([1, 2, 3], [7])]
    corpus = world.corpus_of("b", [rows[0] | {"title_ids": title, "body_ids": body} for title, body in changes])
    path = world.root / "table.arrow"
    write_block_table(corpus, read_manifest(corpus, kind="corpus"), path, bucket_blocks=64, sources=())
    table = ArrowRows(path)
    keys = keys_of_table(table)
    assert len(set(keys.tolist())) == len(changes)
    chosen = np.array([5, 0, 3])
    assert np.array_equal(keys_of_rows(table, chosen), keys[chosen])


@pytest.mark.parametrize("column", ["title_ids", "body_ids"])
def test_only_wordpieces_that_are_to_be_embedded_are_looked_at(world: World, column: str) -> None:
    rows = pq.read_table(world.corpus("a", bodies(9)) / "wikipedia-0.parquet").to_pylist()
    rows.sort(key=lambda row: int(row["block_id"]))
    for row in rows:
        row.update(title_ids=[5], body_ids=[6, 7])
    rows[4][column].append(300)
    corpus = world.corpus_of("b", rows)
    path = world.root / "table.arrow"
    write_block_table(corpus, read_manifest(corpus, kind="corpus"), path, bucket_blocks=2, sources=())
    table = ArrowRows(path)
    assert len(table.column(column).chunks) > 1

    def look_at(chosen: list[int], vocabulary: int) -> None:
        require_known(table, np.array(chosen, dtype=np.int64), vocabulary=vocabulary, model=world.model, blocks=corpus)

    look_at([0, 1, 2, 3, 5, 8], 300)
    look_at([], 300)
    look_at(list(range(9)), 301)
    with pytest.raises(UserError, match=rf"blocks/b has wordpiece 300 in {column} of block {rows[4]['block_id']}, but"):
        look_at([3, 4, 8], 300)


def test_a_wordpiece_that_the_model_does_not_know_is_found_in_a_block_that_is_new(world: World) -> None:
    old = world.corpus("old", bodies(BLOCKS))
    world.build(old, "old")
    rows = pq.read_table(old / "wikipedia-0.parquet").to_pylist()
    rows[4]["body_ids"][0] = 60_000
    with pytest.raises(UserError, match=rf"has wordpiece 60000 in body_ids of block {rows[4]['block_id']}, but"):
        world.build(world.corpus_of("new", rows), "new", previous=world.index("old"))


def flip_signs(path: Path) -> None:
    """What a checksum alone can tell: every vector turns round, and stays as long as it was."""
    vectors = map_vectors(path)[1].tobytes()
    content = path.read_bytes()
    start = content.index(vectors)
    turned = (-np.frombuffer(vectors, dtype=np.float32)).tobytes()
    path.write_bytes(content[:start] + turned + content[start + len(vectors) :])


def put_nan(path: Path) -> None:
    vectors = map_vectors(path)[1].tobytes()
    path.write_bytes(path.read_bytes().replace(vectors[:4], np.float32("nan").tobytes()))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize("damage", [flip_signs, put_nan, cut, empty])
def test_a_damaged_work_item_is_removed_and_embedded_again(
    world: World, capsys: pytest.CaptureFixture[str], damage: Callable[[Path], None]
) -> None:
    blocks, cache = world.corpus("a", bodies(BLOCKS)), world.root / "cache"
    world.build(blocks, "sound", cache=cache)
    items = sorted(cache.rglob("vectors/*/*.arrow"))
    damage(items[1])
    capsys.readouterr()
    again = world.build(blocks, "again", cache=cache)
    said = [line for line in capsys.readouterr().out.splitlines() if "damaged" in line]
    assert said == [f"embedding: {items[1]} was damaged and is removed; its blocks are embedded again"]
    assert (again["embedded"], again["cached"]) == (20, 40)
    assert contents(world.index("again")) == contents(world.index("sound"))
    assert sorted(cache.rglob("vectors/*/*.arrow")) == items
    with pa.memory_map(str(items[1])) as source:
        assert pa.ipc.open_file(source).get_batch(0).num_rows == 20


def test_a_work_item_that_another_process_has_removed_meanwhile_is_passed_over(tmp_path: Path) -> None:
    write_item(tmp_path, np.arange(3, dtype=np.uint64), np.ones((3, 4), dtype=np.float32))
    (kept,) = tmp_path.glob("*.arrow")
    (tmp_path / "gone.arrow").symlink_to(tmp_path / "nowhere")  # listed, and not there to be read
    assert sound_items(tmp_path) == [kept]


@pytest.mark.parametrize("blocks", [BLOCKS - 1, BLOCKS + 1])
@pytest.mark.parametrize("name", ["vectors.arrow", "blocks.arrow"])
def test_nothing_is_taken_from_a_version_with_more_or_fewer_vectors_than_blocks(
    world: World, name: str, blocks: int
) -> None:
    world.build(world.corpus("old", bodies(BLOCKS)), "old")
    world.build(world.corpus("other", bodies(blocks)), "other")
    put_into(world.index("old"), world.index("other") / name)
    new = world.corpus("new", bodies(BLOCKS, first=2))
    with pytest.raises(UserError, match=rf"index/old says .*'blocks' is {BLOCKS}, but .*{blocks} in {name}"):
        world.build(new, "new", previous=world.index("old"))
    assert not world.index("new").exists()


@pytest.mark.parametrize("value", [float("nan"), 0.0])
def test_a_vector_of_the_previous_version_that_is_nan_or_zero_is_not_laid_to_the_encoder(
    world: World, value: float
) -> None:
    world.build(world.corpus("old", bodies(BLOCKS)), "old")
    block_ids, vectors = (np.array(one) for one in map_vectors(world.index("old") / "vectors.arrow"))
    vectors[[7, 9]] = value
    write_vectors(world.root / "vectors.arrow", block_ids, vectors)
    put_into(world.index("old"), world.root / "vectors.arrow")
    new = world.corpus("new", bodies(BLOCKS + 5))
    said = rf"index/old gives block {block_ids[7]} a vector of squared length {value} \(and 1 more\).*`dvc checkout`"
    with pytest.raises(UserError, match=said):
        world.build(new, "new", previous=world.index("old"))
    assert not world.index("new").exists()


def test_nothing_is_taken_from_a_version_whose_vectors_have_another_length_than_it_says(world: World) -> None:
    blocks = world.corpus("a", bodies(BLOCKS))
    world.build(blocks, "old")
    block_ids, vectors = map_vectors(world.index("old") / "vectors.arrow")
    write_vectors(world.root / "vectors.arrow", block_ids, vectors[:, :8])
    put_into(world.index("old"), world.root / "vectors.arrow")
    with pytest.raises(UserError, match=r"index/old says .*'dimension' is 16, but .* 8 in vectors\.arrow"):
        world.build(blocks, "new", previous=world.index("old"))


def test_nothing_is_taken_from_a_version_that_does_not_say_how_its_blocks_were_embedded(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks = world.corpus("a", bodies(BLOCKS))
    world.build(blocks, "old")
    manifest = read_manifest(world.index("old"), kind="index")
    facts = {name: value for name, value in manifest.facts.items() if name != "embedding"}
    write_manifest(world.index("old"), kind="index", made_from=manifest.made_from, facts=facts)
    assert world.build(blocks, "new", previous=world.index("old"))["embedded"] == BLOCKS
    assert "nothing is taken from it" in capsys.readouterr().out


def test_a_corpus_that_does_not_say_which_tokenizer_it_was_made_with_is_refused(world: World) -> None:
    blocks = world.corpus("a", bodies(9))
    write_manifest(blocks, kind="corpus", made_from={}, facts={})
    with pytest.raises(MismatchError, match=r"blocks/a was made with tokenizer \(its manifest does not say"):
        world.build(blocks, "a")

import dataclasses

import numpy as np
import pyarrow.parquet as pq
import pytest
import torch

from index.build import build_index
from index.version import IndexVersion
from realm.errors import MismatchError, UserError
from realm.inputs import block_input, pad_batch
from realm.manifest import write_manifest
from realm.model import RealmConfig, Retriever
from realm.model.retriever import block_embedder_directory
from realm.tokenizer import Tokenizer, train_wordpiece
from tests.files import contents, flip_a_byte
from tests.index.world import CONFIG, World, bodies


def test_every_block_is_in_the_index_once_with_the_vector_of_its_own_text(world: World) -> None:
    blocks = world.corpus("a", bodies(70))
    metrics = world.build(blocks, "a")
    version = IndexVersion.open(world.index("a"))
    rows = pq.read_table(blocks / "wikipedia-0.parquet").to_pylist()
    assert metrics["blocks"] == metrics["embedded"] == version.count == 70
    assert version.block_ids.tolist() == sorted(row["block_id"] for row in rows)
    embedder = Retriever.load(world.model).block_embedder.eval()
    specials = Tokenizer.load(world.tokenizer).specials
    for row in rows[::9]:
        place = version.row_of(row["block_id"])
        assert place is not None
        record = version.record(place)
        assert (record.title, record.part, rows[record.part_row]["body"]) == (
            row["title"],
            "wikipedia-0.parquet",
            row["body"],
        )
        assert version.body_ids(place).tolist() == row["body_ids"]
        tokens = block_input(row["title_ids"], row["body_ids"], specials, max_length=48)
        with torch.inference_mode():
            expected = embedder(**pad_batch([tokens], pad_id=specials.pad))[0].numpy()
        assert np.allclose(version.vectors[place], expected, atol=1e-5)


def test_an_incremental_build_gives_the_same_bytes_as_one_from_nothing(world: World) -> None:
    old, new = world.corpus("old", bodies(60)), world.corpus("new", bodies(60, first=9))
    world.build(old, "old")
    full = world.build(new, "full")
    updated = world.build(new, "updated", previous=world.index("old"))
    assert (full["reused"], full["embedded"]) == (0, 60)
    assert (updated["reused"], updated["embedded"]) == (51, 9)
    assert contents(world.index("full")) == contents(world.index("updated"))


def test_what_a_killed_run_has_embedded_is_not_embedded_again(world: World) -> None:
    blocks = world.corpus("a", bodies(60))
    first = world.build(blocks, "first", cache=world.root / "cache")
    items = sorted((world.root / "cache").rglob("vectors/*/*.arrow"))
    items[0].unlink()  # as if the run had been killed before its last item
    again = world.build(blocks, "again", cache=world.root / "cache")
    assert (first["embedded"], again["embedded"], again["cached"]) == (60, 20, 40)
    assert contents(world.index("first")) == contents(world.index("again"))


def test_the_sort_buckets_change_no_row(world: World) -> None:
    blocks = world.corpus("a", bodies(60))
    world.build(blocks, "one", config=dataclasses.replace(CONFIG, bucket_blocks=1_000))
    world.build(blocks, "many", config=dataclasses.replace(CONFIG, bucket_blocks=8))
    one, many = IndexVersion.open(world.index("one")), IndexVersion.open(world.index("many"))
    assert np.array_equal(one.vectors, many.vectors)
    assert [one.record(row) for row in range(60)] == [many.record(row) for row in range(60)]


def test_a_version_of_another_encoder_gives_no_vectors(world: World) -> None:
    blocks = world.corpus("a", bodies(30))
    world.build(blocks, "a")
    other = world.root / "other-model"
    retriever = Retriever.load(world.model)
    with torch.no_grad():
        retriever.block_embedder.projection.weight += 0.1
    retriever.save(other)
    metrics = world.build(blocks, "b", model=other, previous=world.index("a"))
    assert (metrics["reused"], metrics["embedded"]) == (0, 30)
    with pytest.raises(MismatchError, match=r"other-model was .*index/a with block encoder .*do not belong together"):
        IndexVersion.open(world.index("a")).require_encoder(other)
    IndexVersion.open(world.index("b")).require_encoder(other)


def test_a_corpus_of_another_tokenizer_is_refused_with_both_names(world: World) -> None:
    blocks = world.corpus("a", bodies(30))
    other = world.root / "other-tokenizer"
    train_wordpiece(bodies(40), vocab_size=60, lowercase=True, output=other)
    with pytest.raises(MismatchError, match=r"blocks/a was made with tokenizer .*other-tokenizer"):
        build_index(
            blocks=blocks,
            model=world.model,
            tokenizer=other,
            previous=None,
            output=world.index("a"),
            config=CONFIG,
            cache=world.root / "cache",
        )


def test_a_block_that_stands_twice_is_refused_and_the_published_version_stays(world: World) -> None:
    world.build(world.corpus("a", bodies(30)), "a")
    before = contents(world.index("a"))
    with pytest.raises(UserError, match=r"blocks/twice has block \d+ twice"):
        world.build(world.corpus("twice", [*bodies(30), *bodies(1)]), "a")
    assert contents(world.index("a")) == before


@pytest.mark.parametrize("value", [float("nan"), 0.0])
def test_vectors_that_are_nan_or_zero_are_refused_and_the_published_version_stays(world: World, value: float) -> None:
    blocks = world.corpus("a", bodies(30))
    world.build(blocks, "a")
    before = contents(world.index("a"))
    broken, retriever = world.root / "broken", Retriever.load(world.model)
    with torch.no_grad():
        retriever.block_embedder.norm.weight.fill_(value)
        retriever.block_embedder.norm.bias.fill_(value)
    retriever.save(broken)
    with pytest.raises(UserError, match=r"broken gives block \d+ a vector of squared length (nan|0\.0)"):
        world.build(blocks, "a", model=broken)
    assert contents(world.index("a")) == before


def test_vectors_of_other_blocks_in_the_previous_version_are_found(world: World) -> None:
    from index.vectors import map_vectors, write_vectors

    blocks = world.corpus("a", bodies(30))
    world.build(blocks, "a")
    directory = world.index("a")
    manifest = IndexVersion.open(directory).manifest
    ids, vectors = (np.array(one) for one in map_vectors(directory / "vectors.arrow"))
    write_vectors(directory / "vectors.arrow", ids, np.roll(vectors, 1, axis=0))
    write_manifest(directory, kind="index", made_from=manifest.made_from, facts=manifest.facts)
    with pytest.raises(UserError, match="holds the vector of another block"):
        world.build(blocks, "b", previous=directory)


def test_an_approximate_index_below_the_recall_floor_is_refused(world: World) -> None:
    blocks = world.corpus("a", bodies(60))
    coarse = dataclasses.replace(CONFIG, factory="IVF8,Flat", probes=1)
    with pytest.raises(
        UserError, match=r"recall@5 against exact search is 0\.\d+, below index\.gate\.recall_floor 0\.99"
    ):
        world.build(blocks, "a", config=coarse)
    metrics = world.build(blocks, "a", config=dataclasses.replace(coarse, probes=8))
    assert metrics["recall"] == 1.0


def test_wordpieces_beyond_16_bits_are_refused(world: World) -> None:
    world.corpus("a", bodies(10))
    rows = pq.read_table(world.root / "blocks" / "a" / "wikipedia-0.parquet").to_pylist()
    rows[3]["body_ids"][0] = 70_000
    with pytest.raises(UserError, match=r"wikipedia-0\.parquet has a wordpiece id above 65,535"):
        world.build(world.corpus_of("b", rows), "b")


@pytest.mark.parametrize(
    ("column", "value"),
    [("block_id", None), ("date", None), ("title", None), ("body_ids", None), ("title_ids", [7, None])],
)
def test_a_cell_without_a_value_is_refused_with_its_place(world: World, column: str, value: object) -> None:
    rows = pq.read_table(world.corpus("a", bodies(30)) / "wikipedia-0.parquet").to_pylist()
    rows[23][column] = value
    with pytest.raises(UserError, match=rf"wikipedia-0\.parquet has no value for {column} in row 23"):
        world.build(world.corpus_of("b", rows), "b")


@pytest.mark.parametrize("column", ["title_ids", "body_ids"])
def test_a_wordpiece_that_the_model_does_not_know_is_refused(world: World, column: str) -> None:
    rows = pq.read_table(world.corpus("a", bodies(30)) / "wikipedia-0.parquet").to_pylist()
    known = RealmConfig.from_pretrained(block_embedder_directory(world.model)).vocab_size
    rows[4][column][-1] = known - 1
    world.build(world.corpus_of("last", rows), "last")
    rows[4][column][-1] = known
    said = rf"blocks/beyond has wordpiece {known} in {column} of block {rows[4]['block_id']}, but .*model knows {known}"
    with pytest.raises(UserError, match=said):
        world.build(world.corpus_of("beyond", rows), "beyond")


def test_a_corpus_without_blocks_is_refused(world: World) -> None:
    with pytest.raises(UserError, match="holds no blocks"):
        world.build(world.corpus("empty", []), "empty")


@pytest.mark.parametrize("name", ["wikipedia-0.parquet", "articles-0.parquet"])
def test_a_flipped_byte_in_the_corpus_is_found_before_anything_is_built(world: World, name: str) -> None:
    blocks = world.corpus("a", bodies(30))
    flip_a_byte(blocks / name)
    with pytest.raises(UserError, match=f"{name} is damaged"):
        world.build(blocks, "a")
    assert not world.index("a").exists()


@pytest.mark.parametrize("name", ["index.faiss", "vectors.arrow", "blocks.arrow"])
def test_a_flipped_byte_in_the_previous_version_is_found_and_nothing_is_taken_from_it(world: World, name: str) -> None:
    blocks = world.corpus("a", bodies(30))
    world.build(blocks, "old")
    flip_a_byte(world.index("old") / name)
    with pytest.raises(UserError, match=f"{name} is damaged"):
        world.build(blocks, "new", previous=world.index("old"))
    assert not world.index("new").exists()


def test_a_flipped_byte_in_the_cached_table_is_not_published_and_the_next_build_makes_it_anew(world: World) -> None:
    blocks, cache = world.corpus("a", bodies(30)), world.root / "cache"
    world.build(blocks, "a", cache=cache)
    before = contents(world.index("a"))
    (table,) = (cache / "tables").glob("*.arrow")
    flip_a_byte(table, table.read_bytes().index(b"harbour"))  # in a title
    with pytest.raises(UserError, match=r"\.arrow is damaged.* no version was published"):
        world.build(blocks, "a", cache=cache)
    assert contents(world.index("a")) == before
    world.build(blocks, "a", cache=cache)
    assert contents(world.index("a")) == before


def test_recall_speed_and_size_are_told_and_no_clock_stands_in_the_version(world: World) -> None:
    metrics = world.build(world.corpus("a", bodies(30)), "a")
    files = contents(world.index("a"))
    assert metrics["bytes"] == sum(map(len, files.values()))
    assert metrics["bytes_per_block"] == pytest.approx(len(files["index.faiss"]) / 30, abs=0.1)
    assert metrics["recall"] == IndexVersion.open(world.index("a")).manifest.facts["gate"]["recall"] == 1.0
    assert metrics["queries_per_second"] > 0
    assert metrics["peak_bytes"] > metrics["bytes"]
    assert b"second" not in files["manifest.json"]

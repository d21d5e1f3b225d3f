"""Embedding by real Ray actors: how many there are, and which of them dies when, changes nothing."""

import dataclasses
import tracemalloc

import numpy as np
import pyarrow as pa
import pytest
import torch

import index.embed
from index.embed import BlockEmbedder, EmbeddingJob
from index.ray_session import SESSION_VARIABLE, Session
from index.version import IndexVersion
from realm.arrow_rows import write_rows
from realm.errors import UserError, main_guard
from realm.precision import Precision
from realm.schema import INDEX_BLOCK_SCHEMA
from realm.storage import file_checksum
from realm.tokenizer import Tokenizer
from tests.files import contents
from tests.index.mortal import (
    BLOCKS,
    ITEMS,
    MOMENTS,
    CrampedActor,
    FullActor,
    MortalActor,
    cramp,
    disturbed_build_gives_the_same_bytes,
    doom,
)
from tests.index.world import CONFIG, World, bodies, with_actors

TABLE_COLUMNS = pa.schema([INDEX_BLOCK_SCHEMA.field(name) for name in ("block_id", "title_ids", "body_ids")])
PRECISIONS: list[Precision] = ["float32", "bfloat16"]


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(("dtype", "counts"), [("float32", (1, 2)), ("bfloat16", (2,))])
def test_one_actor_two_or_none_and_a_cold_or_warm_cache_give_the_same_bytes(
    world: World, dtype: Precision, counts: tuple[int, ...]
) -> None:
    blocks = world.corpus("a", bodies(BLOCKS))
    alone = world.build(blocks, "0", config=with_actors(0, dtype=dtype))
    for count in counts:
        metrics = world.build(blocks, str(count), config=with_actors(count, dtype=dtype))
        assert metrics["blocks"] == metrics["embedded"] == BLOCKS
        assert contents(world.index(str(count))) == contents(world.index("0"))
    cache = world.root / "cache" / "2"
    items = sorted(cache.rglob("vectors/*/*.arrow"))
    assert len(items) == ITEMS
    for item in items[1::2]:
        item.unlink()
    warm = world.build(blocks, "warm", config=with_actors(0, dtype=dtype), cache=cache)
    assert (warm["embedded"], warm["cached"]) == (40, 60)
    assert contents(world.index("warm")) == contents(world.index("0"))
    assert alone["vectors"] == warm["vectors"] == file_checksum(world.index("0") / "vectors.arrow")
    assert IndexVersion.open(world.index("0")).manifest.facts["dtype"] == dtype


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("actors", "deaths"),
    [
        (2, [(moment, 0) for moment in MOMENTS]),
        (1, [("within", 0), ("within", 0), ("written", ITEMS - 1)]),  # twice at the same item, and at the last
    ],
)
def test_actors_killed_at_every_moment_lose_no_block_double_none_and_change_no_byte(
    world: World, monkeypatch: pytest.MonkeyPatch, actors: int, deaths: list[tuple[str, int]]
) -> None:
    disturbed_build_gives_the_same_bytes(world, monkeypatch, actors=actors, deaths=deaths)


@pytest.mark.usefixtures("session")
def test_an_actor_that_always_dies_is_an_error_that_says_what_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = world.root / "cache" / "a"
    doom(cache, [("before", 0)])
    monkeypatch.setattr(index.embed, "EmbeddingActor", MortalActor)
    config = with_actors(1, cpus_per_actor=0, max_restarts=0)
    with pytest.raises(UserError, match=r"An embedding actor died more than 0 times .*Lower index\.embed\.batch_size"):
        world.build(world.corpus("a", bodies(BLOCKS)), "a", config=config, cache=cache)


def test_what_an_embedder_holds_does_not_grow_with_the_corpus(world: World) -> None:
    peaks = []
    for copies in (1, 50):  # of 4,000 rows, about as many as a batch of a real table
        table = world.root / f"{copies}.arrow"
        one = pa.RecordBatch.from_pydict(
            {"block_id": range(4_000), "title_ids": [[7]] * 4_000, "body_ids": [[8, 9]] * 4_000}, schema=TABLE_COLUMNS
        )
        write_rows(table, TABLE_COLUMNS, [one] * copies)
        specials = Tokenizer.load(world.tokenizer).specials
        vectors = world.root / "vectors"
        config = with_actors(0).embed
        job = EmbeddingJob(world.model, table, vectors, specials, encoder="", precision="float32", config=config)
        rows = np.arange(50) * copies
        BlockEmbedder(job, torch.device("cpu")).embed_item(rows)  # starts the libraries
        tracemalloc.start()
        BlockEmbedder(job, torch.device("cpu")).embed_item(rows)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000, "200,000 ids alone are 1.6 MB"


def test_vectors_of_another_precision_are_not_mixed_in(world: World) -> None:
    blocks = world.corpus("a", bodies(30))
    cache = world.root / "cache" / "shared"
    exact = world.build(blocks, "exact", config=with_actors(0, dtype="float32"), cache=cache)
    rounded = world.build(
        blocks, "rounded", config=with_actors(0, dtype="bfloat16"), cache=cache, previous=world.index("exact")
    )
    assert (rounded["embedded"], rounded["reused"], rounded["cached"]) == (30, 0, 0)
    assert (exact["dtype"], rounded["dtype"]) == ("float32", "bfloat16")
    one, other = IndexVersion.open(world.index("exact")), IndexVersion.open(world.index("rounded"))
    assert one.manifest.facts["embedding"] != other.manifest.facts["embedding"]
    assert np.allclose(one.vectors, other.vectors, atol=0.1)
    assert not np.array_equal(one.vectors, other.vectors)


def test_auto_is_stamped_as_what_it_came_to(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = world.corpus("a", bodies(30))
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"amx_bf16": True})
    world.build(blocks, "auto", config=with_actors(0, dtype="auto"))
    world.build(blocks, "named", config=with_actors(0, dtype="bfloat16"))
    assert contents(world.index("auto")) == contents(world.index("named"))


def cramped_embedder(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    start = BlockEmbedder.__init__

    def cramped_start(self: BlockEmbedder, job: EmbeddingJob, device: torch.device) -> None:
        start(self, job, device)
        cramp(self._embedder, rows)

    monkeypatch.setattr(BlockEmbedder, "__init__", cramped_start)


@pytest.mark.parametrize("dtype", PRECISIONS)
def test_out_of_memory_halves_the_batches_and_gives_what_that_batch_size_gives(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], dtype: Precision
) -> None:
    blocks, one_length = world.corpus("a", bodies(30)), {"lengths": (48,), "dtype": dtype}
    world.build(blocks, "small", config=with_actors(0, batch_size=2, **one_length))
    cramped_embedder(monkeypatch, 3)
    metrics = world.build(blocks, "halved", config=with_actors(0, batch_size=8, **one_length))
    said = [line for line in capsys.readouterr().out.splitlines() if "out of memory" in line]
    assert [line.split("(")[0] for line in said] == [
        f"embedding: out of memory, so batches have {rows} rows from now on " for rows in (4, 2)
    ]
    assert metrics["embedded"] == 30
    assert contents(world.index("halved")) == contents(world.index("small"))
    assert IndexVersion.open(world.index("halved")).manifest.facts["batch_size"] == 2


@pytest.mark.usefixtures("session")
def test_an_actor_out_of_memory_halves_the_batches_of_all(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = world.corpus("a", bodies(BLOCKS))
    world.build(blocks, "small", config=with_actors(0, batch_size=2, lengths=(48,)))
    monkeypatch.setattr(index.embed, "EmbeddingActor", CrampedActor)
    world.build(blocks, "halved", config=with_actors(1, batch_size=4, lengths=(48,), cpus_per_actor=0))
    assert contents(world.index("halved")) == contents(world.index("small"))


@pytest.mark.usefixtures("session")
def test_a_disk_that_is_full_while_an_actor_embeds_is_a_sentence_and_the_next_build_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    blocks, cache = world.corpus("a", bodies(BLOCKS)), world.root / "cache" / "a"

    def build() -> None:
        world.build(blocks, "a", config=with_actors(1, cpus_per_actor=0), cache=cache)

    monkeypatch.setattr(index.embed, "EmbeddingActor", FullActor)
    with pytest.raises(SystemExit, match="2"):
        main_guard(build)
    assert "error: The disk is full, or the file too large for it (" in capsys.readouterr().err
    assert not world.index("a").exists()
    assert world.build(blocks, "a", config=with_actors(0), cache=cache)["cached"] == BLOCKS // ITEMS


def test_a_single_block_without_room_is_an_error_that_says_what_to_lower(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cramped_embedder(monkeypatch, 0)
    with pytest.raises(UserError, match=r"A single block of 48 wordpieces .*Tried to allocate.*index\.embed\.lengths"):
        world.build(world.corpus("a", bodies(30)), "a")
    assert not world.index("a").exists()


def test_blocks_that_are_cut_are_counted_and_said(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    blocks = world.corpus("a", bodies(30))
    world.build(blocks, "whole")
    assert "are cut to" not in capsys.readouterr().out
    world.build(blocks, "short", config=with_actors(0, lengths=(24,)))
    index = IndexVersion.open(world.index("whole"))
    long = sum(len(index.title_ids(row)) + len(index.body_ids(row)) + 3 > 24 for row in range(30))
    assert long
    said = f"embedding: {long} of 30 blocks are cut to the last of index.embed.lengths, 24"
    assert said in capsys.readouterr().out


def test_a_gpu_that_is_not_there_is_an_error_that_names_the_key(world: World) -> None:
    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    config = dataclasses.replace(CONFIG, embed=dataclasses.replace(CONFIG.embed, gpus_per_actor=1.0))
    with pytest.raises(UserError, match=r"index\.embed\.gpus_per_actor is 1\.0, but torch sees no GPU"):
        world.build(world.corpus("a", bodies(30)), "a", config=config)


def test_an_actor_that_finds_no_room_is_an_error_that_says_why(world: World, session: Session) -> None:
    greedy = with_actors(1, lengths=(256,), cpus_per_actor=1_000.0, placement_timeout_s=1.0)
    with pytest.raises(UserError, match=r"1 embedding actors with 1000.0 CPUs .* not up after 1 s; Ray has .*'CPU'"):
        world.build(world.corpus("a", bodies(30)), "a", config=greedy)
    assert session.ready.exists()


@pytest.mark.parametrize("changed", [0, 5])
def test_where_a_work_item_or_less_has_to_be_embedded_ray_is_not_started(
    world: World, monkeypatch: pytest.MonkeyPatch, changed: int
) -> None:
    world.build(world.corpus("old", bodies(30)), "old")
    blocks = world.corpus("new", bodies(30, first=changed))
    untouched = Session.create()
    monkeypatch.setenv(SESSION_VARIABLE, str(untouched.root))
    metrics = world.build(blocks, "new", config=with_actors(2), previous=world.index("old"))
    assert (metrics["reused"], metrics["embedded"]) == (30 - changed, changed)
    assert not untouched.ready.exists()
    untouched.end()

"""Retrieval of candidates with a stale index, and the swap to a new one."""

import dataclasses
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
import torch

from index.build import build_index
from index.version import IndexVersion
from realm.errors import MismatchError
from realm.inputs import TokenInput, block_input, query_input
from realm.manifest import write_manifest
from realm.model import Embedder, Retriever, block_encoder_fingerprint
from realm.paths import DataPaths
from realm.schema import BLOCK_SCHEMA
from realm.storage import publish_directory
from realm.tokenizer import Tokenizer, train_wordpiece
from tests.tiny import tiny_retriever
from tests.train.qa_world import INDEX, MAYORS, OLD, TOWNS, bodies, write_corpus
from train.candidates import NULL_DOCUMENT, StaleRetriever
from train.examples import Example, Examples, open_examples
from train.masking import MaskedQuery, mask_query
from train.refresh import Refresher, RefreshPaths

CPU = torch.device("cpu")
QUERY_LENGTH = 48
SENTENCE = "The mayor of Ardel is Ada Quill."  # stands in block Ardel and, between others, in block Chronicle
ALL = len(TOWNS) + 1


def write_masked_corpus(data: DataPaths, corpus: Mapping[str, str] | None = None) -> None:
    """Writes tokenizer and blocks with sentences and salient spans below the data root; of `texts()` if None."""
    corpus = corpus or texts()
    train_wordpiece([*corpus.values()] * 5, vocab_size=400, lowercase=True, output=data.model("tokenizer"))
    write_masked_blocks(data, corpus)


def texts() -> dict[str, str]:
    """Bodies by title."""
    found = bodies(dict(zip(TOWNS, MAYORS, strict=True)))
    return found | {"Chronicle": f"A chronicle of many towns was found. {SENTENCE} It lies in a vault since 1911."}


def write_masked_blocks(data: DataPaths, corpus: Mapping[str, str] | None = None) -> None:
    """Writes the blocks, cut with the tokenizer that lies below the data root; of `texts()` if None."""
    tokenizer = Tokenizer.load(data.model("tokenizer"))
    write_corpus(data.blocks(OLD), dict(corpus or texts()), tokenizer, date=OLD)
    table = pq.read_table(next(data.blocks(OLD).glob("*.parquet")))
    rows = [{**row, **ranges(row["body"])} for row in table.to_pylist()]
    with publish_directory(data.blocks(OLD)) as beside:
        pq.write_table(table.from_pylist(rows, schema=BLOCK_SCHEMA), beside / "wikipedia-0000.parquet")
        write_manifest(beside, kind="corpus", made_from={"tokenizer": tokenizer.fingerprint}, facts={})


def ranges(body: str) -> dict[str, list[dict[str, object]]]:
    """Sentences of a body, and as salient spans its mayor and its year."""
    stops = [position + 1 for position, character in enumerate(body) if character == "."]
    starts = [0, *(stop + 1 for stop in stops[:-1])]
    sentences: list[dict[str, object]] = [{"start": a, "end": b} for a, b in zip(starts, stops, strict=True)]
    spans: list[dict[str, object]] = []
    for mayor in MAYORS:
        if mayor in body:
            start = body.index(mayor)
            spans.append({"start": start, "end": start + len(mayor), "label": "ENTITY"})
    spans.append({"start": len(body) - 5, "end": len(body) - 1, "label": "DATE"})
    return {"sentences": sentences, "spans": spans}


def write_index(data: DataPaths, *, model: str, name: str) -> None:
    build_index(
        blocks=data.blocks(OLD),
        model=data.model(model),
        tokenizer=data.model("tokenizer"),
        previous=None,
        output=data.index(name),
        config=INDEX,
        cache=data.cache("embed", "shared"),
    )


def new_retriever(tokenizer: Tokenizer, *, seed: int) -> Retriever:
    vocabulary = {"vocab_size": tokenizer.vocab_size, "pad_token_id": tokenizer.pad_id}
    return tiny_retriever(seed=seed, initializer_range=0.5, **vocabulary)


@dataclasses.dataclass(frozen=True)
class World:
    data: DataPaths
    tokenizer: Tokenizer
    examples: Examples

    def open(self) -> StaleRetriever:
        return StaleRetriever.open(
            index=self.data.index("ict"),
            weights=self.data.model("ict"),
            pad_id=self.tokenizer.pad_id,
            query_length=QUERY_LENGTH,
            device=CPU,
        )

    def queries(self, sentence: str | None = None) -> list[tuple[Example, MaskedQuery]]:
        """One masked query of every block, or of those blocks where it can come from `sentence`."""
        wanted = None if sentence is None else tuple(self.tokenizer.encode(sentence).ids)
        found = []
        for row in range(len(self.examples)):
            for seed in range(20):
                masked = mask_query(
                    self.examples[row],
                    np.random.default_rng(seed),
                    mask_id=self.tokenizer.mask_id,
                    max_query_length=QUERY_LENGTH,
                    masking="salient",
                )
                assert isinstance(masked, MaskedQuery)
                if wanted is None or masked.sentence == wanted:
                    found.append((self.examples[row], masked))
                    break
        return found

    def inputs(self, queries: list[tuple[Example, MaskedQuery]]) -> list[TokenInput]:
        return [query_input(one.ids, self.tokenizer.specials, max_length=QUERY_LENGTH) for _, one in queries]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    data = DataPaths(tmp_path_factory.mktemp("candidates"))
    write_masked_corpus(data)
    tokenizer = Tokenizer.load(data.model("tokenizer"))
    for name, seed in (("ict", 1), ("other", 2)):
        with publish_directory(data.model(name)) as beside:
            new_retriever(tokenizer, seed=seed).save(beside)
            write_manifest(beside, kind="model", made_from={"tokenizer": tokenizer.fingerprint}, facts={})
    write_index(data, model="ict", name="ict")
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    cache = data.cache("examples", "shared")
    examples = open_examples(data.blocks(OLD), tokenizer, cache, sources=(), key="pretrain.sources")
    yield World(data, tokenizer, examples)
    torch.set_num_threads(threads)


def test_the_null_document_stands_first_before_the_nearest_blocks_and_the_count_is_kept(world: World) -> None:
    queries = world.queries()
    inputs = world.inputs(queries)
    stale, index = world.open(), IndexVersion.open(world.data.index("ict"))
    assert len(queries) == ALL
    for count in (1, 4):
        near = stale.neighbours(inputs, count)
        for line, rows, (example, masked) in zip(stale.candidates(inputs, queries, count), near, queries, strict=True):
            trivial = {row for row in rows.tolist() if int(index.block_ids[row]) == example.block_id}
            trivial |= {row for row in rows.tolist() if holds(index.body_ids(row).tolist(), list(masked.sentence))}
            expected = [row for row in rows.tolist() if row not in trivial]
            assert line[0] is NULL_DOCUMENT
            assert [one.row for one in line[1:]] == expected[: count - 1]
            for one in line[1:]:
                assert one.body_ids == tuple(index.body_ids(one.row).tolist())
                assert one.title_ids == tuple(index.title_ids(one.row).tolist())


def holds(body: list[int], sentence: list[int]) -> bool:
    return any(body[start : start + len(sentence)] == sentence for start in range(len(body)))


def test_the_querys_own_block_and_any_other_block_with_its_sentence_are_left_out(world: World) -> None:
    queries = world.queries(SENTENCE)
    index = IndexVersion.open(world.data.index("ict"))
    titles = {row: index.record(row).title for row in range(ALL)}
    origins = [titles[index.block_ids.tolist().index(example.block_id)] for example, _ in queries]
    assert sorted(origins) == ["Ardel", "Chronicle"]
    for line in world.open().candidates(world.inputs(queries), queries, ALL + 1):
        assert {titles[one.row] for one in line[1:]} == set(TOWNS) - {"Ardel"}
    lonely = world.queries("The mayor of Bromor is Ben Roth.")
    [line] = world.open().candidates(world.inputs(lonely), lonely, ALL + 1)
    assert {titles[one.row] for one in line[1:]} == {*TOWNS, "Chronicle"} - {"Bromor"}


def test_an_index_of_other_weights_is_refused_and_the_message_names_both(world: World) -> None:
    index, weights = world.data.index("ict"), world.data.model("other")
    with pytest.raises(MismatchError) as refused:
        StaleRetriever.open(index=index, weights=weights, pad_id=0, query_length=QUERY_LENGTH, device=CPU)
    for named in (
        index,
        weights,
        block_encoder_fingerprint(weights),
        block_encoder_fingerprint(world.data.model("ict")),
    ):
        assert str(named) in str(refused.value)


def test_a_refresh_swaps_version_and_query_encoder_and_measures_what_it_changed(world: World, tmp_path: Path) -> None:
    queries = world.inputs(world.queries())
    refresher = Refresher(refresh_paths(world.data, tmp_path), INDEX, pad_id=0, query_length=QUERY_LENGTH, device=CPU)
    first, retriever = refresher.current, new_retriever(world.tokenizer, seed=2)
    assert (refresher.version_step, refresher.note_overlap(queries, 3), refresher.report) == (0, 0.0, [])

    refresher.refresh(retriever, step=3)
    assert refresher.version_step == 3
    assert refresher.current is not first
    before, after = (one.block_ids_of(one.neighbours(queries, 3)) for one in (first, refresher.current))
    changed = float(np.mean([1 - len(set(a) & set(b)) / 3 for a, b in zip(before, after, strict=True)]))
    assert refresher.note_overlap(queries, 3) == pytest.approx(changed) != 0
    assert after == nearest_by_hand(world, retriever, queries, 3)

    refresher.refresh(retriever, step=5)  # with the same weights: nothing changes
    assert refresher.note_overlap(queries, 3) == 0
    assert [{**one, "seconds": None} for one in refresher.report] == [
        {"step": 3, "staleness_steps": 3, "seconds": None, "top_k_changed": round(changed, 4)},
        {"step": 5, "staleness_steps": 2, "seconds": None, "top_k_changed": 0.0},
    ]


def refresh_paths(data: DataPaths, folder: Path) -> RefreshPaths:
    (folder / "versions").mkdir()
    return RefreshPaths(
        start=data.model("ict"),
        bert=data.model("bert"),
        tokenizer=data.model("tokenizer"),
        blocks=data.blocks(OLD),
        index=data.index("ict"),
        examples=data.cache("examples", "shared"),
        versions=folder / "versions",
        states=folder / "states",
        workdir=folder / "workdir",
    )


def nearest_by_hand(world: World, retriever: Retriever, queries: list[TokenInput], count: int) -> list[list[int]]:
    """The nearest blocks of every query by inner products of one text at a time."""

    def vector(embedder: Embedder, one: TokenInput) -> torch.Tensor:
        ids, segments = torch.tensor([one.ids]), torch.tensor([one.segments])
        with torch.no_grad():
            found: torch.Tensor = embedder(input_ids=ids, attention_mask=torch.ones_like(ids), token_type_ids=segments)
        return found[0]

    retriever.eval()
    examples = [world.examples[row] for row in range(len(world.examples))]
    blocks = torch.stack(
        [
            vector(
                retriever.block_embedder,
                block_input(one.title_ids.tolist(), one.body_ids.tolist(), world.tokenizer.specials),
            )
            for one in examples
        ]
    )
    asked = torch.stack([vector(retriever.query_embedder, one) for one in queries])
    return [[examples[row].block_id for row in line] for line in (asked @ blocks.T).topk(count).indices.tolist()]


def test_versions_that_no_rank_needs_are_removed_while_the_open_one_goes_on_answering(
    world: World, tmp_path: Path
) -> None:
    paths = refresh_paths(world.data, tmp_path)
    refresher = Refresher(paths, INDEX, pad_id=0, query_length=QUERY_LENGTH, device=CPU)
    for step in (1, 2, 3):
        refresher.refresh(new_retriever(world.tokenizer, seed=step), step=step)
    assert sorted(path.name for path in paths.versions.glob("step-*")) == ["step-2", "step-3"]
    shutil.rmtree(paths.versions)
    queries = world.queries()
    for line, (example, _) in zip(
        refresher.current.candidates(world.inputs(queries), queries, ALL + 1), queries, strict=True
    ):
        found = {tuple(one.body_ids) for one in line[1:]}
        assert len(found) >= ALL - 2
        assert tuple(example.body_ids.tolist()) not in found

"""What training sees of a text is what indexing and answering see: wordpieces, special tokens, segments and mask.

The official code trains with other segment ids than it indexes with. So every stage is run here, and the tensors that
enter its BERT are compared as they are.
"""

import dataclasses
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from torch import Tensor
from transformers import BertModel

from index.build import run as run_index
from realm.inputs import MAX_BLOCK_WORDPIECES, block_input, query_input
from realm.model import Embedder
from realm.packing import PackedBert
from realm.paths import DataPaths
from realm.tokenizer import Tokenizer
from tests.train.qa_world import FINETUNE, INDEX, MAYORS, OLD, TOWNS, write_questions
from tests.train.stages import BERT, HERE, ICT, PRETRAIN
from tests.train.test_candidates import texts, write_masked_corpus
from train import bert, finetune, ict, pretrain
from train.reading import ReadingSettings
from train.retrieval import BlockSearch
from train.steps import Schedule

Row = tuple[tuple[int, ...], tuple[int, ...]]  # wordpieces and segments, without padding
SEEN = ("ict", "index", "pretrain", "refresh", "finetune", "search")
READING = ReadingSettings(question_length=48, joint_length=96, reader_beam=2)


@contextmanager
def recording(rows: set[Row], pad_id: int) -> Iterator[None]:
    """Adds every row that enters the BERT of an embedder, as it is or packed for a CPU.

    Its mask must be 1 up to the padding and 0 from there; no mask at all is one without padding.
    """
    embedding: list[Embedder] = []
    embed = Embedder.forward
    computing: dict[type, Any] = {one: one.forward for one in (BertModel, PackedBert)}

    def enter(self: Embedder, *arguments: Any, **named: Any) -> Tensor:
        embedding.append(self)
        vectors: Tensor = embed(self, *arguments, **named)
        embedding.pop()
        return vectors

    def record(self: BertModel | PackedBert, *arguments: Any, **named: Any) -> Any:
        if embedding:
            ids, segments = named["input_ids"], named["token_type_ids"]
            masks = named["attention_mask"] if named["attention_mask"] is not None else ids.new_ones(ids.shape)
            for row, kinds, mask in zip(ids.tolist(), segments.tolist(), masks.tolist(), strict=True):
                size = sum(mask)
                assert mask == [1] * size + [0] * (len(mask) - size)
                assert set(row[size:]) <= {pad_id}
                rows.add((tuple(row[:size]), tuple(kinds[:size])))
        return computing[type(self)](self, *arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Embedder, "forward", enter)
        for one in computing:
            patch.setattr(one, "forward", record)
        yield


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, set[Row]], Tokenizer]:
    """What entered the embedder's BERT in each stage, and the tokenizer. ICT leaves its sentence in the block."""
    data = DataPaths(tmp_path_factory.mktemp("agreement") / "data")
    write_masked_corpus(data)
    write_questions(data.questions, dict(zip(TOWNS, MAYORS, strict=True)))
    tokenizer = Tokenizer.load(data.model("tokenizer"))
    bert.run(BERT, snapshot=OLD, data=data, cluster=HERE)
    nothing_held_out = dataclasses.replace(ICT.held_out, share=0.0)  # there, sentences are always taken out
    whole = dataclasses.replace(ICT, removal_probability=0.0, held_out=nothing_held_out, schedule=steps(12))
    once = dataclasses.replace(PRETRAIN, refresh="off", schedule=steps(6))
    asked = dataclasses.replace(FINETUNE, reading=READING, schedule=steps(4))
    stages: dict[str, Callable[[], object]] = {
        "ict": lambda: ict.run(whole, snapshot=OLD, data=data, cluster=HERE),
        "index": lambda: run_index(INDEX, data, snapshot=OLD, name="ict", model="ict", previous=None),
        "pretrain": lambda: pretrain.run(once, index=INDEX, snapshot=OLD, data=data, cluster=HERE),
        "refresh": lambda: run_index(INDEX, data, snapshot=OLD, name=OLD, model="realm", previous=None),
        "finetune": lambda: finetune.run(asked, name="realm", snapshot=OLD, data=data, cluster=HERE),
        "search": lambda: search(data, [*sentences(), "who is the mayor of ardel?"]),
    }
    rows: dict[str, set[Row]] = {name: set() for name in SEEN}
    for name, run in stages.items():
        with recording(rows[name], tokenizer.pad_id):
            run()
    return rows, tokenizer


def steps(count: int) -> Schedule:
    return dataclasses.replace(ICT.schedule, steps=count)


def search(data: DataPaths, questions: list[str]) -> None:
    model, index = data.model("realm"), data.index(OLD)
    BlockSearch.open(model, data.model("tokenizer"), index, data.blocks(OLD), reading=READING).search(questions, k=2)


def sentences() -> list[str]:
    return [f"{one.strip()}." for body in texts().values() for one in body.rstrip(".").split(". ")]


def blocks_in(rows: set[Row]) -> set[Row]:
    """Rows with a second segment."""
    return {row for row in rows if 1 in row[1]}


def test_every_stage_sees_a_block_as_the_index_does(seen: tuple[dict[str, set[Row]], Tokenizer]) -> None:
    rows, tokenizer = seen
    indexed = blocks_in(rows["index"])
    null = block_input([], [], tokenizer.specials)
    assert len(indexed) == len(texts())
    assert indexed == rows["index"]
    assert blocks_in(rows["ict"]) == indexed
    assert blocks_in(rows["pretrain"]) - {(null.ids, null.segments)} <= indexed
    assert len(blocks_in(rows["pretrain"])) > 3
    assert (null.ids, null.segments) in rows["pretrain"]
    assert rows["refresh"] == rows["index"]


def test_every_stage_sees_a_query_as_ict_did(seen: tuple[dict[str, set[Row]], Tokenizer]) -> None:
    rows, tokenizer = seen
    asked = {name: rows[name] - blocks_in(rows[name]) for name in SEEN}
    assert len(asked["ict"]) > 5
    assert asked["ict"] <= asked["search"]  # the same sentences, asked as questions
    assert asked["search"] & asked["finetune"]  # the question that both were asked
    masked = {tuple(ids) for ids, _ in asked["pretrain"]}
    assert all(tokenizer.mask_id in ids for ids in masked)
    whole = {ids for ids, _ in asked["search"]}
    assert all(any(unmasks(ids, one, tokenizer.mask_id) for one in whole) for ids in masked)
    for name in SEEN:
        for ids, segments in asked[name]:
            expected = query_input(ids[1:-1], tokenizer.specials, max_length=MAX_BLOCK_WORDPIECES)
            assert (ids, segments) == (expected.ids, expected.segments)


def unmasks(masked: tuple[int, ...], whole: tuple[int, ...], mask_id: int) -> bool:
    """Whether the two are equal but for masks."""
    return len(masked) == len(whole) and all(a in (b, mask_id) for a, b in zip(masked, whole, strict=True))


def test_a_block_is_its_title_in_segment_0_and_its_body_in_segment_1(
    seen: tuple[dict[str, set[Row]], Tokenizer],
) -> None:
    rows, tokenizer = seen
    specials = tokenizer.specials
    expected = set()
    for title, body in texts().items():
        head = (specials.cls, *tokenizer.encode(title).ids, specials.sep)
        tail = (*tokenizer.encode(body).ids, specials.sep)
        expected.add((head + tail, (0,) * len(head) + (1,) * len(tail)))
    assert rows["index"] == expected

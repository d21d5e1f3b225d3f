"""What training sees of a text is what indexing and answering see: wordpieces, special tokens, segments, positions.

The official code trains with other segment ids than it indexes with. So every stage is run here, and what enters the
BERT of its embedder, encoder or reader is compared with the layouts as they are written out below.
"""

import dataclasses
import json
from collections.abc import Iterable, Sequence

import pytest

from index.build import run as run_index
from realm.paths import DataPaths
from realm.tokenizer import Tokenizer
from tests.train.entering import Recorder, Row
from tests.train.qa_world import FINETUNE, INDEX, MAYORS, OLD, TOWNS, write_questions
from tests.train.stages import BERT, HERE, ICT, PRETRAIN
from tests.train.test_candidates import texts, write_masked_corpus
from train import bert, finetune, ict, pretrain
from train.answering import Answerer
from train.held_out import HeldOutConfig
from train.objective import ObjectiveSizes
from train.reading import ReadingSettings
from train.retrieval import BlockSearch
from train.steps import Schedule
from train.zero_shot import ZeroShotConfig

QUERY, JOINT = 48, 96  # wordpieces of a query, and of one with a block, in every stage
READING = ReadingSettings(question_length=QUERY, joint_length=JOINT, reader_beam=10)
PLACES = ", ".join(f"{place} {town.lower()}" for place in ("by", "from", "with", "to") for town in TOWNS)
# Longer than a query may be, and with a question behind it than both together.
ANNALS = f"{MAYORS[1]} wrote the annals of the towns as he came {PLACES}. They lay in a vault by the sea since 1911."
LONG_QUESTION = f"who wrote the annals of the towns as he came {PLACES}?"


@dataclasses.dataclass(frozen=True)
class Seen:
    """What entered, and what it was made of, in wordpieces."""

    entered: Recorder
    tokenizer: Tokenizer
    questions: list[str]

    def queries(self, stage: str) -> set[Row]:
        return {row for row in self.entered.rows(stage, "embedder") if 1 not in row.segments}

    def blocks(self, stage: str) -> set[Row]:
        return {row for row in self.entered.rows(stage, "embedder") if 1 in row.segments}

    def pieces(self, text: str) -> list[int]:
        return list(self.tokenizer.encode(text).ids)

    def alone(self, texts: Iterable[str]) -> set[Row]:
        """Each text as a query."""
        return {self.query(self.pieces(text)) for text in texts}

    def query(self, ids: Sequence[int]) -> Row:
        return row([self.tokenizer.cls_id, *ids[: QUERY - 2], self.tokenizer.sep_id], [])

    def two(self, first: Sequence[int], second: Sequence[int], *, length: int) -> Row:
        """The first in segment 0, whole; the second in segment 1, cut."""
        sep = self.tokenizer.sep_id
        head = [self.tokenizer.cls_id, *first, sep]
        return row(head, [*second[: length - len(head) - 1], sep])

    def all_blocks(self) -> set[Row]:
        return {self.two(self.pieces(title), self.pieces(body), length=288) for title, body in corpus().items()}

    def blocks_without_a_sentence(self) -> set[Row]:
        return {
            self.two(self.pieces(title), [one for other in kept for one in self.pieces(other)], length=288)
            for title, body in corpus().items()
            for sentence in sentences(body)
            if (kept := [other for other in sentences(body) if other != sentence])
        }

    def joint(self, queries: Iterable[Row], bodies: Iterable[str]) -> set[Row]:
        """Each query with each body."""
        found = [self.pieces(body) for body in bodies]
        return {self.two(query.ids[1:-1], body, length=JOINT) for query in queries for body in found}


def row(first: Sequence[int], second: Sequence[int]) -> Row:
    size = len(first) + len(second)
    return Row((*first, *second), (0,) * len(first) + (1,) * len(second), tuple(range(size)))


def corpus() -> dict[str, str]:
    return texts() | {"Annals": ANNALS}


def sentences(body: str) -> list[str]:
    return [f"{one.strip()}." for one in body.rstrip(".").split(". ")]


def all_sentences() -> list[str]:
    return [one for body in corpus().values() for one in sentences(body)]


def steps(count: int) -> Schedule:
    return dataclasses.replace(ICT.schedule, steps=count)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """What entered each model in each stage."""
    data = DataPaths(tmp_path_factory.mktemp("agreement") / "data")
    write_masked_corpus(data, corpus())
    write_questions(data.questions, dict(zip(TOWNS, MAYORS, strict=True)))
    with (data.questions / "train.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"question": LONG_QUESTION, "answer": [MAYORS[1]]}) + "\n")
    lines = (data.questions / "train.jsonl").read_text(encoding="utf-8").splitlines()
    found = Seen(
        entered=Recorder(Tokenizer.load(data.model("tokenizer")).pad_id),
        tokenizer=Tokenizer.load(data.model("tokenizer")),
        questions=[json.loads(line)["question"] for line in lines],
    )
    run_stages(found, data)
    return found


def run_stages(seen: Seen, data: DataPaths) -> None:
    learnt = dataclasses.replace(
        ICT,
        query_length=QUERY,
        removal_probability=0.5,
        held_out=HeldOutConfig(share=0.2, queries=2, blocks=len(corpus()), every=12),
        zero_shot=ZeroShotConfig(questions="train.jsonl", questions_format="nq_open", every=12),
        schedule=steps(12),
    )
    sizes = ObjectiveSizes(marginal="token", candidates=len(corpus()) + 1, query_length=QUERY, joint_length=JOINT)
    joined = dataclasses.replace(PRETRAIN, objective=sizes, refresh_every=6, schedule=steps(10))
    asked = dataclasses.replace(FINETUNE, reading=READING, schedule=steps(4))

    def search() -> None:
        model, index = data.model("realm"), data.index(OLD)
        opened = BlockSearch.open(model, data.model("tokenizer"), index, data.blocks(OLD), reading=READING)
        opened.search([*all_sentences(), *seen.questions], k=2)

    def answer() -> None:
        opened = Answerer.open(data.model("qa_realm"), data.index(OLD), data.blocks(OLD))
        opened.answer(seen.questions, k=2)

    seen.entered.run(
        {
            "bert": lambda: bert.run(BERT, snapshot=OLD, data=data, cluster=HERE),
            "ict": lambda: ict.run(learnt, snapshot=OLD, data=data, cluster=HERE),
            "index": lambda: run_index(INDEX, data, snapshot=OLD, name="ict", model="ict", previous=None),
            "pretrain": lambda: pretrain.run(joined, index=INDEX, snapshot=OLD, data=data, cluster=HERE),
            "new index": lambda: run_index(INDEX, data, snapshot=OLD, name=OLD, model="realm", previous=None),
            "finetune": lambda: finetune.run(asked, name="realm", snapshot=OLD, data=data, cluster=HERE),
            "search": search,
            "answer": answer,
        }
    )


@pytest.mark.parametrize("stage", ["index", "refresh", "new index", "zero-shot"])
def test_the_whole_corpus_is_seen_as_titles_in_segment_0_and_bodies_in_segment_1(stage: str, seen: Seen) -> None:
    assert seen.blocks(stage) == seen.all_blocks()


def test_ict_and_its_measure_see_blocks_as_the_index_does_but_for_a_sentence(seen: Seen) -> None:
    whole, cut = seen.all_blocks(), seen.blocks_without_a_sentence()
    assert seen.blocks("ict") <= whole | cut
    assert min(len(seen.blocks("ict") & some) for some in (whole, cut)) > 3
    assert seen.blocks("held-out") <= whole | cut
    assert len(seen.blocks("held-out") & cut) == 2  # of the sentences that are asked for
    assert len(seen.blocks("held-out") & whole) == len(whole) - 2


def test_pretraining_sees_blocks_as_the_index_does_and_the_null_document(seen: Seen) -> None:
    null = seen.two([], [], length=JOINT)
    assert seen.blocks("pretrain") == seen.all_blocks() | {null}


@pytest.mark.parametrize("stage", ["zero-shot", "finetune", "answer"])
def test_a_question_is_seen_whole_or_cut_to_its_length_in_segment_0(stage: str, seen: Seen) -> None:
    assert seen.queries(stage) == seen.alone(seen.questions)


def test_a_sentence_is_seen_as_a_question_would_be(seen: Seen) -> None:
    assert seen.queries("search") == seen.alone([*all_sentences(), *seen.questions])
    for stage in ("ict", "held-out"):
        assert seen.queries(stage) <= seen.queries("search")
    long = seen.query(seen.pieces(ANNALS))
    assert len(long.ids) == QUERY < len(seen.pieces(sentences(ANNALS)[0]))
    assert long in seen.queries("ict")
    assert len(seen.queries("ict")) > 5


def test_a_masked_sentence_is_seen_as_it_would_be_without_masks(seen: Seen) -> None:
    masked, mask = seen.queries("pretrain"), seen.tokenizer.mask_id
    assert all(mask in one.ids for one in masked)
    for one in masked:
        assert any(differences(one, other) == one.ids.count(mask) for other in seen.queries("search"))
    assert QUERY in {len(one.ids) for one in masked}


def test_bert_sees_masked_blocks_as_the_index_does(seen: Seen) -> None:
    for one in seen.entered.rows("bert", "encoder"):
        assert any(differences(one, block) < len(one.ids) / 4 for block in seen.all_blocks())


def differences(one: Row, other: Row) -> int:
    """Wordpieces in which two rows differ; as many as there are where anything else does."""
    if one[1:] != other[1:]:
        return len(one.ids)
    return sum(a != b for a, b in zip(one.ids, other.ids, strict=True))


def test_the_encoder_sees_a_masked_query_in_segment_0_and_a_body_in_segment_1(seen: Seen) -> None:
    entered, queries = seen.entered.rows("pretrain", "encoder"), seen.queries("pretrain")
    assert entered <= seen.joint(queries, [*corpus().values(), ""])
    assert seen.joint(queries, [""]) <= entered
    assert entered & seen.joint(queries, corpus().values())
    assert JOINT in {len(one.ids) for one in entered}


@pytest.mark.parametrize("stage", ["finetune", "answer"])
def test_the_reader_sees_a_question_in_segment_0_and_a_body_in_segment_1(stage: str, seen: Seen) -> None:
    entered = seen.entered.rows(stage, "reader")
    assert entered <= seen.joint(seen.queries(stage), corpus().values())
    assert entered & seen.joint(seen.alone([LONG_QUESTION]), corpus().values())
    assert JOINT in {len(one.ids) for one in entered}

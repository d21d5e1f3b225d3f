"""The ICT stage on a small invented world: it learns, it goes on where it was, and it refuses what cannot be."""

import dataclasses
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import pytest

from realm.errors import UserError
from realm.manifest import write_manifest
from realm.paths import DataPaths
from realm.schema import BLOCK_SCHEMA
from realm.storage import publish_directory, read_json
from realm.tokenizer import Tokenizer, train_wordpiece
from tests.files import contents
from tests.train import stages
from tests.train.qa_world import OLD, write_corpus
from tests.train.stages import HERE, read_curve
from train import bert, cloze, ict
from train.examples import open_examples
from train.held_out import HeldOutConfig, HeldOutRetrieval, split_rows
from train.held_out_words import HeldOutWordsConfig
from train.ict import IctConfig
from train.steps import Schedule
from train.zero_shot import ZeroShotConfig

PEOPLE = 120
SCHEDULE = Schedule(steps=40, learning_rate=3e-3, weight_decay=0.01, seed=5, log_every=5, save_every=7)
BERT = dataclasses.replace(
    stages.BERT,
    shape=dataclasses.replace(stages.BERT.shape, intermediate_size=32, dropout=0.0),
    realm=dataclasses.replace(stages.BERT.realm, projection_size=32),
    held_out=HeldOutWordsConfig(share=0.0, blocks=1, every=1),
    schedule=dataclasses.replace(SCHEDULE, steps=1),
)
ICT = dataclasses.replace(
    stages.ICT,
    removal_probability=0.8,
    query_length=32,
    block_length=96,
    batch_size=24,
    held_out=HeldOutConfig(share=0.2, queries=20, blocks=60, every=10),
    schedule=SCHEDULE,
    zero_shot=ZeroShotConfig(questions="dev.jsonl", questions_format="nq_open", every=20),
)


DEADLY = """
import os, signal, sys
from pathlib import Path
from tests.train.test_ict_stage import ICT, train
from train import cloze, ict

drawn = []

def draw(*arguments, **named):
    drawn.append(1)
    if len(drawn) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
    return cloze.draw_pairs(*arguments, **named)

ict.draw_pairs = draw
train(None, Path(sys.argv[1]))
"""


def invented(generator: np.random.Generator) -> str:
    return "".join(generator.choice(["ka", "lo", "mi", "ru", "te", "sva", "dor", "bel", "nik", "zu"], size=3)).title()


def people() -> dict[str, tuple[str, str]]:
    """Names to towns and ships."""
    generator = np.random.default_rng(4)
    names = dict.fromkeys(invented(generator) + " " + invented(generator) for _ in range(2 * PEOPLE))
    return {name: (invented(generator), invented(generator)) for name in list(names)[:PEOPLE]}


def life(name: str, town: str, ship: str) -> list[str]:
    return [
        f"{name} was born in the town of {town}.",
        f"As a child {name} went to the school of {town}.",
        f"The ship {ship} was built for {name} in the harbour.",
        f"It is told that {name} never sailed on the {ship} again.",
    ]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> DataPaths:
    """A data root as stage `ict` finds it."""
    data = DataPaths(tmp_path_factory.mktemp("ict") / "data")
    lives = {name: life(name, *facts) for name, facts in people().items()}
    asked = [{"question": f"where was {name} born?", "answer": [town]} for name, (town, _) in people().items()]
    questions = [str(one["question"]) for one in asked]
    train_wordpiece(
        [*(" ".join(one) for one in lives.values()), *questions],
        vocab_size=500,
        lowercase=True,
        output=data.model("tokenizer"),
    )
    tokenizer = Tokenizer.load(data.model("tokenizer"))
    write_corpus(data.blocks(OLD), {name: " ".join(one) for name, one in lives.items()}, tokenizer, date=OLD)
    add_sentences(data.blocks(OLD), lives, tokenizer)
    data.questions.mkdir(parents=True)
    (data.questions / "dev.jsonl").write_text("".join(json.dumps(one) + "\n" for one in asked), encoding="utf-8")
    bert.run(BERT, snapshot=OLD, data=data, cluster=HERE)
    return data


def add_sentences(corpus: Path, lives: dict[str, list[str]], tokenizer: Tokenizer) -> None:
    rows = pq.read_table(corpus / "wikipedia-0000.parquet").to_pylist()
    for row in rows:
        ends = np.cumsum([len(sentence) + 1 for sentence in lives[row["title"]]]) - 1
        starts = [0, *(ends[:-1] + 1)]
        row["sentences"] = [{"start": int(start), "end": int(end)} for start, end in zip(starts, ends, strict=True)]
    with publish_directory(corpus) as beside:
        table = pq.read_table(corpus / "wikipedia-0000.parquet").from_pylist(rows, schema=BLOCK_SCHEMA)
        pq.write_table(table, beside / "wikipedia-0000.parquet", row_group_size=16)
        write_manifest(beside, kind="corpus", made_from={"tokenizer": tokenizer.fingerprint}, facts={})


def train(world: DataPaths | None, root: Path, config: IctConfig = ICT) -> DataPaths:
    if world and not root.exists():
        shutil.copytree(world.root, root)
    ict.run(config, snapshot=OLD, data=DataPaths(root), cluster=HERE)
    return DataPaths(root)


def column(data: DataPaths, plot: str, name: str) -> list[float]:
    return [point[name] for point in read_curve(data.plots(plot))]


@pytest.fixture(scope="module")
def undisturbed(world: DataPaths, tmp_path_factory: pytest.TempPathFactory) -> DataPaths:
    return train(world, tmp_path_factory.mktemp("undisturbed") / "data")


def test_it_learns_to_find_blocks_it_was_never_shown_and_answers_to_questions_it_was_never_asked(
    undisturbed: DataPaths,
) -> None:
    held_out, zero_shot = (column(undisturbed, plot, "recall@5") for plot in ("ict-held-out", "ict-zero-shot"))
    assert (held_out[0], zero_shot[0]) < (0.3, 0.2)  # chance: 5 of 60 blocks, 0.03 of the questions
    assert held_out[-1] > 0.55
    assert zero_shot[-1] > 0.35
    masked = column(undisturbed, "ict", "accuracy_masked")
    assert masked[0] < 0.2  # chance: 1 of 24
    assert masked[-1] > 0.8
    assert column(undisturbed, "ict", "loss")[-1] < 0.5


def test_its_curves_have_a_point_before_the_first_step_and_one_after_the_last(undisturbed: DataPaths) -> None:
    assert column(undisturbed, "ict-held-out", "step") == [0, 10, 20, 30, 40]
    assert column(undisturbed, "ict-zero-shot", "step") == [0, 20, 40]
    seconds = column(undisturbed, "ict-held-out", "seconds")
    assert seconds == sorted(seconds)
    metrics = read_json(undisturbed.metrics("ict"))
    assert metrics["zero-shot"]["last"]["recall@5"] == column(undisturbed, "ict-zero-shot", "recall@5")[-1]
    assert metrics["zero-shot"]["chance"]["recall@5"] < 0.1
    assert metrics["step"] == 40


def test_a_retriever_that_starts_fresh_finds_rare_words_at_once_and_learns_on(world: DataPaths, tmp_path: Path) -> None:
    schedule = dataclasses.replace(SCHEDULE, steps=100)
    data = train(world, tmp_path / "data", changed(start="fresh", schedule=schedule))
    recall = column(data, "ict-zero-shot", "recall@1")
    assert 0.1 < recall[0] < 0.3
    assert recall[-1] > recall[0] + 0.15


def test_a_killed_stage_goes_on_and_publishes_the_same_bytes(
    world: DataPaths, undisturbed: DataPaths, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "data"
    shutil.copytree(world.root, root)
    doomed = subprocess.run([sys.executable, "-c", DEADLY, str(root), "18"], check=False, capture_output=True)
    assert doomed.returncode == -signal.SIGKILL, doomed.stderr
    assert not DataPaths(root).model("ict").exists()
    found = train(None, root)
    assert "ict: goes on from step 14, where a run broke off" in capfd.readouterr().err
    assert contents(found.model("ict")) == contents(undisturbed.model("ict"))
    assert found.plots("ict").read_bytes() == undisturbed.plots("ict").read_bytes()
    for plot, names in (("ict-held-out", ("step", "recall@1", "mrr")), ("ict-zero-shot", ("step", "recall@5"))):
        assert [column(found, plot, name) for name in names] == [column(undisturbed, plot, name) for name in names]
    assert not any(found.cache("ict", "states").iterdir())


def test_a_run_broken_off_before_its_questions_changed_begins_anew_but_its_model_does_not_depend_on_them(
    world: DataPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    short = changed(schedule=dataclasses.replace(SCHEDULE, steps=3, save_every=1))
    data = DataPaths(shutil.copytree(world.root, tmp_path / "data"))
    steps = iter(range(2))

    def draw(*given: Any, **named: Any) -> tuple[list[cloze.ClozePair], int]:
        next(steps)
        return cloze.draw_pairs(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(ict, "draw_pairs", draw)
        with pytest.raises(StopIteration):
            train(None, data.root, short)
    asked = data.questions / "dev.jsonl"
    asked.write_text("".join(asked.read_text(encoding="utf-8").splitlines(keepends=True)[:9]), encoding="utf-8")
    capsys.readouterr()
    train(None, data.root, short)
    assert "ict: inputs, settings or code changed since a run broke off at step 2; anew." in capsys.readouterr().err
    assert column(data, "ict-zero-shot", "step") == [0, 3]
    of_all = train(world, tmp_path / "of all", short)
    assert contents(of_all.model("ict")) == contents(data.model("ict"))


def test_a_document_is_held_out_by_its_id_alone_and_no_block_of_it_is_learnt_from(world: DataPaths) -> None:
    tokenizer = Tokenizer.load(world.model("tokenizer"))
    examples = open_examples(world.blocks(OLD), tokenizer, world.cache("examples", "x"), sources=(), key="ict.sources")
    learnt, held = split_rows(examples, 0.2)
    assert sorted([*learnt, *held]) == list(range(PEOPLE))
    assert 0.1 * PEOPLE < len(held) < 0.3 * PEOPLE
    assert not set(examples.documents[learnt]) & set(examples.documents[held])
    assert set(split_rows(examples, 0.1)[1]) < set(held)
    assert len(split_rows(examples, 0.0)[1]) == 0
    rules = cloze.ClozeRules(tokenizer.specials, 32, 96, 0.8)
    task = HeldOutRetrieval(examples, held=held, learnt=learnt, config=ICT.held_out, rules=rules, seed=1)
    assert (len(task.queries), len(task.blocks)) == (20, 60)
    for query, block in zip(task.queries, task.blocks, strict=False):
        assert " ".join(map(str, query.ids[1:-1])) not in " ".join(map(str, block.ids))  # the sentence is taken out
    assert len({block.ids for block in task.blocks}) == 60


def test_without_questions_and_without_held_out_documents_their_curves_are_empty(
    world: DataPaths, tmp_path: Path
) -> None:
    schedule = dataclasses.replace(SCHEDULE, steps=2)
    config = dataclasses.replace(
        ICT, zero_shot=None, held_out=HeldOutConfig(share=0.0, queries=1, blocks=1, every=1), schedule=schedule
    )
    data = train(world, tmp_path / "data", config)
    assert column(data, "ict-held-out", "step") == column(data, "ict-zero-shot", "step") == []
    assert column(data, "ict", "step") == [2]
    assert read_json(data.metrics("ict"))["zero-shot"] is None


def changed(**values: Any) -> IctConfig:
    return dataclasses.replace(ICT, **values)


def held_out(**values: Any) -> IctConfig:
    return changed(held_out=dataclasses.replace(ICT.held_out, **values))


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (held_out(share=0.99), ["held out (ict.held_out.share 0.99)", "do not fill ict.batch_size, 24"]),
        (changed(batch_size=5000), ["has 120 blocks", "do not fill ict.batch_size, 5000"]),
        (changed(zero_shot=ZeroShotConfig("none.jsonl", "nq_open", 5)), ["none.jsonl does not exist"]),
        (changed(query_length=700), ["ict.query_length is 700", "has 512 positions"]),
        (changed(sources=("news",)), ["has no blocks of news", "ict.sources"]),
    ],
)
def test_what_cannot_be_gets_one_sentence_that_names_the_key(
    config: IctConfig, said: Sequence[str], world: DataPaths
) -> None:
    with pytest.raises(UserError) as error:
        ict.run(config, snapshot=OLD, data=world, cluster=HERE)
    assert all(part in str(error.value) for part in said), str(error.value)
    assert "\n" not in str(error.value)
    assert not world.model("ict").exists()

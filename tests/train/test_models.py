"""What every training stage asks of the models it starts from, and of the output that it makes."""

import dataclasses
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from index.build import run as run_index
from realm.errors import UserError
from realm.paths import DataPaths
from realm.storage import sole_writer
from tests.files import contents, flip_a_byte
from tests.train.qa_world import FINETUNE, INDEX, OLD
from tests.train.stages import BERT, HERE, ICT, PRETRAIN
from tests.train.test_candidates import write_masked_corpus
from train import bert, finetune, ict, pretrain
from train.trainer import prepare_rank

ONE_STEP = dataclasses.replace(BERT.schedule, steps=1)
STAGES: dict[str, Callable[[DataPaths], object]] = {
    "bert": lambda data: bert.run(BERT, snapshot=OLD, data=data, cluster=HERE),
    "ict": lambda data: ict.run(ICT, snapshot=OLD, data=data, cluster=HERE),
    "index": lambda data: run_index(INDEX, data, snapshot=OLD, name="ict", model="ict", previous=None),
    "pretrain": lambda data: pretrain.run(PRETRAIN, index=INDEX, snapshot=OLD, data=data, cluster=HERE),
    "finetune": lambda data: finetune.run(FINETUNE, name="ict", snapshot=OLD, data=data, cluster=HERE),
}
OUTPUTS = {"bert": "bert", "ict": "ict", "pretrain": "realm", "finetune": "qa_ict"}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> DataPaths:
    """A data root with models `bert` and `ict`, index `ict` and a question."""
    data = DataPaths(tmp_path_factory.mktemp("models") / "data")
    write_masked_corpus(data)
    data.questions.mkdir(parents=True)
    line = json.dumps({"question": "who is the mayor of Ardel?", "answer": ["Ada Quill"]})
    (data.questions / FINETUNE.questions).write_text(line + "\n", encoding="utf-8")
    bert.run(dataclasses.replace(BERT, schedule=ONE_STEP), snapshot=OLD, data=data, cluster=HERE)
    ict.run(dataclasses.replace(ICT, schedule=ONE_STEP), snapshot=OLD, data=data, cluster=HERE)
    STAGES["index"](data)
    return data


def copy_of(started: DataPaths, root: Path) -> DataPaths:
    shutil.copytree(started.root, root)
    return DataPaths(root)


@pytest.mark.parametrize(
    ("stage", "model"),
    [
        ("ict", "bert"),
        ("index", "ict"),
        ("pretrain", "bert"),
        ("pretrain", "ict"),
        ("finetune", "bert"),
        ("finetune", "ict"),
    ],
)
def test_a_stage_refuses_a_model_with_a_flipped_byte_and_publishes_nothing(
    started: DataPaths, tmp_path: Path, stage: str, model: str
) -> None:
    data = copy_of(started, tmp_path / "data")
    weights = "encoder" if model == "bert" else "embedder"
    flip_a_byte(data.model(model) / weights / "model.safetensors", -3)  # within the last weight
    output = data.index("ict") if stage == "index" else data.model(OUTPUTS[stage])
    before = contents(output)
    with pytest.raises(UserError, match=rf"models/{model}/{weights}/model\.safetensors is damaged: checksum") as error:
        STAGES[stage](data)
    assert "\n" not in str(error.value)
    assert contents(output) == before


@pytest.mark.parametrize("stage", OUTPUTS)
def test_two_processes_that_train_one_model_are_told_apart(started: DataPaths, tmp_path: Path, stage: str) -> None:
    data = copy_of(started, tmp_path / "data")
    output = data.model(OUTPUTS[stage])
    of_the_first = data.cache(stage, "ict" if stage == "finetune" else "workdir") / "weights"
    of_the_first.parent.mkdir(parents=True, exist_ok=True)
    of_the_first.touch()
    with sole_writer(output), pytest.raises(UserError, match=rf"Another process is making .*models/{output.name} at"):
        STAGES[stage](data)
    assert of_the_first.exists()


@pytest.mark.parametrize(("gpu", "device"), [(False, "cpu"), (True, "cuda")])
def test_a_gpu_is_taken_only_if_the_cluster_asks_for_one(
    monkeypatch: pytest.MonkeyPatch, gpu: bool, device: str
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    threads = torch.get_num_threads()
    assert prepare_rank({"threads": threads, "gpu": gpu}) == torch.device(device)

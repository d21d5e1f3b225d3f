"""The stages from BERT to REALM on a tiny corpus, and a stage on a real Ray Train worker."""

import dataclasses
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
import yaml

from index.build import run as run_index
from realm.model import block_encoder_fingerprint
from realm.paths import DataPaths
from realm.storage import read_json
from tests.files import contents
from tests.train.qa_world import INDEX, OLD
from tests.train.stages import BERT, HERE, ICT, PRETRAIN, read_curve
from tests.train.test_candidates import write_masked_corpus
from train import bert, ict, pretrain
from train.models import model_manifest
from train.pretrain import PretrainConfig


def prepared(root: Path) -> DataPaths:
    """A data root as stage `pretrain` finds it."""
    data = DataPaths(root)
    write_masked_corpus(data)
    bert.run(BERT, snapshot=OLD, data=data, cluster=HERE)
    ict.run(ICT, snapshot=OLD, data=data, cluster=HERE)
    run_index(INDEX, data, snapshot=OLD, name="ict", model="ict", previous=None)
    return data


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> DataPaths:
    return prepared(tmp_path_factory.mktemp("pretrain") / "data")


def pretrained(started: DataPaths, root: Path, config: PretrainConfig = PRETRAIN) -> DataPaths:
    shutil.copytree(started.root, root)
    torch.manual_seed(len(root.name))  # a run must not depend on what the process drew before it
    pretrain.run(config, index=INDEX, snapshot=OLD, data=DataPaths(root), cluster=HERE)
    return DataPaths(root)


def test_pretraining_twice_from_the_same_inputs_gives_the_same_bytes(started: DataPaths, tmp_path: Path) -> None:
    first, second = (pretrained(started, tmp_path / name) for name in ("first", "second-root"))
    made = contents(first.model("realm"))
    assert {"embedder/model.safetensors", "encoder/model.safetensors", "manifest.json"} <= made.keys()
    assert made == contents(second.model("realm"))
    assert first.plots("pretrain").read_bytes() == second.plots("pretrain").read_bytes()

    manifest = model_manifest(first.model("realm"))
    before, after = (block_encoder_fingerprint(first.model(name)) for name in ("ict", "realm"))
    assert before != after == manifest.facts["block_encoder"]
    assert manifest.made_from["ict"] == model_manifest(first.model("ict")).fingerprint
    assert made["encoder/model.safetensors"] != contents(first.model("bert"))["encoder/model.safetensors"]
    assert not any(first.cache("pretrain", "versions").rglob("*"))

    curve = read_curve(first.plots("pretrain"))
    assert [row["step"] for row in curve] == [1, 2, 3, 4]
    assert [row["staleness_steps"] for row in curve] == [0, 1, 0, 1]
    assert all(row["loss"] > 0 and 0 < row["null_probability"] < 1 for row in curve)
    metrics = read_json(first.metrics("pretrain"))
    assert metrics["spans"]["held"] > 0
    assert sum(metrics["spans"].values()) == metrics["spans"]["held"]  # none is left out, and that is said
    assert [(one["step"], one["staleness_steps"]) for one in metrics["refreshes"]] == [(2, 2)]
    assert metrics["refreshes"][0]["top_k_changed"] == pytest.approx(curve[2]["index_changed"], abs=1e-4)
    assert metrics["loss"] == pytest.approx(curve[-1]["loss"], abs=1e-4)


def test_an_index_in_service_trains_the_same_model_as_one_that_is_mapped(started: DataPaths, tmp_path: Path) -> None:
    service = dataclasses.replace(INDEX.service, shards=2)
    for name, index in (("mapped", INDEX), ("served", dataclasses.replace(INDEX, service=service))):
        shutil.copytree(started.root, tmp_path / name)
        pretrain.run(PRETRAIN, index=index, snapshot=OLD, data=DataPaths(tmp_path / name), cluster=HERE)
    mapped, served = (model_manifest(DataPaths(tmp_path / name).model("realm")) for name in ("mapped", "served"))
    assert served.files == mapped.files
    assert served.facts["refreshes"] > 0


def test_without_refresh_the_first_index_grows_stale_step_by_step(started: DataPaths, tmp_path: Path) -> None:
    data = pretrained(started, tmp_path / "off", dataclasses.replace(PRETRAIN, refresh="off"))
    assert [row["staleness_steps"] for row in read_curve(data.plots("pretrain"))] == [0, 1, 2, 3]
    assert read_json(data.metrics("pretrain"))["refreshes"] == []


def test_a_stage_gives_the_same_model_on_a_ray_train_worker_from_a_relative_data_root(
    started: DataPaths, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(started.root, tmp_path / "data")
    shutil.rmtree(tmp_path / "data" / "models" / "ict")
    sections: dict[str, Any] = {"data": "data", "train_snapshot": OLD, "ict": dataclasses.asdict(ICT)}
    sections["cluster"] = {"workers": 1, "threads": 1, "gpu": False, "compile": False}
    (tmp_path / "params.yaml").write_text(yaml.safe_dump(sections), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["train.ict"])
    ict.main()
    assert contents(Path("data/models/ict")) == contents(started.model("ict"))
    assert Path("data/plots/ict.csv").read_bytes() == started.plots("ict").read_bytes()

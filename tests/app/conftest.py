"""Two workspaces: one with a trained question-answering model, one whose corpus came from a real dump."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.workspace import Workspace
from pipelines.corpus.run import Models
from pipelines.corpus.run import run as run_corpus
from pipelines.snapshot import snapshot_items
from realm.params import NO_SNAPSHOT
from realm.storage import write_json
from tests.pipelines.dumps import CORPUS, SOURCES, page, pages, write_multistream, write_tokenizer
from tests.train.qa_world import FINETUNE, NEW, OLD, build_world
from tests.train.stages import HERE
from train import evaluate, finetune, update

REPO_PARAMS = Path(__file__).parents[2] / "params.yaml"


def write_params(root: Path, **changes: Any) -> Path:
    """The repository's parameters with the two snapshots below `root` and `changes`."""
    values = yaml.safe_load(REPO_PARAMS.read_text())
    snapshots = {OLD: {"previous": "none"}, NEW: {"previous": OLD}}
    values |= {"data": str(root / "data"), "snapshots": snapshots, "train_snapshot": OLD, "knowledge_snapshot": NEW}
    path = root / "params.yaml"
    path.write_text(yaml.safe_dump(values | changes))
    return path


@pytest.fixture(scope="session")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Corpora, indices, a QA model, metrics and predictions of both snapshots."""
    root = tmp_path_factory.mktemp("answering")
    data = build_world(root / "data")
    finetune.run(FINETUNE, name="realm", snapshot=OLD, data=data, cluster=HERE)
    config = evaluate.EvaluateConfig(
        splits=("test.jsonl",), splits_format="nq_open", changed="changed.jsonl", recall_at=(1, 5)
    )
    for snapshot in (OLD, NEW):
        evaluate.run(config, paths=evaluate.EvaluatePaths.of("realm", data, snapshot=snapshot))
    update.run(
        update.UpdateConfig(changed="changed", unchanged="test", examples=3),
        old=update.VersionPaths.of(data, OLD),
        new=update.VersionPaths.of(data, NEW),
        metrics=data.metrics(f"update-{NEW}"),
    )
    write_json(data.metrics(f"index-{NEW}"), {"blocks": 7, "embedded": 1, "reused": 6, "seconds": 0.5})
    data.index(NO_SNAPSHOT).mkdir()  # as in every checkout, for DVC
    return Workspace(write_params(root), None)


@pytest.fixture(scope="session")
def dumped(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A snapshot made from a tiny dump by the corpus stage, and a newer one that has only its dump."""
    root = tmp_path_factory.mktemp("dumped")
    sources = {name: getattr(SOURCES, name) for name in SOURCES.__dataclass_fields__}
    corpus = {name: getattr(CORPUS, name) for name in CORPUS.__dataclass_fields__}
    workspace = Workspace(write_params(root, sources=sources, corpus=corpus), None)
    tokenizer = write_tokenizer(workspace.paths.model("tokenizer"))
    bodies = [*pages(6), page("Avern town", "#REDIRECT [[Avern 0]]", number=900, redirect="Avern 0")]
    write_multistream(workspace.paths.raw(OLD) / "wikipedia" / "tiny.xml.bz2", bodies)
    write_multistream(workspace.paths.raw(NEW) / "wikipedia" / "tiny.xml.bz2", pages(12))
    run_corpus(
        replace(CORPUS, workers=1),
        sources=SOURCES,
        items=snapshot_items(workspace.paths.raw(OLD), SOURCES),
        models=Models(tokenizer=tokenizer, tagger="rules"),
        output=workspace.paths.blocks(OLD),
        data=workspace.paths,
    )
    return workspace

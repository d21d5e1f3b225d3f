"""Settings of the training stages, so small that all of them run in a test."""

import csv
from pathlib import Path

from train.bert import BertConfig, BertShape, RealmShape
from train.held_out import HeldOutConfig
from train.held_out_words import HeldOutWordsConfig
from train.ict import IctConfig
from train.objective import ObjectiveSizes
from train.pretrain import PretrainConfig
from train.steps import Schedule
from train.trainer import TrainCluster

HERE = TrainCluster(workers=0, threads=1, gpu=False, compile=False)
SCHEDULE = Schedule(steps=4, learning_rate=1e-3, weight_decay=0.01, seed=5, log_every=1)
BERT = BertConfig(
    sources=(),
    checkpoint=None,
    shape=BertShape(hidden_size=32, layers=1, heads=2, intermediate_size=64, dropout=0.1),
    realm=RealmShape(projection_size=16, pooling="mean", reader_hidden_size=32, max_span_width=8),
    batch_size=4,
    held_out=HeldOutWordsConfig(share=0.3, blocks=4, every=2),
    schedule=SCHEDULE,
)
ICT = IctConfig(
    sources=(),
    start="bert",
    shared_towers=True,
    removal_probability=0.9,
    query_length=48,
    block_length=288,
    batch_size=4,
    precision="float32",
    held_out=HeldOutConfig(share=0.2, queries=2, blocks=4, every=2),
    schedule=SCHEDULE,
)
PRETRAIN = PretrainConfig(
    sources=(),
    masking="salient",
    objective=ObjectiveSizes(marginal="token", candidates=4, query_length=48, joint_length=128),
    batch_size=3,
    retriever_rate=1.0,
    refresh="sync",
    refresh_every=2,
    schedule=SCHEDULE,
)


def read_curve(path: Path) -> list[dict[str, float]]:
    """The points of a learning curve that a stage wrote."""
    with path.open(encoding="utf-8") as file:
        return [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]

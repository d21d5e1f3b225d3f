"""Every number of the shipped `params.yaml` has bounds: a senseless one is refused when its section is loaded."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.config import IndexConfig
from pipelines.corpus.job import CorpusConfig
from pipelines.sample.config import SampleConfig
from pipelines.sources.base import SourceConfig
from pipelines.tokenizer import TokenizerConfig
from pipelines.train_tagger import TaggerConfig
from pipelines.validation.limits import ValidateConfig
from realm.errors import UserError
from realm.params import Params
from train.bert import BertConfig
from train.evaluate import EvaluateConfig
from train.finetune import FinetuneConfig
from train.ict import IctConfig
from train.pretrain import PretrainConfig
from train.trainer import TrainCluster
from train.update import UpdateConfig

SECTIONS: dict[str, type] = {
    "cluster": TrainCluster,
    "bert": BertConfig,
    "ict": IctConfig,
    "pretrain": PretrainConfig,
    "tokenizer": TokenizerConfig,
    "corpus": CorpusConfig,
    "sources": SourceConfig,
    "index": IndexConfig,
    "sample": SampleConfig,
    "tagger": TaggerConfig,
    "validate": ValidateConfig,
    "finetune": FinetuneConfig,
    "evaluate": EvaluateConfig,
    "update": UpdateConfig,
}
SHIPPED: dict[str, Any] = yaml.safe_load((Path(__file__).parents[1] / "params.yaml").read_text(encoding="utf-8"))
NO_SHARES = {
    "validate.min_growth": "a multiple of the previous snapshot's blocks",
    "validate.min_spans_per_block": "an average",
}
Place = tuple[str | int, ...]


def numbers(value: Any, place: Place = ()) -> Iterator[tuple[Place, float]]:
    """Every number and where it stands."""
    if isinstance(value, dict | list):
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from numbers(one, (*place, key))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield place, value


def load(place: Place, value: Any) -> None:
    """Loads the section with `value` at `place`."""
    values = copy.deepcopy(SHIPPED)
    inside = values
    for key in place[:-1]:
        inside = inside[key]  # type: ignore[index]
    inside[place[-1]] = value  # type: ignore[index]
    section = str(place[0])
    Params(Path("params.yaml"), values).section(section, SECTIONS[section])


NUMBERS = {".".join(map(str, place)): (place, value) for place, value in numbers(SHIPPED)}


def test_every_section_with_keys_of_its_own_is_known_here() -> None:
    found = {name for name, section in SHIPPED.items() if isinstance(section, dict)}
    assert found == {*SECTIONS, "snapshots"}
    assert len(NUMBERS) > 100
    for name, section in SECTIONS.items():
        Params(Path("params.yaml"), SHIPPED).section(name, section)


@pytest.mark.parametrize("key", sorted(NUMBERS))
def test_a_senseless_number_is_refused_by_its_key(key: str) -> None:
    place, shipped = NUMBERS[key]
    share = isinstance(shipped, float) and shipped <= 1 and key not in NO_SHARES
    for senseless in (-1, float("nan"), 2) if share else (-1,):
        with pytest.raises(UserError) as caught:
            load(place, senseless)
        text = str(caught.value)
        assert text.startswith(f"params.yaml: {place[0]}.")
        assert str(place[-2] if isinstance(place[-1], int) else place[-1]) in text
        assert "must be" in text
        assert text.count("\n") == 0


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("cluster.threads", 0, "cluster.threads is 0; it must be at least 1."),
        ("bert.batch_size", 0, "bert.batch_size is 0; it must be at least 1."),
        ("bert.shape.heads", 3, "bert.shape.heads is 3; it must be a divisor of hidden_size, which is 128."),
        ("bert.shape.hidden_size", 0, "bert.shape.hidden_size is 0"),
        ("bert.shape.layers", 0, "bert.shape.layers is 0"),
        ("bert.realm.pooling", "foo", "bert.realm.pooling is 'foo'; choose one of cls, first, mean."),
        ("bert.schedule.learning_rate", 0, "bert.schedule.learning_rate is 0.0; it must be above 0 and at most 1."),
        ("bert.schedule.learning_rate", float("inf"), "it must be a finite number"),
        ("bert.held_out.share", 1.0, "bert.held_out.share is 1.0; it must be at least 0 and below 1."),
        ("ict.query_length", 2, "ict.query_length is 2; it must be at least 3."),
        ("ict.block_length", 3, "ict.block_length is 3; it must be at least 4."),
        ("ict.removal_probability", 1.5, "ict.removal_probability is 1.5; it must be at least 0 and at most 1."),
        ("ict.held_out.queries", 301, "ict.held_out.queries is 301; it must be at most blocks, which is 300."),
        ("ict.zero_shot.every", 0, "ict.zero_shot.every is 0"),
        ("ict.schedule.save_every", 0, "ict.schedule.save_every is 0"),
        ("pretrain.objective.joint_length", 97, "pretrain.objective.joint_length is 97; it must be at least 98"),
        ("finetune.reading.joint_length", 64, "finetune.reading.joint_length is 64; it must be at least 66"),
        ("index.embed.lengths", [], "index.embed.lengths is []; it must be one or more numbers from 4 on"),
        ("index.embed.lengths", [2], "index.embed.lengths is [2]"),
        ("index.embed.lengths", [288, 64], "each larger than the one before it"),
        ("index.embed.lengths", [128, 64, 288], "index.embed.lengths is [128, 64, 288]"),
        ("index.embed.lengths", [-5, 288], "index.embed.lengths is [-5, 288]"),
        ("index.embed.lengths", ["64"], "index.embed.lengths[0] must be of type int"),
        ("index.embed.item_blocks", 0, "index.embed.item_blocks is 0"),
        ("index.probes", 0, "index.probes is 0"),
        ("index.service.lease_s", 0, "index.service.lease_s is 0.0; it must be above 0."),
        ("corpus.max_block_tokens", 35, "corpus.max_block_tokens is 35; it must be above 35"),
        ("sources.item_bytes_min", 10**10, "sources.item_bytes_min is 10000000000; it must be at most item_bytes_max"),
        ("evaluate.recall_at", [], "evaluate.recall_at is []; it must be a list of one or more."),
        ("tokenizer.vocab_size", 70000, "tokenizer.vocab_size is 70000; it must be at least 100 and at most 65536."),
    ],
)
def test_what_is_allowed_is_said(key: str, value: Any, said: str) -> None:
    with pytest.raises(UserError) as caught:
        load(tuple(key.split(".")), value)
    assert said in str(caught.value)

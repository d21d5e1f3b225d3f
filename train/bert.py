"""Stage `bert`: takes the BERT checkpoint named in params.yaml, or trains a small one from scratch.

    python -m train.bert

Writes `data/models/bert/encoder`, a masked language model that the retriever and the readers start from, and how well
it fills in wordpieces of documents that it did not learn from (`plots/bert-held-out.csv`).
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from realm.checkpoint import checkpoint_directory
from realm.constraints import Count, ShareBelowOne
from realm.errors import UserError, main_guard
from realm.manifest import read_manifest
from realm.model import KnowledgeAugmentedEncoder, RealmConfig, load_checkpoint
from realm.model.compiled import compile_bert
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import write_json
from realm.tokenizer import Tokenizer, checkpoint_vocabulary
from train import distributed
from train.examples import Examples, open_examples
from train.held_out import split_rows
from train.held_out_words import HeldOutWords, HeldOutWordsConfig, mask_blocks, predict
from train.models import ENCODER, config_fingerprint, publish_model, sole_training
from train.resume import discard_states, states_of
from train.steps import Extras, Schedule, train_steps, write_curve
from train.trainer import LoopPaths, TrainCluster, prepare_rank, run_training
from train.watch import Watch

HELD_OUT = "held-out"  # curve beside that of the training itself
_KEY = "bert.checkpoint"
_PARTS = {"cls.": "masked-language-model head", "bert.pooler.": "pooler"}  # what a BERT checkpoint may lack


@dataclass(frozen=True)
class BertShape:
    """Size of a BERT trained from scratch; a named checkpoint brings its own."""

    hidden_size: Count
    layers: Count
    heads: Count
    intermediate_size: Count
    dropout: ShareBelowOne

    def __post_init__(self) -> None:
        """Refuses heads that do not share the hidden size evenly."""
        if self.hidden_size % self.heads:
            raise UserError(f"heads is {self.heads}; it must be a divisor of hidden_size, which is {self.hidden_size}.")


@dataclass(frozen=True)
class RealmShape:
    """What REALM adds to BERT; see `RealmConfig`."""

    projection_size: Count
    pooling: Literal["cls", "first", "mean"]
    reader_hidden_size: Count
    max_span_width: Count
    projection_norm: bool = True  # official; left out, so


@dataclass(frozen=True)
class BertConfig:
    """Section `bert`.

    Attributes:
        sources: blocks of these sources are learnt from; all if empty.
        checkpoint: a BERT checkpoint by name or directory, or null to train one from scratch.
        shape: of the one from scratch.
        realm: what REALM adds.
        batch_size: blocks per step and process.
        held_out: documents that are not learnt from, to measure on.
        schedule: of the masked-language-model training.
    """

    sources: tuple[str, ...]
    checkpoint: str | None
    shape: BertShape
    realm: RealmShape
    batch_size: Count
    held_out: HeldOutWordsConfig
    schedule: Schedule


def new_encoder(config: BertConfig, *, vocab_size: int, pad_id: int) -> KnowledgeAugmentedEncoder:
    """A knowledge-augmented encoder with fresh weights."""
    shape = config.shape
    realm_config = RealmConfig(
        vocab_size=vocab_size,
        pad_token_id=pad_id,
        hidden_size=shape.hidden_size,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.intermediate_size,
        hidden_dropout_prob=shape.dropout,
        attention_probs_dropout_prob=shape.dropout,
        **asdict(config.realm),
    )
    torch.manual_seed(config.schedule.seed)
    return KnowledgeAugmentedEncoder(realm_config)


def import_encoder(config: BertConfig, tokenizer: Tokenizer) -> tuple[KnowledgeAugmentedEncoder, list[str]]:
    """Loads the named checkpoint; also returns what it did not bring, which starts from new weights.

    Raises:
        UserError: it cannot be loaded, or its vocabulary is not the tokenizer's.
    """
    name = str(config.checkpoint)
    directory = checkpoint_directory(name, key=_KEY, weights=True)
    theirs = checkpoint_vocabulary(directory)
    if theirs is not None and theirs != tokenizer.vocabulary:
        raise UserError(
            f"The tokenizer is not that of {_KEY} '{name}' ({tokenizer.vocab_size} and {len(theirs)} wordpieces). "
            "Set tokenizer.checkpoint to the same checkpoint and run `dvc repro`."
        )
    torch.manual_seed(config.schedule.seed)
    encoder, missing = load_checkpoint(KnowledgeAugmentedEncoder, directory, key=_KEY, **asdict(config.realm))
    if encoder.config.vocab_size < tokenizer.vocab_size:
        raise UserError(
            f"{_KEY} '{name}' has {encoder.config.vocab_size} embeddings, the tokenizer {tokenizer.vocab_size} tokens. "
            "Set tokenizer.checkpoint to the same checkpoint and run `dvc repro`."
        )
    new = [part for prefix, part in _PARTS.items() if any(one.startswith(prefix) for one in missing)]
    if new:
        print(f"bert: '{name}' has no {' and no '.join(new)}: new weights, to be trained", flush=True)
    return encoder, new


def open_held_out(
    config: BertConfig, data: DataPaths, blocks: Path, tokenizer: Tokenizer
) -> tuple[Examples, np.ndarray, HeldOutWords]:
    """The corpus, its rows to learn from, and what is held out.

    Raises:
        UserError: nothing is left to learn from.
    """
    cache = data.cache("examples", "shared")
    examples = open_examples(blocks, tokenizer, cache, sources=config.sources, key="bert.sources")
    learnt, held = split_rows(examples, config.held_out.share)
    if not len(learnt):
        raise UserError(
            f"All {len(examples)} blocks of {blocks} are held out. Lower bert.held_out.share, {config.held_out.share}."
        )
    words = HeldOutWords(examples, held, config=config.held_out, tokenizer=tokenizer, seed=config.schedule.seed)
    return examples, learnt, words


def train_loop(config: dict[str, Any]) -> None:
    """The loop of one rank; rank 0 writes to `workdir`."""
    device = prepare_rank(config)
    stage: BertConfig = config["stage"]
    paths: LoopPaths = config["paths"]
    data, tokenizer = paths.data, Tokenizer.load(paths.data.model("tokenizer"))
    examples, learnt, held_out = open_held_out(stage, data, paths.blocks, tokenizer)
    encoder = new_encoder(stage, vocab_size=tokenizer.vocab_size, pad_id=tokenizer.pad_id).to(device)
    compile_bert(encoder, wanted=config["compile"])

    def compute(_step: int, generator: np.random.Generator) -> dict[str, Tensor]:
        rows = learnt[generator.integers(len(learnt), size=stage.batch_size)].tolist()
        log_probs, right = predict(encoder, mask_blocks(examples, rows, generator, tokenizer=tokenizer))
        return {"loss": -log_probs.mean(), "accuracy": right.float().mean()}

    watch = Watch(stage.schedule.steps)
    if held_out:
        watch.add(HELD_OUT, every=stage.held_out.every, measure=lambda: held_out.measure(encoder), by_all=False)
    extras = Extras(states=paths.states, measure=watch, memory=watch.memory)
    curve = train_steps("bert", [encoder], stage.schedule, compute, extras)
    if distributed.rank() == 0:
        encoder.save_pretrained(paths.workdir / ENCODER)
        points = watch.curve(HELD_OUT)
        write_curve(curve, data.plots("bert"))
        write_curve(points, data.plots(f"bert-{HELD_OUT}"))
        ends = {"first": points[0], "last": points[-1]} if points else None
        write_json(data.metrics("bert"), {"checkpoint": None, "seconds": watch.seconds, **curve[-1], HELD_OUT: ends})


def take(config: BertConfig, tokenizer: Tokenizer, *, data: DataPaths, blocks: Path, workdir: Path) -> None:
    """Takes the named checkpoint as it is, and measures it once on what is held out."""
    encoder, new = import_encoder(config, tokenizer)
    encoder.save_pretrained(workdir / ENCODER)
    held_out = open_held_out(config, data, blocks, tokenizer)[2]
    measured = held_out.measure(encoder) if held_out else None
    write_curve([], data.plots("bert"))
    write_curve([{"step": 0, **measured}] if measured else [], data.plots(f"bert-{HELD_OUT}"))
    write_json(data.metrics("bert"), {"checkpoint": config.checkpoint, "new_weights": new, HELD_OUT: measured})


def run(config: BertConfig, *, snapshot: str, data: DataPaths, cluster: TrainCluster) -> None:
    """Writes `models/bert` below the data root.

    Raises:
        UserError: the checkpoint cannot be taken.
    """
    tokenizer, blocks = Tokenizer.load(data.model("tokenizer")), data.blocks(snapshot)
    made_from = {"tokenizer": tokenizer.fingerprint, "params": config_fingerprint(config)}
    with sole_training(data.model("bert"), data.cache("bert", "workdir")) as workdir:
        states = data.cache("bert", "states")
        if config.checkpoint is None:
            made_from["corpus"] = read_manifest(blocks, kind="corpus").fingerprint
            own = states_of(states, stage="bert", made_from=made_from, cluster=cluster)
            loop = {"stage": config, "paths": LoopPaths(data, blocks, workdir=workdir, states=own)}
            run_training(train_loop, config=loop, cluster=cluster, storage=data.cache("ray", "bert"), name="bert")
        else:
            take(config, tokenizer, data=data, blocks=blocks, workdir=workdir)
        publish_model(workdir, data.model("bert"), made_from=made_from, facts={"checkpoint": config.checkpoint})
        discard_states(states)


def main() -> None:
    """Command line."""
    arguments = stage_parser(__doc__).parse_args()
    params, data = open_stage(arguments)
    run(
        params.section("bert", BertConfig),
        snapshot=params.value("train_snapshot"),
        data=data,
        cluster=params.section("cluster", TrainCluster),
    )


if __name__ == "__main__":
    main_guard(main)

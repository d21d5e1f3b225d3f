"""Stage `bert`: takes the BERT checkpoint named in params.yaml, or trains a small one from scratch.

    python -m train.bert

Writes `data/models/bert/encoder`, a masked language model that the retriever and the readers start from.
"""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from realm.checkpoint import checkpoint_directory
from realm.errors import UserError, main_guard
from realm.inputs import TokenInput, block_input, pad_batch
from realm.manifest import read_manifest
from realm.model import KnowledgeAugmentedEncoder, RealmConfig, load_checkpoint
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import write_json
from realm.tokenizer import Tokenizer, checkpoint_vocabulary
from train.examples import Examples, open_examples
from train.masking import mask_for_bert
from train.models import ENCODER, config_fingerprint, fresh_workdir, publish_model
from train.resume import discard_states, states_of
from train.steps import Extras, Schedule, train_steps, write_curve
from train.trainer import TrainCluster, prepare_rank, run_training

_KEY = "bert.checkpoint"
_PARTS = {"cls.": "masked-language-model head", "bert.pooler.": "pooler"}  # what a BERT checkpoint may lack


@dataclass(frozen=True)
class BertShape:
    """Size of a BERT trained from scratch; a named checkpoint brings its own."""

    hidden_size: int
    layers: int
    heads: int
    intermediate_size: int
    dropout: float


@dataclass(frozen=True)
class RealmShape:
    """What REALM adds to BERT; see `RealmConfig`."""

    projection_size: int
    pooling: str
    reader_hidden_size: int
    max_span_width: int


@dataclass(frozen=True)
class BertConfig:
    """Section `bert`.

    Attributes:
        sources: blocks of these sources are learnt from; all if empty.
        checkpoint: a BERT checkpoint by name or directory, or null to train one from scratch.
        shape: of the one from scratch.
        realm: what REALM adds.
        batch_size: blocks per step and process.
        schedule: of the masked-language-model training.
    """

    sources: tuple[str, ...]
    checkpoint: str | None
    shape: BertShape
    realm: RealmShape
    batch_size: int
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


def draw_batch(
    examples: Examples, generator: np.random.Generator, *, tokenizer: Tokenizer, batch_size: int
) -> tuple[dict[str, Tensor], Tensor, Tensor, Tensor]:
    """Draws blocks and masks them.

    Returns:
        The model's inputs `[batch, length]`; positions, targets and a mask of real ones, `[batch, masks]`.
    """
    inputs, positions, targets = [], [], []
    specials = (tokenizer.cls_id, tokenizer.sep_id)
    for row in generator.integers(len(examples), size=batch_size):
        example = examples[int(row)]
        whole = block_input(example.title_ids.tolist(), example.body_ids.tolist(), tokenizer.specials)
        ids = np.array(whole.ids)
        masked, chosen = mask_for_bert(
            ids,
            generator,
            mask_id=tokenizer.mask_id,
            vocab_size=tokenizer.vocab_size,
            maskable=~np.isin(ids, specials),
        )
        inputs.append(TokenInput(ids=tuple(masked.tolist()), segments=whole.segments))
        positions.append(torch.from_numpy(chosen))
        targets.append(torch.from_numpy(ids[chosen]))
    real = torch.nn.utils.rnn.pad_sequence([torch.ones(len(one), dtype=torch.bool) for one in positions], True)
    padded = [torch.nn.utils.rnn.pad_sequence(many, batch_first=True) for many in (positions, targets)]
    return pad_batch(inputs, pad_id=tokenizer.pad_id), padded[0], padded[1], real


def train_loop(config: dict[str, Any]) -> None:
    """The loop of one rank; rank 0 writes to `config["workdir"]`."""
    from train import distributed

    device = prepare_rank(config)
    stage: BertConfig = config["stage"]
    tokenizer = Tokenizer.load(Path(config["tokenizer"]))
    cache = Path(config["examples"])
    examples = open_examples(Path(config["blocks"]), tokenizer, cache, sources=stage.sources, key="bert.sources")
    encoder = new_encoder(stage, vocab_size=tokenizer.vocab_size, pad_id=tokenizer.pad_id).to(device)

    def compute(_step: int, generator: np.random.Generator) -> dict[str, Tensor]:
        batch, positions, targets, real = draw_batch(
            examples, generator, tokenizer=tokenizer, batch_size=stage.batch_size
        )
        on_device = {name: tensor.to(device) for name, tensor in batch.items()}
        log_probs = encoder.masked_log_probs(**on_device, positions=positions.to(device), targets=targets.to(device))
        return {"loss": -log_probs[real.to(device)].mean()}

    curve = train_steps("bert", [encoder], stage.schedule, compute, Extras(states=Path(config["states"])))
    if distributed.rank() == 0:
        workdir = Path(config["workdir"])
        encoder.save_pretrained(workdir / ENCODER)
        write_curve(curve, Path(config["curve"]))
        write_json(Path(config["metrics"]), {"checkpoint": None, "loss": curve[-1]["loss"]})


def run(config: BertConfig, *, snapshot: str, data: DataPaths, cluster: TrainCluster) -> None:
    """Writes `models/bert` below the data root."""
    tokenizer = Tokenizer.load(data.model("tokenizer"))
    corpus = read_manifest(data.blocks(snapshot), kind="corpus")
    made_from = {"tokenizer": tokenizer.fingerprint, "params": config_fingerprint(config)}
    workdir = fresh_workdir(data.cache("bert", "workdir"))
    if config.checkpoint is None:
        config.schedule.check("bert")
        made_from["corpus"] = corpus.fingerprint
        states = states_of(data.cache("bert", "states"), stage="bert", made_from=made_from, cluster=cluster)
        loop_config = {
            "stage": config,
            "tokenizer": str(data.model("tokenizer")),
            "blocks": str(data.blocks(snapshot)),
            "examples": str(data.cache("examples", "shared")),
            "workdir": str(workdir),
            "states": str(states),
            "curve": str(data.plots("bert")),
            "metrics": str(data.metrics("bert")),
        }
        run_training(train_loop, config=loop_config, cluster=cluster, storage=data.cache("ray", "bert"), name="bert")
    else:
        encoder, new = import_encoder(config, tokenizer)
        encoder.save_pretrained(workdir / ENCODER)
        write_curve([], data.plots("bert"))
        write_json(data.metrics("bert"), {"checkpoint": config.checkpoint, "new_weights": new})
    publish_model(workdir, data.model("bert"), made_from=made_from, facts={"checkpoint": config.checkpoint})
    if config.checkpoint is None:
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

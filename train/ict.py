"""Stage `ict`: warm-starts the retriever with the inverse cloze task (Lee et al. 2019).

    python -m train.ict

One sentence of a block is the query, and the block it came from, mostly without that sentence, must be found among
the blocks of the whole batch. Writes `data/models/ict`.
"""

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from realm.errors import UserError, main_guard
from realm.inputs import BLOCK_SPECIALS, TokenInput, block_input, query_input
from realm.losses import ict_loss
from realm.manifest import read_manifest
from realm.model import Embedder, RealmConfig, Retriever, block_encoder_fingerprint
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import write_json
from realm.tokenizer import SpecialIds, Tokenizer
from train import distributed
from train.batching import embed_by_length
from train.examples import Example, Examples, open_examples
from train.fresh import fresh_embedder
from train.models import ENCODER, config_fingerprint, fresh_workdir, model_manifest, publish_model
from train.steps import Schedule, train_steps, write_curve
from train.trainer import TrainCluster, prepare_rank, run_training

_MAX_ROUNDS = 100


@dataclass(frozen=True)
class IctConfig:
    """Section `ict`.

    Attributes:
        sources: blocks of these sources are learnt from; all if empty.
        start: `bert` begins with the weights of stage `bert` (official), `fresh` with new weights of its shape: a
            small BERT trained for a minute has learnt which words are common and little else, and a retriever
            gets further without it (`train/fresh.py`).
        shared_towers: whether one embedder serves queries and blocks (official default).
        removal_probability: with which the query's sentence is taken out of its block (official: 0.9).
        query_length: wordpieces of a query with [CLS] and [SEP] (official: 64).
        block_length: wordpieces of a block's input (official: 288, the whole of it); of a longer one a random window
            is seen, which lets a small machine see more blocks in the same time.
        batch_size: blocks per step and process; all of them are each other's negatives.
        schedule: of the training.
    """

    sources: tuple[str, ...]
    start: Literal["bert", "fresh"]
    shared_towers: bool
    removal_probability: float
    query_length: int
    block_length: int
    batch_size: int
    schedule: Schedule


@dataclass(frozen=True)
class ClozePair:
    """A sentence and the block it was drawn from."""

    query: TokenInput
    block: TokenInput
    removed: bool


def cloze_pair(
    example: Example,
    generator: np.random.Generator,
    *,
    specials: SpecialIds,
    query_length: int,
    block_length: int,
    removal_probability: float,
) -> ClozePair | None:
    """Draws a sentence as query; None for a one-sentence block when removal was drawn (official rule)."""
    if not len(example.sentences):
        return None
    start, end = example.sentences[generator.integers(len(example.sentences))]
    removed = bool(generator.random() < removal_probability)
    if removed and len(example.sentences) == 1:
        return None
    body = example.body_ids
    kept = np.concatenate([body[:start], body[end:]]) if removed else body
    room = max(1, block_length - len(example.title_ids) - BLOCK_SPECIALS)
    if len(kept) > room:
        first = generator.integers(len(kept) - room + 1)
        kept = kept[first : first + room]
    return ClozePair(
        query=query_input(body[start:end].tolist(), specials, max_length=query_length),
        block=block_input(example.title_ids.tolist(), kept.tolist(), specials, max_length=block_length),
        removed=removed,
    )


def draw_pairs(
    examples: Examples, generator: np.random.Generator, *, specials: SpecialIds, config: IctConfig
) -> tuple[list[ClozePair], int]:
    """Draws `config.batch_size` pairs; also returns how many blocks were dropped on the way.

    The blocks of a round differ from each other; a second round is only needed where many are dropped.

    Raises:
        UserError: next to no block of the corpus gives a pair.
    """
    pairs: list[ClozePair] = []
    dropped = 0
    for _ in range(_MAX_ROUNDS):
        for row in generator.choice(len(examples), size=min(len(examples), 2 * config.batch_size), replace=False):
            pair = cloze_pair(
                examples[int(row)],
                generator,
                specials=specials,
                query_length=config.query_length,
                block_length=config.block_length,
                removal_probability=config.removal_probability,
            )
            dropped += pair is None
            pairs += [pair] if pair is not None else []
            if len(pairs) == config.batch_size:
                return pairs, dropped
    raise UserError(
        f"Only {len(pairs)} of {config.batch_size} ICT pairs were found in {_MAX_ROUNDS} rounds, as most blocks have "
        "one sentence. Lower ict.removal_probability or ict.batch_size in params.yaml."
    )


def new_retriever(bert: Path, config: IctConfig, examples: Examples, specials: SpecialIds) -> Retriever:
    """The retriever that training starts from; its projection is new in any case."""
    torch.manual_seed(config.schedule.seed)
    if config.start == "bert":
        return Retriever.from_checkpoint(str(bert), shared=config.shared_towers)
    shape = RealmConfig.from_pretrained(bert)
    query = fresh_embedder(shape, examples, specials)
    return Retriever(query, query if config.shared_towers else copy.deepcopy(query))


def train_loop(config: dict[str, Any]) -> None:
    """The loop of one rank; rank 0 writes to `config["workdir"]`."""
    device = prepare_rank(config)
    stage: IctConfig = config["stage"]
    tokenizer = Tokenizer.load(Path(config["tokenizer"]))
    cache = Path(config["examples"])
    examples = open_examples(Path(config["blocks"]), tokenizer, cache, sources=stage.sources, key="ict.sources")
    retriever = new_retriever(Path(config["bert"]) / ENCODER, stage, examples, tokenizer.specials).to(device)

    def embed(embedder: Embedder, inputs: list[TokenInput]) -> Tensor:
        return distributed.gather_rows(embed_by_length(embedder, inputs, pad_id=tokenizer.pad_id))

    def compute(_step: int, generator: np.random.Generator) -> dict[str, Tensor]:
        pairs, count = draw_pairs(examples, generator, specials=tokenizer.specials, config=stage)
        queries = embed(retriever.query_embedder, [pair.query for pair in pairs])
        blocks = embed(retriever.block_embedder, [pair.block for pair in pairs])
        loss, accuracy = ict_loss(queries, blocks)
        return {"loss": loss, "accuracy": accuracy, "dropped_blocks": torch.tensor(float(count))}

    curve = train_steps("ict", [retriever], stage.schedule, compute)
    if distributed.rank() == 0:
        retriever.save(Path(config["workdir"]))
        write_curve(curve, Path(config["curve"]))
        write_json(Path(config["metrics"]), {name: value for name, value in curve[-1].items() if name != "step"})


def run(config: IctConfig, *, snapshot: str, data: DataPaths, cluster: TrainCluster) -> None:
    """Writes `models/ict` below the data root."""
    tokenizer = Tokenizer.load(data.model("tokenizer"))
    workdir = fresh_workdir(data.cache("ict", "workdir"))
    loop_config = {
        "stage": config,
        "tokenizer": str(data.model("tokenizer")),
        "blocks": str(data.blocks(snapshot)),
        "examples": str(data.cache("examples", "shared")),
        "bert": str(data.model("bert")),
        "workdir": str(workdir),
        "curve": str(data.plots("ict")),
        "metrics": str(data.metrics("ict")),
    }
    run_training(train_loop, config=loop_config, cluster=cluster, storage=data.cache("ray", "ict"), name="ict")
    made_from = {
        "tokenizer": tokenizer.fingerprint,
        "corpus": read_manifest(data.blocks(snapshot), kind="corpus").fingerprint,
        "bert": model_manifest(data.model("bert")).fingerprint,
        "params": config_fingerprint(config),
    }
    facts = {"block_encoder": block_encoder_fingerprint(workdir)}
    publish_model(workdir, data.model("ict"), made_from=made_from, facts=facts)


def main() -> None:
    """Command line."""
    arguments = stage_parser(__doc__).parse_args()
    params, data = open_stage(arguments)
    run(
        params.section("ict", IctConfig),
        snapshot=params.value("train_snapshot"),
        data=data,
        cluster=params.section("cluster", TrainCluster),
    )


if __name__ == "__main__":
    main_guard(main)

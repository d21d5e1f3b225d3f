"""Stage `ict`: warm-starts the retriever with the inverse cloze task (Lee et al. 2019).

    python -m train.ict

One sentence of a block is the query, and the block it came from, mostly without that sentence, must be found among
the blocks of the whole batch. Writes `data/models/ict`, and what was learnt when:

- `plots/ict.csv`: loss, and accuracy in the batch, of pairs whose sentence was taken out of its block (masked) and of
  those where it was left in (unmasked);
- `plots/ict-held-out.csv`: retrieval among documents that are not learnt from;
- `plots/ict-zero-shot.csv`: retrieval for real questions in the whole corpus.
"""

import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import torch
from torch import Tensor

from realm.constraints import AtLeast, Count, QueryLength, Share
from realm.errors import UserError, main_guard
from realm.inputs import TokenInput
from realm.losses import ict_loss
from realm.manifest import read_manifest
from realm.model import Embedder, RealmConfig, Retriever, block_encoder_fingerprint
from realm.model.compiled import compile_bert
from realm.model.config import require_room
from realm.paths import DataPaths
from realm.precision import Precision, autocast, resolve_precision
from realm.stage import open_stage, stage_parser
from realm.storage import file_checksum, write_json
from realm.tokenizer import SpecialIds, Tokenizer
from train import distributed
from train.batching import embed_by_length
from train.cloze import ClozeRules, draw_pairs
from train.examples import Examples, open_examples
from train.fresh import fresh_embedder
from train.held_out import HeldOutConfig, HeldOutRetrieval, split_rows
from train.ict_checkpoint import take_retriever
from train.models import ENCODER, config_fingerprint, model_manifest, publish_model, sole_training
from train.questions import read_questions
from train.resume import discard_states, states_of
from train.steps import Extras, Schedule, plain, train_steps, write_curve
from train.trainer import LoopPaths, TrainCluster, prepare_rank, run_training
from train.watch import Watch
from train.zero_shot import ZeroShotConfig, ZeroShotRetrieval

HELD_OUT, ZERO_SHOT = "held-out", "zero-shot"  # curves beside that of the training itself


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
        batch_size: blocks per step and process; those of all processes are each other's negatives.
        precision: of the matrix products.
        held_out: documents that are not learnt from, to measure on.
        zero_shot: questions to measure with; null or left out for none.
        checkpoint: a directory with a retriever, as `train.import_realm` writes it, that is taken as it is: nothing is
            trained. Null or left out to train.
        schedule: of the training.
    """

    sources: tuple[str, ...]
    start: Literal["bert", "fresh"]
    shared_towers: bool
    removal_probability: Share
    query_length: QueryLength
    block_length: Annotated[int, AtLeast(4)]
    batch_size: Count
    precision: Precision
    held_out: HeldOutConfig
    schedule: Schedule
    zero_shot: ZeroShotConfig | None = None
    checkpoint: str | None = None


def rows_to_learn(examples: Examples, config: IctConfig, *, blocks: Path) -> tuple[np.ndarray, np.ndarray]:
    """Rows to learn from, and rows held out.

    Raises:
        UserError: what is left to learn from does not fill a batch.
    """
    learnt, held = split_rows(examples, config.held_out.share)
    if len(learnt) < config.batch_size:
        raise UserError(
            f"{blocks} has {len(examples)} blocks, of which {len(held)} are held out (ict.held_out.share "
            f"{config.held_out.share}): {len(learnt)} do not fill ict.batch_size, {config.batch_size}. Lower either."
        )
    return learnt, held


def new_retriever(bert: Path, config: IctConfig, examples: Examples, specials: SpecialIds) -> Retriever:
    """The retriever that training starts from; its projection is new in any case."""
    torch.manual_seed(config.schedule.seed)
    if config.start == "bert":
        return Retriever.from_checkpoint(str(bert), shared=config.shared_towers)
    shape = RealmConfig.from_pretrained(bert)
    query = fresh_embedder(shape, examples, specials)
    return Retriever(query, query if config.shared_towers else copy.deepcopy(query))


def accuracies(right: Tensor, removed: Tensor) -> dict[str, Tensor]:
    """Share of queries that found their block, `[batch]` each: of all, with and without the sentence taken out."""
    hits = right.float()
    return {
        "accuracy": hits.mean(),
        "accuracy_masked": hits[removed].mean(),
        "accuracy_unmasked": hits[~removed].mean(),
    }


def train_loop(config: dict[str, Any]) -> None:
    """The loop of one rank; rank 0 writes to `workdir`."""
    device = prepare_rank(config)
    stage: IctConfig = config["stage"]
    paths: LoopPaths = config["paths"]
    data, corpus, tokenizer = paths.data, paths.blocks, Tokenizer.load(paths.data.model("tokenizer"))
    cache = data.cache("examples", "shared")
    examples = open_examples(corpus, tokenizer, cache, sources=stage.sources, key="ict.sources")
    rules = ClozeRules(
        tokenizer.specials,
        query_length=stage.query_length,
        block_length=stage.block_length,
        removal_probability=stage.removal_probability,
    )
    learnt, held = rows_to_learn(examples, stage, blocks=corpus)
    retriever = new_retriever(data.model("bert") / ENCODER, stage, examples, tokenizer.specials).to(device)
    compile_bert(retriever, wanted=config["compile"])
    precision = resolve_precision(stage.precision, device)

    def embed(embedder: Embedder, inputs: list[TokenInput]) -> Tensor:
        return distributed.gather_rows(embed_by_length(embedder, inputs, pad_id=tokenizer.pad_id))

    def compute(_step: int, generator: np.random.Generator) -> dict[str, Tensor]:
        pairs, dropped = draw_pairs(examples, learnt, generator, rules=rules, count=stage.batch_size)
        with autocast(precision, device):
            queries = embed(retriever.query_embedder, [pair.query for pair in pairs])
            blocks = embed(retriever.block_embedder, [pair.block for pair in pairs])
        loss, right = ict_loss(queries, blocks)
        removed = distributed.gather_rows(torch.tensor([float(pair.removed) for pair in pairs], device=device)) > 0
        return {"loss": loss, **accuracies(right, removed), "dropped_blocks": torch.tensor(float(dropped))}

    watch = Watch(stage.schedule.steps)
    watch_held_out(watch, retriever, examples, held=held, learnt=learnt, config=stage, rules=rules)
    zero_shot = open_zero_shot(stage, data, corpus, tokenizer)
    if zero_shot and stage.zero_shot:
        every = stage.zero_shot.every
        watch.add(ZERO_SHOT, every=every, measure=lambda: zero_shot.measure(retriever), by_all=True)
    extras = Extras(states=paths.states, measure=watch, memory=watch.memory)
    curve = train_steps("ict", [retriever], stage.schedule, compute, extras)
    if distributed.rank() == 0:
        retriever.save(paths.workdir)
        write_results(data, curve, watch, chance=zero_shot.chance() if zero_shot else None)


def watch_held_out(
    watch: Watch,
    retriever: Retriever,
    examples: Examples,
    *,
    held: np.ndarray,
    learnt: np.ndarray,
    config: IctConfig,
    rules: ClozeRules,
) -> None:
    """Adds the curve of held-out retrieval, if any block with two sentences is held out."""
    seed = config.schedule.seed
    task = HeldOutRetrieval(examples, held=held, learnt=learnt, config=config.held_out, rules=rules, seed=seed)
    if distributed.rank() == 0:
        print(
            f"ict: {len(learnt):,} blocks to learn from, {len(held):,} held out, {len(task.queries)} of them asked for"
        )
    if task.queries:
        watch.add(HELD_OUT, every=config.held_out.every, measure=lambda: task.measure(retriever), by_all=False)


def open_zero_shot(config: IctConfig, data: DataPaths, blocks: Path, tokenizer: Tokenizer) -> ZeroShotRetrieval | None:
    """The questions to measure with, and the corpus; None if none are named."""
    if config.zero_shot is None:
        return None
    questions = read_questions(data.questions / config.zero_shot.questions, form=config.zero_shot.questions_format)
    return ZeroShotRetrieval(
        questions.questions,
        blocks=blocks,
        sources=config.sources,
        tokenizer=tokenizer,
        query_length=config.query_length,
    )


def measured_with(config: IctConfig, data: DataPaths) -> dict[str, str]:
    """What the curves depend on beside what the model is made from: the content of the question file, if any."""
    return {"zero-shot": file_checksum(data.questions / config.zero_shot.questions)} if config.zero_shot else {}


def write_results(
    data: DataPaths, curve: list[dict[str, float]], watch: Watch, *, chance: dict[str, float] | None
) -> None:
    """Writes the curves, and as metrics their ends."""
    write_curve(curve, data.plots("ict"))
    metrics: dict[str, Any] = {"seconds": watch.seconds, **plain(curve[-1])}
    for name in (HELD_OUT, ZERO_SHOT):
        points = watch.curve(name)
        write_curve(points, data.plots(f"ict-{name}"))
        metrics[name] = {"first": points[0], "last": points[-1]} if points else None
    if chance and metrics[ZERO_SHOT]:
        metrics[ZERO_SHOT]["chance"] = chance
    write_json(data.metrics("ict"), metrics)


def run(config: IctConfig, *, snapshot: str, data: DataPaths, cluster: TrainCluster) -> None:
    """Writes `models/ict` below the data root.

    Raises:
        UserError: a setting cannot be, or an input is missing or damaged.
    """
    tokenizer = Tokenizer.load(data.model("tokenizer"))
    open_zero_shot(config, data, data.blocks(snapshot), tokenizer)  # so that a missing file is told at once
    made_from = {
        "tokenizer": tokenizer.fingerprint,
        "corpus": read_manifest(data.blocks(snapshot), kind="corpus").fingerprint,
        "bert": model_manifest(data.model("bert")).fingerprint,
        "params": config_fingerprint(config),
    }
    lengths = {"ict.query_length": config.query_length, "ict.block_length": config.block_length}
    require_room(RealmConfig.from_pretrained(data.model("bert") / ENCODER), lengths)
    with sole_training(data.model("ict"), data.cache("ict", "workdir")) as workdir:
        # The questions are in the curve that a state holds, but not in the model.
        key = made_from | measured_with(config, data)
        states = states_of(data.cache("ict", "states"), stage="ict", made_from=key, cluster=cluster)
        loop = {"stage": config, "paths": LoopPaths(data, data.blocks(snapshot), workdir=workdir, states=states)}
        if config.checkpoint is None:
            run_training(train_loop, config=loop, cluster=cluster, storage=data.cache("ray", "ict"), name="ict")
        else:
            curves = ("ict", f"ict-{HELD_OUT}", f"ict-{ZERO_SHOT}")
            take_retriever(config.checkpoint, data, tokenizer, workdir=workdir, curves=curves)
        facts = {"block_encoder": block_encoder_fingerprint(workdir)}
        publish_model(workdir, data.model("ict"), made_from=made_from, facts=facts)
        discard_states(states)


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

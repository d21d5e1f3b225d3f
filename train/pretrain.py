"""Stage `pretrain`: REALM, masked language modelling through retrieval (Guu et al. 2020).

    python -m train.pretrain

A salient span of a sentence is masked, blocks are retrieved with the masked sentence, and the span is predicted from
sentence and block; the likelihood is marginalised over the blocks, so the retriever learns what helps. Every
`refresh_every` steps the corpus is embedded anew. With `schedule.save_every`, a run that was killed goes on from its
last saved state and the index version that answered then. Writes `data/models/realm`.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor

from realm.constraints import Count, Share
from realm.errors import UserError, main_guard
from realm.manifest import read_manifest
from realm.model import KnowledgeAugmentedEncoder, Retriever, block_encoder_fingerprint
from realm.model.compiled import compile_bert
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import digest, read_json, write_json
from realm.tokenizer import Tokenizer
from train import distributed
from train.examples import Example, Examples, open_examples
from train.masking import MaskedQuery, Masking, mask_query
from train.models import ENCODER, config_fingerprint, fresh_workdir, model_manifest, publish_model, sole_training
from train.objective import ObjectiveSizes, RealmObjective
from train.refresh import Refresher, RefreshPaths, served
from train.resume import discard_states, states_of
from train.steps import Extras, Schedule, train_steps, write_curve
from train.trainer import TrainCluster, prepare_rank, run_training
from train.versions import begin

_MAX_DRAWS_PER_QUERY = 100


@dataclass(frozen=True)
class PretrainConfig:
    """Section `pretrain`.

    Attributes:
        sources: the pre-training corpus X: queries are masked sentences of these sources' blocks; of all if empty. The
            knowledge corpus Z is what the index holds (`index.sources`).
        masking: `salient` spans, or the ablations `random_span` and `uniform`.
        objective: candidates, lengths and the form of the marginal likelihood.
        batch_size: queries per step and process.
        retriever_rate: share of the learning rate that the retriever learns with (official: 1). An encoder that
            cannot read yet tells the retriever nothing, and at full rate undoes what ICT taught it.
        refresh: `sync` embeds the corpus while training waits; `off` keeps the first index.
        refresh_every: steps between refreshes.
        schedule: of the training.
    """

    sources: tuple[str, ...]
    masking: Masking
    objective: ObjectiveSizes
    batch_size: Count
    retriever_rate: Share
    refresh: Literal["sync", "off"]
    refresh_every: Count
    schedule: Schedule


@dataclass(frozen=True)
class QueryBatch:
    """Masked queries, the blocks they came from, and how many draws were skipped for which reason."""

    queries: list[tuple[Example, MaskedQuery]]
    skipped: dict[str, int]


def draw_queries(
    examples: Examples, generator: np.random.Generator, *, mask_id: int, config: PretrainConfig
) -> QueryBatch:
    """Draws masked queries until the batch is full; blocks without anything to mask are skipped and counted.

    Raises:
        UserError: next to nothing in the corpus can be masked.
    """
    drawn: list[tuple[Example, MaskedQuery]] = []
    skipped: dict[str, int] = {}
    for row in generator.integers(len(examples), size=config.batch_size * _MAX_DRAWS_PER_QUERY):
        example = examples[int(row)]
        masked = mask_query(
            example, generator, mask_id=mask_id, max_query_length=config.objective.query_length, masking=config.masking
        )
        if isinstance(masked, str):
            skipped[masked] = skipped.get(masked, 0) + 1
            continue
        drawn.append((example, masked))
        if len(drawn) == config.batch_size:
            return QueryBatch(queries=drawn, skipped=skipped)
    raise UserError(
        f"Only {len(drawn)} of {config.batch_size * _MAX_DRAWS_PER_QUERY} blocks drawn could be masked ({skipped}). "
        "Check the corpus for salient spans: the `tagger` setting may be 'none'."
    )


def train_loop(config: dict[str, Any]) -> None:
    """The loop of one rank; rank 0 writes to `config["workdir"]`."""
    device = prepare_rank(config)
    stage: PretrainConfig = config["stage"]
    paths: RefreshPaths = config["paths"]
    tokenizer = Tokenizer.load(paths.tokenizer)
    examples = open_examples(paths.blocks, tokenizer, paths.examples, sources=stage.sources, key="pretrain.sources")
    retriever = Retriever.load(paths.start).to(device)
    encoder = KnowledgeAugmentedEncoder.from_pretrained(paths.bert / ENCODER).to(device)
    compile_bert(retriever, encoder, wanted=config["compile"])
    refresher = Refresher(
        paths, config["index"], pad_id=tokenizer.pad_id, query_length=stage.objective.query_length, device=device
    )
    objective = RealmObjective(retriever, encoder, tokenizer, stage.objective)
    memory = refresher.memory
    memory["skipped"] = {}

    def compute(step: int, generator: np.random.Generator) -> dict[str, Tensor]:
        if stage.refresh == "sync" and step and step % stage.refresh_every == 0:
            refresher.refresh(retriever, step=step)
        batch = draw_queries(examples, generator, mask_id=tokenizer.mask_id, config=stage)
        for reason, count in batch.skipped.items():
            memory["skipped"][reason] = memory["skipped"].get(reason, 0) + count
        masked = [one for _, one in batch.queries]
        inputs = [objective.query(one) for one in masked]
        changed = refresher.note_overlap(inputs, stage.objective.candidates)
        found = refresher.current.candidates(inputs, batch.queries, stage.objective.candidates)
        scalars = objective(masked, found)
        staleness = torch.tensor(float(step - refresher.version_step))
        return {**scalars, "staleness_steps": staleness, "index_changed": torch.tensor(changed)}

    extras = Extras(scales=[stage.retriever_rate, 1.0], states=paths.states, memory=memory, artefacts=refresher)
    curve = train_steps("pretrain", [retriever, encoder], stage.schedule, compute, extras)
    refresher.close()
    if distributed.rank() == 0:
        retriever.save(paths.workdir)
        encoder.save_pretrained(paths.workdir / ENCODER)
        write_curve(curve, Path(config["curve"]))
        last = {name: value for name, value in curve[-1].items() if name != "step"}
        counts = {"spans": examples.span_counts(), "skipped": memory["skipped"]}
        write_json(Path(config["metrics"]), {**last, **counts, "refreshes": refresher.report, "first": curve[0]})


def run(config: PretrainConfig, *, index: Any, snapshot: str, data: DataPaths, cluster: TrainCluster) -> None:
    """Writes `models/realm` below the data root. `index` is the `index` section, used for every refresh."""
    made_from = {
        "tokenizer": Tokenizer.load(data.model("tokenizer")).fingerprint,
        "corpus": read_manifest(data.blocks(snapshot), kind="corpus").fingerprint,
        "bert": model_manifest(data.model("bert")).fingerprint,
        "ict": model_manifest(data.model("ict")).fingerprint,
        "params": config_fingerprint(config),
    }
    with sole_training(data.model("realm"), data.cache("pretrain", "workdir")) as workdir:
        states, versions = data.cache("pretrain", "states"), data.cache("pretrain", "versions")
        own = states_of(states, stage="pretrain", made_from=made_from | _index_facts(index, data), cluster=cluster)
        begin(versions, states=own)
        paths = RefreshPaths(
            start=data.model("ict"),
            bert=data.model("bert"),
            tokenizer=data.model("tokenizer"),
            blocks=data.blocks(snapshot),
            index=data.index("ict"),
            examples=data.cache("examples", "shared"),
            versions=versions,
            states=own,
            workdir=workdir,
        )
        loop_config = {
            "stage": config,
            "paths": paths,
            "index": index,
            "curve": str(data.plots("pretrain")),
            "metrics": str(data.metrics("pretrain")),
        }
        with served(index, paths.index, fresh_workdir(data.cache("pretrain", "service"))):
            run_training(
                train_loop, config=loop_config, cluster=cluster, storage=data.cache("ray", "pretrain"), name="pretrain"
            )
        metrics = read_json(data.metrics("pretrain"))
        facts = {"block_encoder": block_encoder_fingerprint(paths.workdir), "refreshes": len(metrics["refreshes"])}
        publish_model(paths.workdir, data.model("realm"), made_from=made_from, facts=facts)
        discard_states(states)
        shutil.rmtree(versions)


def _index_facts(config: Any, data: DataPaths) -> dict[str, str]:
    """The index that training starts with, and the settings that the bytes of those after it depend on."""
    embed = config.embed
    settings = (config.sources, config.factory, config.probes, config.shard_blocks, config.train_blocks)
    shapes = (embed.lengths, embed.batch_size, embed.dtype, embed.gpus_per_actor > 0)
    return {
        "index": read_manifest(data.index("ict"), kind="index").fingerprint,
        "index_settings": digest(repr(settings), repr(shapes)),
    }


def main() -> None:
    """Command line."""
    from index.config import IndexConfig

    arguments = stage_parser(__doc__).parse_args()
    params, data = open_stage(arguments)
    run(
        params.section("pretrain", PretrainConfig),
        index=params.section("index", IndexConfig),
        snapshot=params.value("train_snapshot"),
        data=data,
        cluster=params.section("cluster", TrainCluster),
    )


if __name__ == "__main__":
    main_guard(main)

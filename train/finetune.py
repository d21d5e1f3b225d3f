"""Stage `finetune`: tunes question encoder and reader for Open-QA against a frozen index.

    python -m train.finetune --name realm      # the pre-trained REALM, with the index of the train snapshot
    python -m train.finetune --name ict        # the baseline without REALM pre-training, with index `ict`

Writes `data/models/qa_<name>`, which fits every index made with the same block encoder.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from realm.constraints import Count
from realm.errors import UserError, main_guard
from realm.manifest import read_manifest
from realm.model import ExtractiveReader, Retriever, block_encoder_fingerprint
from realm.model.compiled import compile_bert
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import file_checksum, write_json
from realm.tokenizer import Tokenizer
from train.models import ENCODER, config_fingerprint, model_manifest, sole_training
from train.qa_model import QUESTION_EMBEDDER, READER, publish_qa_model, require_fit
from train.questions import QuestionFormat, read_questions
from train.reading import ReadingSettings
from train.resume import discard_states, states_of
from train.steps import Extras, Schedule, train_steps, write_curve
from train.trainer import TrainCluster, prepare_rank, run_training

NAMES = ("realm", "ict")


@dataclass(frozen=True)
class FinetuneConfig:
    """Section `finetune`.

    Attributes:
        questions: file below `data/questions` to learn from.
        questions_format: its form.
        questions_per_step: of each process (official: 1).
        retriever_beam: blocks that the retriever's loss looks at (official: 5000).
        reading: lengths, and how many blocks the reader reads.
        schedule: of the training (official learning rate: 1e-5).
        reader_checkpoint: a directory with a reader, as `train.import_realm` writes it, to go on from. Null or left out
            to start from the pre-trained encoder, with a new span scorer.
    """

    questions: str
    questions_format: QuestionFormat
    questions_per_step: Count
    retriever_beam: Count
    reading: ReadingSettings
    schedule: Schedule
    reader_checkpoint: str | None = None


@dataclass(frozen=True)
class FinetunePaths:
    """What fine-tuning starts from.

    Attributes:
        retriever: model directory with the question encoder.
        reader: model directory with what the reader starts from.
        reader_part: its sub-directory.
        index: the frozen index.
        questions: the training questions.
        tokenizer: of the run.
    """

    retriever: Path
    reader: Path
    reader_part: str
    index: Path
    questions: Path
    tokenizer: Path

    @staticmethod
    def of(name: str, data: DataPaths, *, snapshot: str, config: FinetuneConfig) -> "FinetunePaths":
        """REALM's retriever, encoder and index, or the ICT retriever with the plain BERT and index `ict`."""
        reader, part = data.model("realm" if name == "realm" else "bert"), ENCODER
        if config.reader_checkpoint is not None:
            reader, part = Path(config.reader_checkpoint).expanduser(), READER
            if not (reader / part).is_dir():
                raise UserError(
                    f"finetune.reader_checkpoint: '{config.reader_checkpoint}' holds no {part}/. Name what "
                    "`python -m train.import_realm` wrote with --reader."
                )
        return FinetunePaths(
            retriever=data.model(name),
            reader=reader,
            reader_part=part,
            index=data.index(snapshot if name == "realm" else "ict"),
            questions=data.questions / config.questions,
            tokenizer=data.model("tokenizer"),
        )


def train_loop(config: dict[str, Any]) -> None:
    """The loop of one rank; rank 0 writes to `config["workdir"]`."""
    from index.version import IndexVersion
    from train import distributed
    from train.open_qa import OpenQAObjective, QuestionOrder, batch_of_rank

    device = prepare_rank(config)
    stage: FinetuneConfig = config["stage"]
    paths: FinetunePaths = config["paths"]
    questions = read_questions(paths.questions, form=stage.questions_format).questions
    torch.manual_seed(stage.schedule.seed)
    embedder = Retriever.load(paths.retriever).query_embedder.to(device)
    reader = ExtractiveReader.from_pretrained(paths.reader / paths.reader_part).to(device)
    compile_bert(embedder, reader, wanted=config["compile"])
    objective = OpenQAObjective(
        embedder,
        reader,
        Tokenizer.load(paths.tokenizer),
        IndexVersion.open(paths.index),
        questions,
        retriever_beam=stage.retriever_beam,
        reading=stage.reading,
    )
    order = QuestionOrder(len(questions), per_rank=stage.questions_per_step, seed=stage.schedule.seed)

    def compute(step: int, _generator: Any) -> dict[str, Tensor]:
        return objective(batch_of_rank(order, step))

    name = f"finetune-{config['name']}"
    extras = Extras(states=Path(config["states"]))
    curve = train_steps(name, [embedder, reader], stage.schedule, compute, extras)
    if distributed.rank() == 0:
        workdir = Path(config["workdir"])
        embedder.save_pretrained(workdir / QUESTION_EMBEDDER)
        reader.save_pretrained(workdir / READER)
        write_curve(curve, Path(config["curve"]))
        last = {key: value for key, value in curve[-1].items() if key != "step"}
        write_json(Path(config["metrics"]), {**last, "questions": len(questions), "first": curve[0]})


def run(config: FinetuneConfig, *, name: str, snapshot: str, data: DataPaths, cluster: TrainCluster) -> None:
    """Writes `models/qa_<name>` below the data root.

    Raises:
        MismatchError: retriever, index and tokenizer do not belong together.
        UserError: an input is missing, or the answers are regular expressions, which have no gold spans.
    """
    paths = FinetunePaths.of(name, data, snapshot=snapshot, config=config)
    made_from = _check_inputs(paths, config)
    with sole_training(data.model(f"qa_{name}"), data.cache("finetune", name)) as workdir:
        folder = data.cache(f"finetune-{name}", "states")
        states = states_of(folder, stage=f"finetune-{name}", made_from=made_from, cluster=cluster)
        loop_config = {
            "name": name,
            "stage": config,
            "paths": paths,
            "workdir": str(workdir),
            "states": str(states),
            "curve": str(data.plots(f"finetune-{name}")),
            "metrics": str(data.metrics(f"finetune-{name}")),
        }
        storage = data.cache("ray", f"finetune-{name}")
        run_training(train_loop, config=loop_config, cluster=cluster, storage=storage, name=f"finetune-{name}")
        publish_qa_model(
            workdir,
            data.model(f"qa_{name}"),
            tokenizer=paths.tokenizer,
            reading=config.reading,
            made_from=made_from,
            facts={"started_from": name},
        )
        discard_states(states)


def _check_inputs(paths: FinetunePaths, config: FinetuneConfig) -> dict[str, str]:
    """Refuses inputs that do not belong together; returns what the QA model is made from."""
    if any(question.pattern for question in read_questions(paths.questions, form=config.questions_format).questions):
        raise UserError(
            f"{paths.questions} has regular expressions for answers, which mark no gold spans to learn from. "
            "Fine-tune on a set with answer strings; pattern sets can be evaluated."
        )
    models = {
        "reader": model_manifest(paths.reader).fingerprint,
        "retriever": model_manifest(paths.retriever).fingerprint,
    }
    made_from = {
        "block_encoder": block_encoder_fingerprint(paths.retriever),
        "tokenizer": Tokenizer.load(paths.tokenizer).fingerprint,
    }
    index = read_manifest(paths.index, kind="index")
    require_fit(str(paths.retriever), made_from, paths.index, index)
    return {
        **made_from,
        "index": index.fingerprint,
        "params": config_fingerprint(config),
        "questions": file_checksum(paths.questions),
        **models,
    }


def main() -> None:
    """Command line."""
    parser = stage_parser(__doc__)
    parser.add_argument("--name", choices=NAMES, required=True, help="which retriever to tune")
    arguments = parser.parse_args()
    params, data = open_stage(arguments)
    run(
        params.section("finetune", FinetuneConfig),
        name=arguments.name,
        snapshot=params.value("train_snapshot"),
        data=data,
        cluster=params.section("cluster", TrainCluster),
    )


if __name__ == "__main__":
    main_guard(main)

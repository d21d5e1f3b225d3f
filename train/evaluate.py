"""Stage `evaluate`: exact match and recall@k of a question-answering model on a snapshot's knowledge.

    python -m train.evaluate --snapshot 2020-01-20     # REALM, with that snapshot's index
    python -m train.evaluate --name ict                # the ICT baseline, on the train snapshot

Writes `data/metrics/evaluate-<snapshot or ict>.json` and every prediction to `data/predictions/`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from realm import params as parameters
from realm.constraints import Count, NotEmpty
from realm.errors import UserError, main_guard
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import publish_file, write_json
from train.answering import Answer, Answerer
from train.measures import (
    exact_match_rate,
    predict,
    prediction_record,
    question_measures,
    recall,
    retrieve,
    with_answers_before,
)
from train.questions import Question, QuestionFormat, read_questions
from train.retrieval import BlockSearch


@dataclass(frozen=True)
class EvaluateConfig:
    """Section `evaluate`.

    Attributes:
        splits: question files below `data/questions` whose answers hold in every snapshot.
        splits_format: their form.
        changed: file of questions whose answer changed between snapshots, or null for none.
        recall_at: the k of recall@k; the largest is how many blocks are retrieved.
    """

    splits: tuple[str, ...]
    splits_format: QuestionFormat
    changed: str | None
    recall_at: Annotated[tuple[Count, ...], NotEmpty()]


@dataclass(frozen=True)
class EvaluatePaths:
    """What is evaluated, and where the results go."""

    qa_model: Path
    retriever: Path
    tokenizer: Path
    index: Path
    blocks: Path
    questions: Path
    metrics: Path
    predictions: Path

    @staticmethod
    def of(name: str, data: DataPaths, *, snapshot: str) -> "EvaluatePaths":
        """REALM on a snapshot's index, or the ICT baseline (`name` ict) on its own."""
        result = snapshot if name == "realm" else name
        return EvaluatePaths(
            qa_model=data.model(f"qa_{name}"),
            retriever=data.model(name),
            tokenizer=data.model("tokenizer"),
            index=data.index(result),
            blocks=data.blocks(snapshot),
            questions=data.questions,
            metrics=data.metrics(f"evaluate-{result}"),
            predictions=data.root / "predictions" / f"{result}.jsonl",
        )


def run(config: EvaluateConfig, *, paths: EvaluatePaths) -> dict[str, Any]:
    """Evaluates, writes metrics and predictions, and returns the metrics."""
    sets = {Path(name).stem: _questions(paths.questions / name, config.splits_format) for name in config.splits}
    changed = _questions(paths.questions / config.changed, "nq_open") if config.changed else ()
    answerer = Answerer.open(paths.qa_model, paths.index, paths.blocks)
    asked = {**sets, **({"changed": changed} if changed else {})}
    answers = {
        split: predict(answerer, questions, k=max(config.recall_at), what=f"answer {split}")
        for split, questions in asked.items()
    }
    measured: dict[str, Any] = {"qa_model": answerer.model.manifest.fingerprint}
    measured |= {split: _measures(questions, answers[split], answerer, config) for split, questions in sets.items()}
    if changed:
        measured["changed"] = changed_measures(changed, answers["changed"])
    measured["zero_shot"] = _zero_shot(sets, answerer, paths)
    write_json(paths.metrics, measured)
    _write_predictions(paths.predictions, asked, answers)
    return measured


def changed_measures(questions: Sequence[Question], answers: Sequence[Answer]) -> dict[str, Any]:
    """Exact match of facts that changed, against what is right after the change and what was right before."""
    return {
        "questions": len(questions),
        "em_after": exact_match_rate(questions, answers),
        "em_before": exact_match_rate(with_answers_before(questions), answers),
    }


def _questions(path: Path, form: QuestionFormat) -> tuple[Question, ...]:
    return read_questions(path, form=form).questions


def _measures(
    questions: Sequence[Question], answers: Sequence[Answer], answerer: Answerer, config: EvaluateConfig
) -> dict[str, Any]:
    beam = answerer.model.reading.reader_beam
    return question_measures(questions, answers, reader_beam=beam, recall_at=config.recall_at)


def _zero_shot(sets: dict[str, tuple[Question, ...]], answerer: Answerer, paths: EvaluatePaths) -> dict[str, Any]:
    """Recall@5 of the retriever as pre-training left it (paper, table 2), on every split."""
    search = BlockSearch.open(
        paths.retriever, paths.tokenizer, paths.index, paths.blocks, reading=answerer.model.reading
    )
    found = {
        split: retrieve(lambda batch: search.retrieve(batch, k=5), questions, what=f"zero-shot {split}")
        for split, questions in sets.items()
    }
    return {split: recall(sets[split], passages, at=(5,)) for split, passages in found.items()}


def _write_predictions(path: Path, asked: dict[str, tuple[Question, ...]], answers: dict[str, list[Answer]]) -> None:
    with publish_file(path) as beside, beside.open("w", encoding="utf-8") as file:
        for split, questions in asked.items():
            for question, answer in zip(questions, answers[split], strict=True):
                record = prediction_record(question, answer, split=split)
                file.write(json.dumps(record, ensure_ascii=False) + "\n")


def main() -> None:
    """Command line."""
    parser = stage_parser(__doc__)
    parser.add_argument("--snapshot", help="whose index to answer from (default: the train snapshot)")
    parser.add_argument("--name", choices=("realm", "ict"), default="realm", help="which model (default: %(default)s)")
    arguments = parser.parse_args()
    params, data = open_stage(arguments)
    trained_with = params.value("train_snapshot")
    snapshot = arguments.snapshot or trained_with
    if snapshot not in parameters.snapshots(params):
        raise UserError(f"{params.path} lists no snapshot '{snapshot}'. Name one of its `snapshots`.")
    if arguments.name == "ict" and snapshot != trained_with:
        raise UserError(f"The ICT baseline has an index of {trained_with} only. Leave --snapshot out.")
    run(params.section("evaluate", EvaluateConfig), paths=EvaluatePaths.of(arguments.name, data, snapshot=snapshot))


if __name__ == "__main__":
    main_guard(main)

"""Stage `update`: what one snapshot changed against its previous, with no training in between.

    python -m train.update --snapshot 2020-12-20

The same model answers the questions whose facts changed, once with the previous snapshot's index and once with this
one's (Guu et al. 2020, table 4). Writes `data/metrics/update-<snapshot>.json`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.version import IndexVersion
from realm import params as parameters
from realm.errors import UserError, main_guard
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import write_json
from train.answering import Answer, Answerer
from train.evaluate import changed_measures
from train.measures import exact_match_rate, predict
from train.questions import Question, read_questions

FIRST = "none"  # the previous of a first snapshot
_ROWS_AT_ONCE = 65_536


@dataclass(frozen=True)
class UpdateConfig:
    """Section `update`.

    Attributes:
        changed: question file whose answers changed between the snapshots.
        unchanged: question file whose answers hold in both.
        examples: how many changed questions are shown in full.
    """

    changed: str
    unchanged: str
    examples: int


@dataclass(frozen=True)
class UpdatePaths:
    """The two indices with the blocks they were built from, the model, the questions, and the result.

    `old_index` and `old_blocks` are None for a first snapshot.
    """

    qa_model: Path
    old_index: Path | None
    old_blocks: Path | None
    new_index: Path
    new_blocks: Path
    questions: Path
    metrics: Path

    @staticmethod
    def of(data: DataPaths, *, snapshot: str, previous: str) -> "UpdatePaths":
        """The paths of a snapshot and its previous, which may be `none`."""
        return UpdatePaths(
            qa_model=data.model("qa_realm"),
            old_index=None if previous == FIRST else data.index(previous),
            old_blocks=None if previous == FIRST else data.blocks(previous),
            new_index=data.index(snapshot),
            new_blocks=data.blocks(snapshot),
            questions=data.questions,
            metrics=data.metrics(f"update-{snapshot}"),
        )


def run(config: UpdateConfig, *, paths: UpdatePaths) -> dict[str, Any]:
    """Compares, writes the metrics and returns them."""
    new = IndexVersion.open(paths.new_index)
    if paths.old_index is None or paths.old_blocks is None:
        blocks = {"added": len(new.block_ids), "removed": 0, "unchanged": 0, "same_vector": 0}
        measured: dict[str, Any] = {"first_snapshot": True, "blocks": blocks}
    else:
        old = IndexVersion.open(paths.old_index)
        before = Answerer.open(paths.qa_model, paths.old_index, paths.old_blocks)
        after = Answerer.open(paths.qa_model, paths.new_index, paths.new_blocks)
        measured = {
            "first_snapshot": False,
            "blocks": compare_blocks(old, new),
            **_compare_answers(config, paths.questions, before=before, after=after),
        }
    write_json(paths.metrics, measured)
    return measured


def compare_blocks(old: IndexVersion, new: IndexVersion) -> dict[str, int]:
    """Blocks that came, went and stayed, and how many that stayed kept their vector bit for bit."""
    shared, old_rows, new_rows = np.intersect1d(old.block_ids, new.block_ids, assume_unique=True, return_indices=True)
    same = 0
    for first in range(0, len(shared), _ROWS_AT_ONCE):
        part = slice(first, first + _ROWS_AT_ONCE)
        same += int((old.vectors[old_rows[part]] == new.vectors[new_rows[part]]).all(1).sum())
    return {
        "added": len(new.block_ids) - len(shared),
        "removed": len(old.block_ids) - len(shared),
        "unchanged": len(shared),
        "same_vector": same,
    }


def _compare_answers(config: UpdateConfig, directory: Path, *, before: Answerer, after: Answerer) -> dict[str, Any]:
    changed = read_questions(directory / config.changed).questions
    unchanged = read_questions(directory / config.unchanged).questions
    k = before.model.reading.reader_beam
    answers = {
        "previous_index": predict(before, changed, k=k, what="changed questions, previous index"),
        "new_index": predict(after, changed, k=k, what="changed questions, new index"),
    }
    held = {
        "previous_index": predict(before, unchanged, k=k, what="other questions, previous index"),
        "new_index": predict(after, unchanged, k=k, what="other questions, new index"),
    }
    return {
        "changed": {version: changed_measures(changed, found) for version, found in answers.items()},
        "unchanged": {
            version: {"questions": len(unchanged), "em": exact_match_rate(unchanged, found)}
            for version, found in held.items()
        },
        "examples": [
            _example(*row) for row in zip(changed, answers["previous_index"], answers["new_index"], strict=True)
        ][: config.examples],
    }


def _example(question: Question, before: Answer, after: Answer) -> dict[str, Any]:
    return {
        "question": question.question,
        "answer_before": list(question.answers_before),
        "answer_after": list(question.answers),
        "with_previous_index": before.text,
        "with_new_index": after.text,
        "evidence": after.evidence.text.title if after.evidence else "",
    }


def main() -> None:
    """Command line."""
    parser = stage_parser(__doc__)
    parser.add_argument("--snapshot", required=True, help="the snapshot to compare with its previous")
    arguments = parser.parse_args()
    params, data = open_stage(arguments)
    known = parameters.snapshots(params)
    if arguments.snapshot not in known:
        raise UserError(f"{params.path} lists no snapshot '{arguments.snapshot}'; it lists {', '.join(known)}.")
    paths = UpdatePaths.of(data, snapshot=arguments.snapshot, previous=known[arguments.snapshot].previous)
    run(params.section("update", UpdateConfig), paths=paths)


if __name__ == "__main__":
    main_guard(main)

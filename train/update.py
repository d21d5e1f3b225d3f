"""Stage `update`: what one snapshot changed against its previous, with no training in between.

    python -m train.update --snapshot 2020-01-20

Puts beside each other what the same model answered with the previous snapshot's index and with this one's (Guu et
al. 2020, table 4), from the predictions of `evaluate`. Writes `data/metrics/update-<snapshot>.json`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.version import IndexVersion
from realm import params as parameters
from realm.constraints import Natural
from realm.errors import UserError, main_guard
from realm.manifest import require_same
from realm.metrics import PREDICTION, read_metrics, read_records
from realm.paths import DataPaths
from realm.stage import open_stage, stage_parser
from realm.storage import write_json
from train.scoring import exact_match, share

FIRST = "none"  # the previous of a first snapshot
_ROWS_AT_ONCE = 65_536

Prediction = dict[str, Any]


@dataclass(frozen=True)
class UpdateConfig:
    """Section `update`.

    Attributes:
        changed: split of `evaluate` whose answers changed between the snapshots, or null for none.
        unchanged: split whose answers hold in both.
        examples: how many changed questions are shown in full.
    """

    changed: str | None
    unchanged: str
    examples: Natural


@dataclass(frozen=True)
class VersionPaths:
    """One snapshot's index, and what `evaluate` found with it."""

    index: Path
    metrics: Path
    predictions: Path

    @staticmethod
    def of(data: DataPaths, snapshot: str) -> "VersionPaths":
        """The paths of a snapshot."""
        return VersionPaths(
            index=data.index(snapshot),
            metrics=data.metrics(f"evaluate-{snapshot}"),
            predictions=data.root / "predictions" / f"{snapshot}.jsonl",
        )


def run(config: UpdateConfig, *, old: VersionPaths | None, new: VersionPaths, metrics: Path) -> dict[str, Any]:
    """Compares, writes the metrics and returns them; `old` is None for a first snapshot.

    Raises:
        UserError: metrics or predictions are missing or damaged, lack a split, or answer other questions.
        MismatchError: the predictions come from two models.
    """
    version = IndexVersion.open(new.index)
    if old is None:
        blocks = {"added": version.count, "removed": 0, "unchanged": 0, "same_vector": 0}
        measured: dict[str, Any] = {"first_snapshot": True, "blocks": blocks}
    else:
        measured = {
            "first_snapshot": False,
            "blocks": compare_blocks(IndexVersion.open(old.index), version),
            **_compare_answers(config, old, new),
        }
    write_json(metrics, measured)
    return measured


def compare_blocks(old: IndexVersion, new: IndexVersion) -> dict[str, int]:
    """Blocks that came, went and stayed, and how many that stayed kept their vector bit for bit."""
    shared, old_rows, new_rows = np.intersect1d(old.block_ids, new.block_ids, assume_unique=True, return_indices=True)
    same = 0
    for first in range(0, len(shared), _ROWS_AT_ONCE):
        part = slice(first, first + _ROWS_AT_ONCE)
        same += int((old.vectors[old_rows[part]] == new.vectors[new_rows[part]]).all(1).sum())
    return {
        "added": new.count - len(shared),
        "removed": old.count - len(shared),
        "unchanged": len(shared),
        "same_vector": same,
    }


def _compare_answers(config: UpdateConfig, old: VersionPaths, new: VersionPaths) -> dict[str, Any]:
    require_same(
        "question-answering model",
        left=str(old.predictions),
        left_value=_model_of(old.metrics),
        right=str(new.predictions),
        right_value=_model_of(new.metrics),
    )
    names = ("previous_index", "new_index")
    measured = _compare_changed(config.changed, config.examples, old, new) if config.changed else {}
    unchanged = [_split(version.predictions, config.unchanged) for version in (old, new)]
    return {
        **measured,
        "unchanged": {
            name: {"questions": len(found), "em": share([one["correct"] for one in found])}
            for name, found in zip(names, unchanged, strict=True)
        },
    }


def _compare_changed(split: str, examples: int, old: VersionPaths, new: VersionPaths) -> dict[str, Any]:
    before, after = (_split(version.predictions, split) for version in (old, new))
    if [one["id"] for one in before] != [one["id"] for one in after]:
        raise UserError(
            f"{old.predictions} and {new.predictions} answer different questions of '{split}'. Run `evaluate` for both "
            "snapshots again."
        )
    return {
        "changed": {"previous_index": _changed_measures(before), "new_index": _changed_measures(after)},
        "examples": [_example(*pair) for pair in zip(before, after, strict=True)][:examples],
    }


def _changed_measures(found: Sequence[Prediction]) -> dict[str, Any]:
    return {
        "questions": len(found),
        "em_after": share([one["correct"] for one in found]),
        "em_before": share([exact_match(one["prediction"], one["answer_before"]) for one in found]),
    }


def _split(path: Path, split: str) -> list[Prediction]:
    """The predictions of one split, ordered by question, so that two files can be laid beside each other."""
    try:
        found = [record for record in read_records(path, PREDICTION) if record["split"] == split]
    except FileNotFoundError:
        raise _not_evaluated(path) from None
    if not found:
        raise UserError(f"{path} has no predictions for '{split}'. Name a split of `evaluate` in section 'update'.")
    return sorted(found, key=lambda record: record["id"])


def _model_of(metrics: Path) -> str:
    try:
        return str(read_metrics(metrics, {"qa_model": str})["qa_model"])
    except FileNotFoundError:
        raise _not_evaluated(metrics) from None


def _not_evaluated(path: Path) -> UserError:
    return UserError(f"{path} does not exist. Run `evaluate` for that snapshot first.")


def _example(before: Prediction, after: Prediction) -> dict[str, Any]:
    return {
        "question": after["question"],
        "answer_before": after["answer_before"],
        "answer_after": after["answer"],
        "with_previous_index": before["prediction"],
        "with_new_index": after["prediction"],
        "evidence": after["title"],
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
    previous = known[arguments.snapshot].previous
    run(
        params.section("update", UpdateConfig),
        old=None if previous == FIRST else VersionPaths.of(data, previous),
        new=VersionPaths.of(data, arguments.snapshot),
        metrics=data.metrics(f"update-{arguments.snapshot}"),
    )


if __name__ == "__main__":
    main_guard(main)

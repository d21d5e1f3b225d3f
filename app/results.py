"""What the stages wrote about a run, read back for the report and the summary. What has not run is None.

Only JSON, JSON lines and CSV are read here, so this is fast; the evidence behind an answer is looked up by its
block id.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.blocktable import find_blocks
from app.shapes import METRICS, UPDATE, VALIDATION
from app.workspace import Workspace
from realm import params as parameters
from realm.errors import UserError, first_line
from realm.metrics import PREDICTION, read_metrics, read_records, refuse, require_shape

BASELINE = "ict"
CHANGED = "changed"
HEADLINE_SPLIT = "test"


@dataclass(frozen=True)
class QualityRow:
    """One line of the quality table: a system on a snapshot's knowledge.

    Attributes:
        system: as people read it.
        snapshot: whose index answers.
        measures: `questions`, `em`, `recall@k` … of one question set, None if the stage has not run.
        zero_shot: recall@5 of the retriever before it saw any question, None if not measured.
    """

    system: str
    snapshot: str
    measures: dict[str, float] | None
    zero_shot: float | None


@dataclass(frozen=True)
class Example:
    """A question with what was answered and the evidence.

    Attributes:
        kind: `unchanged` or `changed`.
        question: as asked.
        expected: right answers now.
        expected_before: what was right in the snapshot before; empty if the fact did not change.
        before: answer with the previous snapshot's index, None if unknown.
        prediction: answer with the knowledge snapshot's index.
        correct: whether it is right.
        title: of the evidence page.
        url: of the evidence page.
        revision_id: of the evidence page.
        block_id: of the evidence.
        body: the evidence's text.
        start: first character of the answer in it.
        end: character behind the last.
    """

    kind: str
    question: str
    expected: tuple[str, ...]
    expected_before: tuple[str, ...]
    before: str | None
    prediction: str
    correct: bool
    title: str
    url: str
    revision_id: str
    block_id: int | None
    body: str
    start: int
    end: int


class Results:
    """The results of a run below a data root; a damaged one is a `UserError` that names its file."""

    def __init__(self, workspace: Workspace) -> None:
        params = workspace.params()
        self.workspace, self.paths = workspace, workspace.paths
        self.knowledge_snapshot = params.value("knowledge_snapshot")
        self.train_snapshot = params.value("train_snapshot")
        known = parameters.snapshots(params)
        self.snapshots = list(known)
        if self.knowledge_snapshot not in known:
            raise UserError(
                f"{params.path}: knowledge_snapshot '{self.knowledge_snapshot}' is not among the snapshots "
                f"{', '.join(known)}. Name one of them."
            )
        previous = known[self.knowledge_snapshot].previous
        self.previous_snapshot = None if previous == parameters.NO_SNAPSHOT else previous

    def metrics(self, stage: str) -> dict[str, Any] | None:
        """A stage's metrics, None if it has not run."""
        path = self.paths.metrics(stage)
        return read_metrics(path, METRICS[stage.partition("-")[0]]) if path.is_file() else None

    def validation(self, snapshot: str) -> dict[str, Any] | None:
        """The gate's result, None if it has not run."""
        path = self.paths.validation(snapshot) / "validation.json"
        return read_metrics(path, VALIDATION) if path.is_file() else None

    def curve(self, name: str) -> dict[str, list[float]] | None:
        """A learning curve, column by column; None if it was not written or is empty."""
        path = self.paths.plots(name)
        return _columns(path) if path.is_file() else None

    def splits(self) -> list[str]:
        """Question sets that were evaluated, the one for headlines first."""
        found: set[str] = set()
        for name in (*self.snapshots, BASELINE):
            metrics = self.metrics(f"evaluate-{name}") or {}
            found |= {split for split, measures in metrics.items() if isinstance(measures, dict) and "em" in measures}
        return sorted(found, key=lambda name: (name != HEADLINE_SPLIT, name))

    def quality(self, split: str) -> list[QualityRow]:
        """The quality table of one question set: REALM on each snapshot, then the baseline."""
        rows = [self._quality_row("REALM", name, f"evaluate-{name}", split) for name in self.snapshots]
        baseline = self._quality_row("ICT baseline", self.train_snapshot, f"evaluate-{BASELINE}", split)
        return [*rows, baseline]

    def _quality_row(self, system: str, snapshot: str, stage: str, split: str) -> QualityRow:
        metrics = self.metrics(stage)
        if metrics is None or split not in metrics:
            return QualityRow(system=system, snapshot=snapshot, measures=None, zero_shot=None)
        zero_shot = (metrics.get("zero_shot") or {}).get(split, {}).get("recall@5")
        return QualityRow(system=system, snapshot=snapshot, measures=metrics[split], zero_shot=zero_shot)

    def update(self) -> dict[str, Any] | None:
        """What the knowledge snapshot changed against its previous, None if not run or if it is the first one."""
        stage = f"update-{self.knowledge_snapshot}"
        found = self.metrics(stage)
        if found is None or found["first_snapshot"]:
            return None
        require_shape(found, UPDATE, where=str(self.paths.metrics(stage)))
        return found

    def predictions(self, snapshot: str) -> list[dict[str, Any]]:
        """Every prediction with a snapshot's index; empty if the evaluation has not run."""
        path = self.paths.root / "predictions" / f"{snapshot}.jsonl"
        return read_records(path, PREDICTION) if path.is_file() else []

    def examples(self) -> list[Example]:
        """Three questions: one whose fact held, and two whose fact changed, one of them answered wrong if any was."""
        found = self.predictions(self.knowledge_snapshot)
        before = {(one["split"], one["id"]): one["prediction"] for one in self._previous_predictions()}
        unchanged = [one for one in found if one["split"] != CHANGED]
        headline = [one for one in unchanged if one["split"] == HEADLINE_SPLIT]
        chosen = [*(headline or unchanged)[:1], *_telling([one for one in found if one["split"] == CHANGED])]
        bodies = self._bodies([one["block_id"] for one in chosen if one["block_id"] is not None])
        return [_example(one, before.get((one["split"], one["id"])), bodies.get(one["block_id"], "")) for one in chosen]

    def _previous_predictions(self) -> list[dict[str, Any]]:
        return self.predictions(self.previous_snapshot) if self.previous_snapshot else []

    def _bodies(self, block_ids: Sequence[int]) -> dict[int, str]:
        blocks = self.paths.blocks(self.knowledge_snapshot)
        if not block_ids or not blocks.is_dir():
            return {}
        return {block_id: row.values["body"] for block_id, row in find_blocks(blocks, block_ids).items()}


def _columns(path: Path) -> dict[str, list[float]] | None:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            names, *rows = csv.reader(file, strict=True)
        lines = [list(map(float, row)) for row in rows]
        columns = dict(zip(names, map(list, zip(*lines, strict=True)), strict=True)) if lines else {}
    except (ValueError, csv.Error) as error:  # no heading, no UTF-8, no number, or lines of unequal length
        refuse(str(path), f"it is no table of numbers ({first_line(error)})")
    if "step" not in names:
        refuse(str(path), "it has no column 'step'")
    return columns or None


def _telling(changed: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first changed fact that was answered right and the first that was not; two of one kind if all are alike."""
    right = [one for one in changed if one["correct"]]
    wrong = [one for one in changed if not one["correct"]]
    return [*right[:1], *wrong[:1]] if right and wrong else list(changed[:2])


def _example(record: dict[str, Any], before: str | None, body: str) -> Example:
    start = max(body.find(record["prediction"]), 0) if record["prediction"] else 0
    return Example(
        kind=CHANGED if record["split"] == CHANGED else "unchanged",
        question=record["question"],
        expected=tuple(record["answer"]),
        expected_before=tuple(record["answer_before"]),
        before=before,
        prediction=record["prediction"],
        correct=bool(record["correct"]),
        title=record["title"],
        url=record["url"],
        revision_id=record["revision_id"],
        block_id=record["block_id"],
        body=body,
        start=start,
        end=min(start + len(record["prediction"]), len(body)),
    )

"""What a run learnt, in a few lines: `make repro` ends with it.

python -m app.summary
"""

import argparse
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from app.results import HEADLINE_SPLIT, Example, Results
from app.show import snippet
from app.workspace import Workspace
from realm import params as parameters
from realm.errors import main_guard

_NOT_RUN = "not run"


def summary(results: Results) -> Group:
    """The summary as it is printed."""
    split = next(iter(results.splits()), HEADLINE_SPLIT)
    parts: list[Any] = [
        "",
        Text(f"What this run learnt (questions: {split}; knowledge of {results.knowledge_snapshot})", style="bold"),
        Padding(_quality(results, split), (0, 0, 0, 2)),
        "",
        Text("Facts that changed: the same model, only the index is swapped", style="bold"),
        Padding(_update(results), (0, 0, 0, 2)),
    ]
    examples = results.examples()
    if examples:
        parts += ["", Text("Three questions", style="bold")]
        parts += [Padding(_example(one), (0, 0, 1, 2)) for one in examples]
    return Group(*parts, *_next(results, examples))


def _quality(results: Results, split: str) -> Table:
    table = _table("", "knowledge", "recall@5 zero-shot", "recall@5", "exact match", "questions")
    for row in results.quality(split):
        measures = row.measures
        cells = (
            [_rate(value) for value in (row.zero_shot, measures.get("recall@5"), measures.get("em"))]
            + [f"{measures.get('questions', 0):,}"]
            if measures
            else [_NOT_RUN, _NOT_RUN, _NOT_RUN, ""]
        )
        table.add_row(row.system, row.snapshot, *cells)
    return table


def _update(results: Results) -> Table:
    table = _table("exact match", "what is right now", "what was right", "questions")
    changed = (results.update() or {}).get("changed")
    versions = {
        "previous_index": f"before, with {results.previous_snapshot or 'no earlier snapshot'}",
        "new_index": f"after, with {results.knowledge_snapshot}",
    }
    for key, label in versions.items():
        cells = [_NOT_RUN]
        if changed:
            found = changed[key]
            cells = [_rate(found["em_after"]), _rate(found["em_before"]), f"{found['questions']:,}"]
        table.add_row(label, *cells)
    return table


def _example(example: Example) -> Group:
    verdict = ("  right", "green") if example.correct else (f"  wrong, it is {' or '.join(example.expected)}", "red")
    parts: list[Any] = [
        Text.assemble(example.question, "  ", (example.prediction or "no answer", "bold"), verdict),
    ]
    if example.before is not None and example.expected_before:
        parts.append(Text(f"before the update: {example.before}", style="dim"))
    if example.body:
        parts.append(Padding(snippet(example.body, example.start, example.end), (0, 0, 0, 2)))
    revision = f", revision {example.revision_id}" if example.revision_id else ""
    if example.title:
        parts.append(Padding(Text(f"{example.title}{revision}, block {example.block_id}", style="dim"), (0, 0, 0, 2)))
    return Group(*parts)


def _next(results: Results, examples: list[Example]) -> list[Text]:
    page = results.paths.root / "report" / "index.html"
    lines = [Text(f"Report: {page}" if page.is_file() else f"Report: {_NOT_RUN} (would be {page})")]
    commands = []
    if examples:
        commands.append(f'realm ask "{examples[-1].question}"')
        if results.previous_snapshot:
            commands.append(f"{commands[0]} --as-of {results.previous_snapshot}")
    if results.previous_snapshot:
        commands.append(f"realm diff {results.previous_snapshot} {results.knowledge_snapshot}")
    heads = ["Try next:", *[""] * len(commands)]
    lines += [
        Text(f"{head:9} {command}", no_wrap=True, overflow="ignore")
        for head, command in zip(heads, commands, strict=False)
    ]
    return lines


def _table(*headings: str) -> Table:
    table = Table(*headings, box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    for column, heading in zip(table.columns, headings, strict=True):
        column.justify = "left" if heading == "knowledge" or column is table.columns[0] else "right"
    return table


def _rate(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description="Print what the last run learnt.")
    parser.add_argument("--params", type=Path, default=parameters.DEFAULT_PARAMS, help="default: %(default)s")
    parser.add_argument("--data", type=Path, help="data root, if not the parameter file's")
    arguments = parser.parse_args()
    results = Results(Workspace(arguments.params, arguments.data))
    Console(highlight=False, soft_wrap=False).print(summary(results), crop=False)


if __name__ == "__main__":
    main_guard(main)

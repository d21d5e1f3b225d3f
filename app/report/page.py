"""Fills the report's template with a run's results."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.report.figures import learning_figures, quality_figure
from app.results import HEADLINE_SPLIT, Results
from app.versions import list_versions, unread_models

_TEMPLATE = "page.html.j2"
_RECALLS = 4  # columns of recall@k in the quality table


def render(results: Results) -> str:
    """The report as HTML."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(rate=_rate, count=_count, size=_size)
    return environment.get_template(_TEMPLATE).render(_context(results))


def _context(results: Results) -> dict[str, Any]:
    split = next(iter(results.splits()), HEADLINE_SPLIT)
    tables = [{"split": name, "rows": results.quality(name)} for name in results.splits() or [split]]
    figures, missing = learning_figures(results)
    pretrain = results.metrics("pretrain")
    versions = list_versions(results.workspace)
    return {
        "knowledge": results.knowledge_snapshot,
        "previous": results.previous_snapshot,
        "trained_with": results.train_snapshot,
        "headline": _headline(results, split),
        "split": split,
        "quality": tables,
        "recalls": _recalls(tables),
        "quality_figure": quality_figure(results.quality(split)),
        "update": results.update(),
        "examples": results.examples(),
        "figures": figures,
        "missing_figures": missing,
        "refreshes": pretrain.get("refreshes", []) if pretrain else None,
        "snapshots": [_snapshot(results, name) for name in results.snapshots],
        "index_metrics": {name: results.metrics(f"index-{name}") for name in results.workspace.built("index")},
        "versions": versions,
        "unread_models": unread_models(versions),
    }


def _headline(results: Results, split: str) -> list[dict[str, Any]]:
    """The numbers that a reader should take away; None where a stage has not run."""
    rows = {(row.system, row.snapshot): row.measures or {} for row in results.quality(split)}
    now = rows[("REALM", results.knowledge_snapshot)]
    baseline = rows[("ICT baseline", results.train_snapshot)]
    trained = rows[("REALM", results.train_snapshot)]
    update = results.update()
    changed = update.get("changed") if update else None
    return [
        {"label": "recall@5", "value": now.get("recall@5"), "note": "questions with an answer in the best 5 blocks"},
        {"label": "exact match", "value": now.get("em"), "note": "questions answered word for word"},
        {
            "label": "changed facts, before → after",
            "before": changed["previous_index"]["em_after"] if changed else None,
            "value": changed["new_index"]["em_after"] if changed else None,
            "note": "answered right as of now; only the index was swapped",
        },
        {
            "label": "ICT baseline → REALM",
            "before": baseline.get("em"),
            "value": trained.get("em"),
            "note": f"exact match on {results.train_snapshot}, same fine-tuning",
        },
    ]


def _recalls(tables: list[dict[str, Any]]) -> list[str]:
    found = {
        key for table in tables for row in table["rows"] for key in row.measures or {} if key.startswith("recall@")
    }
    return sorted(found, key=lambda key: (len(key), key))[:_RECALLS]  # by k: the shorter number is the smaller one


def _snapshot(results: Results, name: str) -> dict[str, Any]:
    corpus, gate = results.metrics(f"corpus-{name}"), results.validation(name)
    docs = results.paths.validation(name) / "docs" / "index.html"
    return {
        "name": name,
        "corpus": corpus,
        "dropped": sorted(((corpus or {}).get("dropped") or {}).items(), key=lambda pair: (-pair[1], pair[0])),
        "gate": gate,
        "failed": [check for check in (gate or {}).get("checks", []) if not check["success"]],
        "docs": f"../validation/{name}/docs/index.html" if docs.is_file() else None,
    }


def _rate(value: float | None) -> str:
    return "not run" if value is None else f"{value:.3f}"


def _count(value: float | None) -> str:
    return "not run" if value is None else f"{value:,}"


def _size(value: float) -> str:
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:  # noqa: PLR2004
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1000
    return f"{value:.1f} TB"

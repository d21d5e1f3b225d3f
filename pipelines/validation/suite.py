"""What is expected of a corpus, as named limits, and Great Expectations that checks them and writes the data docs.

The pandas engine reads whole frames, so it gets one row of exact summaries and a seeded sample of row groups.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

_SITE: Final = "corpus"


@dataclass(frozen=True)
class Limit:
    """Column `column` of the summaries must lie in [low, high]; None leaves a side open."""

    column: str
    low: float | None
    high: float | None
    meaning: str


@dataclass(frozen=True)
class Check:
    """One expectation and what came of it."""

    suite: str
    name: str
    meaning: str
    observed: Any
    expected: str
    success: bool


def run_checks(
    summary: Mapping[str, Any], limits: Sequence[Limit], sample: pd.DataFrame, *, columns: Sequence[str], docs: Path
) -> list[Check]:
    """Runs both suites, writes HTML data docs into `docs`, and returns the checks in their order."""
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    import great_expectations as gx
    from great_expectations import expectations as gxe

    context = _context(gx, docs)
    frame = pd.DataFrame([{limit.column: summary[limit.column] for limit in limits}])
    exact = [
        gxe.ExpectColumnValuesToBeBetween(
            column=limit.column, min_value=limit.low, max_value=limit.high, meta={"notes": limit.meaning}
        )
        for limit in limits
    ]
    sampled = [
        gxe.ExpectTableColumnsToMatchOrderedList(column_list=list(columns), meta=_note("the schema's columns")),
        gxe.ExpectColumnValuesToBeUnique(column="block_id", meta=_note("a block is there once")),
        *(gxe.ExpectColumnValuesToNotBeNull(column=name, meta=_note(f"{name} is set")) for name in columns),
        gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=1, meta=_note("blocks have a title")),
        gxe.ExpectColumnValuesToBeInSet(
            column="ids_match", value_set=[True], meta=_note("body_ids are the tokenizer's own for the body")
        ),
    ]
    runs = (
        _run(gx, context, "every block", frame, exact),
        _run(gx, context, "sampled blocks", sample, sampled),
    )
    context.build_data_docs(site_names=[_SITE])
    return [check for checks in runs for check in checks]


def _note(meaning: str) -> dict[str, str]:
    return {"notes": meaning}


def _context(gx: Any, docs: Path) -> Any:
    """A context that lives in memory and has one site of data docs, on disk."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    for name in list(context.get_site_names()):
        context.delete_data_docs_site(site_name=name)
    site = {
        "class_name": "SiteBuilder",
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs.resolve())},
    }
    context.add_data_docs_site(site_name=_SITE, site_config=site)
    return context


def _run(gx: Any, context: Any, name: str, frame: pd.DataFrame, expectations: Sequence[Any]) -> list[Check]:
    asset = context.data_sources.add_pandas(name).add_dataframe_asset(name)
    batch = asset.add_batch_definition_whole_dataframe("all rows")
    suite = context.suites.add(gx.ExpectationSuite(name=name, expectations=list(expectations)))
    definition = context.validation_definitions.add(gx.ValidationDefinition(name=name, data=batch, suite=suite))
    checkpoint = context.checkpoints.add(gx.Checkpoint(name=name, validation_definitions=[definition]))
    result = checkpoint.run(batch_parameters={"dataframe": frame})
    (validation,) = result.run_results.values()
    return [_check(name, frame, one) for one in validation.results]


def _check(suite: str, frame: pd.DataFrame, result: Any) -> Check:
    config = result.expectation_config
    column = config.kwargs.get("column", "")
    limits = {key: config.kwargs.get(key) for key in ("min_value", "max_value")}
    single = len(frame) == 1 and column in frame.columns
    unexpected = result.result.get("unexpected_count", 0 if result.success else None)
    return Check(
        suite=suite,
        name=column if single else " ".join(filter(None, [config.type.removeprefix("expect_"), column])),
        meaning=str((config.meta or {}).get("notes", "")),
        observed=frame[column].iloc[0].item() if single else unexpected,
        expected=_expected(limits) if single else "none unexpected",
        success=bool(result.success),
    )


def _expected(limits: Mapping[str, float | None]) -> str:
    low, high = limits["min_value"], limits["max_value"]
    if low == high:
        return f"{low:g}"
    return " and ".join(
        text
        for text in (f"at least {low:g}" if low is not None else "", f"at most {high:g}" if high is not None else "")
        if text
    )

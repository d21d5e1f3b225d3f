"""What is expected of a corpus, as named limits, and Great Expectations that checks them and writes the data docs.

The pandas engine reads whole frames, so it gets one row of exact summaries and a seeded sample of row groups.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pandas as pd

EVERY_BLOCK: Final = "every block"
SAMPLED: Final = "sampled blocks"
OWN_IDS: Final = "own_ids"  # columns of the sample beside the schema's
OWN_LANGUAGE: Final = "own_language"
_TYPE: Final = re.compile(r"^expect_(?:column_|table_)(?:values_to_|value_)?")
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

    @property
    def found(self) -> str:
        """What was observed, for reading."""
        return f"{self.observed:,}" if isinstance(self.observed, int | float) else str(self.observed)


def run_checks(
    summary: Mapping[str, Any],
    limits: Sequence[Limit],
    sample: pd.DataFrame,
    *,
    columns: Sequence[str],
    max_unlike_share: float,
    docs: Path,
) -> list[Check]:
    """Runs both suites, writes HTML data docs into `docs`, and returns the checks in their order.

    Args:
        summary: numbers about every block, by name.
        limits: what they have to be.
        sample: rows with the schema's columns, and what was found out about them.
        columns: the columns that `sample` must have, in this order; only `own_language` may be null.
        max_unlike_share: of the sampled rows that can be judged, so many may not look like their language.
        docs: folder for the data docs; an older one is replaced.
    """
    os.environ["GX_ANALYTICS_ENABLED"] = "False"
    import great_expectations as gx
    from great_expectations import expectations as gxe

    context = _context(gx, docs)
    frame = pd.DataFrame([{limit.column: summary[limit.column] for limit in limits}])
    exact = [
        gxe.ExpectColumnMaxToBeBetween(  # of one row: the value itself, which the data docs then show
            column=limit.column, min_value=limit.low, max_value=limit.high, meta={"notes": limit.meaning}
        )
        for limit in limits
    ]
    sampled = [
        gxe.ExpectTableColumnsToMatchOrderedList(column_list=list(columns), meta=_note("the schema's columns")),
        *(
            gxe.ExpectColumnValuesToNotBeNull(column=name, meta=_note(f"{name} is set"))
            for name in columns
            if name != OWN_LANGUAGE
        ),
        gxe.ExpectColumnValuesToBeUnique(column="block_id", meta=_note("a block is there once")),
        gxe.ExpectColumnValueLengthsToBeBetween(column="title", min_value=1, meta=_note("blocks have a title")),
        gxe.ExpectColumnValuesToBeInSet(
            column=OWN_IDS, value_set=[True], meta=_note("body_ids are the tokenizer's own for the body")
        ),
        gxe.ExpectColumnValuesToBeInSet(
            column=OWN_LANGUAGE,
            value_set=[True],
            mostly=1 - max_unlike_share,
            meta=_note("texts look like the language they are declared in"),
        ),
    ]
    runs = (
        _run(gx, context, EVERY_BLOCK, frame, exact),
        _run(gx, context, SAMPLED, sample, sampled),
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
    exact = suite == EVERY_BLOCK
    return Check(
        suite=suite,
        name=column if exact else " ".join(filter(None, [_TYPE.sub("", config.type), column])),
        meaning=str((config.meta or {}).get("notes", "")),
        observed=frame[column].iloc[0].item() if exact else _unexpected(result),
        expected=_expected(limits) if exact else _allowed(config.kwargs.get("mostly") or 1.0),
        success=bool(result.success),
    )


def _unexpected(result: Any) -> str:
    found = result.result
    if "unexpected_count" not in found:
        return "as expected" if result.success else str(found.get("observed_value", "an error"))
    missing = found.get("missing_count") or 0  # rows that cannot be judged
    return f"{found['unexpected_count']:,} of {found['element_count'] - missing:,} rows unexpected"


def _allowed(mostly: float) -> str:
    return "none unexpected" if mostly == 1 else f"at most {1 - mostly:.0%} unexpected"


def _expected(limits: Mapping[str, float | None]) -> str:
    low, high = limits["min_value"], limits["max_value"]
    if low is not None and low == high:
        return f"{low:g}"
    sides = (f"at least {low:,g}" if low is not None else "", f"at most {high:,g}" if high is not None else "")
    return " and ".join(filter(None, sides))

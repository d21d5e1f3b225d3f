"""Stage `validate`: the gate; nothing is trained or published on a corpus that fails it."""

import argparse
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.corpus.job import CorpusConfig
from pipelines.validation.page import PAGE, write_page
from pipelines.validation.sample import draw_sample
from pipelines.validation.suite import OWN_IDS, OWN_LANGUAGE, SAMPLED, Check, Limit, run_checks
from pipelines.validation.summaries import REPEATED, dropped_shares, length_shift, shares, summarize
from realm.errors import UserError, main_guard
from realm.manifest import Manifest, read_manifest, require_same
from realm.params import snapshots
from realm.schema import BLOCK_SCHEMA
from realm.stage import open_stage, stage_parser
from realm.storage import read_json, write_json
from realm.tokenizer import Tokenizer

RESULT, DOCS = "validation.json", "docs"


@dataclass(frozen=True)
class DropLimit:
    """At most this share may be dropped for this reason."""

    reason: str
    share: float


@dataclass(frozen=True)
class ValidateConfig:
    """Params section `validate`: the thresholds of the gate. Shares are between 0 and 1.

    Attributes:
        min_blocks: fewer blocks are no corpus.
        languages: ISO codes that the corpus is in; none: any.
        max_foreign_share: blocks that are declared to be in another language.
        max_unlike_share: sampled blocks that do not look like the language that they are declared in.
        max_damaged_share: records that could not be read (cut, broken or over-long pages, lines, files), of all.
        max_dropped_share: records dropped for any one reason that is not named below, of all read.
        max_dropped: reasons with a limit of their own; that of `repeated block` is of all blocks made.
        max_residue_share: blocks with markup left in them, of the cleaned sources' (a person's own text is not).
        max_hole_share: blocks of those with the hole of a dropped template, such as empty brackets.
        min_spans_per_block: salient spans, on average.
        min_wordpieces_per_block: on average.
        min_growth: blocks as a multiple of the previous snapshot's, at least …
        max_growth: … and at most.
        max_length_shift: total variation distance of the block lengths to the previous snapshot's.
        sample_row_groups: so many row groups, drawn with `seed`, are checked row by row.
        seed: of that draw.
    """

    min_blocks: int
    languages: tuple[str, ...]
    max_foreign_share: float
    max_unlike_share: float
    max_damaged_share: float
    max_dropped_share: float
    max_dropped: tuple[DropLimit, ...]
    max_residue_share: float
    max_hole_share: float
    min_spans_per_block: float
    min_wordpieces_per_block: float
    min_growth: float
    max_growth: float
    max_length_shift: float
    sample_row_groups: int
    seed: int


def run(
    config: ValidateConfig,
    *,
    max_tokens: int,
    blocks: Path,
    previous: Path | None,
    tokenizer: Path,
    output: Path,
) -> dict[str, Any]:
    """Checks the corpus in `blocks`, writes `validation.json` and data docs, and prints a table.

    Args:
        config: the thresholds.
        max_tokens: most wordpieces of a block.
        blocks: the corpus.
        previous: the previous snapshot's validation folder, if there is one.
        tokenizer: directory of the tokenizer that the corpus was made with.
        output: folder to write.

    Raises:
        UserError: a check failed; the message names the first one, its value and its limit.
    """
    manifest = read_manifest(blocks, kind="corpus")
    if (output / DOCS / PAGE).exists():  # of an earlier run: the data docs would add to them
        shutil.rmtree(output / DOCS)
    loaded = _tokenizer(tokenizer, blocks, manifest)
    before = _previous(previous)
    summary = summarize(blocks, max_tokens=max_tokens)
    summary.update(shares(summary, manifest.facts, languages=config.languages))
    dropped = dropped_shares(manifest.facts)
    summary["miscounted_blocks"] = abs(summary["blocks"] - manifest.facts["blocks"])
    summary["growth"] = round(summary["blocks"] / before["blocks"], 6) if before else 1.0
    summary["length_shift"] = length_shift(summary["lengths"], before["lengths"]) if before else 0.0
    sample = draw_sample(
        blocks, tokenizer=loaded, languages=config.languages, row_groups=config.sample_row_groups, seed=config.seed
    )
    checks = run_checks(
        {**summary, **{_dropped(reason): share for reason, share in dropped.items()}},
        [*_limits(config), *_drop_limits(config, dropped)],
        sample,
        columns=[*BLOCK_SCHEMA.names, OWN_IDS, OWN_LANGUAGE],
        max_unlike_share=config.max_unlike_share,
        docs=output / DOCS,
    )
    success = all(check.success for check in checks)
    result = {
        "success": success,
        "corpus": manifest.fingerprint,
        "sampled_rows": len(sample),
        "summary": {**summary, "dropped": dropped},
        "checks": [asdict(check) for check in checks],
    }
    write_json(output / RESULT, result)
    write_page(checks, what=blocks.name, docs=output / DOCS)
    _print_table(checks, blocks)
    _require(checks, blocks=blocks, output=output)
    return result


def _limits(config: ValidateConfig) -> list[Limit]:
    zero = {
        "schema_errors": "parts with another schema",
        "null_values": "values that are not set",
        "miscounted_blocks": "blocks more or fewer than the manifest says",
        "repeated_ids": "block ids that are there twice",
        "repeated_bodies": "bodies that are there twice",
        "empty_bodies": "blocks without text or wordpieces",
        "untrimmed_bodies": "bodies with spaces at an end",
        "too_long": "blocks with too many wordpieces",
        "wrong_offsets": "bodies that are not the slice of their article",
        "wrong_sentences": "blocks whose sentences overlap or leave the body",
        "wrong_spans": "blocks with a span outside a sentence, or overlapping spans",
    }
    languages = ", ".join(config.languages) or "any language"
    return [
        Limit("blocks", config.min_blocks, None, "blocks"),
        *(Limit(name, 0, 0, meaning) for name, meaning in zero.items()),
        Limit("foreign_share", None, config.max_foreign_share, f"share of blocks declared to be not in {languages}"),
        Limit("damaged_share", None, config.max_damaged_share, "share of records that could not be read"),
        Limit("residue_share", None, config.max_residue_share, "share of cleaned blocks with markup left"),
        Limit("hole_share", None, config.max_hole_share, "share of cleaned blocks with holes"),
        Limit("spans_per_block", config.min_spans_per_block, None, "salient spans per block"),
        Limit("wordpieces_per_block", config.min_wordpieces_per_block, None, "wordpieces per block"),
        Limit("growth", config.min_growth, config.max_growth, "blocks against the previous snapshot"),
        Limit("length_shift", None, config.max_length_shift, "block lengths against the previous snapshot"),
    ]


def _drop_limits(config: ValidateConfig, dropped: Mapping[str, float]) -> list[Limit]:
    named = {limit.reason: limit.share for limit in config.max_dropped}
    return [
        Limit(
            _dropped(reason),
            None,
            named.get(reason, config.max_dropped_share),
            f"share of {'blocks' if reason == REPEATED else 'records'} dropped for this reason",
        )
        for reason in dropped
    ]


def _dropped(reason: str) -> str:
    return f"dropped: {reason}"


def _tokenizer(directory: Path, blocks: Path, manifest: Manifest) -> Tokenizer:
    tokenizer = Tokenizer.load(directory)
    require_same(
        "tokenizer",
        left=str(blocks),
        left_value=manifest.made_from["tokenizer"],
        right=str(directory),
        right_value=tokenizer.fingerprint,
    )
    return tokenizer


def _previous(directory: Path | None) -> Mapping[str, Any] | None:
    if directory is None:
        return None
    path = directory / RESULT
    if not path.exists():
        raise UserError(f"{path} does not exist. Validate the previous snapshot first, or set `previous` to none.")
    summary: Mapping[str, Any] = read_json(path)["summary"]
    return summary


def _print_table(checks: list[Check], blocks: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Gate of {blocks}", title_justify="left")
    for heading in ("", "check", "found", "expected"):
        table.add_column(heading, no_wrap=True)
    table.add_column("meaning")
    quiet = [check for check in checks if check.suite == SAMPLED and check.success]
    for check in checks:
        if check not in quiet:
            mark = "[green]ok[/]" if check.success else "[red]FAILED[/]"
            table.add_row(mark, check.name, check.found, check.expected, check.meaning)
    console = Console(width=120)
    console.print(table)
    console.print(f"and {len(quiet)} checks of sampled blocks hold")


def _require(checks: list[Check], *, blocks: Path, output: Path) -> None:
    failed = [check for check in checks if not check.success]
    if failed:
        first = failed[0]
        raise UserError(
            f"{blocks} fails {len(failed)} of {len(checks)} checks of the gate, first '{first.name}' "
            f"({first.meaning}): found {first.observed}, expected {first.expected}. "
            f"Read {output / DOCS / PAGE}; mend the input, or turn the threshold in section 'validate'."
        )


def main() -> None:
    """Command line."""
    parser = stage_parser(__doc__)
    parser.add_argument("--snapshot", help="a snapshot of the parameter file: the DVC stage")
    parser.add_argument("--blocks", type=Path, help="a corpus directory, instead of a snapshot's")
    parser.add_argument("--output", type=Path, help="folder for the result, with --blocks")
    parser.add_argument("--tokenizer", type=Path, help="tokenizer directory, with --blocks (default: the corpus's own)")
    arguments = parser.parse_args()
    params, data = open_stage(arguments)
    config = params.section("validate", ValidateConfig)
    max_tokens = params.section("corpus", CorpusConfig).max_block_tokens
    if arguments.snapshot:
        known = snapshots(params)
        if arguments.snapshot not in known:
            raise UserError(f"{params.path} has no snapshot '{arguments.snapshot}'; it has {', '.join(known)}.")
        previous = known[arguments.snapshot].previous
        run(
            config,
            max_tokens=max_tokens,
            blocks=data.blocks(arguments.snapshot),
            previous=None if previous == "none" else data.validation(previous),
            tokenizer=data.model("tokenizer"),
            output=data.validation(arguments.snapshot),
        )
    elif arguments.blocks and arguments.output:
        tokenizer = _own_tokenizer(arguments) or data.model("tokenizer")
        run(
            config,
            max_tokens=max_tokens,
            blocks=arguments.blocks,
            previous=None,
            tokenizer=tokenizer,
            output=arguments.output,
        )
    else:
        raise UserError("Name either --snapshot, or --blocks and --output; --help shows both forms.")


def _own_tokenizer(arguments: argparse.Namespace) -> Path | None:
    inside: Path = arguments.blocks / "tokenizer"
    found: Path | None = arguments.tokenizer
    return found or (inside if inside.is_dir() else None)


if __name__ == "__main__":
    main_guard(main)

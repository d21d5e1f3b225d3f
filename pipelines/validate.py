"""Stage `validate`: the gate; nothing is trained or published on a corpus that fails it."""

import argparse
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from pipelines.corpus.job import CorpusConfig
from pipelines.validation.damage import cut_places
from pipelines.validation.limits import (
    CUT_FILES,
    DAMAGED_SHARE,
    LOST_SHARE,
    ValidateConfig,
    drop_limits,
    drop_name,
    limits,
)
from pipelines.validation.page import PAGE, write_page
from pipelines.validation.sample import draw_sample
from pipelines.validation.suite import OWN_IDS, OWN_LANGUAGE, SAMPLED, Check, run_checks
from pipelines.validation.summaries import dropped_shares, length_shift, shares, summarize
from realm.errors import UserError, main_guard
from realm.manifest import Manifest, read_manifest, require_same
from realm.params import snapshots
from realm.schema import BLOCK_SCHEMA
from realm.stage import open_stage, stage_parser
from realm.storage import read_json, write_json
from realm.tokenizer import Tokenizer

RESULT, DOCS = "validation.json", "docs"
_IN_PARAMS: Final = "in section 'validate'"
_REMEDIES: Final = {
    CUT_FILES: "Whatever stood behind the cut is missing: fetch the file again, or, if no more of it is to be had, "
    f"raise max_cut_files {_IN_PARAMS}",
    LOST_SHARE: f"Fetch the input again, or raise max_lost_share {_IN_PARAMS}",
    DAMAGED_SHARE: f"Fetch the input again, or raise max_damaged_share {_IN_PARAMS}",
}
_REMEDY: Final = f"Mend the input, or turn the threshold {_IN_PARAMS}"


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
    facts = _facts(manifest, blocks)
    if (output / DOCS / PAGE).exists():  # of an earlier run: the data docs would add to them
        shutil.rmtree(output / DOCS)
    loaded = _tokenizer(tokenizer, blocks, manifest)
    before = _previous(previous)
    summary = summarize(blocks, max_tokens=max_tokens)
    summary.update(shares(summary, facts, languages=config.languages))
    dropped = dropped_shares(facts)
    summary["miscounted_blocks"] = abs(summary["blocks"] - facts["blocks"])
    summary["growth"] = round(summary["blocks"] / before["blocks"], 6) if before else 1.0
    summary["length_shift"] = length_shift(summary["lengths"], before["lengths"]) if before else 0.0
    sample = draw_sample(
        blocks, tokenizer=loaded, languages=config.languages, row_groups=config.sample_row_groups, seed=config.seed
    )
    checks = run_checks(
        {**summary, **{drop_name(reason): share for reason, share in dropped.items()}},
        [*limits(config, facts=facts, cuts=cut_places(blocks, facts)), *drop_limits(config, dropped)],
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


def _facts(manifest: Manifest, blocks: Path) -> Mapping[str, Any]:
    if "damaged" not in manifest.facts:
        raise UserError(
            f"{blocks} does not tell what was damaged in its inputs. Make it again with the stage `corpus`."
        )
    return manifest.facts


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
            f"{_REMEDIES.get(first.name, _REMEDY)}; all checks are in {output / DOCS / PAGE}."
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

"""The thresholds of the gate (params section `validate`) and the limits that they set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from pipelines.corpus.assemble import REPEATED
from pipelines.validation.suite import Limit
from realm.constraints import Above, AtLeast, Natural, Seed, Share

CUT_FILES: Final = "cut_files"
LOST_SHARE: Final = "lost_share"
DAMAGED_SHARE: Final = "damaged_share"


@dataclass(frozen=True)
class DropLimit:
    """At most this share may be dropped for this reason."""

    reason: str
    share: Share


@dataclass(frozen=True)
class ValidateConfig:
    """Params section `validate`: the thresholds of the gate. Shares are between 0 and 1.

    Attributes:
        max_cut_files: input files that end too early.
        max_lost_share: bytes of the inputs that could not be read, of all.
        max_damaged_share: records that could not be read (damaged files, pages, lines, archived responses), of all.
        min_blocks: fewer blocks are no corpus.
        languages: ISO codes that the corpus is in; none: any.
        max_foreign_share: blocks that are declared to be in another language.
        max_unlike_share: sampled blocks that do not look like the language that they are declared in.
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

    max_cut_files: Natural
    max_lost_share: Share
    max_damaged_share: Share
    min_blocks: Natural
    languages: tuple[str, ...]
    max_foreign_share: Share
    max_unlike_share: Share
    max_dropped_share: Share
    max_dropped: tuple[DropLimit, ...]
    max_residue_share: Share
    max_hole_share: Share
    min_spans_per_block: Annotated[float, AtLeast(0)]
    min_wordpieces_per_block: Annotated[float, AtLeast(0)]
    min_growth: Annotated[float, AtLeast(0)]
    max_growth: Annotated[float, Above(0)]
    max_length_shift: Share
    sample_row_groups: Natural
    seed: Seed


def limits(config: ValidateConfig, *, facts: Mapping[str, Any], cuts: Sequence[str]) -> list[Limit]:
    """What is expected of every block, and first of all of the inputs, as whatever else is wrong may come from them.

    Args:
        config: the thresholds.
        facts: what the corpus's manifest says of its inputs.
        cuts: places where an input file ends too early.
    """
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
    damage = ", ".join(f"{reason} {count:,}" for reason, count in facts["damaged"].items()) or "none"
    lost = f"{facts['bytes_lost']:,} of {facts['bytes_read']:,}"
    return [
        Limit(CUT_FILES, None, config.max_cut_files, f"input files that end too early: {'; '.join(cuts) or 'none'}"),
        Limit(LOST_SHARE, None, config.max_lost_share, f"share of the inputs' bytes that could not be read: {lost}"),
        Limit(DAMAGED_SHARE, None, config.max_damaged_share, f"share of records that could not be read: {damage}"),
        Limit("blocks", config.min_blocks, None, "blocks"),
        *(Limit(name, 0, 0, meaning) for name, meaning in zero.items()),
        Limit("foreign_share", None, config.max_foreign_share, f"share of blocks declared to be not in {languages}"),
        Limit("residue_share", None, config.max_residue_share, "share of cleaned blocks with markup left"),
        Limit("hole_share", None, config.max_hole_share, "share of cleaned blocks with holes"),
        Limit("spans_per_block", config.min_spans_per_block, None, "salient spans per block"),
        Limit("wordpieces_per_block", config.min_wordpieces_per_block, None, "wordpieces per block"),
        Limit("growth", config.min_growth, config.max_growth, "blocks against the previous snapshot"),
        Limit("length_shift", None, config.max_length_shift, "block lengths against the previous snapshot"),
    ]


def drop_limits(config: ValidateConfig, dropped: Mapping[str, float]) -> list[Limit]:
    """What is expected of the share that each reason took."""
    named = {limit.reason: limit.share for limit in config.max_dropped}
    return [
        Limit(
            drop_name(reason),
            None,
            named.get(reason, config.max_dropped_share),
            f"share of {'blocks' if reason == REPEATED else 'records'} dropped for this reason",
        )
        for reason in dropped
    ]


def drop_name(reason: str) -> str:
    """The name of the check of what was dropped for `reason`."""
    return f"dropped: {reason}"

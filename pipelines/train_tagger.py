"""Stage `tagger`: learns from `train_snapshot` what the tagger of salient spans needs to know."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipelines.sentences import prose_sentences
from pipelines.snapshot import sample_articles, snapshot_items
from pipelines.sources.base import SourceConfig, item_fingerprint
from pipelines.tagger import CaseStatistics, collect
from realm.errors import UserError, main_guard
from realm.schema import Article
from realm.stage import open_stage, stage_parser
from realm.storage import digest


@dataclass(frozen=True)
class TaggerConfig:
    """Params section `tagger`.

    Attributes:
        kind: `rules` tags runs of capitalised words, helped by the corpus's own case statistics, and dates.
        train_characters: how much text to count, taken evenly from all over the inputs.
        min_count: rarer words are left out of the statistics.
    """

    kind: Literal["rules"]
    train_characters: int
    min_count: int


def run(config: TaggerConfig, *, raw: Path, sources: SourceConfig, output: Path) -> CaseStatistics:
    """Counts, writes the tagger directory and returns the statistics.

    Raises:
        UserError: the inputs hold no text.
    """
    items = snapshot_items(raw, sources)
    articles = sample_articles(items, sources, characters=config.train_characters, what="tagger")
    statistics = collect(_prose(article) for article in articles).kept(config.min_count)
    words = len(statistics.lower.keys() | statistics.capital.keys())
    if words == 0:
        raise UserError(f"{raw} holds too little text for case statistics. Check the raw inputs, or lower 'min_count'.")
    statistics.save(output, made_from={"dump": digest(*(item_fingerprint(item) for item in items))})
    print(f"tagger: case statistics of {words:,} words in {output}")
    return statistics


def _prose(article: Article) -> str:
    """The text without its headings, whose capitals say nothing."""
    return "\n".join(article.text[one.start : one.end] for one in prose_sentences(article))


def main() -> None:
    """Command line."""
    params, data = open_stage(stage_parser(__doc__).parse_args())
    run(
        params.section("tagger", TaggerConfig),
        raw=data.raw(params.value("train_snapshot")),
        sources=params.section("sources", SourceConfig),
        output=data.model("tagger"),
    )


if __name__ == "__main__":
    main_guard(main)

"""Stage `tokenizer`: a checkpoint's WordPiece vocabulary, or one trained on `train_snapshot`."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated

from pipelines.no_articles import dropped_of, no_articles
from pipelines.snapshot import sample_articles, snapshot_items
from pipelines.sources.base import SourceConfig, WorkItem
from realm.constraints import AtLeast, AtMost, Count
from realm.errors import main_guard
from realm.stage import open_stage, stage_parser
from realm.tokenizer import Tokenizer, import_tokenizer, train_wordpiece


@dataclass(frozen=True)
class TokenizerConfig:
    """Params section `tokenizer`.

    Attributes:
        checkpoint: name or directory of a BERT checkpoint, or a vocab.txt; null trains a vocabulary.
        vocab_size: most wordpieces of a trained vocabulary.
        lowercase: whether text is lower-cased first; for trained vocabularies and bare vocab files.
        train_characters: how much text to train on, taken evenly from all over the inputs.
    """

    checkpoint: str | None
    vocab_size: Annotated[int, AtLeast(100), AtMost(65_536)]
    lowercase: bool
    train_characters: Count


def run(config: TokenizerConfig, *, raw: Path, sources: SourceConfig, output: Path, letters: Path) -> Tokenizer:
    """Imports or trains the tokenizer and returns it; see `train`."""
    if config.checkpoint is not None:
        import_tokenizer(config.checkpoint, output, lowercase=config.lowercase)
    else:
        train(config, items=snapshot_items(raw, sources), sources=sources, output=output, letters=letters)
    tokenizer = Tokenizer.load(output)
    print(f"tokenizer: {tokenizer.vocab_size:,} wordpieces in {output}")
    return tokenizer


def train(
    config: TokenizerConfig, *, items: Sequence[WorkItem], sources: SourceConfig, output: Path, letters: Path
) -> None:
    """Trains a vocabulary on the texts of `items`.

    Args:
        config: size of the vocabulary, and how much text it is trained on.
        items: the inputs.
        sources: how they are read.
        output: the tokenizer's directory.
        letters: file for what was dropped, if nothing else came out of the inputs.

    Raises:
        UserError: the inputs hold no text.
    """
    articles = sample_articles(items, sources, characters=config.train_characters, what="tokenizer")
    first = next(articles, None)
    if first is None:
        raise no_articles(items, dropped_of(items, sources), kept=letters)
    texts = (text for article in chain([first], articles) for text in (article.title, article.text))
    train_wordpiece(texts, vocab_size=config.vocab_size, lowercase=config.lowercase, output=output)


def main() -> None:
    """Command line."""
    params, data = open_stage(stage_parser(__doc__).parse_args())
    run(
        params.section("tokenizer", TokenizerConfig),
        raw=data.raw(params.value("train_snapshot")),
        sources=params.section("sources", SourceConfig),
        output=data.model("tokenizer"),
        letters=data.cache("dead_letters", "tokenizer.parquet"),
    )


if __name__ == "__main__":
    main_guard(main)

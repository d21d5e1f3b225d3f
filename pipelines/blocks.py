"""Packs the sentences of an article into blocks of at most `max_tokens` wordpieces (ORQA's greedy packing).

A body is the exact slice of the article from the first character of its first sentence to the last one of its
last. It may span paragraphs and sections; a heading between two of its sentences is part of it, as in the official
corpus, but never a sentence, and no body begins or ends with one. Sentences are tokenized one by one, and a body
has the wordpieces of its sentences: those of two that could share a word are taken together.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.wordpieces import Wordpieces
from realm.schema import Article, Block, Span, TextRange, block_id
from realm.tokenizer import Tokenizer

SPECIAL_TOKENS = 3  # [CLS] title [SEP] body [SEP]


@dataclass(frozen=True)
class BlockConfig:
    """Sizes in wordpieces.

    Attributes:
        max_tokens: of a whole block, with title and special tokens.
        max_title_tokens: a longer title is truncated.
    """

    max_tokens: int
    max_title_tokens: int


@dataclass(frozen=True)
class Packing:
    """The blocks of an article, how many of them were truncated, and how many sentences hold no wordpiece."""

    blocks: tuple[Block, ...]
    truncated: int
    without_words: int


@dataclass(frozen=True)
class _Unit:
    """Sentences that are packed as one: nearly always a single one, and its wordpieces [low, high)."""

    sentences: Sequence[TextRange]
    low: int
    high: int


@dataclass(frozen=True)
class _Piece:
    """Characters [start, end) of the article that become a block."""

    sentences: tuple[TextRange, ...]
    ids: tuple[int, ...]
    truncated: bool


class Packer:
    """Packs articles into blocks; keeps the wordpieces of the words it has seen."""

    def __init__(self, tokenizer: Tokenizer, config: BlockConfig) -> None:
        self._tokenizer, self._config = tokenizer, config
        self._wordpieces = Wordpieces(tokenizer)

    def pack(self, article: Article, *, sentences: Sequence[TextRange], spans: Sequence[Span]) -> Packing:
        """Packs an article's sentences; `spans` are ranges of the article's text, in order."""
        if not sentences:
            return Packing((), truncated=0, without_words=0)
        title_ids = tuple(self._tokenizer.encode(article.title).ids[: self._config.max_title_tokens])
        budget = self._config.max_tokens - SPECIAL_TOKENS - len(title_ids)
        units, ids = self._units(article.text, sentences)
        worded = [unit for unit in units if unit.high > unit.low]
        pieces = [self._piece(article.text, group, ids, budget) for group in _groups(worded, budget)]
        starts = [span.start for span in spans]
        blocks = tuple(
            _block(article, ordinal, piece, title_ids=title_ids, spans=spans, span_starts=starts)
            for ordinal, piece in enumerate(pieces)
        )
        truncated = sum(piece.truncated for piece in pieces)
        return Packing(blocks, truncated=truncated, without_words=len(units) - len(worded))

    def _units(self, text: str, sentences: Sequence[TextRange]) -> tuple[list[_Unit], list[int]]:
        """The units, and the wordpieces of all of them and of the headings between them."""
        units: list[_Unit] = []
        ids: list[int] = []
        place = sentences[0].start
        for several in _joined(text, sentences):
            start, end = several[0].start, several[-1].end
            if start - place > 1 and not text[place:start].isspace():
                ids += self._wordpieces.ids(text[place:start])
            low = len(ids)
            ids += self._wordpieces.ids(text[start:end])
            units.append(_Unit(several, low, len(ids)))
            place = end
        return units, ids

    def _piece(self, text: str, group: Sequence[_Unit], ids: Sequence[int], budget: int) -> _Piece:
        sentences = tuple(sentence for unit in group for sentence in unit.sentences)
        own = ids[group[0].low : group[-1].high]
        if len(own) <= budget:
            return _Piece(sentences, ids=tuple(own), truncated=False)
        start = sentences[0].start
        offsets = self._tokenizer.encode(text[start : sentences[-1].end]).offsets
        for last in range(budget - 1, -1, -1):
            end = start + offsets[last][1]
            own = self._tokenizer.encode(text[start:end]).ids
            if 0 < len(own) <= budget:
                break
        kept = tuple(TextRange(one.start, min(one.end, end)) for one in sentences if one.start < end)
        return _Piece(kept, ids=tuple(own[:budget]), truncated=True)


def _joined(text: str, sentences: Sequence[TextRange]) -> Iterator[list[TextRange]]:
    """Sentences by themselves, but together where a word could go on from one into the next."""
    held = [sentences[0]]
    for sentence in sentences[1:]:
        if _is_word_boundary(text, sentence.start):
            yield held
            held = []
        held.append(sentence)
    yield held


def _is_word_boundary(text: str, place: int) -> bool:
    """Whether WordPiece surely begins a new word at `place`: behind a space or behind punctuation."""
    before = text[place - 1]
    return before in " \n\t" or unicodedata.category(before)[0] in "ZP"


def _groups(units: Sequence[_Unit], budget: int) -> Iterator[list[_Unit]]:
    group: list[_Unit] = []
    for unit in units:
        if group and unit.high - group[0].low > budget:
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _block(
    article: Article,
    ordinal: int,
    piece: _Piece,
    *,
    title_ids: tuple[int, ...],
    spans: Sequence[Span],
    span_starts: Sequence[int],
) -> Block:
    start, end = piece.sentences[0].start, piece.sentences[-1].end
    body = article.text[start:end]
    inside = spans[bisect_left(span_starts, start) : bisect_left(span_starts, end)]
    return Block(
        block_id=block_id(source=article.source, title=article.title, body=body),
        source=article.source,
        doc_id=article.doc_id,
        revision_id=article.revision_id,
        date=article.date,
        lang=article.lang,
        outlet=article.outlet,
        title=article.title,
        aliases=article.aliases,
        url=article.url,
        ordinal=ordinal,
        body=body,
        char_start=start,
        char_end=end,
        title_ids=title_ids,
        body_ids=piece.ids,
        sentences=tuple(TextRange(one.start - start, one.end - start) for one in piece.sentences),
        spans=tuple(Span(one.start - start, one.end - start, one.label) for one in inside if one.end <= end),
    )

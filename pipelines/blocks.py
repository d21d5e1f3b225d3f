"""Packs the sentences of an article into blocks of at most `max_tokens` wordpieces (ORQA's greedy packing).

A body is the exact slice of the article from the first character of its first sentence to the last one of its
last. It may span paragraphs and sections; a heading between two of its sentences is part of it, as in the official
corpus, but never a sentence, and no body begins or ends with one. An article is tokenized once: a block takes its
share of the wordpieces, and is only cut where that gives the same wordpieces as tokenizing the body by itself.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipelines.sentences import split_sentences
from realm.schema import Article, Block, Span, TextRange, block_id
from realm.tokenizer import Encoding, Tokenizer

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

    sentences: tuple[TextRange, ...]
    low: int
    high: int


@dataclass(frozen=True)
class _Piece:
    """Characters [start, end) of the article that become a block."""

    sentences: tuple[TextRange, ...]
    ids: tuple[int, ...]
    truncated: bool


def prose_sentences(article: Article) -> tuple[TextRange, ...]:
    """The sentences of the prose between headings; ranges of the article's text."""
    bounds = [0, *(place for heading in article.headings for place in (heading.start, heading.end)), len(article.text)]
    return tuple(
        TextRange(start + one.start, start + one.end)
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        for one in split_sentences(article.text[start:end])
    )


def pack_blocks(
    article: Article,
    *,
    sentences: Sequence[TextRange],
    spans: Sequence[Span],
    tokenizer: Tokenizer,
    config: BlockConfig,
) -> Packing:
    """Packs an article's sentences; `spans` are ranges of the article's text, in order."""
    if not sentences:
        return Packing((), truncated=0, without_words=0)
    title_ids = tuple(tokenizer.encode(article.title).ids[: config.max_title_tokens])
    budget = config.max_tokens - SPECIAL_TOKENS - len(title_ids)
    base = sentences[0].start
    encoding = tokenizer.encode(article.text[base : sentences[-1].end])
    units = _units(article.text, sentences, encoding)
    worded = [unit for unit in units if unit.high > unit.low]
    pieces = list(_pieces(article.text, worded, base=base, encoding=encoding, budget=budget, tokenizer=tokenizer))
    starts = [span.start for span in spans]
    blocks = tuple(
        _block(article, ordinal, piece, title_ids=title_ids, spans=spans, span_starts=starts)
        for ordinal, piece in enumerate(pieces)
    )
    truncated = sum(piece.truncated for piece in pieces)
    return Packing(blocks, truncated=truncated, without_words=len(units) - len(worded))


def _units(text: str, sentences: Sequence[TextRange], encoding: Encoding) -> list[_Unit]:
    base = sentences[0].start
    token_starts = [start for start, _ in encoding.offsets]
    units: list[_Unit] = []
    for sentence in sentences:
        low, high = (bisect_left(token_starts, place - base) for place in (sentence.start, sentence.end))
        if units and not _is_word_boundary(text, sentence.start):
            last = units.pop()
            units.append(_Unit((*last.sentences, sentence), last.low, high))
        else:
            units.append(_Unit((sentence,), low, high))
    return units


def _is_word_boundary(text: str, place: int) -> bool:
    """Whether WordPiece surely begins a new word at `place`: behind a space or behind punctuation."""
    before = text[place - 1]
    return before in " \n\t" or unicodedata.category(before)[0] in "ZP"


def _pieces(
    text: str, units: Sequence[_Unit], *, base: int, encoding: Encoding, budget: int, tokenizer: Tokenizer
) -> Iterator[_Piece]:
    group: list[_Unit] = []
    for unit in units:
        if group and unit.high - group[0].low > budget:
            yield _piece(text, group, base=base, encoding=encoding, budget=budget, tokenizer=tokenizer)
            group = []
        group.append(unit)
    if group:
        yield _piece(text, group, base=base, encoding=encoding, budget=budget, tokenizer=tokenizer)


def _piece(
    text: str, group: Sequence[_Unit], *, base: int, encoding: Encoding, budget: int, tokenizer: Tokenizer
) -> _Piece:
    sentences = tuple(sentence for unit in group for sentence in unit.sentences)
    low, high = group[0].low, group[-1].high
    if high - low <= budget:
        return _Piece(sentences, ids=tuple(encoding.ids[low:high]), truncated=False)
    start = sentences[0].start
    for last in range(low + budget - 1, low - 1, -1):
        end = encoding.offsets[last][1] + base
        ids = tokenizer.encode(text[start:end]).ids
        if 0 < len(ids) <= budget:
            break
    kept = tuple(TextRange(one.start, min(one.end, end)) for one in sentences if one.start < end)
    return _Piece(kept, ids=tuple(ids[:budget]), truncated=True)


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

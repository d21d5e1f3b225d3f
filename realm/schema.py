"""The one place where records and their Arrow schemas are defined.

Records are frozen dataclasses in code and Arrow on disk. A change here raises `SCHEMA_VERSION`, and readers
refuse artefacts of another version.
"""

import hashlib
from dataclasses import dataclass

import pyarrow as pa

SCHEMA_VERSION = 2

_RANGE = pa.struct([("start", pa.int32()), ("end", pa.int32())])
_SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("label", pa.string())])
_LINK = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("target", pa.string())])
_HEADING = pa.struct([("start", pa.int32()), ("end", pa.int32()), ("level", pa.int8())])

BLOCK_SCHEMA = pa.schema(
    [
        ("block_id", pa.int64()),
        ("source", pa.string()),  # wikipedia, ccnews, kelm, text
        ("doc_id", pa.string()),  # page id, URL or the person's own id
        ("revision_id", pa.string()),
        ("date", pa.string()),  # ISO date of the document, or "" if undated
        ("lang", pa.string()),
        ("outlet", pa.string()),
        ("title", pa.string()),
        ("aliases", pa.list_(pa.string())),
        ("url", pa.string()),
        ("ordinal", pa.int32()),  # position of the block in its article
        ("body", pa.string()),  # exactly article.text[char_start:char_end]
        ("char_start", pa.int32()),
        ("char_end", pa.int32()),
        ("title_ids", pa.list_(pa.int32())),
        ("body_ids", pa.list_(pa.int32())),
        ("sentences", pa.list_(_RANGE)),  # characters of `body`
        ("spans", pa.list_(_SPAN)),  # characters of `body`; each inside one sentence, never overlapping
    ]
)

ARTICLE_SCHEMA = pa.schema(
    [
        ("source", pa.string()),
        ("doc_id", pa.string()),
        ("revision_id", pa.string()),
        ("date", pa.string()),
        ("lang", pa.string()),
        ("outlet", pa.string()),
        ("title", pa.string()),
        ("aliases", pa.list_(pa.string())),
        ("url", pa.string()),
        ("text", pa.string()),  # cleaned
        ("headings", pa.list_(_HEADING)),
        ("links", pa.list_(_LINK)),
    ]
)

DEAD_LETTER_SCHEMA = pa.schema(
    [
        ("stage", pa.string()),
        ("source", pa.string()),
        ("record_id", pa.string()),
        ("title", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
    ]
)

# Row i of `vectors.arrow` and of `index.faiss` belongs to row i of `blocks.arrow`; rows are sorted by block_id.
INDEX_BLOCK_SCHEMA = pa.schema(
    [
        ("block_id", pa.int64()),
        ("source", pa.string()),
        ("date", pa.string()),
        ("outlet", pa.string()),
        ("title", pa.string()),
        ("title_ids", pa.list_(pa.uint16())),
        ("body_ids", pa.list_(pa.uint16())),
        ("part", pa.string()),  # Parquet file below the snapshot's blocks directory that holds the text
        ("part_row", pa.int32()),
    ]
)


def vector_schema(dimension: int) -> pa.Schema:
    """Schema of `vectors.arrow`: one float32 vector of `dimension` per block."""
    return pa.schema([("block_id", pa.int64()), ("vector", pa.list_(pa.float32(), dimension))])


@dataclass(frozen=True)
class TextRange:
    """Characters [start, end) of a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Span:
    """A salient span: characters [start, end) and a label such as ENTITY or DATE."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Link:
    """A link's anchor, characters [start, end) of the cleaned text, and the title it points to."""

    start: int
    end: int
    target: str


@dataclass(frozen=True)
class Heading:
    """A section heading, characters [start, end) of the cleaned text; level 2 is a top section."""

    start: int
    end: int
    level: int


@dataclass(frozen=True)
class Article:
    """One cleaned document, whatever its source."""

    source: str
    doc_id: str
    revision_id: str
    date: str
    lang: str
    outlet: str
    title: str
    aliases: tuple[str, ...]
    url: str
    text: str
    headings: tuple[Heading, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Block:
    """A retrievable piece of an article: at most 288 wordpieces with title and special tokens."""

    block_id: int
    source: str
    doc_id: str
    revision_id: str
    date: str
    lang: str
    outlet: str
    title: str
    aliases: tuple[str, ...]
    url: str
    ordinal: int
    body: str
    char_start: int
    char_end: int
    title_ids: tuple[int, ...]
    body_ids: tuple[int, ...]
    sentences: tuple[TextRange, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class DeadLetter:
    """A record that was dropped: by whom, what it was and why."""

    stage: str
    source: str
    record_id: str
    title: str
    reason: str
    detail: str


def block_id(*, source: str, title: str, body: str) -> int:
    """63-bit content hash of a block: it survives a new dump if the text did."""
    state = hashlib.blake2b(digest_size=8, person=b"realm.block")
    for part in (source, title, body):
        data = part.encode("utf-8", "surrogatepass")
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return int.from_bytes(state.digest(), "big") >> 1

"""Files in CoNLL format: a word a line with its label in the last column, an empty line behind each sentence.

Labels may be written as IOB1, IOB2 or BILOU. A sentence with odd columns or labels is dropped and told.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from realm.errors import UserError
from realm.schema import DeadLetter, Span, TextRange

REASONS: Final = ("odd columns", "odd label", "not UTF-8")
_DOCUMENT: Final = "-DOCSTART-"
_LABEL: Final = re.compile(r"O|[BILUSEM]-\S+")
_SHOWN: Final = 60  # characters of an odd line


@dataclass(frozen=True)
class LabelledText:
    """A document as running text.

    Attributes:
        text: words joined by spaces, sentences by newlines.
        sentences: ranges of `text`.
        spans: its entities, in order.
    """

    text: str
    sentences: tuple[TextRange, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Conll:
    """What a file holds.

    Attributes:
        documents: its documents; one if it does not mark where they begin.
        odd: the sentences that were dropped.
        sentences: how many there were in all.
    """

    documents: tuple[LabelledText, ...]
    odd: tuple[DeadLetter, ...]
    sentences: int


_Rows = list[tuple[int, list[str]]]  # number of the line, its columns


def read_conll(path: Path, *, max_odd_share: float, use: str) -> Conll:
    """Reads a file.

    Args:
        path: the file.
        max_odd_share: share of its sentences that may be odd.
        use: the key of the section 'tagger' that names it, for messages and dead letters.

    Raises:
        UserError: it is missing, holds no labelled sentence, or more than the share of its sentences is odd.
    """
    if not path.is_file():
        raise UserError(f"{path} does not exist. Name a file in CoNLL format in tagger.{use} of params.yaml.")
    rows = _rows(path.read_bytes())
    columns = _columns(rows)
    documents: list[LabelledText] = []
    odd: list[DeadLetter] = []
    held: list[_Rows] = []
    count = 0
    for sentence in _sentences(rows, columns):
        if sentence[0][1][0] == _DOCUMENT:
            documents += _joined(held)
            held = []
            continue
        count += 1
        why = _oddness(sentence, columns)
        if why is None:
            held.append(sentence)
        else:
            odd.append(_dead_letter(path, use, *why))
    documents += _joined(held)
    _check(path, documents, odd, count=count, most=max_odd_share)
    return Conll(tuple(documents), tuple(odd), count)


def _rows(data: bytes) -> _Rows:
    lines = data.removeprefix(b"\xef\xbb\xbf").split(b"\n")
    return [  # cut as bytes: a word may hold a space that is none in ASCII
        (number, [column.decode("utf-8", "replace") for column in line.split()])
        for number, line in enumerate(lines, start=1)
    ]


def _columns(rows: _Rows) -> int:
    """How many columns the lines have."""
    counts = Counter(len(columns) for _, columns in rows if columns and columns[0] != _DOCUMENT)
    return counts.most_common(1)[0][0] if counts else 0


def _sentences(rows: _Rows, columns: int) -> Iterator[_Rows]:
    held: _Rows = []
    for number, row in rows:
        if row and row[0].startswith("#") and len(row) != columns:
            continue  # a comment
        if row and row[0] != _DOCUMENT:
            held.append((number, row))
            continue
        if held:
            yield held
            held = []
        if row:
            yield [(number, row)]
    if held:
        yield held


def _oddness(sentence: _Rows, columns: int) -> tuple[str, int, str] | None:
    """Reason, line and content of the first odd line, if there is one."""
    for number, row in sentence:
        line = " ".join(row)
        if "\ufffd" in line:
            return "not UTF-8", number, line
        if len(row) != columns or len(row) < 2:  # noqa: PLR2004
            return "odd columns", number, f"{_counted(len(row))} instead of {_wanted(columns)}: {line}"
        if not _LABEL.fullmatch(row[-1]):
            return "odd label", number, line
    return None


def _counted(columns: int) -> str:
    return "1 column" if columns == 1 else f"{columns} columns"


def _wanted(columns: int) -> str:
    return _counted(columns) if columns > 1 else "a word and its label"


def _dead_letter(path: Path, use: str, reason: str, line: int, detail: str) -> DeadLetter:
    record = f"{path.name}, line {line}"
    return DeadLetter(stage="tagger", source=use, record_id=record, title="", reason=reason, detail=detail[:_SHOWN])


def _joined(sentences: Sequence[_Rows]) -> list[LabelledText]:
    """The sentences as one document, or none if there are none."""
    if not sentences:
        return []
    lines: list[str] = []
    ranges: list[TextRange] = []
    spans: list[Span] = []
    place = 0
    for rows in sentences:
        starts = []
        begin = place
        for _, row in rows:
            starts.append(place)
            place += len(row[0]) + 1
        lines.append(" ".join(row[0] for _, row in rows))
        ranges.append(TextRange(begin, place - 1))
        ends = [start + len(row[0]) for start, (_, row) in zip(starts, rows, strict=True)]
        labels = [row[-1] for _, row in rows]
        spans += [Span(starts[first], ends[last], label) for first, last, label in _entities(labels)]
    return [LabelledText("\n".join(lines), tuple(ranges), tuple(spans))]


def _entities(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """First and last word and label of each entity, whatever the scheme."""
    first: int | None = None
    current = ""
    for place, label in enumerate([*labels, "O"]):
        prefix, _, name = label.partition("-")
        goes_on = first is not None and prefix in {"I", "L", "E", "M"} and name == current
        if first is not None and not goes_on:
            yield first, place - 1, current
            first = None
        if first is None and prefix != "O":
            first, current = place, name
        if first is not None and prefix in {"L", "U", "S", "E"}:
            yield first, place, current
            first = None


def _check(
    path: Path, documents: Sequence[LabelledText], odd: Sequence[DeadLetter], *, count: int, most: float
) -> None:
    if odd and len(odd) > most * count:
        first = odd[0]
        raise UserError(
            f"{len(odd):,} of the {count:,} sentences of {path} cannot be read, more than the share of {most:g} in "
            f"tagger.max_odd_share; the first is {first.record_id} ({first.reason}: {first.detail}). Mend the file "
            "or raise the share."
        )
    if not any(document.spans for document in documents):
        raise UserError(
            f"{path} holds no labelled entity: is it in CoNLL format, a word a line and its label, such as B-PER, in "
            "the last column? Name another file."
        )

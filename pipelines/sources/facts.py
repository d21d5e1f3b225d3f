"""One line of a file of triples to the fact that it states.

Each line may be of any of these forms:

- the generated corpus: JSON with `reference` (triples as text) and `candidate` (the sentence); since 2021 with
  `triples`, `serialized_triples` and `gen_sentence`;
- the training corpus: triples as text, TAB, sentence; or, since 2021, JSON with `triples`, `sentence`;
- plain triples: subject TAB relation TAB object, which are said by templates.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from pipelines.sources.base import tidy_text
from pipelines.sources.lines import BROKEN
from pipelines.sources.relations import said_date, say
from pipelines.sources.subjects import subject_of

_PAIR, _TRIPLE = 2, 3  # columns
_BRACKETS: Final = ("<>", "‹›")
_ODD: Final = "odd columns"
_NO_SUBJECT: Final = "triple without subject"
_NO_RELATION: Final = "triple without relation or object"
_NO_SENTENCE: Final = "triple without sentence"
FACT_DAMAGE: Final = frozenset({_ODD, _NO_SUBJECT, _NO_RELATION, _NO_SENTENCE})


class TripleError(ValueError):
    """A line without a fact; the message says why, `reason` names the kind."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True)
class Fact:
    """What one line says of one subject."""

    subject: str
    sentence: str


def read_fact(data: bytes) -> Fact:
    """The fact of one line.

    Raises:
        TripleError: the line is none of the forms, or lacks subject or sentence.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TripleError(BROKEN, str(error)) from error
    if text.lstrip().startswith("{"):
        return _of_json(text)
    columns = [_plain(column) for column in text.rstrip("\r\n").split("\t")]
    if len(columns) == _PAIR:
        return _fact(subject_of(*columns), columns[1])
    if len(columns) == _TRIPLE:
        subject, relation, value = map(_bare, columns)
        if subject and not (relation and value):
            raise TripleError(_NO_RELATION, f"of {subject!r}")
        return _fact(subject, say(subject, relation, said_date(value)))
    raise TripleError(_ODD, f"{len(columns)} columns; 2 or 3 are known")


def _of_json(text: str) -> Fact:
    try:
        fields: dict[str, Any] = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TripleError(BROKEN, str(error) or type(error).__name__) from error
    sentence = _plain(_text(fields, "candidate", "sentence", "gen_sentence"))
    triples = fields.get("triples")
    if isinstance(triples, list) and triples and isinstance(triples[0], list) and triples[0]:
        first = triples[0][0]
        if isinstance(first, int | float) and not isinstance(first, bool):
            first = str(first)  # a year may be a subject
        return _fact(_bare(_utf8(first)) if isinstance(first, str) else "", sentence)
    return _fact(
        subject_of(_plain(_text(fields, "reference", "serialized_triples", "serialized triples")), sentence), sentence
    )


def _text(fields: dict[str, Any], *names: str) -> str:
    found = next((fields[name] for name in names if name in fields), None)
    if not isinstance(found, str):
        raise TripleError(BROKEN, f"'{names[0]}' is {'missing' if found is None else 'not a string'}")
    return _utf8(found)


def _utf8(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _plain(text: str) -> str:
    return " ".join(tidy_text(text).split())


def _bare(text: str) -> str:
    """A subject, relation or object without the brackets that it may stand in as a whole."""
    plain = _plain(text)
    inner = next((plain[1:-1] for one in _BRACKETS if plain[:1] == one[0] and plain[-1:] == one[1]), plain)
    return plain if len(plain) < _PAIR or set(inner) & set("<>‹›") else inner.strip()


def _fact(subject: str, sentence: str) -> Fact:
    if not subject:
        raise TripleError(_NO_SUBJECT, f"before {sentence[:80]!r}")
    if not sentence:
        raise TripleError(_NO_SENTENCE, f"of {subject!r}")
    return Fact(subject, sentence)

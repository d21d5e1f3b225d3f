"""KELM and other triples of a knowledge graph; the facts of one subject form one document.

Each line of a file may be of any of these forms:

- the generated corpus: JSON with `reference` (triples as text) and `candidate` (the sentence);
- the training corpus: triples as text, TAB, sentence; or, since 2021, JSON with `triples`, `sentence`;
- plain triples: subject TAB relation TAB object, which are said by templates.

Nothing marks where the subject ends in triples as text. It ends before the first relation that is known by its name;
else it is the words that all triples of the line begin with ("Avern twin town Bellow, Avern twin town Carrick"), as
far as the sentence has them too; else the longest beginning of the triple that the sentence has.

The published files promise no order, and a subject's lines lie apart. A work item's facts are gathered in memory,
which `item_bytes_max` bounds; a subject whose facts lie in several work items has a document in each.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pipelines.sources.base import (
    Record,
    Source,
    SourceConfig,
    Tally,
    WorkItem,
    cut,
    dead_letter,
    input_files,
    tidy_text,
    unreadable,
)
from pipelines.sources.dump_files import Damage, read_range
from pipelines.sources.lines import BROKEN, LINE_DAMAGE, TOO_LONG, Line, LongLine, place_of, scan_lines
from pipelines.sources.relations import relation_start, say
from realm.schema import Article

SUFFIXES: Final = tuple(
    f".{kind}{packed}" for kind in ("jsonl", "tsv") for packed in ("", ".gz", ".bz2", ".xz", ".zst")
)
_LONGEST_SUBJECT: Final = 40  # words; a longer beginning is a line that went wrong
_LANG: Final = "en"  # the published corpus and the templates
_PAIR, _TRIPLE = 2, 3  # columns
_ODD: Final = "odd columns"
_NO_SUBJECT: Final = "triple without subject"
_NO_RELATION: Final = "triple without relation or object"
_NO_SENTENCE: Final = "triple without sentence"
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_WORD: Final = re.compile(r"\w+")


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


@dataclass
class _Document:
    """The sentences of a subject, each once and in order, and where the first one stands."""

    place: str
    sentences: dict[str, None] = field(default_factory=dict)


class Kelm(Source):
    """Documents made of a knowledge graph's facts."""

    name = "kelm"
    damage = LINE_DAMAGE | {_ODD, _NO_SUBJECT, _NO_RELATION, _NO_SENTENCE}

    def work_items(self, inputs: Sequence[Path], config: SourceConfig) -> list[WorkItem]:
        """Cuts the files into byte ranges; a line belongs to the range in which it begins."""
        files = input_files(inputs, suffixes=SUFFIXES, source=self.name)
        return cut(files, config, source=self.name, divisible=frozenset({"plain"}))

    def read(self, item: WorkItem, config: SourceConfig) -> Iterator[Record]:
        """Reads the facts whose lines begin in the item's range, and then yields a document for each subject."""
        begin = max(0, item.start - 1)  # the byte before tells whether a line begins at the range's start
        chunks = read_range(item.file, begin, item.end)
        documents: dict[str, _Document] = {}
        for found in scan_lines(chunks, start=begin, skip_first=item.start > 0, max_bytes=config.max_page_bytes):
            if isinstance(found, Damage):
                yield from unreadable(
                    item, offset=found.offset, reason=found.reason, detail=found.detail, lost=found.lost
                )
            elif isinstance(found, LongLine):
                detail = f"the line has more than {config.max_page_bytes} bytes"
                place = place_of(found, path=item.path, start=item.start)
                yield dead_letter(item, record_id=place, title="", reason=TOO_LONG, detail=detail)
            elif found.data.strip():
                yield Tally("pages", 1)
                yield from _gather(item, found, documents)
        for subject, document in documents.items():
            yield _article(item, subject, document)


def _gather(item: WorkItem, line: Line, documents: dict[str, _Document]) -> Iterator[Record]:
    place = place_of(line, path=item.path, start=item.start)
    try:
        fact = read_fact(line.data)
    except TripleError as error:
        yield dead_letter(item, record_id=place, title="", reason=error.reason, detail=str(error))
        return
    document = documents.setdefault(fact.subject, _Document(place))
    if fact.sentence in document.sentences:
        yield Tally("left out: repeated facts", 1)
    document.sentences[fact.sentence] = None


def _article(item: WorkItem, subject: str, document: _Document) -> Article:
    return Article(
        source=item.source,
        doc_id=subject,  # the same in the next version of a file, where the lines stand elsewhere
        revision_id=document.place,
        date="",
        lang=_LANG,
        outlet="",
        title=subject,
        aliases=(),
        url="",
        text="\n".join(document.sentences),
    )


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
        return _fact(_subject(*columns), columns[1])
    if len(columns) == _TRIPLE:
        subject, relation, value = columns
        if subject and not (relation and value):
            raise TripleError(_NO_RELATION, f"of {subject!r}")
        return _fact(subject, say(subject, relation, value))
    raise TripleError(_ODD, f"{len(columns)} columns; 2 or 3 are known")


def _of_json(text: str) -> Fact:
    try:
        fields: dict[str, Any] = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TripleError(BROKEN, str(error) or type(error).__name__) from error
    sentence = _plain(_text(fields, "candidate", "sentence", "gen_sentence"))
    triples = fields.get("triples")
    if isinstance(triples, list) and triples and isinstance(triples[0], list) and triples[0]:
        return _fact(_plain(str(triples[0][0])), sentence)
    return _fact(
        _subject(_plain(_text(fields, "reference", "serialized_triples", "serialized triples")), sentence), sentence
    )


def _text(fields: dict[str, Any], *names: str) -> str:
    found = next((fields[name] for name in names if name in fields), None)
    if not isinstance(found, str):
        raise TripleError(BROKEN, f"'{names[0]}' is {'missing' if found is None else 'not a string'}")
    return found.encode("utf-8", "replace").decode("utf-8")


def _plain(text: str) -> str:
    return " ".join(tidy_text(text).split())


def _fact(subject: str, sentence: str) -> Fact:
    if not subject:
        raise TripleError(_NO_SUBJECT, f"before {sentence[:80]!r}")
    if not sentence:
        raise TripleError(_NO_SENTENCE, f"of {subject!r}")
    return Fact(subject, sentence)


def _subject(reference: str, sentence: str) -> str:
    """The subject of triples as text; empty if it cannot be told."""
    words = reference.split()
    known = relation_start(words)
    if known is not None:
        return " ".join(words[:known])
    repeated = _repeated_words(reference)
    longest = repeated if repeated is not None else len(words) - 2  # relation and object have a word each
    longest = min(longest, _LONGEST_SUBJECT)
    spoken = _words(sentence)
    for length in range(longest, 0, -1):
        if _holds(spoken, _words(" ".join(words[:length]))):
            return " ".join(words[:length])
    return " ".join(words[:longest]) if repeated else ""


def _repeated_words(reference: str) -> int | None:
    """How many words all triples of a line begin with; None if there is one triple only, or no such word."""
    first = reference.partition(" ")[0]
    parts = [part.split() for part in re.split(rf",\s+(?={re.escape(first)}\s)", reference)]
    if len(parts) == 1:
        return None
    shared = 0
    for column in zip(*(part[:-1] for part in parts), strict=False):
        if len(set(column)) > 1:
            break
        shared += 1
    return shared or None


def _words(text: str) -> list[str]:
    """The words of a name or sentence, without the brackets that tell namesakes apart."""
    return _WORD.findall(_BRACKETS.sub("", text).casefold())


def _holds(words: Sequence[str], run: Sequence[str]) -> bool:
    return bool(run) and any(words[n : n + len(run)] == run for n in range(len(words) - len(run) + 1))

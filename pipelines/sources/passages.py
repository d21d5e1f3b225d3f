"""Passages in the layout of DPR's `psgs_w100.tsv`: id TAB text TAB title, one passage a line, quoted as in CSV.

The passages are pieces of a hundred words each: cut in mid-sentence, with no regard to what wordpieces they have. So a
document is not a passage but the article that they were cut from, the run of passages with one title, joined again:
then its sentences are whole, and its blocks are as long as everybody else's. Two things of that cutting are undone
too: the article's title, which stands before its first words, is a heading; and where the last passage was filled up
to a hundred words with the article's beginning, that repetition is left out.

An article belongs to the work item in which its first passage begins, wherever the range ends.
"""

import csv
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from pipelines.sources.base import Record, SourceConfig, Tally, WorkItem, dead_letter, tidy_text, unreadable
from pipelines.sources.chunks import Damage
from pipelines.sources.dump_files import compression, read_head, read_range
from pipelines.sources.json_lines import EMPTY, too_long
from pipelines.sources.lines import BROKEN, Line, LongLine, place_of, scan_lines
from realm.errors import UserError
from realm.schema import Article, Heading

ODD: Final = "odd columns"
_COLUMNS: Final = ["id", "text", "title"]
_HEAD_BYTES: Final = 1 << 16
_BACK_BYTES: Final = 1 << 16
_FIELD_CHARACTERS: Final = 1 << 30  # Python's own limit is 131,072; here `max_page_bytes` bounds a line
_FILLED_WORDS: Final = 3  # of the beginning behind the title; less may be chance


class PassageError(ValueError):
    """A line without a passage; the message says why, `reason` names the kind."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


@dataclass(frozen=True)
class Passage:
    """One line."""

    passage_id: str
    text: str
    title: str


@dataclass
class _Run:
    """The passages of one title, as far as they were read."""

    first: Passage
    texts: list[str] = field(default_factory=list)
    size: int = 0

    def add(self, passage: Passage) -> None:
        self.texts.append(passage.text)
        self.size += len(passage.text)


def check_columns(file: Path, path: str) -> None:
    """Looks at the first line of a file.

    Raises:
        UserError: it names the three columns, in another order.
    """
    head, _ = read_head(file, _HEAD_BYTES)
    names = head.partition(b"\n")[0].decode("utf-8-sig", "replace").strip().split("\t")
    if names != _COLUMNS and sorted(names) == sorted(_COLUMNS):
        raise UserError(
            f"{path} has the columns {', '.join(names)}; passages are read in the order of psgs_w100.tsv: "
            f"{', '.join(_COLUMNS)}. Change the order of the columns."
        )


def read_passages(item: WorkItem, config: SourceConfig) -> Iterator[Record]:
    """Reads the articles whose first passage begins in the item's range."""
    before = _title_before(item, config.max_page_bytes)
    run: _Run | None = None
    for line, owned in _lines(item, config.max_page_bytes):
        if run is None and not owned:
            return
        passage = yield from _passage(item, line, config, owned=owned)
        if passage is None or passage.title == before:
            continue  # nothing, or of an article that began in a range before
        before = None
        if run is not None and passage.title != run.first.title:
            yield _article(item, run)
            run = None
            if not owned:
                return
        elif run is not None and run.size > config.max_page_bytes:
            yield _article(item, run)
            run = None
        run = run or _Run(passage)
        run.add(passage)
    if run is not None:
        yield _article(item, run)


def read_passage(data: bytes) -> Passage:
    """The passage of one line.

    Raises:
        PassageError: it is not UTF-8, has not three columns, or lacks one of them.
    """
    try:
        text = data.decode("utf-8").removeprefix("\ufeff").rstrip("\r")
    except UnicodeDecodeError as error:
        raise PassageError(BROKEN, str(error)) from error
    columns = _columns(text)
    if len(columns) != len(_COLUMNS):
        raise PassageError(ODD, f"{len(columns)} columns; id, text and title are needed")
    passage_id, body, title = (" ".join(tidy_text(column).split()) for column in columns)
    missing = [name for name, value in zip(_COLUMNS, (passage_id, body, title), strict=True) if not value]
    if missing:
        raise PassageError(EMPTY if missing == ["text"] else BROKEN, f"'{missing[0]}' is empty")
    return Passage(passage_id, body, title)


def _columns(text: str) -> list[str]:
    """The columns of a line; one that is not quoted as in CSV is cut at its tabs."""
    csv.field_size_limit(_FIELD_CHARACTERS)
    try:
        return next(csv.reader([text], delimiter="\t", strict=True), [])
    except csv.Error:
        return text.split("\t")


def _lines(item: WorkItem, max_bytes: int) -> Iterator[tuple[Line | LongLine | Damage, bool]]:
    """The lines from the item's range on, to the end of the file, and whether they begin in the range."""
    whole = compression(item.file) != "plain"  # then places are not the file's
    begin = max(0, item.start - 1)  # the byte before tells whether a line begins at the range's start
    chunks = read_range(item.file, begin, item.file.stat().st_size)
    for found in scan_lines(chunks, start=begin, skip_first=item.start > 0, max_bytes=max_bytes):
        yield found, whole or found.offset < item.end


def _passage(
    item: WorkItem, line: Line | LongLine | Damage, config: SourceConfig, *, owned: bool
) -> Generator[Record, None, Passage | None]:
    """The passage of a line; what is wrong with it is reported by the range in which it begins."""
    if isinstance(line, Damage):
        yield from unreadable(item, offset=line.offset, reason=line.reason, detail=line.detail, lost=line.lost)
        return None
    if isinstance(line, LongLine):
        if owned:
            yield too_long(item, line, config)
        return None
    if not line.data.strip() or (line.offset == 0 and _is_header(line.data)):
        return None
    if owned:
        yield Tally("pages", 1)
    try:
        return read_passage(line.data)
    except PassageError as error:
        if owned:
            place = place_of(line, path=item.path, start=item.start)
            yield dead_letter(item, record_id=place, title="", reason=error.reason, detail=str(error))
        return None


def _is_header(line: bytes) -> bool:
    return line.decode("utf-8-sig", "replace").strip().split("\t") == _COLUMNS


def _title_before(item: WorkItem, max_bytes: int) -> str | None:
    """The title of the last passage that begins before the item's range; of lines that hold none, nothing is known."""
    if item.start == 0:
        return None
    with item.file.open("rb") as file:
        begin = item.start
        while begin > 0:
            begin = _line_start(file, begin - 1)
            file.seek(begin)
            line = file.readline(max_bytes + 2).rstrip(b"\n")
            if len(line) > max_bytes or (begin == 0 and _is_header(line)):
                continue
            try:
                return read_passage(line).title
            except PassageError:
                continue
    return None


def _line_start(file: IO[bytes], end: int) -> int:
    """Where the line begins that the byte at `end` belongs to, or ends."""
    while end > 0:
        begin = max(0, end - _BACK_BYTES)
        file.seek(begin)
        newline = file.read(end - begin).rfind(b"\n")
        if newline != -1:
            return begin + newline + 1
        end = begin
    return 0


def _article(item: WorkItem, run: _Run) -> Article:
    title, text = run.first.title, " ".join(run.texts)
    words = text.split()
    kept = _without_filling(words, title.split(), last=len(run.texts[-1].split()))
    text = " ".join(words[:kept])
    is_headed = _is_headed(text, title)
    return Article(
        source=item.source,
        doc_id=run.first.passage_id,
        revision_id="",
        date="",
        lang="",
        outlet="",
        title=title,
        aliases=(),
        url="",
        text=f"{title}\n{text[len(title) + 1 :]}" if is_headed else text,
        headings=(Heading(0, len(title), 1),) if is_headed else (),
    )


def _without_filling(words: Sequence[str], title: Sequence[str], *, last: int) -> int:
    """How many of an article's words are left without the repeated beginning at the end of its `last` words."""
    count = len(words)
    if words[: len(title)] != title:
        return count
    within = min(last, count - 1)
    filled = repeated_beginning(words[:within], words[count - within :])
    return count - filled if filled >= len(title) + _FILLED_WORDS else count


def repeated_beginning(beginning: Sequence[str], end: Sequence[str]) -> int:
    """How many words of `beginning`, at most, `end` ends with; in time linear in both (Knuth, Morris and Pratt)."""
    words = [*beginning, None, *end]
    borders = [0]  # of each beginning of `words`: how long the longest part is that it both begins and ends with
    for word in words[1:]:
        length = borders[-1]
        while length and words[length] != word:
            length = borders[length - 1]
        borders.append(length + (words[length] == word))
    return borders[-1]


def _is_headed(text: str, title: str) -> bool:
    """Whether the title stands before the first sentence, and is not that sentence's first words."""
    if not text.startswith(title + " "):
        return False
    behind = text[len(title) + 1 :]
    return behind[0].isupper() or behind.startswith(title.split(maxsplit=1)[0])

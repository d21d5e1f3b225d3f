"""Lines to paragraphs: headings, lists, tables and sections, read line by line from what the scanner leaves."""

import re
from collections import Counter
from typing import Final

from pipelines.cleaning.indents import join_indented
from pipelines.cleaning.links import Links
from pipelines.cleaning.marks import BROKEN, HOLE
from pipelines.cleaning.prose import Anchor, LineFinisher
from pipelines.cleaning.sections import is_list, parse_heading
from realm.schema import Heading, Link

_BROKEN_REST = re.compile(f"{BROKEN}[^\n]*+")
_TABLE_OPEN = re.compile(r"[:*# ]*+\{\|")
_ENDS_SENTENCE = re.compile(rf"[.!?…。！？।؟][\"'”’»)\]）」』 {HOLE}]*+$")
_MIN_ITEM_WORDS: Final = 4
_LONG_ITEM_WORDS: Final = 15
_PART_WORDS: Final = 5  # of a sentence that a list goes on with: "the members of the court; and"
_PART = re.compile(r"[^:=<$]*[^:=<$0-9];(?: and| or)?")  # but "A title, 1998;" and "x = 1;" are entries
_CLAUSE_WORDS: Final = 7  # with a verb among them; many list items are sentences without a stop
_VERB = re.compile(
    r"(?<![\w-])(?:is|are|was|were|has|have|had|can|may|must|will|would|does|did|comes?|became)(?![\w-])"
)
_MIN_PARAGRAPH_WORDS: Final = 4
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
_STOP = re.compile("[.!?&;]")
_SHORT_LINE: Final = 200
_LONGEST_END: Final = 12  # a stop with all that may close behind it
_LIST_MARKS: Final = "*#:;"


class LineReader:
    """Collects the prose of one page; afterwards `lines`, `headings` and `links` hold the article."""

    def __init__(self, links: Links, dropped: Counter[str]) -> None:
        self.lines: list[str] = []
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self._finisher, self._dropped = LineFinisher(links), dropped
        self._length = 0
        self._paragraph: list[str] = []
        self._pending: list[tuple[int, str]] = []  # headings that no prose has followed yet
        self._tables = 0
        self._list_level = 0  # level of the section whose list items are entries; 0 in any other

    def read(self, text: str) -> None:
        """Reads a whole page."""
        if BROKEN in text:
            text = _BROKEN_REST.sub(HOLE, text)
        for line in join_indented(text).split("\n"):
            if line == HOLE and self._paragraph and not _ends_sentence(self._paragraph[-1]):
                self._paragraph.append(line)  # a picture in mid-sentence
            elif not line or line == HOLE:
                self._end_paragraph()
            elif line[0] in "=*#:;{|! -\t" or self._tables:
                self._special(line)
            else:
                self._paragraph.append(line)
        self._end_paragraph()

    def _special(self, line: str) -> None:
        first = line[0]
        if first == "=" and self._heading(line):
            return
        if self._tables or first in "{|!" or "{|" in line:
            rest = self._table_line(line)
            if rest is None:
                return
            line = rest
        if not line.strip():
            self._end_paragraph()
        elif first in _LIST_MARKS:
            self._end_paragraph()
            self._item(line.lstrip(_LIST_MARKS + " "), reason="list_items")
        elif first in " \t" and not self._paragraph:
            self._item(line, reason="fragments")
        elif line.startswith("----"):
            self._end_paragraph()
        else:
            self._paragraph.append(line)

    def _table_line(self, line: str) -> str | None:
        """Follows tables; returns what of the line is outside of them, or None."""
        if _TABLE_OPEN.match(line):
            self._end_paragraph()
            self._dropped["tables"] += 1
            self._tables += 1
            return None
        bare = line.lstrip()
        if self._tables:
            if bare.startswith("|}"):
                self._tables -= 1
                return bare[2:] if not self._tables else None
            return None
        return None if bare.startswith(("|", "!")) else line

    def _heading(self, line: str) -> bool:
        heading = parse_heading(line.strip(f" \t{HOLE}"))
        if heading is None:
            return False
        level, title = heading
        self._end_paragraph()
        self._tables = 0
        if not self._list_level or level <= self._list_level:
            self._list_level = level if is_list(title) else 0
        while self._pending and self._pending[-1][0] >= level:
            self._pending.pop()
        if title:
            self._pending.append((level, title))
        return True

    def _end_paragraph(self) -> None:
        if not self._paragraph:
            return
        joined = " ".join(self._paragraph)
        self._paragraph.clear()
        text, links = self._finisher.finish(joined)
        if _is_paragraph(text):
            self._add(text, links)
        elif text:
            self._dropped["fragments"] += 1

    def _item(self, line: str, *, reason: str) -> None:
        if _is_short(line):
            self._dropped[reason] += 1
            return
        text, links = self._finisher.finish(line)
        if _is_sentence(text) and not (self._list_level and reason == "list_items"):
            self._add(text, links)
        elif text:
            self._dropped[reason] += 1

    def _add(self, text: str, links: list[Anchor]) -> None:
        for level, title in self._pending:
            shown, heading_links = self._finisher.finish(title)
            if shown:
                start = self._append(shown, heading_links)
                self.headings.append(Heading(start, start + len(shown), level))
        self._pending.clear()
        self._append(text, links)

    def _append(self, text: str, links: list[Anchor]) -> int:
        start = self._length
        self.lines.append(text)
        self._length += len(text) + 1
        for first, end, title in links:
            self.links.append(Link(start + first, start + end, title))
        return start


def _words(text: str) -> int:
    """Words of `text`; scripts without spaces count two characters as one."""
    return text.count(" ") + 1 + (0 if text.isascii() else len(_WIDE.findall(text)) // 2)


def _is_short(line: str) -> bool:
    """Whether a line with markup can be told to be no sentence before it is read."""
    if len(line) > _SHORT_LINE or not line.isascii() or not line[:1].isalnum():
        return False
    if line.count(" ") + 1 >= _LONG_ITEM_WORDS or _STOP.search(line):
        return False
    return line.count(" ") + 1 < _CLAUSE_WORDS or not _VERB.search(line)


def _is_sentence(text: str) -> bool:
    count = _words(text)
    if count >= _LONG_ITEM_WORDS or (count >= _MIN_ITEM_WORDS and _ends_sentence(text)):
        return True
    if count >= _PART_WORDS and _PART.fullmatch(text):
        return True
    return count >= _CLAUSE_WORDS and _VERB.search(text) is not None


def _is_paragraph(text: str) -> bool:
    return text != "" and (_ends_sentence(text) or _words(text) >= _MIN_PARAGRAPH_WORDS)


def _ends_sentence(text: str) -> bool:
    return _ENDS_SENTENCE.search(text, max(0, len(text) - _LONGEST_END)) is not None

"""Lines to paragraphs: headings, lists, tables and sections, read line by line from what the scanner leaves."""

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from pipelines.cleaning.marks import ANY_MARK, BROKEN, HOLE
from pipelines.cleaning.prose import finish_line
from pipelines.cleaning.sections import dropped_sections
from realm.schema import Heading, Link

_BROKEN_REST = re.compile(f"{BROKEN}[^\n]*+")
_TABLE_OPEN = re.compile(r"[:*# ]*+\{\|")
_ENDS_SENTENCE = re.compile(rf"[.!?…。！？।؟][\"'”’»)\]）」』 {HOLE}]*+$")
_MIN_ITEM_WORDS: Final = 4
_LONG_ITEM_WORDS: Final = 15
_MIN_PARAGRAPH_WORDS: Final = 4
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]")
_MAX_LEVEL: Final = 6
_LIST_MARKS: Final = "*#:;"


class LineReader:
    """Collects the prose of one page; afterwards `lines`, `headings` and `links` hold the article."""

    def __init__(self, targets: list[str], lang: str, dropped: Counter[str]) -> None:
        self.lines: list[str] = []
        self.headings: list[Heading] = []
        self.links: list[Link] = []
        self._targets, self._dropped = targets, dropped
        self._unwanted = _unwanted_sections(lang)
        self._length = 0
        self._paragraph: list[str] = []
        self._pending: list[tuple[int, str]] = []  # headings that no prose has followed yet
        self._tables = 0
        self._skip_level = 0  # level of the section that is left out; 0 if none is

    def read(self, text: str) -> None:
        """Reads a whole page."""
        if BROKEN in text:
            text = _BROKEN_REST.sub(HOLE, text)
        for line in text.split("\n"):
            if line == HOLE and self._paragraph and not _ENDS_SENTENCE.search(self._paragraph[-1]):
                self._paragraph.append(line)  # a picture in mid-sentence
            elif not line or line == HOLE:
                self._end_paragraph()
            elif line[0] in "=*#:;{|! -\t" or self._tables:
                self._special(line)
            elif not self._skip_level:
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
        if self._skip_level or not line.strip():
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
        bare = line.strip(f" \t{HOLE}")
        left = len(bare) - len(bare.lstrip("="))
        right = len(bare) - len(bare.rstrip("="))
        level = min(left, right, (len(bare) - 1) // 2, _MAX_LEVEL)
        if level < 1:
            return False
        self._end_paragraph()
        self._tables = 0
        title = bare[level:-level].strip()
        if self._skip_level and level > self._skip_level:
            return True
        self._skip_level = 0
        plain = ANY_MARK.sub("", title).replace("''", "").strip(" :.").casefold()
        while self._pending and self._pending[-1][0] >= level:
            self._pending.pop()
        if plain in self._unwanted:
            self._skip_level = level
            self._dropped["sections"] += 1
        elif title:
            self._pending.append((level, title))
        return True

    def _end_paragraph(self) -> None:
        if not self._paragraph:
            return
        joined = " ".join(self._paragraph)
        self._paragraph.clear()
        text, links = finish_line(joined, self._targets)
        if _is_paragraph(text):
            self._add(text, links)
        elif text:
            self._dropped["fragments"] += 1

    def _item(self, line: str, *, reason: str) -> None:
        text, links = finish_line(line, self._targets)
        if _is_sentence(text):
            self._add(text, links)
        elif text:
            self._dropped[reason] += 1

    def _add(self, text: str, links: list[Link]) -> None:
        for level, title in self._pending:
            shown, heading_links = finish_line(title, self._targets)
            if shown:
                start = self._append(shown, heading_links)
                self.headings.append(Heading(start, start + len(shown), level))
        self._pending.clear()
        self._append(text, links)

    def _append(self, text: str, links: list[Link]) -> int:
        start = self._length
        self.lines.append(text)
        self._length += len(text) + 1
        self.links.extend(Link(start + link.start, start + link.end, link.target) for link in links)
        return start


def _words(text: str) -> int:
    """Words of `text`; scripts without spaces count two characters as one."""
    return len(text.split()) + len(_WIDE.findall(text)) // 2


def _is_sentence(text: str) -> bool:
    count = _words(text)
    return count >= _LONG_ITEM_WORDS or (count >= _MIN_ITEM_WORDS and _ENDS_SENTENCE.search(text) is not None)


def _is_paragraph(text: str) -> bool:
    return _words(text) >= _MIN_PARAGRAPH_WORDS or _ENDS_SENTENCE.search(text) is not None


@lru_cache(maxsize=64)
def _unwanted_sections(lang: str) -> frozenset[str]:
    return dropped_sections(lang)

"""Closes the gaps that dropped markup leaves: "Alberta () is", "(; 14 March 1879", "word ."."""

import re
from typing import Final

from pipelines.cleaning.marks import ANY_MARK, HOLE
from pipelines.wordlists import words

_BRACKETS = re.compile(r"([()])")
_SEPARATOR = re.compile(r"([,;])")
_RUN = re.compile(rf"([,;:]?)(?<![ {HOLE}])([ {HOLE}]*+)(?=([.,;:)!?\]]?))")
_QUOTED = re.compile(rf"([\"“‘«]) ?{HOLE}[ {HOLE}]*([\"”’»])")
_LONELY: Final = words(
    "pronounced pronunciation pronounciation ipa listen or and also from lit local locally literally english french "
    "german american british audio help info in on is see a the romanized transliterated transliteration abbreviated"
)
_MAX_LABEL_WORDS: Final = 3
_END: Final = ".!?"


def close_holes(line: str) -> str:
    """Removes the hole marks from a line, and the brackets and punctuation that only served what is gone."""
    if "(" in line:
        line = _mend_brackets(line)
    if HOLE not in line:
        return line
    line = _QUOTED.sub("", line)
    return _RUN.sub(_close, line)


def _mend_brackets(line: str) -> str:
    """Mends each bracketed part that directly holds a hole; brackets may nest."""
    pieces = _BRACKETS.split(line)
    kept: list[str] = []
    open_at: list[int] = []
    for piece in pieces:
        if piece == "(":
            open_at.append(len(kept))
            kept.append(piece)
        elif piece == ")" and open_at:
            start = open_at.pop()
            _close_bracket(kept, start)
        else:
            kept.append(piece)
    return "".join(kept)


def _close_bracket(kept: list[str], start: int) -> None:
    """Ends the bracket that opened at `kept[start]`; only its own flat pieces are looked at."""
    inside = kept[start + 1 :] if len(kept) - start <= _FLAT_PIECES else []
    if len(inside) == 1 and HOLE in inside[0]:
        mended = _mend(inside[0])
        del kept[start:]
        kept.append(f"({mended})" if mended else HOLE)
        return
    if inside and HOLE in inside[0]:
        kept[start + 1] = _mend(inside[0] + "\ue005").replace("\ue005", "")
    if inside and HOLE in inside[-1]:
        kept[-1] = _mend("\ue005" + inside[-1]).replace("\ue005", "")
    kept.append(")")


_FLAT_PIECES: Final = 60


def _mend(content: str) -> str:
    """Drops the parts of a bracket between commas and semicolons that say nothing without what was dropped."""
    parts = _SEPARATOR.split(content)
    kept: list[str] = []
    for index in range(0, len(parts), 2):
        part = parts[index]
        if not _says_something(part):
            continue
        if kept:
            kept.append(parts[index - 1])
        kept.append(part if kept else part.lstrip())
    return "".join(kept).strip(f" {HOLE}")


def _says_something(part: str) -> bool:
    bare = part.replace(HOLE, "").strip(" –-:·/")
    if not bare:
        return False
    if HOLE not in part:
        return True
    if len(part) > _LONGEST_LABEL:
        return True
    spoken = ANY_MARK.sub("", bare).lower().split()
    if part.replace(HOLE, "").rstrip().endswith(":") and len(spoken) <= _MAX_LABEL_WORDS:
        return False
    return not all(word.strip(".:") in _LONELY for word in spoken)


_LONGEST_LABEL: Final = 80


def _close(run: re.Match[str]) -> str:
    before, gap, after = run.groups()
    if HOLE not in gap:
        return run.group()
    if after:
        return "" if before and after in ",;:.)" else before
    line = run.string
    if " " not in gap:
        next_is_capital = line[run.end() : run.end() + 1].isupper()
        return before + (" " if next_is_capital and line[run.start() - 1 : run.start()] in _END else "")
    return f"{before} "

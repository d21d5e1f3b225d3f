"""Bold and italic marks."""

import re
from typing import Final

_QUOTES = re.compile(r"('{2,})")
_BOLD: Final = 3
_ITALIC: Final = 2
_BOTH: Final = 5


def strip_quotes(line: str) -> str:
    """Removes bold and italic marks; where both are unbalanced a ''' is an apostrophe and italics, as in MediaWiki."""
    if "'''" not in line:
        return line.replace("''", "")
    parts = _QUOTES.split(line)
    runs = range(1, len(parts), 2)
    sizes = [len(parts[index]) for index in runs]
    bold = sum(size in {_BOLD, _BOTH} or size == _BOLD + 1 or size > _BOTH for size in sizes)
    italic = sum(size in {_ITALIC, _BOTH} or size > _BOTH for size in sizes)
    apostrophe = _apostrophe(parts) if bold % 2 and italic % 2 else -1
    for index in runs:
        size = len(parts[index])
        extra = size - _BOTH if size > _BOTH else int(size == _BOLD + 1)
        parts[index] = "'" if extra or index == apostrophe else ""
    return "".join(parts)


def _apostrophe(parts: list[str]) -> int:
    """Which run of three is the apostrophe: behind a single letter, else behind a word, else the first."""
    bold = [index for index in range(1, len(parts), 2) if len(parts[index]) == _BOLD]
    for index in bold:
        before = parts[index - 1]
        if before and not before[-1].isspace() and (len(before) == 1 or before[-2].isspace()):
            return index
    for index in bold:
        if parts[index - 1] and not parts[index - 1][-1].isspace():
            return index
    return bold[0] if bold else -1

"""Lines that wikitext parts and a reader takes as one: a term and its definition, the lines of a verse."""

import re
from collections.abc import Callable

from pipelines.cleaning.marks import HOLE

_NO_MARKUP = r"(?=[^\s:*#;{=|!])"
_DEFINITION = re.compile(rf"\n;[ \t]*+{_NO_MARKUP}([^\n:]{{1,150}}?)(?<![.!?…\s])[ \t]*+\n:[ \t]*+{_NO_MARKUP}")
_VERSES = re.compile(rf"\n:++[ \t]*+{_NO_MARKUP}[^\n]*+(?:\n:++[ \t]*+{_NO_MARKUP}[^\n]*+)++")
_NEXT = re.compile(r"\n:++[ \t]*+")
_GOES_ON = (",", ";")


def join_indented(text: str) -> str:
    """Text in which a definition has its term before it, and a verse that ends in a comma the next one behind it."""
    text = _replaced(text, "\n;", _DEFINITION, lambda found: f"\n:{found.group(1)}: ")
    return _replaced(text, "\n:", _VERSES, _joined)


def _replaced(text: str, start: str, pattern: re.Pattern[str], replacement: Callable[[re.Match[str]], str]) -> str:
    """`pattern.sub`; a plain search for how a match starts is many times faster than the pattern's own."""
    pieces: list[str] = []
    done, position = 0, text.find(start)
    while position >= 0:
        found = pattern.match(text, position)
        if found:
            pieces += (text[done:position], replacement(found))
            done = found.end()
        position = text.find(start, found.end() if found else position + 1)
    return "".join(pieces) + text[done:] if done else text


def _joined(found: re.Match[str]) -> str:
    lines: list[str] = []
    goes_on = False
    for line in _NEXT.split(found.group())[1:]:
        lines.append(f" {line}" if goes_on else f"\n:{line}")
        goes_on = _goes_on(line)
    return "".join(lines)


def _goes_on(line: str) -> bool:
    return line.rstrip(f"' {HOLE}").endswith(_GOES_ON)

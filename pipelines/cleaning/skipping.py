"""Markup that is dropped whole, found in one step: references, templates, pictures, tables.

Each pattern knows a few levels of nesting. Where they do not suffice, or a comment or a heading lies inside, the
scanner goes through the markup bracket by bracket. No pattern backtracks, and none reads the same characters more
than a few times over however often it is tried.
"""

import re
from typing import Final

_TEMPLATE_LEVELS: Final = 4
_REF: Final = (
    r"<[rR][eE][fF](?=[\s/>])[^<>]*+(?:(?<=/)>|>[^<]*+(?:<(?!/?[rR][eE][fF][\s/>])[^<]*+)*+</[rR][eE][fF]\s*+>)"
)
REFERENCES: Final = rf"{_REF}(?: ?{_REF})*+"
_REFS = re.compile(REFERENCES)
_FILE = re.compile(r"\[\[[^\[\]]*+(?:\[\[[^\[\]]*+\]\][^\[\]]*+|\[[^\[\]]*+\][^\[\]]*+)*+\]\]")
_TABLE_EDGE = re.compile(
    r"\n[ \t:*#]*+(?:(?P<open>\{\|)|(?P<close>\|\}(?!\}))|(?P<heading>=[^\n]*=))|<!--(?P<comment>)"
)


def _template_pattern() -> re.Pattern[str]:
    inside = r"[^{}]*+"
    for _ in range(_TEMPLATE_LEVELS):
        inside = rf"[^{{}}]*+(?:\{{\{{{inside}\}}\}}[^{{}}]*+)*+"
    return re.compile(rf"\{{\{{{inside}\}}\}}")


_TEMPLATE = _template_pattern()


def references_end(text: str, start: int) -> int:
    """Where the references that begin at `start`, one behind the other, end; -1 if the first is never closed."""
    found = _REFS.match(text, start)
    return found.end() if found else -1


def template_end(text: str, start: int) -> int:
    """Where the template that begins at `start` ends, or -1."""
    return _end(_TEMPLATE.match(text, start), text)


def file_end(text: str, start: int) -> int:
    """Where the link to a file that begins at `start` ends, or -1."""
    return _end(_FILE.match(text, start), text)


def _end(found: re.Match[str] | None, text: str) -> int:
    if found is None:
        return -1
    start, end = found.span()
    hidden = text.find("<!--", start, end) >= 0 or text.find("<nowiki", start, end) >= 0
    return -1 if hidden or text.find("\n=", start, end) >= 0 else end


class Tables:
    """Finds where tables end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._searched = 0  # no table that begins before this place can be skipped

    def end(self, start: int) -> int:
        """Where the table whose brace stands at `start` ends, or -1."""
        if start < self._searched:
            return -1
        depth, position = 1, start + 2
        while found := _TABLE_EDGE.search(self._text, position):
            if found["comment"] is not None:
                position = self._text.find("-->", found.end())
                if position < 0:
                    break
                continue
            if found["heading"]:
                self._searched = found.start()
                return -1
            depth += 1 if found["open"] else -1
            position = found.end()
            if not depth:
                return position
        self._searched = len(self._text)
        return -1

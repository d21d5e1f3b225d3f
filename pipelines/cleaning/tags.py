"""HTML and extension tags: which hide their content, which part paragraphs, which are simply taken away."""

import html
import re
from collections.abc import Mapping
from typing import Final

from pipelines.cleaning.marks import BAR
from pipelines.wordlists import words

# Tag to the reason its content is dropped for.
OPAQUE_TAGS: Final[Mapping[str, str]] = {
    "ref": "refs", "references": "refs", "table": "tables", "gallery": "files", "imagemap": "files",
    "pre": "code", "source": "code", "syntaxhighlight": "code", "code": "code", "score": "code",
    "timeline": "code", "graph": "code", "templatedata": "code", "inputbox": "code", "hiero": "math",
    "math": "math", "ce": "math", "chem": "math", "categorytree": "elements", "mapframe": "elements",
    "maplink": "elements", "includeonly": "elements", "nowiki": "nowiki", "style": "elements",
    "script": "elements", "indicator": "elements",
}  # fmt: skip
BLOCK_TAGS: Final = words("p div center blockquote poem ul ol li dl dt dd tr td th caption h1 h2 h3 h4 h5 h6 section")

_SIMPLE_MATH = re.compile(r"\s*\\?[A-Za-z0-9](?:[A-Za-z0-9 +\-=.,]{0,20}[A-Za-z0-9])?\s*")
_WORD_IN_MATH = re.compile(r"\\|[A-Za-z]{3}")
_SUPERSCRIPT = re.compile(r"([0-9+\-−–]{1,4}|st|nd|rd|th|[a-z]{1,3})\s?</sup\s?>", re.IGNORECASE)
_POWERS: Final[Mapping[str, str]] = {"2": "²", "3": "³"}
_MAX_INLINE_CODE: Final = 80
_MARKS: Final = frozenset(".,;:!?")


class OpaqueTags:
    """Finds where tags that hide their content end. A tag that is found unclosed once is not searched for again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._never_closed: set[str] = set()

    def end(self, name: str, start: int) -> tuple[int, int]:
        """Where the content from `start` on ends, and where its closing tag does; `start` twice if nowhere."""
        if name in self._never_closed:
            return start, start
        depth, position = 1, start
        boundary = _BOUNDARIES[name]
        while found := boundary.search(self._text, position):
            if found.group(1):
                depth -= 1
            elif name == "table":
                depth += 1
            elif name == "ref":  # the next one opens before this one closes: this one never does
                return start, start
            if not depth:
                return found.start(), found.end()
            position = found.end()
        self._never_closed.add(name)
        return start, start

    def shown(self, name: str, start: int, end: int) -> str | None:
        """What the content of a hidden tag leaves in the prose: literal text, inline code, plain formulae."""
        if name not in {"nowiki", "code", "math"} or end <= start:
            return None
        content = self._text[start:end]
        if name == "math":
            simple = len(content) < _MAX_INLINE_CODE and _SIMPLE_MATH.fullmatch(content)
            return content.strip() if simple and not _WORD_IN_MATH.search(content) else None
        if name == "code" and ("\n" in content or len(content) > _MAX_INLINE_CODE or "<" in content):
            return None
        if name == "code" and content in _MARKS:
            return f'"{content}"'  # no stop of the sentence
        literal = html.unescape(content).replace("|", BAR).replace("&", "&amp;")
        return literal.replace("[", "&#91;").replace("'", "&#39;") if name == "nowiki" else literal


def raised(text: str, start: int, end: int) -> tuple[str, int]:
    """What a `<sup>` tag at [start, end) leaves, and where to go on: 10^6, km², 5th."""
    found = _SUPERSCRIPT.match(text, end)
    if found is None:
        return "", end
    content = found.group(1)
    before = text[start - 1 : start]
    if before.isdigit() and not content.isalpha():
        return f"^{content}", found.end()
    return _POWERS.get(content, content), found.end()


def lowered(text: str, start: int, end: int) -> str:
    """What a `<sub>` tag at [start, end) leaves: a base or index stays apart from its number: 20_16, 7E_hex, H2O."""
    digits = text[start - 1 : start].isdigit() or (_HEXADECIMAL.match(text, start - 2) and _BASE.match(text, end))
    return "_" if digits else ""


_HEXADECIMAL = re.compile(r"[0-9][A-F]<")
_BASE = re.compile(r"(?:\[\[hex|hex|16<)")


def _boundary(name: str) -> re.Pattern[str]:
    opening = rf"|<{name}\b[^<>]*+(?<!/)>" if name in {"table", "ref"} else ""
    return re.compile(rf"(</{name}\s*>){opening}", re.IGNORECASE)


_BOUNDARIES: Final = {name: _boundary(name) for name in OPAQUE_TAGS}

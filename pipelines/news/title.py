"""Titles of pages without the outlet's name, which most sites put before or behind them."""

import re
from typing import Final

_SEPARATOR: Final = re.compile(r"\s+[|·•»«–—-]\s+|\s*\|\s*")
_ROOMS: Final = frozenset({"blog", "news", "home", "homepage", "home page", "article", "articles", "stories", "story"})
_SHORTEST_NAME: Final = 3  # of a host's labels; `co` and the like are no names
_LETTERS: Final = re.compile(r"[\W_]+")


def plain_title(title: str, *, host: str, site: str) -> str:
    """`Rain floods Avern - The Wend Herald` of `www.wendherald.example` is `Rain floods Avern`.

    A segment at either end goes if it is the site's own name, or spells the name of its host, and with it a segment
    such as `Blog` beside it. A title that is nothing else stays whole.
    """
    whole = " ".join(title.split())
    segments = _SEPARATOR.split(whole)
    marks = _SEPARATOR.findall(whole)
    names = {_squeezed(site), *(_squeezed(label) for label in host.split(".")[:-1] if len(label) >= _SHORTEST_NAME)} - {
        ""
    }
    first, behind = 0, len(segments)
    if behind - first > 1 and _is_name(segments[-1], names):
        behind -= 1
        behind -= behind - first > 1 and segments[behind - 1].casefold() in _ROOMS
    if behind - first > 1 and _is_name(segments[0], names):
        first += 1
        first += behind - first > 1 and segments[first].casefold() in _ROOMS
    kept = segments[first]
    for number in range(first + 1, behind):
        kept += marks[number - 1] + segments[number]
    return kept.strip() or whole


def _is_name(segment: str, names: set[str]) -> bool:
    squeezed = _squeezed(segment)
    return squeezed in names or squeezed.removeprefix("the") in names or f"the{squeezed}" in names


def _squeezed(text: str) -> str:
    return _LETTERS.sub("", text).casefold()

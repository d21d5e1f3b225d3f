"""The words around a place in a text."""

from typing import Final

_REACH: Final = 24
_OPENING: Final = frozenset('(["“')


def word_before(text: str, start: int) -> tuple[str, str]:
    """The word before `start` and the bracket or quotation mark between them, if there is one."""
    before = text[max(0, start - _REACH) : start]
    bracket = before[-1:] if before[-1:] in _OPENING else ""
    if bracket:
        before = before[:-1]
    before = before.removesuffix(" ")
    if not before or before[-1] == " ":
        return "", bracket
    word = before.rpartition(" ")[2]
    return max(word.rpartition("(")[2], word.rpartition("[")[2], key=lambda part: -len(part)), bracket


def word_after(text: str, end: int) -> str:
    """The word behind `end` and a space; what is joined to it by a hyphen is left out."""
    if text[end : end + 1] != " ":
        return ""
    behind = text[end + 1 : end + _REACH]
    length = next((place for place, char in enumerate(behind) if not char.isalpha()), len(behind))
    return behind[:length]

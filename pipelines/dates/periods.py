"""Whether a century, a decade or a quarter is one of the calendar, by the words around it."""

import re
from typing import Final

from pipelines.dates.patterns import BUSINESS

_REACH: Final = 24
# In cricket a century is a hundred runs.
_SCORED: Final = re.compile(r"\b(?:his|her|their|my|maiden|Test|only|fastest|scored|hit) (?:a )?$")
_ORDINAL_WORD: Final = re.compile(r"[a-z]+[ -]century")
_AGED: Final = re.compile(r"\b(?:his|her|their|my|our|your) (?:\w+[ -])?$")
_LEADS: Final = re.compile(r"\b(?:in|for|of|during|since|by|until|from|and|to|through|last|this|its) $", re.IGNORECASE)
_RESULTS: Final = re.compile(rf" (?:[a-z]+ )?{BUSINESS}\b")


def is_century(text: str, start: int, end: int) -> bool:
    """Whether the century at [start, end) is a hundred years."""
    return not (_ORDINAL_WORD.match(text, start, end) and _SCORED.search(text, max(0, start - _REACH), start))


def is_decade(text: str, start: int, _end: int) -> bool:
    """Whether the decade that begins at `start` is no age, as in "in his sixties"."""
    return text[start : start + 4].isdecimal() or not _AGED.search(text, max(0, start - _REACH), start)


def is_quarter(text: str, start: int, end: int) -> bool:
    """Whether the lone quarter at [start, end) is one of a business year."""
    if not text.startswith("Q", start):
        return True
    return bool(_LEADS.search(text, max(0, start - _REACH), start) or _RESULTS.match(text, end, end + _REACH))

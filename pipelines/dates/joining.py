"""Joins neighbouring dates that are one expression: "May and June 2010", "23 June – 4 July 1999"."""

from collections.abc import Sequence
from enum import Enum
from typing import Final, NamedTuple


class Kind(Enum):
    """What a date names, as far as it matters to its neighbours."""

    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    MONTH = "month"
    MONTH_OF_YEAR = "month of year"
    DAY = "day"
    DAY_OF_YEAR = "day of year"
    SEASON = "season"
    WEEKDAY = "weekday"
    QUARTER = "quarter"
    QUARTER_OF_YEAR = "quarter of year"
    OTHER = "other"


class Date(NamedTuple):
    """A date: characters [start, end).

    Attributes:
        start: its first character.
        end: the character behind it.
        kind: what it names.
        sure: False if it is one only when joined to another, as "May" in "May–June".
    """

    start: int
    end: int
    kind: Kind
    sure: bool = True


_DASHES: Final = frozenset({"–", "—", "-", " – ", " — ", " - ", "/", " / "})
_WORDS: Final = frozenset(
    {" to ", " and ", " or ", " through ", " until ", " till ", " & ", ", and ", ", or ", " to the ", " and the "}
)
# These become one date when only a dash stands between them.
_SPANNED: Final = frozenset({Kind.YEAR, Kind.DECADE, Kind.CENTURY, Kind.MONTH, Kind.WEEKDAY})
# The left one lacks the year, which the right one tells.
_ELLIPTIC: Final = frozenset(
    {
        (Kind.DAY, Kind.DAY_OF_YEAR),
        (Kind.MONTH, Kind.MONTH_OF_YEAR),
        (Kind.QUARTER, Kind.QUARTER_OF_YEAR),
    }
)


def join(text: str, dates: Sequence[Date]) -> list[Date]:
    """Joins what is one expression, from right to left, and drops what is a date in company only."""
    joined: list[Date] = []
    listed = False  # whether the last of `joined` is an enumeration, before which a comma may stand
    for date in reversed(dates):
        right = joined[-1] if joined else None
        if right is not None and _is_one(date, right, text[date.end : right.start], listed=listed):
            joined[-1] = Date(date.start, right.end, right.kind)
            listed = True
        else:
            joined.append(date)
            listed = False
    return [date for date in reversed(joined) if date.sure]


def _is_one(left: Date, right: Date, between: str, *, listed: bool) -> bool:
    if between in _DASHES:
        return (left.kind is right.kind and left.kind in _SPANNED) or (left.kind, right.kind) in _ELLIPTIC
    if between in _WORDS or (listed and between == ", "):
        return (left.kind, right.kind) in _ELLIPTIC
    return False

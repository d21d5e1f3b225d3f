"""Dates in English text, by rules: full and partial dates, ISO, ranges, decades, centuries, years in context.

What counts as a date and where it ends is laid down in docs/dates.md. `patterns` finds what looks like a date,
`numbers`, `names` and `periods` judge by the words around, `joining` makes one date of those
which are one expression.
"""

import re
from collections.abc import Callable
from typing import Final

from pipelines.dates.joining import Date, Kind, join
from pipelines.dates.names import is_month, is_weekday
from pipelines.dates.numbers import is_range, is_year, range_end
from pipelines.dates.patterns import DATES, MODIFIER, MODIFIER_REACH, WORTH_A_LOOK
from pipelines.dates.periods import is_century, is_decade, is_quarter
from realm.schema import Span

DATE: Final = "DATE"

_KINDS: Final = {
    "era": Kind.YEAR, "era_first": Kind.YEAR, "years": Kind.YEAR, "year": Kind.YEAR, "short_year": Kind.YEAR,
    "circa": Kind.YEAR,
    "decade": Kind.DECADE, "quoted_decade": Kind.DECADE, "word_decade": Kind.DECADE, "century": Kind.CENTURY,
    "word_century": Kind.CENTURY, "month": Kind.MONTH, "month_year": Kind.MONTH_OF_YEAR, "weekday_name": Kind.WEEKDAY,
    "day_first": Kind.DAY, "month_first": Kind.DAY, "weekday_date": Kind.DAY, "word_day": Kind.DAY,
    "season": Kind.SEASON, "quarter": Kind.QUARTER, "word_fraction": Kind.QUARTER_OF_YEAR,
}  # fmt: skip
# Longer than a day, so that it has an early, a middle and a late part; or only about right.
_MODIFIED: Final = frozenset({Kind.YEAR, Kind.DECADE, Kind.CENTURY, Kind.MONTH, Kind.MONTH_OF_YEAR, Kind.SEASON})
_WITH_YEAR: Final = re.compile(r"[0-9]{3}$|['’-][0-9]{2}$|[A-Z]\.?$|\]$")
_ADDRESS: Final = re.compile(r"://|www\.|@|\.(?:html?|php|com|org|net|jpe?g|png|pdf|txt|svg|gif)\b|/[^ /]*/[^ /]*/")
_ADDRESS_REACH: Final = 200
_SPACE: Final = frozenset({"", " "})
_TIED: Final = frozenset("/-_.=?&@%~#:")
_CHECKS: Final[dict[str, Callable[[str, int, int], bool]]] = {
    "year": is_year, "years": is_range, "season": is_range, "short_year": is_range, "circa": is_range,
    "quarter": is_quarter,
    "century": is_century, "word_century": is_century, "decade": is_decade, "word_decade": is_decade,
    "month": is_month, "weekday_name": is_weekday,
}  # fmt: skip
# Lone names may still be one end of "May–June" or "Monday–Friday".
_ALSO_JOINED: Final = frozenset({"month", "weekday_name"})
# Other spaces and hyphens, of one character each, so that places stay what they are.
_SPACES: Final = str.maketrans({"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2011": "-", "\u2010": "-"})


def find_dates(text: str) -> list[Span]:
    """Finds full and partial dates, in order and without overlap."""
    if not WORTH_A_LOOK.search(text):
        return []
    plain = text if text.isascii() else text.translate(_SPACES)
    found = [date for match in DATES.finditer(plain) if (date := _judged(plain, match))]
    if len(found) > 1 or (found and not found[0].sure):
        found = join(plain, found)
    return [Span(date.start, date.end, DATE) for date in found]


def _judged(text: str, match: re.Match[str]) -> Date | None:
    """The date, or None if what stands around says that it is none."""
    form = match.lastgroup or ""
    start, end = match.span()
    sure = form not in _CHECKS or _CHECKS[form](text, start, end)
    if (not sure and form not in _ALSO_JOINED) or _is_in_address(text, start, end):
        return None
    if form == "year":
        end = range_end(text, start, end)
    kind = _KINDS.get(form, Kind.OTHER)
    if kind is Kind.DAY and _WITH_YEAR.search(text, start, end):
        kind = Kind.DAY_OF_YEAR
    if kind in _MODIFIED and start and text[start - 1] in " -.":
        modifier = MODIFIER.search(text, max(0, start - MODIFIER_REACH), start)
        start = modifier.start() if modifier else start
    return Date(start, end, kind, sure)


def _is_in_address(text: str, start: int, end: int) -> bool:
    """Whether the date is a piece of an address, a path or a file's name."""
    if text[start - 1 : start] not in _TIED and (text[end : end + 1] not in _TIED or text[end + 1 : end + 2] in _SPACE):
        return False
    left = text[max(0, start - _ADDRESS_REACH) : start].rpartition(" ")[2]
    right = text[end : end + _ADDRESS_REACH].partition(" ")[0]
    return bool(_ADDRESS.search(left + text[start:end] + right))

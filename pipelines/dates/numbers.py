"""Whether a number that could be a year is one, by the words around it."""

import re
from typing import Final

from pipelines.dates.around import word_after, word_before
from pipelines.wordlists import words

_ENDS: Final = re.compile(r"([0-9]{4})[^0-9]{1,3}([0-9]{1,4})")
_TWO, _MONTHS, _LATE = 2, 12, 95  # 1996–01 crosses the century
_OLD_YEAR: Final = 1400  # an earlier lone number is a year only behind a temporal word
_TEMPORAL: Final = words(
    """in since until till by from during before after around about circa c. ca. early late mid year years to of and
    between or through on spring summer autumn fall winter mid- ended began born died b. d. r. fl. est. founded dated
    fiscal season class pre- post- late- copyright © post pre beginning ending starting effective""",
)
_NOT_BEFORE: Final = words(
    """page pages p. pp. no. no nos. number numbers chapter vol. volume line lines room route highway interstate flight
    model type version over than nearly almost approximately some least most roughly exactly only another total
    times plus minus = × x + < > ≈ ~ ± up section article verse psalm size channel area width height length
    isbn issn paragraph clause figure fig. table population rfc iso pmid""",
)
# Capitalised words that a year may follow.
_EVENTS: Final = words(
    """Olympics Paralympics Cup Euro Expo Championship Championships Games Eurovision Contest Festival Awards Act Census
    Treaty Convention Constitution Season Conference Congress Election Elections Prize Report Summit Open Exhibition
    Edition Revolution Law Code Agreement Declaration World""",
)
_ARTICLES: Final = words("A An The His Her Its Their This That")
_OPEN_ENDS: Final = (",", ";", ".", "'s", "’s", ":", ")", "]", "”", '"', "–", "—", "*", "†")
_COUNTED: Final = words(
    """people men women km m mi cm mm ft kg g mg lb mile miles metres metre meter meters kilometre kilometres kilometers
    feet foot inches yards acres hectares square cubic tons tonnes kilograms pounds degrees year years days hours
    minutes seconds months weeks soldiers troops inhabitants residents students members species words pages copies
    dollars euros volts watts calories Hz kHz MHz GHz bytes bits percent per million billion thousand hundred
    km² m² m³ persons families houses households islands ships aircraft tanks horses vehicles rpm hp kW MW GW kB MB GB
    employees workers speakers cases votes seats units items games matches points goals runs children languages
    different other more additional feet kcal nm μm lbs psi tonne ton bce bp patients volunteers prisoners casualties
    civilians deaths victims visitors passengers spectators locations sites cities towns villages schools genes hits
    examples users followers articles entries stars yen rupees guests delegates""",
)


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the lone four-digit number at [start, end) is a year."""
    previous, bracket = word_before(text, start)
    following = word_after(text, end)
    if following in _COUNTED:
        return False
    small = previous.lower()
    if small in _NOT_BEFORE or previous[-1:].isdigit():
        return following == "" and bool(bracket)
    if small in _TEMPORAL:
        return True
    if int(text[start : start + 4]) < _OLD_YEAR:
        return bool(bracket)
    if not previous[:1].isupper() or bracket:
        return True
    return previous in _ARTICLES or previous in _EVENTS or previous.endswith(_OPEN_ENDS)


def is_range(text: str, start: int, end: int) -> bool:
    """Whether the years at [start, end), which are one or two and perhaps in short, count nothing."""
    previous, _ = word_before(text, start)
    if word_after(text, end) in _COUNTED or previous.lower() in _NOT_BEFORE:
        return False
    ends = _ENDS.fullmatch(text, start, end)
    return ends is None or _may_follow(ends[1], ends[2])


def _may_follow(first: str, second: str) -> bool:
    """Whether the range goes forward: 1999–2003, 1999–03, 1914–8; or it is a month, 2010-05."""
    if len(second) == len(first):
        return int(first) <= int(second)
    over = int(second) == 0 or int(first) % 10 ** len(second) < int(second)
    return over or (len(second) == _TWO and int(second) <= _MONTHS) or int(first) % 100 > _LATE

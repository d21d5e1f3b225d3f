"""Dates in English text, by rules: full and partial dates, ISO, ranges, decades, centuries, years in context.

Two full dates with a dash between them are two spans; a range of years, or of days in one month, is one. Clock times,
durations ("three years") and ages are no dates. A lone year is taken by what stands around it, so that numbers of
pages, people, kilometres and models are not.
"""

import re
from typing import Final

from pipelines.wordlists import words
from realm.schema import Span

DATE: Final = "DATE"

_FULL_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONTH = rf"(?:{_FULL_MONTH}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![0-9])"
_YEAR = "(?:1[0-9]{3}|20[0-9]{2})"
_ERA = r"(?:BCE|BC|CE|AD|B\.C\.E?\.?|A\.D\.|C\.E\.)"
_DASH = r"(?: ?[–—-] ?| to | and | or |/)"
_TIGHT_DASH = r"(?: ?[–—] ?|-|/)"
_PART = r"(?:(?:[Tt]he )?(?:[Ee]arly|[Mm]id|[Ll]ate|[Bb]eginning of|[Ee]nd of)[ -](?:the )?)"
_OF_YEAR = rf"(?:,? (?:of )?(?:{_YEAR}|[0-9]{{3}}(?= {_ERA}))(?![0-9])(?: {_ERA})?)"
_ORDINAL_WORD = (
    "(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|"
    "fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first)"
)
_ORDINAL = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{_ORDINAL_WORD})"
_SEASON = "(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"

# Longest first. Every repetition is bounded, so the search is linear.
_FORMS: Final = (
    rf"{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9-])",
    rf"(?:0?[1-9]|[12][0-9]|3[01])(?P<sep>[./])(?:0?[1-9]|[12][0-9]|3[01])(?P=sep){_YEAR}(?![0-9])",
    rf"(?:{_WEEKDAY},? )?(?:the )?{_DAY}(?:{_DASH}{_DAY})?(?: of)? {_MONTH}{_OF_YEAR}?(?![a-z])",
    rf"(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?:{_DASH}{_DAY})?(?!,[0-9]{{3}}(?![0-9])|[.:][0-9]|%| ?km){_OF_YEAR}?",
    rf"{_PART}?(?:{_MONTH}|{_SEASON})(?:{_DASH}(?:{_MONTH}|{_SEASON}))?{_OF_YEAR}(?![a-z])",
    rf"(?:Q[1-4]|(?:first|second|third|fourth|last) (?:quarter|half)) (?:of )?{_YEAR}",
    rf"{_PART}?{_ORDINAL}(?:(?:{_DASH}(?:the )?){_ORDINAL})?[ -]centur(?:y|ies)(?: {_ERA})?",
    rf"{_PART}?(?:1[0-9]|20|[1-9])[0-9]0s(?:{_DASH}(?:(?:1[0-9]|20)?[0-9]0)s)?(?: {_ERA})?(?![a-z])",
    r"['’][2-9]0s",
    rf"(?:c\. ?|ca\. ?)?[0-9]{{1,4}}(?:{_DASH}(?:c\. ?)?[0-9]{{1,4}})? ?{_ERA}(?![A-Za-z])",
    rf"(?:AD|CE|A\.D\.) [0-9]{{1,4}}(?:{_DASH}[0-9]{{1,4}})?(?![0-9])",
    rf"{_PART}?{_YEAR}(?:{_TIGHT_DASH}(?:{_YEAR}|present)|[–/-][0-9]{{2}})(?![0-9A-Za-z-]|[.,][0-9]|/[0-9])",
)
_CONTEXT_FORMS: Final = (
    rf"(?P<year>{_YEAR})(?![0-9A-Za-z%°′″]|[.,:/][0-9]|[–-][0-9A-Za-z])",
    rf"\b(?P<lead>[Ii]n|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|[Dd]uring|[Ll]ast|[Nn]ext|[Oo]n|[Ee]ach|[Ee]very|to|and|of"
    rf"|[Ee]arly|[Ll]ate|[Mm]id-?) (?P<lone>(?:{_FULL_MONTH}|{_WEEKDAY}))(?=$|[ ,.;:)\]–-])"
    r"(?!,? (?:of )?(?:[0-9]|[A-Z]))",
)
_DATES: Final = re.compile(rf"(?<![\w.,/$£€¥#°^-])(?:{'|'.join(_FORMS + _CONTEXT_FORMS)})")
# A date holds a digit, or the name of a month or day, or the word "century".
_WORTH_A_LOOK: Final = re.compile(rf"[0-9]|[Cc]entur|{_FULL_MONTH}|{_WEEKDAY}")

_BEFORE = re.compile(r"([^\s(\[]*)[ \u00a0]?([(\[\"“]?)$")
_AFTER = re.compile(r" ([A-Za-z]+)")
_LOOK: Final = 24
_TEMPORAL: Final = words(
    """in since until till by from during before after around about circa c. ca. early late mid year years to of and
    between or through on spring summer autumn fall winter mid- ended began born died b. d. est. founded dated""",
)
_OLD_YEAR: Final = 1400  # an earlier lone number is a year only behind a temporal word
_NO_YEAR_BEFORE: Final = words(
    """page pages p. pp. no. no nos. number numbers chapter vol. volume line lines room route highway interstate flight
    model type version over than nearly almost approximately some least most roughly exactly only another total
    times plus minus = × x + < > ≈ ~ ± up section article verse psalm size channel area width height length""",
)
_ARTICLES: Final = words("A An The His Her Its Their This That")
_OPEN_ENDS: Final = (",", ";", ".", "'s", "’s")
_COUNTED: Final = words(
    """people men women km m mi cm mm ft kg g mg lb mile miles metre metres meter meters kilometre kilometres kilometers
    feet foot inches yards acres hectares square cubic tons tonnes kilograms pounds degrees year years days hours
    minutes seconds months weeks soldiers troops inhabitants residents students members species words pages copies
    dollars euros volts watts calories Hz kHz MHz GHz bytes bits percent per million billion thousand hundred
    km² m² m³ persons families houses households islands ships aircraft tanks horses vehicles
    employees workers speakers cases votes seats units items games matches points goals runs children languages""",
)


def find_dates(text: str) -> list[Span]:
    """Finds full and partial dates, in order and without overlap."""
    if not _WORTH_A_LOOK.search(text):
        return []
    found: list[Span] = []
    for date in _DATES.finditer(text):
        start, end = date.span()
        if date["lone"]:
            start, end = date.span("lone")
        elif date["year"] and not _is_year(text, start, end):
            continue
        found.append(Span(start, end, DATE))
    return found


def _is_year(text: str, start: int, end: int) -> bool:
    """Whether the lone four-digit number at [start, end) is a year."""
    before = _BEFORE.search(text, max(0, start - _LOOK), start)
    previous, bracket = before.groups() if before else ("", "")
    after = _AFTER.match(text, end, end + _LOOK)
    following = after.group(1) if after else ""
    if following in _COUNTED:
        return False
    small = previous.lower()
    if small in _NO_YEAR_BEFORE or previous[-1:].isdigit():
        return following == "" and bool(bracket)
    if small in _TEMPORAL:
        return True
    if int(text[start:end]) < _OLD_YEAR:
        return bool(bracket)
    return not previous[:1].isupper() or bool(bracket) or previous in _ARTICLES or previous.endswith(_OPEN_ENDS)

"""Whether a number that could be a year is one, by the words around it."""

import re
from typing import Final

from pipelines.dates.around import word_after, word_before
from pipelines.wordlists import words

_ENDS: Final = re.compile(r"([0-9]{4})[^0-9]{1,3}([0-9]{1,4})")
_TWO, _MONTHS, _LATE = 2, 12, 95  # 1996–01 crosses the century
_BRACKETS: Final = "(["
_QUOTES: Final = frozenset('"“”')
_OLD_YEAR: Final = 1400  # an earlier lone number is a year only behind a temporal word
_TEMPORAL: Final = words(
    """in since until till by from during before after around about circa c. ca. early late mid year years to of and
    between or through on spring summer autumn fall winter mid- ended began born died b. d. r. fl. est. founded
    dated following commencing fiscal season class pre- post- late- copyright © post pre beginning ending starting
    effective""",
)
_STRONG: Final = words("in since until till by from during before after around circa")
# A number behind these is a label, or an amount.
_LABELLED: Final = words(
    """page pages p. pp. no. no nos. number numbers chapter vol. volume line lines room route highway interstate flight
    model type version section article verse psalm size channel isbn issn paragraph clause figure fig. table rfc iso
    pmid area width height length""",
)
_AMOUNTING: Final = words(
    """over than nearly almost approximately some least most roughly exactly only another total times plus minus = × x +
    < > ≈ ~ ± up""",
)
# Capitalised words that a year may follow.
_EVENTS: Final = words(
    """Olympics Paralympics Cup Euro Expo Championship Championships Games Eurovision Contest Festival Awards Act
    Census Treaty Convention Constitution Season Conference Congress Election Elections Prize Report Summit Open
    Exhibition Edition Revolution Law Code Agreement Declaration World season election elections film census edition
    album campaign draft tournament""",
)
# Capitalised words whose numbers tell things apart.
_NUMBERED: Final = words(
    """SN NGC HR HD IBM HP DEC VW BMW UNSCR RFC ISO IEEE EN DIN PC MS BS SP AS XP AMD Windows Office Model Mark Type
    Class Boeing Airbus Resolution Resolutions Directive Series Fortune Nova Project Regiment Route Highway Room
    Flight Channel Psalm Nokia Xbox Photoshop Server Exchange Visual Studio AutoCAD Madden Chevrolet Cessna Peugeot
    Porsche Ferrari Fokker Pentium Atari Commodore Galaxy Unit Bus Line Train Locomotive
    Fiat Renault Opel Simca Lancia Autobianchi Innocenti Triumph Rover Morris Austin Vauxhall Skoda Škoda Tatra
    Wartburg Trabant Moskvitch Zastava Mazda Datsun Isuzu Dacia Saab Vespa Yamaha Honda Kawasaki Suzuki""",
)
# "iPhone", "eMac"; not "arXiv", which publishes
_PRODUCT: Final = re.compile(r"[a-z][A-Z]")
# What is said to be so many: "the total was 2015", "a population of 1900".
_SUM: Final = re.compile(
    r"\b(?:(?:totals?|sums?|numbers?|counts?|amounts?|scores?|prices?|costs?|salar(?:y|ies)|populations?|balances?"
    r"|averages?|mean|median|maximum|minimum|values?|attendances?|capacity|circulation|enrol?lment)"
    r" (?:was|is|were|are|reached|equals|equalled)"
    r"|(?:total|sum|population|average|maximum|minimum|capacity|attendance|enrol?lment) of) $"
)
_SUM_REACH: Final = 24
# The end of "1914 – 18", where it is neither a day of a month nor counts what follows.
_SPACED_END: Final = re.compile(
    r" [–—-] (?P<end>[0-9]{2})(?:(?=[;:.)\]\"”](?![0-9])|,(?! ?[0-9])|$)|(?= (?:season|war|period)\b))"
)
_FUNCTION: Final = words(
    """and by in at when to the he she it they as but after before while during until till with for from on was were is
    are has had a an who which that under through or of onwards onward his her its their this did does where since""",
)
_YOUNG: Final = 1980
_NO_PLURALS: Final = _FUNCTION | _EVENTS
_WEAK: Final = words("about around circa of to and or between through")  # before amounts too
_LINKS: Final = words("to and or")
_LINKED: Final = re.compile(r"(?:[0-9]{3,4},?|\bback|\bdat(?:es?|ed|ing)|\bprior) (?:to|and|or) $")
_REACH: Final = 16
_ROUND: Final = 50  # multiples of it may be amounts
_ARTICLES: Final = words("A An The His Her Its Their This That")
_OPEN_ENDS: Final = (",", ";", ".", "'", "’", "'s", "’s", ":", "”", '"', "–", "—")
_COUNTED: Final = words(
    """people men women km m mi cm mm ft kg g mg lb mile miles metres metre meter meters kilometre kilometres
    kilometers feet foot inches yards acres hectares square cubic tons tonnes kilograms pounds degrees year years
    days hours minutes seconds months weeks soldiers troops inhabitants residents students members species words
    pages copies euros volts watts calories Hz kHz MHz GHz bytes bits percent per joules baud yd yds micrometres
    grams wounded light times million billion thousand hundred km² m² m³ persons families houses households islands
    ships aircraft tanks horses vehicles rpm hp kW MW GW kB MB GB employees workers speakers cases votes seats units
    items points goals runs children languages kcal nm μm lbs psi tonne ton bce bp patients volunteers prisoners
    casualties civilians victims visitors passengers spectators locations sites cities towns villages schools genes
    hits examples users followers articles entries stars yen rupees guests delegates""",
)
# May follow a year as well as an amount.
_VAGUE: Final = words("different other more additional new such dollars games deaths matches")


def is_year(text: str, start: int, end: int) -> bool:
    """Whether the lone four-digit number at [start, end) is a year."""
    previous, opening = word_before(text, start)
    following = word_after(text, end)
    small = previous.lower()
    number = int(text[start : start + 4])
    if following in _COUNTED or (following in _VAGUE and not _tells_when(small, opening, number)):
        return False
    if opening in _QUOTES and text[end : end + 1] in _QUOTES:
        return False  # the name of a work
    if opening and opening in _BRACKETS:
        return True
    if small in _LABELLED or small in _AMOUNTING or previous[-1:].isdigit() or _is_sum(text, start):
        return False
    if number < _OLD_YEAR:
        linked = small not in _LINKS or _LINKED.search(text, max(0, start - _REACH), start) is not None
        return linked and small in _TEMPORAL and not _is_old_amount(number, small, following)
    return _is_year_behind(previous, number, following)


def range_end(text: str, start: int, end: int) -> int:
    """Where the range ends that the year at [start, end) begins, as in "1914 – 18"; `end` if it begins none."""
    found = _SPACED_END.match(text, end)
    if found is None or int(found["end"]) <= int(text[start:end]) % 100:
        return end
    return found.end("end")


def _is_sum(text: str, start: int) -> bool:
    return _SUM.search(text, max(0, start - _SUM_REACH), start) is not None


def _is_year_behind(previous: str, number: int, following: str) -> bool:
    small = previous.lower()
    if small in _TEMPORAL and small not in _WEAK and previous not in _NUMBERED:  # "class", but not "Class"
        return True
    return not _is_round_amount(number, following) and (small in _WEAK or _may_precede(previous, number, following))


def _tells_when(small: str, opening: str, number: int) -> bool:
    return small in _STRONG or bool(opening) or (small == "the" and number % _ROUND > 0)


def _is_old_amount(number: int, small: str, following: str) -> bool:
    """Whether the number before 1400 rather tells how many of `following` there are."""
    if not following.islower() or following in _FUNCTION or following.endswith("ed"):
        return False
    return number % _ROUND == 0 or (small in _WEAK and following[-1] == "s")


def _is_round_amount(number: int, following: str) -> bool:
    return number % _ROUND == 0 and following.islower() and following[-1] == "s" and following not in _NO_PLURALS


def _may_precede(previous: str, number: int, following: str) -> bool:
    """Whether the word before, if it is a name, is not that of a thing which numbers tell apart."""
    if _PRODUCT.match(previous):
        return False
    if not previous[:1].isupper() or previous in _ARTICLES or previous.endswith(_OPEN_ENDS) or following in _EVENTS:
        return True
    if previous in _EVENTS:
        return True
    # An acronym may be a conference or a catalogue; the former are young.
    named = previous[1:].islower() or (previous.isalpha() and number >= _YOUNG)
    return named and previous not in _NUMBERED


def is_range(text: str, start: int, end: int) -> bool:
    """Whether the years at [start, end), which are one or two and perhaps in short, count nothing."""
    previous, _ = word_before(text, start)
    if word_after(text, end) in _COUNTED or previous.lower() in _LABELLED:
        return False
    ends = _ENDS.fullmatch(text, start, end)
    return ends is None or _may_follow(ends[1], ends[2])


def _may_follow(first: str, second: str) -> bool:
    """Whether the range goes forward: 1999–2003, 1999–03, 1914–8; or it is a month, 2010-05."""
    if len(second) == len(first):
        return int(first) <= int(second)
    over = int(second) == 0 or int(first) % 10 ** len(second) < int(second)
    return over or (len(second) == _TWO and int(second) <= _MONTHS) or int(first) % 100 > _LATE

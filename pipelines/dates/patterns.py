"""The forms of dates that are known by themselves, as one regular expression.

Each form is a named group, which tells how it is joined to its neighbours and whether what stands around it has to
agree. Every repetition is bounded and no form begins with one, so the search is linear in the text.
"""

import re
from typing import Final

FULL_MONTH: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"  # not in other languages
)
WEEKDAY: Final = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SHORT_MONTH = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
_MONTH = rf"(?:(?:{FULL_MONTH})\b|{_SHORT_MONTH})"
_ANY_WEEKDAY = rf"(?:{WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"
_SEASON = "(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)"

_DASH = "(?: ?[–—-] ?|/)"
_WORD = "(?: (?:to|and|or|through|&) )"
_PART = "(?:[Ee]arl(?:y|ier)|[Mm]id(?:dle)?|[Ll]ater?)"
_INNER_PART = r"(?:the )?(?:(?:early|mid|late)[ -])?"

_DAY = r"(?:[12][0-9]|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![0-9A-Za-z])"
_DAYS = rf"{_DAY}(?:(?:, {_DAY}){{0,5}},?(?:{_DASH}|{_WORD}){_DAY})?"
_ORDINALS = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_ORDINAL_WORD = (
    rf"(?i:twenty-(?:{_ORDINALS})|thirty-first|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|"
    rf"seventeenth|eighteenth|nineteenth|twentieth|thirtieth|{_ORDINALS})"
)
_DAY_WORD = rf"{_ORDINAL_WORD} of"

YEAR: Final = "(?:1[0-9]{3}|20[0-9]{2})(?![0-9])"
_ERA_NAME = r"(?:BCE|BC|CE|AD|B\.C\.(?:E\.)?|A\.D\.|C\.E\.|AH)"
_ERA = rf"(?: ?(?:{_ERA_NAME}|\[{_ERA_NAME}\])(?![A-Za-z0-9]))"
# A year of three digits, where what follows cannot be what it counts.
_SHORT_YEAR = (
    r"[1-9][0-9]{2}(?=[,;:)\]](?![0-9])|\.?$|\. | ?[–—] |"
    r" (?:and|by|in|at|when|to|the|he|she|as|but|after|before|while|during|until|with)\b)"
)
_TWO_DIGITS = r"['’][0-9]{2}(?![0-9A-Za-z])"
_OF_YEAR = rf"(?:,? (?:of )?(?:{YEAR}{_ERA}?|[1-9][0-9]{{0,3}}{_ERA}|{_TWO_DIGITS}))"
_OF_ANY_YEAR = rf"(?:{_OF_YEAR}|,? {_SHORT_YEAR})"
_YEARS = rf"{YEAR}(?:{_DASH}(?:{YEAR}|[0-9]{{1,2}}(?![0-9])))?"

_ORDINAL = rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)|{_ORDINAL_WORD})"
_CENTURY = (
    rf"{_ORDINAL}(?:(?:-?, {_INNER_PART}{_ORDINAL}){{0,4}}-?,?(?:{_DASH}|{_WORD}){_INNER_PART}{_ORDINAL})?"
    rf"[ -](?:[Cc]entur(?:y|ies)|[Mm]illenni(?:um|a))(?![a-z])(?! Fox| Studios| Pictures| Club){_ERA}?"
)
# Behind these less tells a decade.
_LEAD_PART = r"(?:(?<=[Tt]he )|(?<=[Ee]arly )|(?<=[Ll]ate )|(?<=[Mm]id[ -]))"
_FULL_DECADE = rf"(?:(?:1[0-9]|20)[0-9]0s|{_LEAD_PART}(?:1[0-9]|20)[0-9]0['’]s)(?![a-z])"
_DECADE = rf"{_FULL_DECADE}(?:{_DASH}{_FULL_DECADE}|(?:{_DASH}|{_WORD}){_INNER_PART}[0-9]0s(?![a-z]))?"
_DECADE_WORD = "(?:[Tt]wenties|[Tt]hirties|[Ff]orties|[Ff]ifties|[Ss]ixties|[Ss]eventies|[Ee]ighties|[Nn]ineties)"
_BEHIND_PART = "(?:(?<=[Tt]he )|(?<=[Ee]arly )|(?<=[Ll]ate )|(?<=[Mm]id[ -])|(?<=[Rr]oaring ))"
_NUMBER = "(?:[0-9]{1,3},[0-9]{3}|[0-9]{1,5})"

_FRACTION = rf"(?:{_ORDINAL}|last|final|latter)[ -](?:quarter|third|half)"
_PERIOD = rf"(?:(?:fiscal )?(?:year )?{YEAR}|{_INNER_PART}(?:{_CENTURY}|{_FULL_DECADE}))"
BUSINESS: Final = "(?:results|earnings|profits?|revenues?|sales|loss(?:es)?|net|income|growth|GDP|figures|report)"

_LEAD_YEAR = (
    r"(?:(?<=[Ii]n )|(?<=[Yy]ear )|(?<=[Uu]ntil )|(?<=[Ss]ince )|(?<=died )|(?<=born )|(?<=b\. )|(?<=d\. )|(?<=r\. ))"
)
_CIRCA = r"(?:(?<=c\. )|(?<=c\.)|(?<=ca\. )|(?<=circa ))"
_LEAD_MONTH = r"(?:(?<=[Ii]n )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=[Ll]ate )|(?<=[Ee]arly ))"
_NO_FILE = r"(?!\.(?:jpe?g|png|pdf|html?|php|com|org|txt|svg|gif)\b)"
_DAY_NUMBER = "(?:[12][0-9]|3[01]|0?[1-9])"
_MONTH_NUMBER = "(?:0?[1-9]|1[0-2])"

_DIGIT_FORMS: Final = {
    "numeric": rf"{YEAR}(?P<iso>[-/.]){_MONTH_NUMBER}(?P=iso){_DAY_NUMBER}(?![0-9-]|[./][0-9])"
    rf"|{_DAY_NUMBER}(?P<sep>[-./]){_DAY_NUMBER}(?P=sep)(?:1[0-9]{{3}}|20[0-9]{{2}})(?![0-9-]|[./][0-9])"
    rf"|{_DAY_NUMBER}/{_DAY_NUMBER}/[0-9]{{2}}(?![0-9/-]|\.[0-9])",
    "day_first": rf"{_DAYS}(?: of)? {_MONTH}{_OF_ANY_YEAR}?|{_DAY}-{_MONTH}-(?:{YEAR}|[0-9]{{2}}(?![0-9]))",
    "century": _CENTURY,
    "fraction": rf"{_FRACTION}(?: of)? (?:the )?{_PERIOD}",
    "decade": rf"{_DECADE}{_ERA}?|{_BEHIND_PART}[2-9]0['’]?s(?![a-z])|{_LEAD_PART}[1-9][0-9]0s(?![a-z])",
    "era": rf"{_NUMBER}(?:{_DASH}(?:c\. ?)?{_NUMBER})?{_ERA}|{_NUMBER} (?:to|and|or) {_NUMBER}{_ERA}"
    r"|[0-9]{1,3},?[0-9]{3} (?:cal )?BP(?![A-Za-z])",
    "years": rf"{YEAR}(?: ?[–—-] ?|/)(?:{YEAR}|present|now)(?![0-9A-Za-z-]|[.,][0-9]|/[0-9])"
    r"|(?:1[0-9]{3}|20[0-9]{2})[–—/-][0-9]{1,2}(?![0-9A-Za-z-]|[.,][0-9]|/[0-9]|[–—][0-9])",
    "year": rf"{YEAR}(?![A-Za-z%°′″^]|[.,:/][0-9]|-[0-9A-Za-z]|–[0-9]){_NO_FILE}",
    "circa": rf"{_CIRCA}[1-9][0-9]{{2}}[–-][1-9][0-9]{{1,2}}(?![0-9–-]|[.,][0-9])",
    "short_year": rf"(?:{_LEAD_YEAR}|{_CIRCA}){_SHORT_YEAR}"
    r"|(?:(?<=[Bb]y )|(?<=year )|(?<=[Uu]ntil ))2[1-9]00(?![0-9A-Za-z]|[.,][0-9])",
    "weekday": rf"{_ORDINAL} {WEEKDAY} (?:in|of) (?:{FULL_MONTH})\b{_OF_YEAR}?",
}
_QUOTE_FORMS: Final = {
    "quoted_decade": r"['’‘][2-9]0['’]?s(?![a-z])",
    "quoted_year": rf"(?:(?<=[Ii]n )|(?<=[Oo]f )|(?<=[Ss]ince )){_TWO_DIGITS}",
}
_WORD_FORMS: Final = {
    "weekday_date": rf"{_ANY_WEEKDAY},? (?:(?:the )?{_DAYS}(?: of)? {_MONTH}|{_MONTH} (?:the )?{_DAYS}){_OF_ANY_YEAR}?",
    "month_first": rf"{_MONTH} (?:the )?{_DAYS}(?!,[0-9]{{3}}(?![0-9])|[.:][0-9]|%| ?km\b){_OF_ANY_YEAR}?",
    "month_year": rf"{_MONTH}(?: {YEAR}[–/-][0-9]{{2}}(?![0-9–-])|{_OF_YEAR}(?!-[0-9a-z])| {_SHORT_YEAR})(?!,[0-9])",
    "month": rf"(?:{FULL_MONTH})(?![A-Za-z0-9]|-class)"
    rf"|{_LEAD_MONTH}(?:Jan|Feb|Aug|Sept?|Oct|Nov|Dec)(?:\.|(?![A-Za-z0-9.]))",
    "weekday_name": rf"{WEEKDAY} (?:in|of) (?:{FULL_MONTH})\b{_OF_YEAR}?"
    rf"|{WEEKDAY}s?(?![A-Za-z0-9])(?: (?:morning|afternoon|evening|night)s?\b)?",
    "season": rf"{_SEASON}(?:(?:{_DASH}|{_WORD}){_SEASON})?(?:,? (?:of )?(?:the year )?)"
    rf"(?:{_YEARS}{_ERA}?|[1-9][0-9]{{0,3}}{_ERA}|{_TWO_DIGITS})",
    "word_century": _CENTURY,
    "word_fraction": rf"{_FRACTION}(?: of)? (?:the )?{_PERIOD}"
    rf"|Q[1-4](?:(?: of|,)? (?:FY ?)?{YEAR}| FY ?['’]?[0-9]{{2}}(?![0-9])| ?{_TWO_DIGITS})",
    "quarter": r"Q[1-4](?![\w.-])|(?:first|second|third|fourth)[ -]quarter(?= (?:of the (?:fiscal|financial|year)"
    rf"|(?:[a-z]+ )?{BUSINESS}))|FY ?['’]?(?:20)?[0-9]{{2}}(?:[–/-](?:20)?[0-9]{{2}})?(?![0-9])",
    "word_day": rf"{_DAY_WORD} (?:{FULL_MONTH})\b{_OF_ANY_YEAR}?",
    "word_weekday": rf"(?:{_ORDINAL_WORD}|last) {WEEKDAY} (?:in|of) (?:{FULL_MONTH})\b{_OF_YEAR}?",
    "word_decade": rf"{_BEHIND_PART}{_DECADE_WORD}(?![a-z])",
    "era_first": rf"(?:AD|CE|A\.D\.) ?[1-9][0-9]{{0,3}}(?:(?:{_DASH}(?:AD )?|{_WORD})[1-9][0-9]{{0,3}})?"
    r"(?![0-9]|,[0-9])",
}
# What stands right before a date: neither a piece of a longer word or number, nor a currency.
_BEGIN: Final = r"(?:(?<![\w.,/$£€¥#°^=&?%+-])|(?<=\b[cbdr]\.)|(?<=\bca\.)|(?<=\b[Pp]ost-)|(?<=\b[Pp]re-)|{more})"
_PART_BEFORE: Final = r"(?<=\b[Mm]id-)|(?<=\b[Ll]ate-)|(?<=\b[Ee]arly-)"
_NUMBER_BEGIN: Final = _BEGIN.format(more=rf"{_PART_BEFORE}|(?<=\bc)(?={YEAR})")
_WORD_BEGIN: Final = _BEGIN.format(more=rf"{_PART_BEFORE}|(?<=[a-z0-9][/-])")
# How the forms that are words begin: most words of a text need no closer look.
_WORD_PREFIX: Final = (
    r"(?=J(?:an|u[ln])|F(?:eb|ri|Y|al|ir|ou|if|ort)|Ma[ry]|A(?:pr|ug|ut|D|\.D)|S(?:ep|at|un|pr|um|ec|ix|ev)|Oct|N(?:ov|in)|"
    r"Dec|Mon|T(?:ue|h[ui]|we|en)|W(?:ed|in)|Q[1-4]|CE|E(?:ig|le)|s(?:pr|um|ec|ix|ev)|f(?:al|ir|ou|if|in|ort)|aut|win|"
    r"t(?:hir|we|en)|e(?:ig|le)|nin|la(?:s|tt))"
)


def _choice(forms: dict[str, str]) -> str:
    return f"(?:{'|'.join(f'(?P<{name}>{form})' for name, form in forms.items())})"


# The first look is a cheap one: it fails within words.
DATES: Final = re.compile(
    rf"(?:(?<![0-9_])(?=[0-9]){_NUMBER_BEGIN}{_choice(_DIGIT_FORMS)}"
    rf"|(?<![A-Za-z0-9_]){_WORD_PREFIX}{_WORD_BEGIN}{_choice(_WORD_FORMS)}|(?<![\w])(?=['’‘]){_choice(_QUOTE_FORMS)})"
)

# A date holds a digit, or the name of a month, a day, a decade or a century.
WORTH_A_LOOK: Final = re.compile(
    rf"[0-9]|[Cc]entur|millenni|quarter|{FULL_MONTH}|{WEEKDAY}|[a-z]ties\b|Sept|(?:Jan|Feb|Aug|Oct|Nov|Dec)\b"
)

# What belongs to a date and stands before it: "early", "mid- to late ", "c. ".
MODIFIER: Final = re.compile(
    rf"(?<![\w-]){_PART}(?:(?:-?(?: ?[–—/] ?| (?:to|and|or) )|-to-){_PART})?[ -](?:c\. ?)?$"
    r"|(?<![\w.])(?:c\.?|ca\.|[Cc]irca) ?$"
)
MODIFIER_REACH: Final = 24

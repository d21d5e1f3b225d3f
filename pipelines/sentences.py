"""Sentence boundaries by rules, in linear time, with exact character ranges.

The rules are written for English and know some Vietnamese; what they do elsewhere is sensible: scripts without case
split at every stop, Chinese and Japanese stops need no space behind them.
"""

import re
from typing import Final

from pipelines.wordlists import words
from realm.schema import Article, TextRange

_CLOSERS: Final = "\"'\u201d\u2019»)\\]）」』】"
# `sure`: behind a word that is too long for an abbreviation and before a capital nothing has to be weighed.
# Every branch begins with a stop itself, which the search can leap to.
_STOP: Final = re.compile(
    rf"(?P<sure>\.(?<=[a-z]{{7}}\.)(?= [A-Z]))|(?P<wide>[。！？｡]++[{_CLOSERS}]*+)"
    rf"|(?P<stop>[.!?…](?<![.!?…].)[.!?…]*+|[।॥؟۔።](?<![।॥؟۔።].)[।॥؟۔።]*+)[{_CLOSERS}]*+"
    r"(?=[ \t\u00a0]++[^ \t\u00a0a-z,;:])"
)
_OPENERS: Final = "\"'\u201c\u2018«([（「『"
_LONGEST_WORD: Final = 24
_LOOK_AROUND: Final = 120
_NEXT_WORD: Final = re.compile(r"[^\W_]+")
_NO_START: Final = re.compile(rf"[{re.escape(_OPENERS)}]*(?:[-–—,;:=]|[.!?…]++(?:\s|\Z)|[\W_]*+\Z)")

# Stand before what they belong to and never end a sentence.
_NEVER_LAST: Final = words(
    """mr mrs ms mx dr prof st ste vs v viz cf eg ie e.g i.e al nos nr vol vols pp p pg ch fig figs eq ed eds trans ca c
    b fl approx est op lit abbr subsp ssp dept univ blvd hwy bldg incl esp resp fr lat gr heb arab russ ger"""
)
# The same if they are written with a capital; otherwise they are words ("gen", "rep", "sun", "art").
_NEVER_LAST_TITLES: Final = words(
    """Mt Ft Rev Revd Hon Gen Col Lt Cpl Capt Cmdr Sgt Maj Adm Brig Gov Sen Rep Pres Msgr Fr Ave Rd Dist Supt
    Tp TP Tx TX Gs GS Ts TS Pgs PGS Ths ThS Bs BS Ks KS"""
)
# Only before a number.
_NUMBER_AFTER: Final = words(
    """no nos nr col p pp pg fig figs vol vols ch sec art tr jan feb mar apr jun jul aug sep sept oct nov dec mon tue
    wed thu fri sat sun r b d m s"""
)
# May end a sentence, and often do not: what comes next decides.
_PERHAPS_LAST: Final = words("inc ltd co corp bros jr sr llc plc gmbh esq ph.d m.d b.a m.a a.m p.m v.v")
_LONGEST_ITEM_NUMBER: Final = 3  # "12. Text" at the beginning of a line
# After initials, "U.S." and the like only such a word begins a new sentence.
_STARTERS: Final = words(
    """a after all although among an and another as at because before both but by despite during each early even every
    few following for from further he her here his how however i if in instead it its later like many meanwhile more
    most much nearly no nor not now of on once one only other others our over several she since so some soon such
    that the their then there therefore these they this those though through throughout thus to today together two
    under unlike until upon we what when where whereas whether which while who with within without yet you
    các những một ông bà năm ngày tháng theo trong tại đến từ khi sau trước với và nhưng tuy vì để nó họ đây đó đã là
    có không cuộc người việc trên dưới nếu ngoài cả hai ba nhiều mỗi cũng hiện bên về nói sự đầu thời vào qua bằng
    chúng mặc cho tuy hệ thỉnh tôn tiếng nhà vua"""
)


def prose_sentences(article: Article) -> tuple[TextRange, ...]:
    """The sentences of the prose between headings; ranges of the article's text."""
    bounds = [0, *(place for heading in article.headings for place in (heading.start, heading.end)), len(article.text)]
    found: list[TextRange] = []
    for start, end in zip(bounds[::2], bounds[1::2], strict=True):
        _split(article.text, start, end, found)
    return tuple(found)


def split_sentences(text: str) -> tuple[TextRange, ...]:
    """Splits `text` into sentences: trimmed ranges, in order, none across a newline, no visible character lost."""
    found: list[TextRange] = []
    _split(text, 0, len(text), found)
    return tuple(found)


def _split(text: str, start: int, end: int, found: list[TextRange]) -> None:
    """Appends the sentences of text[start:end] to `found`."""
    while start < end:
        newline = text.find("\n", start, end)
        line_end = end if newline == -1 else newline
        begin = start
        for stop in _STOP.finditer(text, start, line_end):
            place = stop.end()
            if place < line_end and (stop.lastgroup == "sure" or _is_boundary(text, stop, begin, line_end)):
                _append(found, text, begin, place)
                begin = place
        _append(found, text, begin, line_end)
        start = line_end + 1


def _append(found: list[TextRange], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    bare = piece.lstrip()
    if bare:
        found.append(TextRange(end - len(bare), end - len(bare) + len(bare.rstrip())))


def _is_boundary(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    if stop["wide"]:
        return True
    following = text[stop.end() : min(end, stop.end() + _LOOK_AROUND)].lstrip()
    bare = following.lstrip(_OPENERS).lstrip()  # a quotation mark before a space closes
    if bare[:1].islower() or _NO_START.match(following):
        return False
    if stop["stop"] != ".":
        return not (stop["stop"] in {"...", "…"} and bare[:1].isdigit())
    before = text[max(begin, stop.start() - _LOOK_AROUND) : stop.start()]
    closed = stop.end() > stop.end("stop")
    if closed or not before or before[-1].isspace():
        return True
    written = before[-_LONGEST_WORD:].split()[-1]
    word = written.lstrip(_OPENERS)
    if _is_enumeration(before, word, following) or (word != written and _is_life_mark(word, bare)):
        return False
    return _dot_ends(word, bare, first=stop.start() - len(word) == begin)


def _is_life_mark(word: str, following: str) -> bool:
    """(b. 1920), and in any other language."""
    return len(word) == 1 and following[:1].isdigit()


def _is_enumeration(before: str, word: str, following: str) -> bool:
    """Whether a number counts items within a sentence: "they are 1. Lincoln; 2. Washington"."""
    if not (word.isdecimal() and len(word) < _LONGEST_ITEM_NUMBER):
        return False
    number = int(word)
    return f" {number + 1}. " in following or f" {number - 1}. " in before


def _dot_ends(word: str, following: str, *, first: bool) -> bool:
    """Whether the full stop after `word` ends a sentence, `following` being what comes next."""
    small = word.lower()
    numbered = following[:1].isdigit()
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    if small in _NUMBER_AFTER and numbered and not initial:
        return False
    if word in _NEVER_LAST_TITLES or (small in _NEVER_LAST and not initial):
        return False
    if first and len(word) <= _LONGEST_ITEM_NUMBER and (word.isdigit() or len(word) == 1):
        return False
    dotted = word[-2:-1] == "." and word[-1].isalpha()
    if initial or dotted or small in _PERHAPS_LAST:
        next_word = _NEXT_WORD.match(following)
        return next_word is None or next_word.group().lower() in _STARTERS
    return True

"""Sentence boundaries by rules, in linear time, with exact character ranges.

The rules are written for English; what they do elsewhere is sensible: scripts without case split at every stop,
Chinese and Japanese stops need no space behind them.
"""

import re
from typing import Final

from pipelines.wordlists import words
from realm.schema import Article, TextRange

_CLOSERS: Final = "\"'”’»)\\]）」』】"
_STOP = re.compile(
    rf"(?P<wide>[。！？｡]++[{_CLOSERS}]*+)|(?P<stop>[.!?…।॥؟۔።]++)[{_CLOSERS}]*+(?=[ \t\u00a0]|$)", re.MULTILINE
)
_OPENERS: Final = "\"'“‘«([（「『"
_LOOK_BACK: Final = 24
_NEXT_WORD = re.compile(r"[^\W_]+")

# Stand before what they belong to and never end a sentence.
_NEVER_LAST: Final = words(
    """mr mrs ms mx dr prof st ste mt ft rev revd hon gen col lt cpl capt cmdr sgt maj adm brig gov sen rep pres msgr fr
    vs v viz cf eg ie e.g i.e al no nos nr vol vols pp p pg ch fig figs eq sec art ed eds trans ca c fl approx est b d r
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun op lit ger fr lat gr heb arab russ
    abbr pl sing var subsp ssp dept univ ave blvd rd hwy bldg min max incl esp ex resp"""
)
# May end a sentence, and often do not: what comes next decides.
_PERHAPS_LAST: Final = words("inc ltd co corp bros jr sr llc plc gmbh esq ph.d m.d b.a m.a a.m p.m")
_LONGEST_ITEM_NUMBER: Final = 3  # "12. Text" at the beginning of a line
_NUMBER_BEFORE: Final = frozenset(
    {"no", "nos", "nr", "p", "pp", "pg", "fig", "figs", "vol", "vols", "ch", "sec", "art"}
)
# After initials, "U.S." and the like only such a word begins a new sentence.
_STARTERS: Final = words(
    """a after all although among an and another as at because before both but by despite during each early even every
    few following for from further he her here his how however i if in instead it its later like many meanwhile more
    most much nearly no nor not now of on once one only other others our over several she since so some soon such
    that the their then there therefore these they this those though through throughout thus to today together two
    under unlike until upon we what when where whereas whether which while who with within without yet you"""
)


def prose_sentences(article: Article) -> tuple[TextRange, ...]:
    """The sentences of the prose between headings; ranges of the article's text."""
    bounds = [0, *(place for heading in article.headings for place in (heading.start, heading.end)), len(article.text)]
    return tuple(
        TextRange(start + one.start, start + one.end)
        for start, end in zip(bounds[::2], bounds[1::2], strict=True)
        for one in split_sentences(article.text[start:end])
    )


def split_sentences(text: str) -> tuple[TextRange, ...]:
    """Splits `text` into sentences: trimmed ranges, in order, none across a newline, no visible character lost."""
    found: list[TextRange] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        begin = start
        for stop in _STOP.finditer(text, start, end):
            if stop.end() < end and _is_boundary(text, stop, begin, end):
                _append(found, text, begin, stop.end())
                begin = stop.end()
        _append(found, text, begin, end)
        start = end + 1
    return tuple(found)


def _append(found: list[TextRange], text: str, start: int, end: int) -> None:
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        first = start + len(piece) - len(piece.lstrip())
        found.append(TextRange(first, first + len(bare)))


def _is_boundary(text: str, stop: re.Match[str], begin: int, end: int) -> bool:
    if stop.group("wide"):
        return True
    following = text[stop.end() : min(end, stop.end() + _LOOK_BACK)].lstrip()
    bare = following.lstrip(_OPENERS)
    if bare[:1].islower() or not bare or bare[0] in ",;:-–—":
        return False
    if stop.group("stop") != ".":
        return True
    before = text[max(begin, stop.start() - _LOOK_BACK) : stop.start()]
    word = before.split()[-1].lstrip(_OPENERS) if before and not before[-1].isspace() else ""
    closed = stop.end() > stop.end("stop")
    return closed or _dot_ends(word, bare, first=stop.start() - len(word) == begin)


def _dot_ends(word: str, following: str, *, first: bool) -> bool:
    """Whether the full stop after `word` ends a sentence, `following` being what comes next."""
    small = word.lower()
    if small in _NUMBER_BEFORE and not following[0].isdigit() and word.islower():
        return small not in {"p", "pp", "pg"}
    if small in _NEVER_LAST and not (len(word) == 1 and word.isupper()):
        return False
    if first and len(word) <= _LONGEST_ITEM_NUMBER and (word.isdigit() or len(word) == 1):
        return False
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    dotted = word[-2:-1] == "." and word[-1].isalpha()
    if initial or dotted or small in _PERHAPS_LAST:
        next_word = _NEXT_WORD.match(following)
        return next_word is None or next_word.group().lower() in _STARTERS
    return True

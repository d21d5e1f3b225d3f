"""Whether a month or weekday that stands alone says when, or is a name, a verb or a part of a longer name."""

import re
from typing import Final

from pipelines.dates.around import word_before
from pipelines.wordlists import words

_REACH: Final = 24
_STOPS: Final = ',;:.!?)…–—"”'
_QUOTES: Final = '"“'
_AFTER: Final = re.compile(r"(?:['’]s?)? \"?([^\W\d_]+)")
# Words too: "may", "march", "august", and given names.
_AMBIGUOUS: Final = words("March April May June August")
_LEADS: Final = words(
    """in since until till by from during last next on each every to and or of between through before after around this
    early late mid following previous past that throughout late- mid- early- beginning ending""",
)
_SURE_LEADS: Final = words("in since until till during last next on by late early each every this through")
_ARTICLES: Final = words("the a")
_DETERMINERS: Final = words("the a an his her its their our your no some any one most all")
# Make a name of the month or weekday before them.
_HEADS: Final = words(
    """Revolution Day Days Times Offensive Coup Uprising Massacre Manifesto Theses Crisis Monarchy Night Nights
    Post School Schools Telegraph Mail Mirror Express Herald Star Sun Agreement Fools Movement Laws Ordinance
    Decree Constitution Week Pact Group Accord Accords Plot War People World News Magazine Review Mass Club Rain
    Sky Holiday Island League Book Observer Tribune Independent Mercury Morning Evening Afternoon Live Night's
    Bloody Business""",
)


def is_month(text: str, start: int, end: int) -> bool:
    """Whether the month's name at [start, end) is a time."""
    if not _may_stand(text, start, end):
        return False
    previous, _ = word_before(text, start)
    small = previous.lower()
    if text[start:end] not in _AMBIGUOUS or small in _LEADS:
        return True
    following = _AFTER.match(text, end, end + _REACH)
    return small in _ARTICLES and following is not None and following[1] != "of" and following[0][0] == " "


def is_weekday(text: str, start: int, end: int) -> bool:
    """Whether the weekday at [start, end) is a time."""
    return _may_stand(text, start, end)


def _may_stand(text: str, start: int, end: int) -> bool:
    """Whether the words around do not make a longer name of it."""
    previous, opening = word_before(text, start)
    if opening in _QUOTES and opening:
        return False  # mostly the name of a work
    previous = previous.lstrip("\"“‘'")
    small = previous.lower()
    following = _AFTER.match(text, end, end + _REACH)
    if following is not None and following[1][0].isupper() and (small not in _SURE_LEADS or following[1] in _HEADS):
        return False
    if text[end : end + 1] in "-–" and text[end + 1 : end + 2].isupper():
        return text[end] == "–"
    if previous[:1].isupper() and not opening:
        return small in _LEADS or small in _DETERMINERS or previous[-1] in _STOPS
    return True

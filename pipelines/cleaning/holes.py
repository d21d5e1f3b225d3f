"""Closes the gaps that dropped markup leaves: "Alberta () is", "(; 14 March 1879", "word ."."""

import re
from typing import Final

from pipelines.cleaning.marks import ANY_MARK, ASIDE_CLOSE, ASIDE_OPEN, FIRST_NUMBER, HOLE, LAST_NUMBER, SOMETHING
from pipelines.wordlists import words

_BRACKETS = re.compile(r"([()])")
_ASIDES = re.compile(f"([(){ASIDE_OPEN}{ASIDE_CLOSE}])")
_SEPARATOR = re.compile(r"([,;])")
_QUOTED = re.compile(rf"([\"“‘«]) ?{HOLE}[ {HOLE}]*([\"”’»])")
_LONELY: Final = words(
    "pronounced pronunciation pronounciation ipa listen or and also from lit local locally literally english french "
    "german american british audio help info in on is see a the romanized transliterated transliteration abbreviated "
    "years old ago age dollars equivalent to about approximately"
)
_DANGLING = re.compile(r"(?<=[\w)\]%\"”’]) (?:at|near|of|with|from|by|in|on|as|and|or|than|the|around|about)$")
_SIGNS: Final = "$£€¥"
_SIGN_ALONE = re.compile(rf"(?<![\w.])(?<![0-9] )[{_SIGNS}]$")
_MAX_LABEL_WORDS: Final = 3
_HEAD_SEPARATOR = re.compile(r"\A(?:[,;:]|[-–—](?= ))[,;: ]*")
_SENTENCE_ENDS: Final = frozenset(".!?")
_COMMAS: Final = frozenset(",;:")


def close_holes(line: str) -> str:
    """Removes the hole marks from a line, and the brackets and punctuation that only served what is gone."""
    if "(" in line:
        line = _mend_brackets(line)
    if HOLE not in line:
        return line
    if _QUOTED.search(line):
        line = _QUOTED.sub(HOLE, line)
    return _fill(line)


def settle_asides(line: str) -> str:
    """Keeps pronunciations in running text; in brackets they become holes."""
    kept: list[str] = []
    depth, aside = 0, False
    for piece in _ASIDES.split(line):
        if piece == ASIDE_OPEN:
            aside = True
            if depth:
                kept.append(HOLE)
        elif piece == ASIDE_CLOSE:
            aside = False
        elif not (aside and depth):
            kept.append(piece)
            if not aside:
                depth = max(0, depth + (piece == "(") - (piece == ")"))
    return "".join(kept)


def _mend_brackets(line: str) -> str:
    """Mends each bracketed part that directly holds a hole; brackets may nest."""
    pieces = _BRACKETS.split(line)
    kept: list[str] = []
    open_at: list[int] = []
    for piece in pieces:
        if piece == "(":
            open_at.append(len(kept))
            kept.append(piece)
        elif piece == ")" and open_at:
            start = open_at.pop()
            _close_bracket(kept, start)
        else:
            kept.append(piece)
    return "".join(kept)


def _close_bracket(kept: list[str], start: int) -> None:
    """Ends the bracket that opened at `kept[start]`; only its own flat pieces are looked at."""
    inside = kept[start + 1 :] if len(kept) - start <= _FLAT_PIECES else []
    if len(inside) == 1 and HOLE in inside[0]:
        mended = _mend(inside[0])
        del kept[start:]
        kept.append(f"({mended})" if mended else HOLE)
        return
    if inside and HOLE in inside[0]:
        kept[start + 1] = _mend(inside[0] + SOMETHING).replace(SOMETHING, "")
    if inside and HOLE in inside[-1]:
        kept[-1] = _mend(SOMETHING + inside[-1]).replace(SOMETHING, "")
    kept.append(")")


_FLAT_PIECES: Final = 60


def _mend(content: str) -> str:
    """Drops the parts of a bracket between commas and semicolons that say nothing without what was dropped."""
    parts = _SEPARATOR.split(content)
    kept: list[str] = []
    for index in range(0, len(parts), 2):
        part = parts[index]
        if not _says_something(part):
            continue
        if kept:
            kept.append(parts[index - 1])
        kept.append(part if kept else part.lstrip())
    return "".join(kept).strip(f" {HOLE}")


def _says_something(part: str) -> bool:
    bare = part.replace(HOLE, "").strip(" –-:·/")
    if not bare:
        return False
    if HOLE not in part:
        return True
    if _AMOUNT_LOST.search(part):
        return False
    if len(part) > _LONGEST_LABEL:
        return True
    spoken = ANY_MARK.sub("", bare).lower().split()
    if part.replace(HOLE, "").rstrip().endswith(":") and len(spoken) <= _MAX_LABEL_WORDS:
        return False
    return not all(word.strip(".:") in _LONELY for word in spoken)


_LONGEST_LABEL: Final = 80
_AMOUNT_LOST = re.compile(rf"[{_SIGNS}]{HOLE}")


def _fill(line: str) -> str:
    """Joins what stands around each hole, with a space only where one is needed."""
    first, *rest = line.split(HOLE)
    kept = [first]
    spaced = False
    for part in rest:
        body = part.lstrip(" ")
        if not kept[-1]:  # at the head of a line; "{{a user}}: so it is"
            body = _HEAD_SEPARATOR.sub("", body)
        spaced = spaced or len(body) < len(part)
        if body:
            kept[-1] = _joint(kept[-1], body, spaced=spaced)
            kept.append(body)
            spaced = False
    return "".join(kept)


def _joint(left: str, right: str, *, spaced: bool) -> str:
    """Returns `left` so that `right` may follow at once."""
    bare = _SIGN_ALONE.sub("", left.rstrip(" ")).rstrip(" ")
    after = right[1:2] if FIRST_NUMBER <= ord(right[0]) <= LAST_NUMBER else right[0]
    if after in ".,;:)!?]":
        if spaced or len(bare) < len(left):
            bare = _DANGLING.sub("", bare)
        return bare[:-1] if _is_doubled(bare[-1:], after, right) else bare
    if spaced or len(bare) < len(left) or (bare[-1:] in _SENTENCE_ENDS and after.isupper()):
        return bare + " "
    return left


def _is_doubled(last: str, after: str, right: str) -> bool:
    """Whether a separator, or a stop before and behind what was dropped, now stands before another."""
    return (last in _COMMAS and after in ".,;:)") or (last == after == "." and not right.startswith(".."))

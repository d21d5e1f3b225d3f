"""Where the subject ends in triples as text, in which nothing marks it: "Avern country Wendland, population 4012".

Three things tell. The sentence mostly says the subject word for word. Relations have names, many of which are known;
but a name may stand in the subject too ("History of sport in Canada part of …"), and behind a comma it is a later
triple's. And where each triple of a line repeats the subject, that is what they all begin with.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipelines.sources.relations import relation_starts

_LONGEST: Final = 40  # words; a longer beginning is a line that went wrong
_BRACKETS: Final = re.compile(r"\s*\([^()]*\)")
_WORD: Final = re.compile(r"\w+")
_OPEN: Final = frozenset(
    "a|an|the|of|in|on|at|to|by|for|from|into|over|with|and|or|&|de|del|der|des|di|du|la|le|und|van|von".split("|")  # noqa: SIM905
)


def subject_of(reference: str, sentence: str) -> str:
    """The subject of triples as text, of which `sentence` says the same; empty if it cannot be told."""
    words = reference.split()
    repeated = _repeated_words(reference)
    longest = min(len(words) - 2 if repeated is None else repeated, _LONGEST)  # relation and object have a word each
    spoken = f" {' '.join(_words(sentence))} "
    starts = relation_starts(words)
    ends = [start for start in starts if start <= longest and not _is_open(words[:start])]
    said = [end for end in ends if _is_said(words[:end], spoken)]
    if said:
        return " ".join(words[: said[-1]])
    later = next((start for start in starts if words[start - 1].endswith(",")), None)
    if later is not None:  # what goes before it is a whole triple
        longest = min(longest, max(later - 2, 1))
        ends = [end for end in ends if end <= longest]
    if ends:
        return " ".join(words[: ends[0]])
    for length in range(longest, 0, -1):
        if not _is_open(words[:length]) and _is_said(words[:length], spoken):
            return " ".join(words[:length])
    return " ".join(words[:longest]) if repeated else ""


def _repeated_words(reference: str) -> int | None:
    """How many words all triples of a line begin with; None if there is one triple only, or no such word."""
    first = reference.partition(" ")[0]
    if f", {first} " not in reference:
        return None
    begun, *others = reference.split(f", {first} ")
    parts = [begun.split(), *([first, *other.split()] for other in others)]
    shared = 0
    for column in zip(*(part[:-1] for part in parts), strict=False):
        if len(set(column)) > 1:
            break
        shared += 1
    return shared or None


def _is_open(words: Sequence[str]) -> bool:
    """Whether something must follow `words`: they end in "of", in a comma, or inside a bracket."""
    last, text = words[-1], " ".join(words)
    return last.casefold() in _OPEN or last.endswith((",", ":")) or text.count("(") > text.count(")")


def _is_said(words: Sequence[str], spoken: str) -> bool:
    run = " ".join(_words(" ".join(words)))
    return bool(run) and f" {run} " in spoken


def _words(text: str) -> list[str]:
    """The words of a name or sentence, without the brackets that tell namesakes apart."""
    return _WORD.findall((_BRACKETS.sub("", text) if "(" in text else text).casefold())

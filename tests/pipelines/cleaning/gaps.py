"""Finds what is left where markup was dropped badly: far stricter than the gate, and meant to be read by a person."""

import re
from collections.abc import Iterator

_LABEL = r"pronounced|IPA|from|listen|see|lit\.?|literally|c\.|born|died|[A-Z][a-z]+ ?:"
_FIRST = "of|the|a|an|at|from|with|by|into|than"
_SECOND = "of|in|and|or|to|is|was|are|were|at|from|with|by"
_LAST = "of|the|an|from|with|into|than|and|or|is|was|are|were|between|about"
_MEASURED = "around|about|over|nearly|approximately|of"
_ARGUMENT = r"df|mf|lk|abbr|sp|adj|disp|sigfig|lang|lead|nolink|p\.?s|separator"
_PATTERNS = {
    "empty brackets": r"\(\s*\)|\[\s*\]|\{\s*\}|[“«‘]\s*[”»’]|(?<!\S)\"\s*\"(?!\S)",
    "bracket begins or ends badly": r"\(\s*[,;:–—/|]|[,;:/|]\s*\)|\(\s+|\s+\)|\(\s*(?:or|and|also|from)\s*\)",
    "label without what it names": rf"\((?:{_LABEL})\s*[),;]",
    "separators meet": r",\s*[,;.](?!\.)|;\s*[,;.]|:\s*[,;.](?!\.)|(?<![.A-Z])\.\s+\.(?![.0-9])",
    "space before a stop": r"(?<=\w)\s+[,;](?=\s|$)|(?<=\w)\s+\.(?=\s|$)|(?<=\w) : (?=\w)",
    "two function words meet": rf"\b(?:{_FIRST}) (?:{_SECOND})\b",
    "a preposition ends": rf"\b(?:{_LAST})(?:[.,;:]|$)(?!\.\.)",
    "a unit or sign without its number": rf"\b(?:{_MEASURED}) (?:km|miles|feet|metres|%|°)|[$£€](?![\w.(-])",
    "left-over markup": r"\|\||\{\||\|\}|<[a-z/!]|&[a-z]+;|\bthumb\||\d+px\b|__[A-Z]+__|={2,}|'{2,}|\[https?:|~~~",
    "a template's argument": rf"(?<!\S)(?:{_ARGUMENT})=\w",
    "a word and its bracket meet": r"\w\((?!s\)|es\))(?=[a-z]{4})|\)(?=[A-Za-z]{3})|[.!?](?=[A-Z][a-z]+ [a-z])",
}
PATTERNS = {name: re.compile(pattern) for name, pattern in _PATTERNS.items()}


def find_gaps(text: str) -> Iterator[tuple[str, int, int]]:
    """What is suspicious in a text: which pattern, and where."""
    for name, pattern in PATTERNS.items():
        for found in pattern.finditer(text):
            yield name, found.start(), found.end()

"""Relations of a knowledge graph: how they are called, and how a triple is said as a sentence.

The names are labels of Wikidata's commonest properties. They serve twice: to say a triple of subject, relation and
object, and to find where the subject ends in triples that are written without any mark between the three.
"""

import re
from collections.abc import Sequence
from typing import Final

_IN: Final = "{s} is in {o}."
_BORN: Final = "{s} was born in {o}."
_BORN_ON: Final = "{s} was born on {o}."
_DIED: Final = "{s} died in {o}."
_DIED_ON: Final = "{s} died on {o}."
_MADE: Final = "{s} was founded in {o}."
_IS_A: Final = "{s} is {a} {o}."
_THE: Final = "The {r} of {s} is {o}."
_WAS: Final = "The {r} of {s} was {o}."

TEMPLATES: Final[dict[str, str]] = {
    "instance of": _IS_A, "subclass of": "{s} is a kind of {o}.", "part of": "{s} is part of {o}.",
    "has part": "{o} is part of {s}.", "has parts": "{o} is part of {s}.", "facet of": "{s} is a facet of {o}.",
    "occupation": _IS_A, "profession": _IS_A, "position held": "{s} held the position of {o}.",
    "date of birth": _BORN_ON, "birth date": _BORN_ON, "place of birth": _BORN, "birth place": _BORN,
    "date of death": _DIED_ON, "death date": _DIED_ON, "place of death": _DIED, "death place": _DIED,
    "place of burial": "{s} is buried in {o}.", "cause of death": _WAS, "residence": "{s} lives in {o}.",
    "country of citizenship": "{s} is a citizen of {o}.", "nationality": _THE, "sex or gender": _THE,
    "given name": _THE, "family name": _THE, "languages spoken, written or signed": "{s} speaks {o}.",
    "native language": _THE, "ethnic group": _THE, "religion": _THE, "spouse": "{s} is married to {o}.",
    "father": _THE, "mother": _THE, "child": "{o} is a child of {s}.", "sibling": "{o} is a sibling of {s}.",
    "relative": "{o} is a relative of {s}.", "educated at": "{s} was educated at {o}.", "doctoral advisor": _THE,
    "academic degree": _THE, "student of": "{s} was a student of {o}.", "employer": "{s} works for {o}.",
    "member of": "{s} is a member of {o}.", "member of political party": "{s} is a member of {o}.",
    "member of sports team": "{s} played for {o}.", "position played on team / speciality": "{s} plays as {o}.",
    "award received": "{s} received {o}.", "nominated for": "{s} was nominated for {o}.",
    "notable work": "{o} is a notable work of {s}.", "field of work": _THE, "military branch": _THE,
    "conflict": "{s} took part in {o}.", "participant in": "{s} took part in {o}.",
    "participant": "{o} took part in {s}.",
    "country": _IN, "continent": _IN, "location": _IN, "capital": _THE, "capital of": "{s} is the capital of {o}.",
    "located in the administrative territorial entity": _IN, "located in": _IN, "headquarters location": _THE,
    "contains administrative territorial entity": "{o} is in {s}.", "shares border with": "{s} borders {o}.",
    "located in or next to body of water": "{s} lies on {o}.", "located in time zone": "{s} is in the time zone {o}.",
    "mouth of the watercourse": "{s} flows into {o}.", "tributary": "{o} flows into {s}.", "length": _THE,
    "elevation above sea level": _THE, "population": _THE, "area": _THE, "head of government": _THE,
    "head of state": _THE, "mayor": _THE, "official language": _THE, "currency": _THE, "twinned administrative body":
    "{s} is twinned with {o}.", "inception": _MADE, "founded": _MADE, "founded by": "{s} was founded by {o}.",
    "dissolved, abolished or demolished date": "{s} ended in {o}.", "owned by": "{s} is owned by {o}.",
    "operator": _THE, "parent organization": _THE, "subsidiary": "{o} is a subsidiary of {s}.", "industry": _THE,
    "chief executive officer": _THE, "chairperson": _THE, "product or material produced": "{s} makes {o}.",
    "manufacturer": _THE, "developer": _THE, "publisher": _THE, "author": _THE, "editor": _THE, "illustrator": _THE,
    "director": _THE, "producer": _THE, "screenwriter": _THE, "composer": _THE, "performer": _THE, "lyrics by":
    "The lyrics of {s} are by {o}.", "cast member": "{o} appears in {s}.", "characters": "{o} appears in {s}.",
    "voice actor": _THE, "production company": _THE, "distributor": _THE, "record label": _THE, "genre": _THE,
    "publication date": "{s} was published on {o}.", "country of origin": _THE, "original language of film or TV show":
    _THE, "language of work or name": _THE, "based on": "{s} is based on {o}.",
    "followed by": "{s} is followed by {o}.",
    "follows": "{s} follows {o}.", "series": "{s} is part of {o}.", "main subject": _THE, "creator": _THE,
    "architect": _THE, "architectural style": _THE, "made from material": "{s} is made from {o}.", "named after":
    "{s} is named after {o}.", "discoverer or inventor": "{s} was discovered or invented by {o}.", "sport": _THE,
    "league": _THE, "home venue": _THE, "head coach": _THE, "captain": _THE, "winner": _THE, "point in time":
    "{s} took place on {o}.", "start time": "{s} began on {o}.", "end time": "{s} ended on {o}.", "taxon rank": _THE,
    "origin of the watercourse": "{s} rises in {o}.", "highest point": _THE, "narrative location": "{s} is set in {o}.",
    "location of first performance": "{s} was first performed in {o}.", "dedicated to": "{s} is dedicated to {o}.",
    "students count": "{s} has {o} students.", "employees": "{s} has {o} employees.", "rector": _THE,
    "parent taxon": _THE, "taxon name": _THE, "work location": "{s} worked in {o}.", "doctoral student": _THE,
}  # fmt: skip
_VERBS: Final = re.compile(r"(?:is|are|was|were|has|had|have|does|did|can|will|born|died|located|lies|plays|played)\b")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_YEAR: Final = re.compile(r"(?:[A-Z][a-z]+ )?\d{3,4}")
_VOWELS: Final = "aeiouAEIOU"
_FIRST_WORDS: Final = frozenset(name.partition(" ")[0] for name in TEMPLATES)
_LONGEST: Final = max(name.count(" ") for name in TEMPLATES) + 1


def plain_relation(relation: str) -> str:
    """`/people/person/place_of_birth` and `placeOfBirth` are `place of birth`."""
    name = relation.strip().strip("<>")
    if " " not in name:
        name = _CAMEL.sub(" ", name.rstrip("/").rpartition("/")[2].replace("_", " ")).lower()
    return " ".join(name.split())


def say(subject: str, relation: str, value: str) -> str:
    """A triple as one sentence."""
    name = plain_relation(relation)
    template = TEMPLATES.get(name, "{s} {r} {o}." if _VERBS.match(name) else _THE)
    if _YEAR.fullmatch(value):
        template = template.replace(" on {o}", " in {o}")
    article = "an" if value[:1] in _VOWELS else "a"
    return template.format(s=subject, r=name, o=value.removesuffix("."), a=article)


def relation_start(words: Sequence[str]) -> int | None:
    """Place of the first word, behind the first, at which a known relation begins and something follows it."""
    for start in (place for place in range(1, len(words) - 1) if words[place] in _FIRST_WORDS):
        for length in range(min(_LONGEST, len(words) - 1 - start), 0, -1):
            if " ".join(words[start : start + length]) in TEMPLATES:
                return start
    return None

"""Relations of a knowledge graph: how they are called, and how a triple is said as a sentence.

The names are labels of Wikidata's commonest properties. They serve twice: to say a triple of subject, relation and
object, and to find where the subject ends in triples that are written without any mark between the three.
"""

import re
from collections.abc import Sequence
from typing import Final

from pipelines.dates.patterns import FULL_MONTH

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
# Relations that are said in the common way: here to be known by their names.
_OTHERS: Final = """
    academic major|academic thesis|affiliation|airline hub|allegiance|anthem|applies to jurisdiction|
    appointed by|archives at|arena|art director|associated with|basin country|biological process|
    board member|carries scientific instrument|cell component|chromosome|cinematographer|coach of sports team|
    competition class|connecting line|connects with|constellation|country for sport|country of registry|
    created by|crew member|date of first performance|date of official opening|
    day in year for periodic occurrence|demonym|designed by|diocese|diplomatic relation|director / manager|
    director of photography|discography|drafted by|drug used for treatment|edition or translation of|
    elected in|electoral district|encoded by|endemic to|executive producer|eye color|film editor|
    filming location|found in taxon|genetic association|given to|has cause|has edition|has effect|
    has quality|has tributary|health specialty|heritage designation|highest judicial authority|historic county|
    instruction set|instrument|interested in|is a list of|IUCN conservation status|key event|lake inflows|
    lake outflow|lakes on river|landscape architect|languages spoken|league level above|league level below|
    legislative body|librettist|licensed to broadcast to|list of works|
    located in present-day administrative territorial entity|located on astronomical body|
    located on terrain feature|location of creation|location of discovery|location of formation|lowest point|
    main food source|mascot|medical condition|medical condition treated|member of the crew of|military rank|
    minor planet group|mode of transport|molecular function|motto text|mountain range|musical conductor|
    name in native language|native label|nickname|noble title|number of children|number of deaths|
    number of employees|number of episodes|number of households|number of matches played/races/starts|
    number of pages|number of participants|number of points/goals/set scored|number of seasons|
    number of speakers|occupant|office contested|office held by head of government|office held by head of state|
    official color|official name|opened by|operating system|opposite of|organizer|original broadcaster|
    original language of work|original network|ortholog|owner of|parent astronomical body|parent club|
    parent company|parent peak|participant of|participating team|patron saint|patronage|performed by|
    period of time|physically interacts with|place of detention|place of publication|
    place served by transport hub|platform|points/goal scored by|political alignment|political ideology|
    powered by|present in work|presenter|primary destinations|programming language|pseudonym|radio format|
    ranking|repealed by|replaced by|replaces|represented by|review score|season of club or team|
    separated from|service entry|significant event|significant person|site of astronomical discovery|
    social classification|software engine|solved by|speaker|sponsor|sports season of league or competition|
    start period|station code|street address|structural engineer|successful candidate|supported sports team|
    symptoms|taxon author|terminus|time of discovery|time of spacecraft launch|time period|
    topic's main category|unmarried partner|used by|UTC date of spacecraft launch|vessel class|voice type|
    work period (end)|work period (start)|writing system
"""
_VERBS: Final = re.compile(r"(?:is|are|was|were|has|had|have|does|did|can|will|born|died|located|lies|plays|played)\b")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_YEAR: Final = re.compile(r"(?:[A-Z][a-z]+ )?\d{3,4}|\d+ BC")
_TIME: Final = re.compile(r"(?P<sign>[+−-])(?P<year>\d{1,11})-(?P<month>\d\d)-(?P<day>\d\d)T\d\d:\d\d:\d\dZ")
_MONTHS: Final = FULL_MONTH.split("|")
_MOST_DAYS: Final = 31
_VOWELS: Final = "aeiouAEIOU"
_NAMES: Final = [tuple(name.split()) for name in {*TEMPLATES, *(name.strip() for name in _OTHERS.split("|"))}]
_BY_FIRST_WORD: Final = {first: {name for name in _NAMES if name[0] == first} for first, *_ in _NAMES}


def plain_relation(relation: str) -> str:
    """`/people/person/place_of_birth` and `placeOfBirth` are `place of birth`."""
    name = relation.strip().strip("<>‹›")
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


def said_date(value: str) -> str:
    """A time as Wikidata writes it, as precise as it is: months and days that it does not know are zeros."""
    found = _TIME.fullmatch(value)
    if found is None:
        return value
    sign, year, month, day = found["sign"], int(found["year"]), int(found["month"]), int(found["day"])
    if month > len(_MONTHS) or day > _MOST_DAYS or not year:
        return value
    named = _MONTHS[month - 1] if month else ""
    parts = (str(day) if month and day else "", named, str(year), "BC" if sign in "-−" else "")
    return " ".join(filter(None, parts))


def relation_starts(words: Sequence[str]) -> list[int]:
    """Places, behind the first word, at which a known relation begins that something follows."""
    return [
        start
        for start in range(1, len(words) - 1)
        if words[start] in _BY_FIRST_WORD
        and any(
            tuple(words[start : start + len(name)]) == name and start + len(name) < len(words)
            for name in _BY_FIRST_WORD[words[start]]
        )
    ]

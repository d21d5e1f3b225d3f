"""A person's own text about the same world: short diary notes, in JSONL."""

import datetime
from collections.abc import Callable

from pipelines.sample.chance import Chance
from pipelines.sample.world import OFFICES, Entity, World

Note = dict[str, str]
_AFTERWARDS = (
    "I copied two of them into the blue notebook.",
    "My sister wants it next.",
    "There is no index, so I am making one.",
)
_SECOND_DAYS = (
    "It rained on the second day, so we sat in a café, ate barley soup and read.",
    "On the second day we looked for my grandfather's school and found a car park.",
    "Most of the second day went on a search for the key of our room.",
    "On Sunday everything was shut but the museum, which was better than we had thought.",
)


def write_notes(world: World, later: World, chance: Chance, *, count: int, date: datetime.date) -> list[Note]:
    """`count` notes that say nothing that changes between `world` and `later`."""
    makers: list[tuple[str, Callable[[World, Entity, Chance], tuple[str, str]]]] = [
        ("city", _city_note),
        ("work", _work_note),
        ("person", _person_note),
        ("company", _company_note),
    ]
    notes = []
    for number in range(count):
        kind, make = makers[number % len(makers)]
        steady = [one for one in world.of_kind(kind) if _is_steady(one, world, later)]
        subject = chance.shuffled(steady, "notes", kind)[number // len(makers) % len(steady)]
        title, text = make(world, subject, chance)
        day = date - datetime.timedelta(days=chance.between(30, 900, "note day", number))
        notes.append({"id": f"note-{number + 1:03d}", "title": title, "text": text, "date": day.isoformat()})
    return notes


def write_late_note(world: World, earlier: World, date: datetime.date) -> Note:
    """A note of the second snapshot about what has changed."""
    changed = [fact for key, fact in world.facts.items() if earlier.facts.get(key, fact) != fact]
    heard = [fact for fact in changed if fact.relation == OFFICES["city"]]
    lines = [f"{fact.answer} is the mayor of {world.subject(fact).name} now." for fact in heard[:2]]
    text = (
        "I was away for most of the year and had to catch up with the papers. "
        f"{' '.join(lines)} My neighbour says that nothing else has happened, and that the trams are late as ever."
    )
    day = date - datetime.timedelta(days=40)
    return {"id": "note-late", "title": "Back home", "text": text, "date": day.isoformat()}


def _is_steady(entity: Entity, world: World, later: World) -> bool:
    """Whether all facts about `entity` stay, and it is nobody's office holder who might go."""
    same = all(later.facts[entity.key, fact.relation] == fact for fact in world.about(entity))
    return same and world.career(entity) == later.career(entity) and entity.traits.get("fate") != "removed"


def _city_note(world: World, city: Entity, chance: Chance) -> tuple[str, str]:
    river, twin = world.fact(city, "river").answer, world.known(city, "twin")
    natives = [world.subject(fact) for fact in world.pointing_at(city, "birth_place")]
    famous = chance.pick(natives, "note", city.key).name if natives else "somebody whose name I forget"
    link = f" On the town hall there is a sign that greets the twin city, {twin.answer}." if twin else ""
    rest = chance.pick(_SECOND_DAYS, "rest", city.key)
    return f"A weekend in {city.name}", (
        f"We took the early train to {city.name} and walked along the {river} until our feet hurt. "
        f"The guide told us that the place goes back to {world.fact(city, 'founded').answer} and that "
        f"{famous} was born in one of the narrow streets behind the market.{link} "
        f"{rest} I would go back, but not in November. {city.name} is the only city of "
        f"{world.fact(city, 'province').answer} that I know well."
    )


def _work_note(world: World, work: Entity, chance: Chance) -> tuple[str, str]:
    creator, kind = world.target(world.fact(work, "creator")), work.traits["work"]
    year, place = world.fact(work, "year").answer, world.fact(work, "place").answer
    verdict = chance.pick(("I liked it more than last time", "It left me cold", "I did not want it to end"), work.key)
    seen = {
        "novel": f"Finished {work.name} at last. The story is set in {place}, and one can nearly smell the tar",
        "painting": f"Stood in front of {work.name} for half an hour; the gallery in {place} was nearly empty",
        "opera": f"Heard {work.name} with my sister. The programme says that it was first given in {place}",
        "symphony": f"Heard {work.name} on the radio. It was played for the first time in {place}, they said",
    }[kind]
    return f"On {work.name}", (
        f"{seen}. {creator.name} made it in {year}; I had taken it for older. "
        f"{verdict}. What I want to remember is the patience of it: nothing is hurried, nothing is explained twice. "
        f"Must look for another {kind} by {creator.name}."
    )


def _person_note(world: World, person: Entity, chance: Chance) -> tuple[str, str]:
    born, place = world.fact(person, "birth_year").answer, world.fact(person, "birth_place").answer
    school, noun = world.known(person, "studied_at"), person.traits["noun"]
    studies = f" The years at {school.answer} take up a third of the book." if school else ""
    source = chance.pick(
        ("borrowed from the library", "a present from my uncle", "found on a market stall"), person.key
    )
    return f"Reading about {person.name}", (
        f"Began a life of the {noun} {person.name}, {source}. It starts in {place} in {born}, "
        f"with a long chapter on the parents.{studies} The writer is too fond of weather, but the letters are "
        f"worth the trouble: short, dry and sometimes funny. {chance.pick(_AFTERWARDS, 'after', person.key)}"
    )


def _company_note(world: World, company: Entity, chance: Chance) -> tuple[str, str]:
    founder, product = world.fact(company, "founder").answer, world.fact(company, "product").answer
    where, year = world.fact(company, "headquarters").answer, world.fact(company, "founded").answer
    weather = chance.pick(("in the snow", "on a hot afternoon", "in pouring rain"), company.key)
    return f"Works outing to {company.name}", (
        f"Went with the club to see {company.name} in {where}, {weather}. They make {product} there and have done so "
        f"since {founder} opened the first workshop in {year}. The noise was less than I had feared. "
        f"{world.fact(company, 'employees').answer} people earn their living there, our guide among them; "
        "he knew every machine by name and talked of nothing else."
    )

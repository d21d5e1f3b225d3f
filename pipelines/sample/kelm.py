"""A knowledge graph about some of the world, in the form of the published KELM corpus.

Each line holds one to three triples of a subject as text (`reference`) and a sentence that says them (`candidate`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.sample.chance import Chance
from pipelines.sample.world import Entity, Fact, World, kind_of

_FACT_SHARE = 0.6  # of a known subject's facts that the graph has
_MOST_TRIPLES = 3


@dataclass(frozen=True)
class Relation:
    """What the graph calls a relation, and verb phrases that say it."""

    label: str
    phrases: tuple[str, ...]


@dataclass(frozen=True)
class KelmLine:
    """One line of the file, and the facts that it states, by id."""

    subject: str
    reference: str
    candidate: str
    states: dict[str, str]

    def record(self) -> dict[str, str]:
        """The line as it is written."""
        return {"reference": self.reference, "candidate": self.candidate}


_PERSON = {
    "birth_place": Relation("place of birth", ("was born in {o}", "is a native of {o}")),
    "birth_year": Relation("date of birth", ("was born in {o}", "has {o} as year of birth")),
    "studied_at": Relation("educated at", ("was educated at {o}", "graduated from {o}")),
    "teacher": Relation("student of", ("was a student of {o}", "learned from {o}")),
    "spouse": Relation("spouse", ("is married to {o}", "has {o} as spouse")),
    "first_employer": Relation("employer", ("worked for {o}", "was an employee of {o}")),
    "death_place": Relation("place of death", ("died in {o}", "passed away in {o}")),
    "death_year": Relation("date of death", ("died in {o}", "has {o} as year of death")),
}
_CITY = {
    "mayor": Relation("head of government", ("has {o} as its mayor", "is headed by {o}")),
    "province": Relation("located in the administrative territorial entity", ("is located in {o}", "lies in {o}")),
    "river": Relation("located in or next to body of water", ("is located on the {o}", "lies on the {o}")),
    "founded": Relation("inception", ("was established in {o}", "was founded in {o}")),
    "population": Relation("population", ("has a population of {o}", "has {o} people")),
    "twin": Relation("twinned administrative body", ("is twinned with {o}", "is a twin city of {o}")),
}
_LANDS = {
    "province/capital": Relation("capital", ("has {o} as its capital", "is governed from {o}")),
    "province/governor": Relation("head of government", ("is headed by {o}", "has {o} as its governor")),
    "province/peak": Relation("highest point", ("has the {o} as its highest point",)),
    "country/capital": Relation("capital", ("has {o} as its capital",)),
    "country/president": Relation("head of state", ("has {o} as its head of state",)),
    "river/source": Relation("origin of the watercourse", ("originates in the {o}", "begins in the {o}")),
    "river/mouth": Relation("mouth of the watercourse", ("flows into the {o}", "ends in the {o}")),
    "river/length": Relation("length", ("has a length of {o} kilometres", "is {o} kilometres long")),
}
_BODIES = {
    "university/city": Relation("headquarters location", ("is located in {o}", "has its seat in {o}")),
    "university/founded": Relation("inception", ("was founded in {o}", "was established in {o}")),
    "university/students": Relation("students count", ("has {o} students",)),
    "university/rector": Relation("rector", ("has {o} as its rector",)),
    "company/headquarters": Relation("headquarters location", ("has its headquarters in {o}", "is based in {o}")),
    "company/founder": Relation("founded by", ("was founded by {o}", "has {o} as its founder")),
    "company/founded": Relation("inception", ("was established in {o}", "was founded in {o}")),
    "company/product": Relation("product or material produced", ("produces {o}", "is a producer of {o}")),
    "company/employees": Relation("employees", ("has {o} employees",)),
    "company/chief_executive": Relation("chief executive officer", ("has {o} as chief executive officer",)),
}
_WORKS = {
    "novel/creator": Relation("author", ("was written by {o}", "is a book by {o}")),
    "novel/year": Relation("publication date", ("was published in {o}",)),
    "novel/place": Relation("narrative location", ("is set in {o}",)),
    "painting/creator": Relation("creator", ("was created by {o}", "is a work by {o}")),
    "painting/year": Relation("inception", ("was made in {o}",)),
    "painting/place": Relation("location", ("is on display in {o}",)),
    **{f"{kind}/creator": Relation("composer", ("was composed by {o}",)) for kind in ("opera", "symphony")},
    **{f"{kind}/year": Relation("inception", ("was composed in {o}",)) for kind in ("opera", "symphony")},
    **{
        f"{kind}/place": Relation("location of first performance", ("was premiered in {o}",))
        for kind in ("opera", "symphony")
    },
}
# By kind of subject and relation; the graph knows no others.
RELATIONS: dict[str, Relation] = {
    **{f"person/{name}": relation for name, relation in _PERSON.items()},
    **{f"city/{name}": relation for name, relation in _CITY.items()},
    **_LANDS,
    **_BODIES,
    **_WORKS,
}


def write_kelm(world: World, chance: Chance, *, share: float) -> list[KelmLine]:
    """Lines about a `share` of the entities; what is known of whom does not depend on the date.

    The lines of a subject are not beside one another, as in the published file.
    """
    lines = []
    for entity in world.entities.values():
        if entity.traits.get("fate") != "removed" and chance.happens(share, "kelm", entity.key):
            lines += _about(world, entity, chance)
    return sorted(lines, key=lambda line: chance.number("kelm line", *sorted(line.states)))


def _about(world: World, entity: Entity, chance: Chance) -> list[KelmLine]:
    kind = kind_of(entity)
    known = [
        fact
        for fact in world.about(entity)
        if f"{kind}/{fact.relation}" in RELATIONS and chance.happens(_FACT_SHARE, "kelm fact", fact.fact_id)
    ]
    lines = []
    while known:
        size = chance.between(1, _MOST_TRIPLES, "triples", known[0].fact_id)
        lines.append(_line(entity, kind, known[:size], chance))
        known = known[size:]
    return lines


def _line(entity: Entity, kind: str, facts: Sequence[Fact], chance: Chance) -> KelmLine:
    relations = [RELATIONS[f"{kind}/{fact.relation}"] for fact in facts]
    pairs = list(zip(facts, relations, strict=True))
    said = [chance.pick(one.phrases, "kelm phrase", fact.fact_id).format(o=fact.answer) for fact, one in pairs]
    predicate = said[0] if len(said) == 1 else ", ".join(said[:-1]) + f" and {said[-1]}"
    return KelmLine(
        subject=entity.name,
        reference=", ".join(f"{entity.name} {one.label} {fact.answer}" for fact, one in pairs),
        candidate=f"{entity.name} {predicate}.",
        states={fact.fact_id: fact.answer for fact in facts},
    )

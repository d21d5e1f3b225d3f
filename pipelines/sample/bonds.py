"""What ties people, places and ventures together: town halls, benefactors, first posts, partners, dedications."""

from collections.abc import Callable, Sequence

from pipelines.sample.builder import Builder
from pipelines.sample.world import Entity

_OF_AGE = 18
_LAST_YEAR = 2016
_DEDICATED_SHARE = 0.8
_BEGINNERS = ("politician", "business executive", "engineer", "architect")


def add_bonds(builder: Builder) -> None:
    """Adds the facts that hold between entities made before."""
    for entity in list(builder.entities.values()):
        if entity.kind == "city":
            _add_town_hall(builder, entity)
        elif entity.kind == "university":
            _add_benefactor(builder, entity)
        elif entity.kind == "work":
            _add_dedicatee(builder, entity)
        elif entity.kind == "person":
            _add_first_employer(builder, entity)
    for split in ("train", "dev", "test"):
        companies = [one for one in builder.entities.values() if one.kind == "company" and one.split == split]
        _add_partners(builder, companies)


def lifetime(builder: Builder, person: Entity) -> tuple[int, int]:
    """Years of birth and death; whoever is alive has the last year told as the second."""
    death = builder.facts.get((person.key, "death_year"))
    return builder.value(person, "birth_year"), int(death.answer) if death else _LAST_YEAR


def _add_town_hall(builder: Builder, city: Entity) -> None:
    """By the province's architect, or, for every second city, by one of the same split."""
    own = builder.entities[f"person-{city.province:03d}-12"]
    others = _people(builder, city.province, lambda one: one.traits["noun"] == "architect")
    architect = own if city.key.endswith("-0") else builder.chance.pick(others, "architect", city.key)
    born, _ = lifetime(builder, architect)
    builder.link(city, "architect", architect)
    builder.state(city, "town_hall", born + builder.chance.between(29, 58, "town hall", city.key))


def _add_benefactor(builder: Builder, university: Entity) -> None:
    """Somebody who died after its foundation and was of some means."""
    founded = builder.value(university, "founded")
    fit = _people(
        builder,
        university.province,
        lambda one: one.traits["noun"] in {"engineer", "architect"} and lifetime(builder, one)[1] > founded + 2,
    )
    if fit:
        builder.link(university, "benefactor", builder.chance.pick(fit, "benefactor", university.key))


def _add_dedicatee(builder: Builder, work: Entity) -> None:
    """A person who lived when the work was made, most often."""
    if not builder.chance.happens(_DEDICATED_SHARE, "dedicated", work.key):
        return
    year, creator = builder.value(work, "year"), builder.facts[work.key, "creator"].target

    def lived(one: Entity) -> bool:
        born, died = lifetime(builder, one)
        return born + _OF_AGE <= year <= died and one.key != creator

    fit = _people(builder, work.province, lived)
    if fit:
        builder.link(work, "dedicatee", builder.chance.pick(fit, "dedicatee", work.key))


def _add_first_employer(builder: Builder, person: Entity) -> None:
    """A company that was there when the person came of age; nobody begins in the company of his own."""
    if person.traits["noun"] not in _BEGINNERS:
        return
    adult = builder.value(person, "birth_year") + _OF_AGE
    fit = [
        one
        for one in builder.neighbours(person.province, "company")
        if builder.value(one, "founded") < adult and builder.facts[one.key, "founder"].target != person.key
    ]
    if fit:
        builder.link(person, "first_employer", builder.chance.pick(fit, "first employer", person.key))


def _add_partners(builder: Builder, companies: Sequence[Entity]) -> None:
    """Pairs companies of a split; one may remain alone."""
    order = builder.chance.shuffled(companies, "partners")
    for one, other in zip(order[::2], order[1::2], strict=False):
        builder.link(one, "partner", other)
        builder.link(other, "partner", one)


def _people(builder: Builder, province: int, fit: Callable[[Entity], bool]) -> list[Entity]:
    return [one for one in builder.neighbours(province, "person") if fit(one)]

"""What happens in the world between the two snapshots.

Changes come in packages of about six pages, because a fact that changes must change on every page that states it:
an election in one province, a reshuffle of the companies in another.
"""

import dataclasses

from pipelines.sample.builder import Builder
from pipelines.sample.people import add_person
from pipelines.sample.ventures import add_company_facts
from pipelines.sample.world import OFFICES, Entity, Office
from realm.errors import UserError

_PAGES_PER_PACKAGE = 6


def change_world(builder: Builder) -> frozenset[str]:
    """Changes `builder` to the second snapshot and returns the keys of the entities whose pages are gone.

    Raises:
        UserError: more change is asked for than there are provinces to change.
    """
    config = builder.config
    seats = {one.province for one in builder.entities.values() if one.kind == "country"}
    able = [i for i in builder.chance.shuffled(range(config.provinces), "changes") if i not in seats]
    wanted = max(2, round(config.articles * config.changed_fraction / _PAGES_PER_PACKAGE))
    if wanted > len(able):
        most = len(able) * _PAGES_PER_PACKAGE / config.articles
        raise UserError(
            f"Section 'sample': changed_fraction is {config.changed_fraction}, set it to {most:.2f} or less."
        )
    for place, province in enumerate(able[:wanted]):
        (_elect if place % 2 == 0 else _reshuffle)(builder, province)
    return frozenset(key for key, one in builder.entities.items() if one.traits.get("fate") == "removed")


def _elect(builder: Builder, number: int) -> None:
    """New populations, a new capital, a new governor and two new mayors, one of them new to the encyclopedia."""
    mark = f"{number:03d}"
    province, cities = builder.entities[f"province-{mark}"], builder.cities(number)
    mayors = [_holder(builder, city) for city in cities]
    governor = _holder(builder, province)
    newcomer = add_person(builder, f"person-{mark}-10", "politician", years=(1962, 1983))
    for body, holder in ((province, mayors[0]), (cities[0], newcomer), (cities[1], governor)):
        _succeed(builder, body, holder)
    capital = builder.facts[province.key, "capital"].target
    builder.link(province, "capital", next(city for city in cities if city.key != capital))
    for city in cities:
        _change_number(builder, city, "population", unit=100)


def _reshuffle(builder: Builder, number: int) -> None:
    """A company gets a newcomer, another that company's chief, whose predecessor founds a third; one moves."""
    mark, cities = f"{number:03d}", builder.cities(number)
    companies = [builder.entities[f"company-{mark}-{i}"] for i in range(2)]
    chiefs = [_holder(builder, company) for company in companies]
    newcomer = add_person(builder, f"person-{mark}-11", "business executive", years=(1960, 1983))
    _succeed(builder, companies[0], newcomer)
    _succeed(builder, companies[1], chiefs[0])
    headquarters = builder.facts[companies[0].key, "headquarters"].target
    builder.link(companies[0], "headquarters", next(city for city in cities if city.key != headquarters))
    for company in companies:
        _change_number(builder, company, "employees", unit=10)
    started = builder.add(f"company-{mark}-2", builder.names.company(f"company-{mark}-2"), province=number)
    builder.link(started, "founder", chiefs[1])
    builder.state(started, "founded", builder.config.change_year)
    add_company_facts(builder, started, headquarters=builder.chance.pick(cities, "new company", mark))
    builder.appoint(chiefs[1], started, since=builder.config.change_year)


def _holder(builder: Builder, body: Entity) -> Entity:
    office = next(one for one in builder.offices if one.body == body.key and one.until is None)
    return builder.entities[office.holder]


def _succeed(builder: Builder, body: Entity, holder: Entity) -> None:
    """Ends the present term of `body` and begins that of `holder`."""
    before = next(one for one in builder.offices if one.body == body.key and one.until is None)
    year = builder.config.change_year
    builder.offices[builder.offices.index(before)] = dataclasses.replace(before, until=year)
    builder.offices.append(Office(holder.key, OFFICES[body.kind], body.key, year, None, before.holder))


def _change_number(builder: Builder, subject: Entity, relation: str, *, unit: int) -> None:
    """A number grows or shrinks by 2 to 9 per cent, and by one unit at least."""
    before = builder.value(subject, relation)
    share = builder.chance.between(20, 90, "share", subject.key, relation) / 1000
    step = max(1, round(before * share / unit)) * unit
    after = before - step if builder.chance.happens(0.3, "shrinks", subject.key) else before + step
    builder.state(subject, relation, f"{after:,}")

"""Descriptions that stand for a name in a question, such as "the author of the novel Paper Lantern".

Only what never changes describes, and only what fits one entity alone.
"""

from collections.abc import Callable, Mapping, Sequence

from pipelines.sample.world import Entity, Fact, World

_MAKERS = {"novel": "author", "painting": "painter", "opera": "composer", "symphony": "composer"}


def describe(worlds: Sequence[World], subject: Entity, fact: Fact) -> str:
    """A description of `subject` that fits it alone in all of `worlds`; empty if there is none.

    It does not hang on the relation asked for, gives no part of the answer away, and calls nobody by a name that
    somebody else bears too.
    """
    for relation, words in _DESCRIPTIONS.get(subject.kind, {}).items():
        found = {words(world, subject) for world in worlds}
        description = found.pop()
        tells = fact.answer in description or any(name in description for name in _shared_names(worlds[0]))
        if relation != fact.relation and description and not found and not tells:
            return description
    return ""


def _shared_names(world: World) -> set[str]:
    return {one.name for one in world.of_kind("person") if one.traits["namesake"]}


def _maker(world: World, person: Entity) -> str:
    works = [world.subject(fact) for fact in world.pointing_at(person, "creator")]
    lasting = [work for work in works if work.traits["fate"] != "removed"]
    return f"the {_MAKERS[lasting[0].traits['work']]} of {lasting[0].name}" if lasting else ""


def _founder(world: World, person: Entity) -> str:
    companies = world.pointing_at(person, "founder")
    return f"the founder of {world.subject(companies[0]).name}" if companies else ""


def _architect(world: World, person: Entity) -> str:
    halls = world.pointing_at(person, "architect")
    return f"the architect of the town hall of {world.subject(halls[0]).name}" if halls else ""


def _founded_by(world: World, company: Entity) -> str:
    founder = world.target(world.fact(company, "founder"))
    several: list[Fact] = world.pointing_at(founder, "founder")
    return f"the company that {founder.name} founded" if len(several) == 1 else ""


def _twin(world: World, city: Entity) -> str:
    twin = world.known(city, "twin")
    return f"the twin city of {twin.answer}" if twin else ""


def _river_of(world: World, river: Entity) -> str:
    return f"the river that flows through {world.subject(world.pointing_at(river, 'river')[0]).name}"


_DESCRIPTIONS: Mapping[str, Mapping[str, Callable[[World, Entity], str]]] = {
    "person": {"creator": _maker, "founder": _founder, "architect": _architect},
    "company": {"founder": _founded_by},
    "city": {"twin": _twin},
    "river": {"river": _river_of},
}

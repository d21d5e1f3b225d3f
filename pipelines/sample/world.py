"""The invented world: entities, facts about them, offices held over time."""

import copy
from collections import ChainMap
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Split = Literal["train", "dev", "test"]

# Office, by the kind of body it governs; the office's name is the relation of the fact too.
OFFICES = {
    "city": "mayor",
    "province": "governor",
    "company": "chief_executive",
    "university": "rector",
    "country": "president",
}


_PROVINCES_PER_COUNTRY = 5


def country_of(province: int) -> int:
    """Number of the country that a province is part of."""
    return province // _PROVINCES_PER_COUNTRY


@dataclass(frozen=True)
class Entity:
    """Something with a page of its own.

    Attributes:
        key: such as `person-004-7`; never shown.
        kind: person, city, province, country, company, university, work, event, river or sea.
        name: as written in a sentence; only namesakes share one.
        title: of its page; differs from the name where a kind stands in brackets behind it.
        province: number of the province it belongs to.
        split: the question set that may ask about it.
        traits: what is fixed and never asked: gender, noun, work kind …
    """

    key: str
    kind: str
    name: str
    title: str
    province: int
    split: Split
    traits: dict[str, str] = field(default_factory=dict)


def kind_of(entity: Entity) -> str:
    """The kind in plain words: of a work or an event its own, such as novel or flood."""
    return entity.traits.get("work") or entity.traits.get("event") or entity.kind


@dataclass(frozen=True)
class Fact:
    """(subject, relation, answer), true in one world; a subject has at most one answer for a relation.

    Attributes:
        subject: key of the entity the question names.
        relation: such as `birth_place`.
        answer: as it stands in a sentence.
        target: key of the entity that the answer names, or "".
    """

    subject: str
    relation: str
    answer: str
    target: str

    @property
    def fact_id(self) -> str:
        """The same before and after a change."""
        return f"{self.subject}/{self.relation}"


@dataclass(frozen=True)
class Office:
    """Who held an office: from a year, until a year or, with None, to this day."""

    holder: str
    role: str
    body: str
    since: int
    until: int | None
    predecessor: str


class World:
    """All that is true at one date."""

    def __init__(self, entities: Iterable[Entity], facts: Iterable[Fact], offices: Iterable[Office]) -> None:
        self.entities = {entity.key: entity for entity in entities}
        self.offices = tuple(offices)
        self.facts: MutableMapping[tuple[str, str], Fact] = {}
        for fact in facts:
            if self.facts.setdefault((fact.subject, fact.relation), fact) != fact:
                raise ValueError(f"{fact.fact_id} has two answers.")
        self._kinds: dict[str, list[Entity]] = {}
        for entity in self.entities.values():
            self._kinds.setdefault(entity.kind, []).append(entity)
        self._about: dict[str, list[tuple[str, str]]] = {}
        self._inverse: dict[tuple[str, str], list[Fact]] = {}
        for fact in self.facts.values():
            self._about.setdefault(fact.subject, []).append((fact.subject, fact.relation))
            self._inverse.setdefault((fact.relation, fact.target), []).append(fact)

    def with_facts(self, replaced: Iterable[Fact]) -> "World":
        """The same world, but for other answers to some facts that name no entity: what a page has wrong."""
        other = copy.copy(self)
        other.facts = ChainMap({(fact.subject, fact.relation): fact for fact in replaced}, self.facts)
        return other

    def fact(self, subject: Entity, relation: str) -> Fact:
        """The fact; every entity of a kind has the kind's facts.

        Raises:
            KeyError: there is none.
        """
        return self.facts[subject.key, relation]

    def known(self, subject: Entity, relation: str) -> Fact | None:
        """The fact, if there is one."""
        return self.facts.get((subject.key, relation))

    def about(self, subject: Entity) -> list[Fact]:
        """All facts about an entity."""
        return [self.facts[key] for key in self._about.get(subject.key, [])]

    def pointing_at(self, target: Entity, relation: str) -> list[Fact]:
        """All facts of a relation whose answer is `target`."""
        return self._inverse.get((relation, target.key), [])

    def subject(self, fact: Fact) -> Entity:
        """The entity that a fact is about."""
        return self.entities[fact.subject]

    def target(self, fact: Fact) -> Entity:
        """The entity that a fact's answer names."""
        return self.entities[fact.target]

    def of_kind(self, kind: str) -> Sequence[Entity]:
        """All entities of a kind, in the order they were made."""
        return self._kinds.get(kind, [])

    def country(self, entity: Entity) -> Entity:
        """The country that an entity's province is part of."""
        return self.entities[f"country-{country_of(entity.province):02d}"]

    def career(self, person: Entity) -> list[Office]:
        """The offices of a person, oldest first."""
        return sorted((one for one in self.offices if one.holder == person.key), key=lambda one: one.since)

    def holders(self, body: Entity) -> list[Office]:
        """Who held the office of a body, the present holder last."""
        return sorted((one for one in self.offices if one.body == body.key), key=lambda one: one.since)


def office_facts(offices: Iterable[Office], entities: dict[str, Entity]) -> list[Fact]:
    """The facts that the present holders of offices make."""
    return [Fact(one.body, one.role, entities[one.holder].name, one.holder) for one in offices if one.until is None]

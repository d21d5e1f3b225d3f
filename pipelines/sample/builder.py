"""What the parts of the world are put together with."""

from dataclasses import dataclass, field

from pipelines.sample.chance import Chance
from pipelines.sample.config import SampleConfig
from pipelines.sample.names import NameSource
from pipelines.sample.world import OFFICES, Entity, Fact, Office, Split, World, country_of, office_facts

_STEMS_PER_PROVINCE = 20  # about as many as a province has names


@dataclass
class Builder:
    """Entities, facts and offices of a world in the making."""

    config: SampleConfig
    chance: Chance
    names: NameSource
    splits: list[Split]
    entities: dict[str, Entity] = field(default_factory=dict)
    facts: dict[tuple[str, str], Fact] = field(default_factory=dict)
    offices: list[Office] = field(default_factory=list)
    _groups: dict[tuple[Split, str], list[Entity]] = field(default_factory=dict)

    @staticmethod
    def start(config: SampleConfig) -> "Builder":
        """A builder with no entity yet, but with a split for each province."""
        chance = Chance(config.seed)
        names = NameSource(chance, stems=_STEMS_PER_PROVINCE * config.provinces)
        return Builder(config=config, chance=chance, names=names, splits=_split_provinces(config, chance))

    def add(self, key: str, name: str, *, province: int, title: str = "", **traits: str) -> Entity:
        """Adds an entity; its kind is the key's first part."""
        kind = key.split("-", maxsplit=1)[0]
        entity = Entity(key, kind, name, title or name, province, self.splits[province], traits)
        self.entities[key] = entity
        self._groups.setdefault((entity.split, kind), []).append(entity)
        return entity

    def link(self, subject: Entity, relation: str, target: Entity) -> None:
        """Adds a fact whose answer is an entity."""
        self.facts[subject.key, relation] = Fact(subject.key, relation, target.name, target.key)

    def state(self, subject: Entity, relation: str, answer: int | str) -> None:
        """Adds a fact whose answer is a number or words."""
        self.facts[subject.key, relation] = Fact(subject.key, relation, str(answer), "")

    def appoint(self, holder: Entity, body: Entity, *, since: int | None = None) -> None:
        """Gives `holder` the office of `body`; with `since`, as the first ever to hold it."""
        predecessor = ""
        if since is None:
            since = self.chance.between(2003, 2016, "since", body.key)
            woman = self.chance.happens(0.5, "predecessor", body.key)
            predecessor = self.names.person(f"predecessor of {body.key}", woman=woman)
        self.offices.append(Office(holder.key, OFFICES[body.kind], body.key, since, None, predecessor))

    def world(self) -> World:
        """All that holds now."""
        facts = [*self.facts.values(), *office_facts(self.offices, self.entities)]
        return World(self.entities.values(), facts, self.offices)

    def value(self, subject: Entity, relation: str) -> int:
        """The number that a fact gives."""
        return int(self.facts[subject.key, relation].answer.replace(",", ""))

    def neighbours(self, province: int, kind: str) -> list[Entity]:
        """All entities of a kind, so far, in the provinces of the same split: facts never leave a split."""
        return self._groups[self.splits[province], kind]

    def cities(self, province: int) -> list[Entity]:
        """The two cities of a province."""
        return [self.entities[f"city-{province:03d}-{i}"] for i in range(2)]

    def country(self, province: int) -> Entity:
        """The country of a province."""
        return self.entities[f"country-{country_of(province):02d}"]


def _split_provinces(config: SampleConfig, chance: Chance) -> list[Split]:
    """Splits go by province, because nearly all facts stay inside one: so test answers are not training answers."""
    dev = max(1, round(config.provinces * config.dev_fraction))
    test = max(1, round(config.provinces * config.test_fraction))
    splits: list[Split] = ["train"] * config.provinces
    order = chance.shuffled(range(config.provinces), "splits")
    for place, province in enumerate(order[: dev + test]):
        splits[province] = "dev" if place < dev else "test"
    return splits

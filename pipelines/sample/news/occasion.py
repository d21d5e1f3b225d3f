"""Who or what is written about on which day, and what may be told on that day."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from pipelines.sample.news.scenario import Scenario
from pipelines.sample.world import OFFICES, Entity, Fact, World, kind_of

YEARS = ("birth_year", "death_year", "founded", "year", "town_hall")  # relations whose answer is a year
_ROUND = 5
_ROUND_RELATIONS = ("birth_year", "death_year", "founded")
_OF_AGE = 25


@dataclass(frozen=True)
class Occasion:
    """Who or what is written about, and when.

    Attributes:
        world: what is true on that day.
        subject: of the story.
        date: of publication.
        steady: whether a fact held before the period began and holds after it: only such facts are told in passing.
        old: what the changed fact's answer was before, or "".
    """

    world: World
    subject: Entity
    date: datetime.date
    steady: Callable[[Fact], bool]
    old: str = ""

    def tellable(self, fact: Fact) -> bool:
        """Whether the fact was true on the day of publication, beyond doubt."""
        if not self.steady(fact):
            return False
        if fact.relation in OFFICES.values():
            return self.world.holders(self.world.subject(fact))[-1].since < self.date.year
        if fact.relation == "death_place":
            return self.year_of(fact.subject, "death_year") <= self.date.year
        return all(
            self.year_of(fact.subject, relation) < self.date.year
            for relation in YEARS
            if relation in {fact.relation, "founded", "year"}
        )

    def year_of(self, subject: str, relation: str) -> int:
        """The year that a fact gives; 0 for none."""
        fact = self.world.facts.get((subject, relation))
        return int(fact.answer) if fact else 0

    def allows(self, scenario: Scenario) -> bool:
        """Whether the scenario fits subject and day."""
        return scenario.subject in {self.subject.kind, kind_of(self.subject)} and set(scenario.needs) <= self.traits()

    def traits(self) -> set[str]:
        """The relations of which the subject has a tellable fact, and words for its state."""
        world, subject, year = self.world, self.subject, self.date.year
        traits = {fact.relation for fact in world.about(subject) if self.tellable(fact)}
        for relation in _ROUND_RELATIONS:
            if relation in traits and (year - self.year_of(subject.key, relation)) % _ROUND == 0:
                traits.add(f"round {relation}")
        if subject.kind == "person":
            traits |= self._state_of_life()
        return traits

    def key_year(self) -> int:
        """The year after which stories about the subject can begin."""
        key = self.subject.key
        born = self.year_of(key, "birth_year")
        adult = born + _OF_AGE if born else 0
        return max(adult, *(self.year_of(key, relation) for relation in ("founded", "year")))

    def _state_of_life(self) -> set[str]:
        died = self.year_of(self.subject.key, "death_year")
        if died:
            return {"dead"} if died < self.date.year else {"died this year"} if died == self.date.year else set()
        held = (self.world.pointing_at(self.subject, role) for role in OFFICES.values())
        return {"alive", "in office"} if any(self.tellable(one) for facts in held for one in facts) else {"alive"}

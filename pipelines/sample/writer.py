"""Writes the prose of one page, sentence by sentence, and keeps account of the facts it states."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.sample.chance import Chance
from pipelines.sample.phrases_people import PEOPLE
from pipelines.sample.phrases_places import PLACES
from pipelines.sample.phrases_ventures import VENTURES
from pipelines.sample.world import Entity, Fact, World

PHRASES: dict[str, tuple[str, ...]] = {**PEOPLE, **PLACES, **VENTURES}
_PRONOUNS = {
    "he": {"he": "he", "He": "He", "his": "his", "His": "His", "him": "him"},
    "she": {"he": "she", "He": "She", "his": "her", "His": "Her", "him": "her"},
}
_REFERENCE_SHARE = 0.12
_EMPHASIS = "''"

Value = Entity | str | int


@dataclass
class Section:
    """A section of a page; the lead has no heading. A paragraph is a list of sentences; extras are tables and lists."""

    heading: str
    paragraphs: list[list[str]] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)


class PageWriter:
    """The prose of the page about `entity`.

    What is chosen hangs on the page and the kind of sentence alone, so a page whose facts stay stays the same.
    """

    def __init__(self, world: World, entity: Entity, chance: Chance) -> None:
        self.world = world
        self.entity = entity
        self.sections: list[Section] = []
        self.stated: dict[str, None] = {}
        self._chance = chance
        self._linked: set[str] = {entity.key}
        self._said: dict[str, int] = {}
        self._sourced = False
        self._own: dict[str, str] = dict(_PRONOUNS[entity.traits.get("gender", "he")])
        short = entity.name.split()[-1]
        self._own |= {"name": entity.name, "short": short, "Short": short, "bold": f"'''{entity.name}'''"}
        if entity.kind == "city" and self.number("old name") % 3 == 0:
            self._own["bold"] += f" ({{{{lang|mis|{entity.name}a}}}})"

    def section(self, heading: str = "") -> None:
        """Begins a section."""
        self.sections.append(Section(heading, [[]]))

    def paragraph(self) -> None:
        """Begins a paragraph."""
        self.sections[-1].paragraphs.append([])

    def attach(self, markup: str) -> None:
        """Adds a table or a list below the section's prose."""
        self.sections[-1].extras.append(markup)

    def say(self, slot: str, *facts: Fact | None, **values: Value) -> None:
        """Adds the next wording of `slot`; `facts` are what the sentence states."""
        wordings = PHRASES[slot]
        said = self._said.get(slot, 0)
        self._said[slot] = said + 1
        wording = wordings[(self.number(slot) + said) % len(wordings)]
        self.stated.update((fact.fact_id, None) for fact in facts if fact)
        self._add(wording, values, mark=f"{slot}{said}", sourced=bool(facts))

    def fill(self, slot: str, bank: Sequence[str], count: int, **values: Callable[[int], Value]) -> None:
        """Adds `count` sentences of `bank`, none twice; each value is made anew for each sentence."""
        for i, wording in enumerate(self._chance.shuffled(bank, self.entity.key, slot)[:count]):
            self._add(wording, {name: make(i) for name, make in values.items()}, mark=f"{slot}{i}", sourced=False)

    def number(self, *key: object) -> int:
        """A number that hangs on this page and `key`."""
        return self._chance.number(self.entity.key, *key)

    def between(self, low: int, high: int, *key: object) -> int:
        """A whole number from `low` to `high` for this page and `key`."""
        return self._chance.between(low, high, self.entity.key, *key)

    def shared(self, low: int, high: int, *key: object) -> int:
        """A whole number from `low` to `high` for `key`, the same on every page."""
        return self._chance.between(low, high, *key)

    def pick(self, options: Sequence[str], *key: object) -> str:
        """One of `options` for this page and `key`."""
        return self._chance.pick(options, self.entity.key, *key)

    def elsewhere(self, *key: object) -> Entity:
        """A city that has nothing to do with this page's facts: a distractor."""
        cities = self.world.of_kind("city")
        there = self._chance.pick(cities, self.entity.key, "elsewhere", *key)
        near = there.province == self.entity.province
        return cities[(cities.index(there) + 4) % len(cities)] if near else there

    def link(self, entity: Entity) -> str:
        """The name, linked where it first stands; titles of works in italics."""
        text = entity.name
        if entity.key not in self._linked:
            self._linked.add(entity.key)
            text = f"[[{entity.title}]]" if entity.title == entity.name else f"[[{entity.title}|{entity.name}]]"
        return f"{_EMPHASIS}{text}{_EMPHASIS}" if entity.kind == "work" else text

    def _add(self, wording: str, values: dict[str, Value], *, mark: str, sourced: bool) -> None:
        words = _Words(self._own, values, self.link)
        text = wording.format_map(words)
        if sourced and self._chance.happens(_REFERENCE_SHARE, self.entity.key, "ref", mark):
            text += '<ref name="handbook" />' if self._sourced else _reference(self)
            self._sourced = True
        self.sections[-1].paragraphs[-1].append(text)


class _Words(dict[str, str]):
    """Looks words up when the wording asks for them, so that links stand in the order of the text."""

    def __init__(self, own: dict[str, str], values: dict[str, Value], link: Callable[[Entity], str]) -> None:
        super().__init__(own)
        self._values = values
        self._link = link

    def __missing__(self, name: str) -> str:
        if name.startswith("a_"):
            return with_article(self[name[2:]])
        value = self._values[name]
        return self._link(value) if isinstance(value, Entity) else str(value)


def with_article(noun: str) -> str:
    """`noun` with a or an."""
    return f"an {noun}" if noun[0].lower() in "aeiou" else f"a {noun}"


def _reference(writer: PageWriter) -> str:
    """The footnote of a page's only source."""
    year, page = writer.between(2008, 2017, "ref year"), writer.between(11, 412, "ref page")
    author = writer.pick(("Hart, E.", "Lund, P.", "Ames, C.", "Weir, O.", "Moss, T."), "ref author")
    return (
        f'<ref name="handbook">{{{{cite book |author={author} |title={writer.entity.name}: A Handbook |year={year} '
        f"|publisher=Provincial Press |pages={page}–{page + 3}}}}}</ref>"
    )

"""Writes the prose of one page, sentence by sentence, and keeps account of the facts it states."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.sample.banks.questions_asked import ASKED
from pipelines.sample.chance import Chance
from pipelines.sample.names import NameSource
from pipelines.sample.phrases_events import EVENTS
from pipelines.sample.phrases_people import PEOPLE
from pipelines.sample.phrases_places import PLACES
from pipelines.sample.phrases_ventures import VENTURES
from pipelines.sample.slots import Slots
from pipelines.sample.world import Entity, Fact, World

# Share of the pages of a kind that have three blocks or more.
LONG_SHARES = {
    "city": 1.0,
    "province": 0.5,
    "country": 0.8,
    "river": 0.15,
    "sea": 0.0,
    "university": 0.5,
    "company": 0.5,
    "work": 0.15,
    "event": 0.2,
    "person": 0.35,
}
PHRASES: dict[str, tuple[str, ...]] = {**PEOPLE, **PLACES, **VENTURES, **EVENTS}
_PRONOUNS = {
    "he": {"he": "he", "He": "He", "his": "his", "His": "His", "him": "him"},
    "she": {"he": "she", "He": "She", "his": "her", "His": "Her", "him": "her"},
}
_REFERENCE_SHARE = 0.12
_LIVED_SHARE = 0.5  # of the mentions that give a person's years do so
_NAMED = {"It": "{name}", "Its": "{name}'s", "{He}": "{Short}", "{His}": "{Short}'s"}
_NAMED_SHARE = 0.7  # of the sentences that begin with a pronoun begin with the name instead
_LATER = (2, 25)  # years between {year} and {later}
_EMPHASIS = "''"


@dataclass(frozen=True)
class Backdrop:
    """What all editions of the encyclopedia share, so that a page whose facts stay stays the same.

    Attributes:
        chance: chooses wordings.
        names: names of those who have no article.
        world: where cities and persons come from that have nothing to do with a page.
    """

    chance: Chance
    names: NameSource
    world: World


@dataclass(frozen=True)
class Lived:
    """A person who is mentioned with years of birth and death in brackets."""

    person: Entity


Value = Entity | Lived | str | int


@dataclass
class Section:
    """A section of a page; the lead has no heading. A paragraph is a list of sentences; extras are tables and lists."""

    heading: str
    paragraphs: list[list[str]] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)


class PageWriter:
    """The prose of the page about `entity`.

    What is chosen hangs on the page and the kind of sentence alone, so a page whose facts stay stays the same.

    Attributes:
        stated: the facts that the page states and what it gives as their answers, by fact id.
        long: whether the page has three blocks or more.
        years: the time that sentences with years nobody asks about may speak of.
    """

    def __init__(self, world: World, entity: Entity, backdrop: Backdrop) -> None:
        chance = backdrop.chance
        self.world = world
        self.entity = entity
        self.sections: list[Section] = []
        self.stated: dict[str, str] = {}
        self.long = chance.happens(LONG_SHARES[entity.kind], "long", entity.key)
        self.years = (1800, 1965)
        self._chance = chance
        self._slots = Slots(backdrop.world, entity, chance, backdrop.names)
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

    def part(self, heading: str) -> None:
        """Begins a section on a long page, a paragraph on a short one."""
        if self.long:
            self.section(heading)
        else:
            self.paragraph()

    def attach(self, markup: str) -> None:
        """Adds a table or a list below the section's prose."""
        self.sections[-1].extras.append(markup)

    def say(self, slot: str, *facts: Fact | None, **values: Value) -> None:
        """Adds the next wording of `slot`; `facts` are what the sentence states."""
        wordings = PHRASES[slot]
        said = self._said.get(slot, 0)
        self._said[slot] = said + 1
        wording = wordings[(self.number(slot) + said) % len(wordings)]
        self._state(*facts)
        self._add(wording, values, mark=f"{slot}{said}", sourced=bool(facts))

    def fill(self, slot: str, bank: Sequence[str], *, short: int, long: int) -> None:
        """Adds sentences that nobody asks about, none twice, in the order of `bank` and of their years.

        Args:
            slot: names the choice.
            bank: wordings with slots.
            short: how many on a short page.
            long: how many on a long one.
        """
        count = min(long if self.long else short, len(bank))
        chosen = sorted(self._chance.shuffled(range(len(bank)), self.entity.key, slot)[:count])
        years = sorted(self.between(*self.years, slot, "year", i) for i in range(count))
        for i, (number, year) in enumerate(zip(chosen, years, strict=True)):
            later = min(year + self.between(*_LATER, slot, "later", i), max(self.years[1], year + 1))
            mark = f"{slot}{i}"
            self._add(self._named(bank[number], mark), {"year": year, "later": later}, mark=mark, sourced=False)

    def wonder(self) -> None:
        """Adds sentences that ask something: without them nobody could learn from this corpus what questions are."""
        if self.long or self.number("asks") % 2:
            self.fill("asked", ASKED, short=1, long=2)

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

    def elsewhere(self, *key: object) -> Entity | str:
        """A city that has nothing to do with this page's facts: a distractor."""
        return self._slots.elsewhere(*key)

    def link(self, entity: Entity) -> str:
        """The name, linked where it first stands; titles of works in italics."""
        text = entity.name
        if entity.key not in self._linked:
            self._linked.add(entity.key)
            text = f"[[{entity.title}]]" if entity.title == entity.name else f"[[{entity.title}|{entity.name}]]"
        return f"{_EMPHASIS}{text}{_EMPHASIS}" if entity.kind == "work" else text

    def _named(self, wording: str, mark: str) -> str:
        """The wording, with the name in place of a pronoun now and then."""
        pronoun = next((one for one in _NAMED if wording.startswith(f"{one} ")), "")
        if pronoun and self._chance.happens(_NAMED_SHARE, self.entity.key, "named", mark):
            return _NAMED[pronoun] + wording.removeprefix(pronoun)
        return wording

    def _state(self, *facts: Fact | None) -> None:
        self.stated.update((fact.fact_id, fact.answer) for fact in facts if fact)

    def _add(self, wording: str, values: dict[str, Value], *, mark: str, sourced: bool) -> None:
        words = _Words(self._own, values, shown=self._shown, slot=lambda name: self._slots.value(name, mark))
        text = wording.format_map(words)
        text = text[0].upper() + text[1:]
        if sourced and self._chance.happens(_REFERENCE_SHARE, self.entity.key, "ref", mark):
            text += '<ref name="handbook" />' if self._sourced else _reference(self)
            self._sourced = True
        self.sections[-1].paragraphs[-1].append(text)

    def _shown(self, value: Value) -> str:
        if isinstance(value, Lived):
            return self.link(value.person) + self._lifetime(value.person)
        return self.link(value) if isinstance(value, Entity) else str(value)

    def _lifetime(self, person: Entity) -> str:
        """Years in brackets, on about half of the pages that might give them."""
        if not self._chance.happens(_LIVED_SHARE, self.entity.key, "years of", person.key):
            return ""
        born, died = self.world.fact(person, "birth_year"), self.world.known(person, "death_year")
        self._state(born, died)
        return f" ({born.answer}–{died.answer})" if died else f" (born {born.answer})"


class _Words(dict[str, str]):
    """Looks words up when the wording asks for them, so that links stand in the order of the text."""

    def __init__(
        self,
        own: dict[str, str],
        values: dict[str, Value],
        *,
        shown: Callable[[Value], str],
        slot: Callable[[str], Value],
    ) -> None:
        super().__init__(own)
        self._values = values
        self._shown = shown
        self._slot = slot

    def __missing__(self, name: str) -> str:
        if name.startswith("a_"):
            return with_article(self[name[2:]])
        return self._shown(self._values[name] if name in self._values else self._slot(name))


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

"""What fills the slots of a story's sentences: its subject, its facts, its dates, and things that stand in the way."""

import datetime
from collections.abc import Callable
from functools import partial

from pipelines.sample.chance import Chance
from pipelines.sample.names import words
from pipelines.sample.news.naming import headline_name, in_text, pronouns, short_name
from pipelines.sample.news.occasion import Occasion
from pipelines.sample.slots import MONTHS, distant_city
from pipelines.sample.world import Entity, Office, kind_of
from pipelines.sample.writer import with_article

_NUMBERS = words("three four five six seven eight nine ten eleven")
_ORDINALS = words("third fourth fifth sixth seventh eighth ninth tenth twelfth")
_SHARES = ("a third", "a quarter", "two fifths", "almost half", "a tenth", "a fifth", "one in eight")
_PAPERS = ("Morning Herald", "Northern Gazette", "Harbour Post", "People's Echo", "Weekly Mirror", "Lakeland Observer")
_FIRST_PAST, _FIRST_LATELY, _LAST_PAST = 1931, 1986, 2013  # lately: within the working life of somebody alive


class Slots:
    """Values for one story; `mark` names a sentence, so that each has its own numbers and its own cities."""

    def __init__(self, occasion: Occasion, key: str, chance: Chance, stranger: Callable[[str], str]) -> None:
        self.stated: dict[str, str] = {}
        self._occasion = occasion
        self._key = key
        self._chance = chance
        self._stranger = stranger
        self._mentioned = False  # by the sentence before, in the same paragraph
        self._event = occasion.date - datetime.timedelta(days=self._between(0, 2, "day"))
        self._makers = self._fixed() | self._drawn()

    def new_paragraph(self) -> None:
        """A pronoun may only follow a sentence of the same paragraph."""
        self._mentioned = False

    def fill(self, template: str, mark: str, *, owner: Entity | None = None, states: bool = True) -> str:
        """Fills a template; `{=relation}` asks for a fact of `owner`, by default of the story's subject.

        Raises:
            KeyError: a slot has no value here.
        """
        values = _Values(self, mark, owner or self._occasion.subject, states=states)
        text = template.format_map(values)
        self._mentioned = values.mentioned
        return text

    def fact(self, owner: Entity, relation: str, *, states: bool) -> str:
        """The answer to a fact, which the sentence states."""
        fact = self._occasion.world.fact(owner, relation)
        if states:
            self.stated[fact.fact_id] = fact.answer
        return fact.answer

    def value(self, slot: str, mark: str, owner: Entity) -> str:
        """What stands for `slot` in the sentence `mark`."""
        if slot == "owner":
            return in_text(owner)
        if slot in {"since", "before"}:
            return self._office(slot, owner)
        return self._makers[slot](mark)

    def refer(self, mark: str, *, pronoun: bool) -> str:
        """The subject once more: by pronoun if the sentence before spoke of it, or by surname or description."""
        subject = self._occasion.subject
        if pronoun and self._mentioned and self._chance.happens(0.75, self._key, "pronoun", mark):
            return pronouns(subject)["he"]
        noun = kind_of(subject)
        described = f"the {subject.traits['noun'] if subject.kind == 'person' else noun}"
        return self._chance.pick((short_name(subject), short_name(subject), described), self._key, "refer", mark)

    def _office(self, slot: str, body: Entity) -> str:
        """Since when the office of `body` has been held by whom it is held, and who held it before.

        Raises:
            KeyError: nobody held it before.
        """
        world = self._occasion.world
        office: Office = world.holders(body)[-1]
        if slot == "since":
            return str(office.since)
        if not office.predecessor:
            raise KeyError(slot)
        before = world.entities.get(office.predecessor)
        return before.name if before else office.predecessor

    def _fixed(self) -> dict[str, Callable[[str], str]]:
        """Slots that are the same in every sentence of the story."""
        occasion, subject = self._occasion, self._occasion.subject
        noun = subject.traits.get("noun", kind_of(subject))
        partner = "husband" if subject.traits.get("gender") == "she" else "wife"
        values = {
            **pronouns(subject),
            "name": in_text(subject),
            "bare": headline_name(subject),
            "short": short_name(subject),
            "noun": noun,
            "a_noun": with_article(noun),
            "partner": partner,
            "old": occasion.old,
            "weekday": f"{self._event:%A}",
            "day": f"{self._event.day} {self._event:%B %Y}",
        }
        for slot, relation in (("turns", "birth_year"), ("round", "founded"), ("gone", "death_year")):
            if fact := occasion.world.known(subject, relation):
                values[slot] = str(occasion.date.year - int(fact.answer))
        return {slot: partial(_same, value) for slot, value in values.items()}

    def _drawn(self) -> dict[str, Callable[[str], str]]:
        """Slots that are drawn anew for each sentence."""
        year = self._occasion.date.year
        since = self._occasion.key_year()
        first = min(max(_FIRST_PAST, since + 2), _LAST_PAST)
        return {
            "ref": lambda mark: self.refer(mark, pronoun=True),
            "who": lambda mark: self.refer(mark, pronoun=False),
            "past": lambda mark: str(self._between(first, _LAST_PAST, "past", mark)),
            "lately": lambda mark: str(self._between(max(first, _FIRST_LATELY), _LAST_PAST, "lately", mark)),
            "modern": lambda mark: str(self._between(_LAST_PAST + 1, year - 1, "modern", mark)),
            "later": lambda mark: str(self._between(year + 2, year + 9, "later", mark)),
            "soon": self._soon,
            "month": lambda mark: self._pick(MONTHS, "month", mark),
            "elsewhere": lambda mark: self._city(mark).name,
            "elsewhere2": self._second_city,
            "stranger": lambda mark: self._stranger(f"news {self._key} {mark}"),
            "other": self._other,
            "count": lambda mark: str(self._between(13, 89, "count", mark)),
            "large": lambda mark: f"{self._between(31, 990, 'large', mark) * 10:,}",
            "few": lambda mark: self._pick(_NUMBERS, "few", mark),
            "months": lambda mark: self._pick(_NUMBERS, "months", mark),
            "nth": lambda mark: self._pick(_ORDINALS, "nth", mark),
            "share": lambda mark: self._pick(_SHARES, "share", mark),
            "percent": lambda mark: f"{self._between(11, 99, 'percent', mark) / 10}",
            "percent_high": lambda mark: f"{self._between(503, 649, 'percent high', mark) / 10}",
            "sum": self._sum,
            "paper": lambda mark: f"the {self._pick(_PAPERS, 'paper', mark)}",
            "paper_bare": lambda mark: self._pick(_PAPERS, "paper", mark),
        }

    def _soon(self, mark: str) -> str:
        day = self._occasion.date + datetime.timedelta(days=self._between(9, 70, "soon", mark))
        return f"{day.day} {day:%B}"

    def _sum(self, mark: str) -> str:
        if self._chance.happens(0.5, self._key, "million", mark):
            return f"{self._between(11, 89, 'sum', mark) / 10} million crowns"
        return f"{self._between(3, 96, 'sum', mark) * 5000:,} crowns"

    def _city(self, *mark: object) -> Entity:
        """A city of another province: it has nothing to do with the subject."""
        return distant_city(self._occasion.world, self._occasion.subject, self._chance, self._key, "city", *mark)

    def _second_city(self, mark: str) -> str:
        first = self._city(mark)
        drawn = (self._city(mark, turn) for turn in range(9))
        return next((city.name for city in drawn if city is not first), first.name)

    def _other(self, mark: str) -> str:
        """Somebody alive, of another province, who has an article too."""
        world, subject = self._occasion.world, self._occasion.subject
        alive = [
            one
            for one in world.of_kind("person")
            if one.province != subject.province and not world.known(one, "death_year")
        ]
        person = self._chance.pick(alive, self._key, "other", mark)
        return f"the {person.traits['noun']} {person.name}"

    def _pick(self, options: tuple[str, ...] | list[str], *key: object) -> str:
        return self._chance.pick(options, self._key, *key)

    def _between(self, low: int, high: int, *key: object) -> int:
        return self._chance.between(low, high, self._key, *key)


class _Values(dict[str, str]):
    """Looks slots up when a sentence asks for them."""

    def __init__(self, slots: Slots, mark: str, owner: Entity, *, states: bool) -> None:
        super().__init__()
        self.mentioned = False
        self._slots = slots
        self._mark = mark
        self._owner = owner
        self._states = states

    def __missing__(self, name: str) -> str:
        if name in {"ref", "who", "name", "short", "he"}:
            self.mentioned = True
        if name.startswith("="):
            return self._slots.fact(self._owner, name[1:], states=self._states)
        return self._slots.value(name, self._mark, self._owner)


def _same(value: str, _: str) -> str:
    return value

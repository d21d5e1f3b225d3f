"""What fills the slots of sentences that nobody asks about: other years, cities, persons, numbers, things.

All of it is there to stand in the way: a reader must tell the asked year from these, the asked city from those.
"""

from collections.abc import Callable, Sequence

from pipelines.sample.chance import Chance
from pipelines.sample.names import NameSource, words
from pipelines.sample.world import Entity, World

OCCUPATIONS = (
    *words("surveyor lawyer photographer botanist bookseller schoolmaster apothecary journalist engraver organist"),
    *("bell founder", "ship owner", "timber merchant", "stage designer", "tax collector", "landscape gardener"),
    *words("chemist judge general bishop actress violinist sculptor astronomer optician publisher midwife"),
)
GOODS = (
    *words("cabbages hops flax sailcloth rope buttons needles hats salt herring honey cider tobacco leather mirrors"),
    *("wool cloth", "roof tiles", "church bells", "barrels", "playing cards", "dyes", "candles", "cheese", "gloves"),
)
TRADES = words("baker ferryman teacher printer tailor doctor farmer locksmith postmaster miller cooper saddler")
MATERIALS = ("brick", "granite", "oak", "sandstone", "slate", "limestone", "copper", "larch", "red marble")
COLOURS = words("yellow blue green white grey black red brown")
SEASONS = words("spring summer autumn winter")
MONTHS = words("January February March April May June July August September October November December")
WEEKDAYS = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
NUMBERS = words("three four five six seven eight nine")
SHARES = ("a third", "a quarter", "two fifths", "half", "a tenth", "three quarters", "a fifth")
_FEASTS = words("Lanterns Barley Kites Candles Herons Apples Swans Boats Ribbons Honey Snow Chestnuts")
_PAPERS = words("Lantern Courier Herald Observer Post Messenger Gazette Mirror Echo Tribune")
_TIMES = ("Morning", "Evening", "Weekly", "Northern", "Harbour", "Provincial")
_ROADS = words("Street Street Square Lane Bridge Gate")


# Of these a page has so many and comes back to them, as articles do; of all others each sentence has its own.
_RECURRING = {"festival": 1, "paper": 1}
_KNOWN_CITIES = 0.35  # share of the cities named in passing that have an article
_STRANGERS = 3  # on a page about one life or less; institutions outlive everybody
_SAME_NUMBER = {"stranger_noun": "stranger"}
_SHORT_LIVED = ("person", "work", "event")


class Slots:
    """Values of the slots on the page about one entity; `mark` names the sentence."""

    def __init__(self, world: World, entity: Entity, chance: Chance, names: NameSource) -> None:
        self._world = world
        self._entity = entity
        self._chance = chance
        self._names = names
        self._several = dict(_RECURRING)
        if entity.kind in _SHORT_LIVED:
            self._several["stranger"] = _STRANGERS
        self._makers: dict[str, Callable[[str], str | Entity]] = {
            "elsewhere": lambda mark: self.elsewhere("elsewhere", mark),
            "elsewhere2": self._other_city,
            "stranger": lambda mark: names.stranger(f"stranger {entity.key} {mark}"),
            "stranger_noun": self._one_of(OCCUPATIONS, "stranger noun"),
            "kin": lambda mark: f"{names.stranger(f'kin {entity.key} {mark}').split()[0]} {entity.name.split()[-1]}",
            "street": lambda mark: f"{self._bearer(mark, 'street')} {self._pick(_ROADS, 'road', mark)}",
            "ship": lambda mark: f"''{self._namesake(mark)}''",
            "prize": lambda mark: f"{self._bearer(mark, 'prize')} Prize",
            "count": lambda mark: str(self._between(3, 90, "count", mark)),
            "large": lambda mark: f"{self._between(300, 9900, 'large', mark) // 10 * 10:,}",
            "few": self._one_of(NUMBERS, "few"),
            "share": self._one_of(SHARES, "share"),
            "season": self._one_of(SEASONS, "season"),
            "month": self._one_of(MONTHS, "month"),
            "weekday": self._one_of(WEEKDAYS, "weekday"),
            "goods": self._one_of(GOODS, "goods"),
            "trade": self._one_of(TRADES, "trade"),
            "material": self._one_of(MATERIALS, "material"),
            "colour": self._one_of(COLOURS, "colour"),
            "festival": lambda mark: f"the Feast of {self._pick(_FEASTS, 'feast', mark)}",
            "paper": lambda mark: f"the {self._pick(_TIMES, 'time', mark)} {self._pick(_PAPERS, 'paper', mark)}",
        }

    def value(self, slot: str, mark: str) -> str | Entity:
        """What stands for `slot` in the sentence `mark`.

        Raises:
            KeyError: there is no such slot.
        """
        recurring = _SAME_NUMBER.get(slot, slot)
        if recurring in self._several:
            mark = f"no {self._between(1, self._several[recurring], recurring, mark)}"
        return self._makers[slot](mark)

    def elsewhere(self, *key: object) -> Entity | str:
        """A city that has nothing to do with this page's facts; most often one without an article."""
        if not self._chance.happens(_KNOWN_CITIES, self._entity.key, "known", *key):
            return self._names.foreign_city(f"{self._entity.key} {key}")
        return distant_city(self._world, self._entity, self._chance, self._entity.key, "elsewhere", *key)

    def _other_city(self, mark: str) -> Entity | str:
        first, second = self.elsewhere("elsewhere", mark), self.elsewhere("elsewhere2", mark)
        return second if second != first else self.elsewhere("elsewhere2", mark, "again")

    def _bearer(self, mark: str, use: str) -> str:
        """The surname of somebody who has an article, or a city's name."""
        kind = "person" if self._between(0, 3, use, "kind", mark) else "city"
        return self._chance.pick(self._world.of_kind(kind), self._entity.key, use, mark).name.split()[-1]

    def _namesake(self, mark: str) -> str:
        kind = self._pick(("person", "city", "person", "province"), "ship kind", mark)
        return self._chance.pick(self._world.of_kind(kind), self._entity.key, "ship", mark).name

    def _one_of(self, options: Sequence[str], slot: str) -> Callable[[str], str]:
        return lambda mark: self._pick(options, slot, mark)

    def _pick(self, options: Sequence[str], *key: object) -> str:
        return self._chance.pick(options, self._entity.key, "slot", *key)

    def _between(self, low: int, high: int, *key: object) -> int:
        return self._chance.between(low, high, self._entity.key, "slot", *key)


def distant_city(world: World, entity: Entity, chance: Chance, *key: object) -> Entity:
    """A city of another province than `entity`'s."""
    cities = world.of_kind("city")
    there = chance.pick(cities, *key)
    near = there.province == entity.province
    return cities[(cities.index(there) + 4) % len(cities)] if near else there

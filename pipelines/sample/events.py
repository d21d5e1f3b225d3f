"""Events: floods and fires, strikes and sieges, exhibitions and expeditions, congresses and regattas."""

from dataclasses import dataclass

from pipelines.sample.bonds import lifetime
from pipelines.sample.builder import Builder
from pipelines.sample.world import Entity

_PER_PROVINCE = 2
_YOUNGEST, _OLDEST = 24, 62  # age of whoever leads
_LEADERS = ("politician", "engineer", "architect", "business executive", "botanist", "historian", "geologist")


@dataclass(frozen=True)
class EventKind:
    """A kind of event.

    Attributes:
        first: the earliest year it may happen in.
        last: the latest.
        count: lowest and highest of its number (houses flooded, workers on strike …).
        step: the number is a multiple of it.
    """

    first: int
    last: int
    count: tuple[int, int]
    step: int


EVENT_KINDS = {
    "flood": EventKind(1818, 2016, (12, 490), 1),
    "fire": EventKind(1818, 1990, (11, 380), 1),
    "strike": EventKind(1862, 2012, (130, 6900), 10),
    "exhibition": EventKind(1851, 2016, (4100, 98000), 100),
    "expedition": EventKind(1820, 1985, (9, 76), 1),
    "siege": EventKind(1818, 1881, (13, 120), 1),
    "congress": EventKind(1848, 2016, (60, 990), 5),
    "regatta": EventKind(1840, 2016, (14, 180), 1),
}


def add_events(builder: Builder) -> None:
    """Adds the events of every province."""
    for number in range(builder.config.provinces):
        for i in range(_PER_PROVINCE):
            _add_event(builder, number, key=f"event-{number:03d}-{i}")


def _add_event(builder: Builder, number: int, *, key: str) -> None:
    """Somebody's years decide when it happens, and so which kinds of event it can be."""
    chance = builder.chance
    people = [one for one in builder.neighbours(number, "person") if one.traits["noun"] in _LEADERS]
    leader = next(one for one in chance.shuffled(people, "leader", key) if _years(builder, one))
    year = chance.pick(_years(builder, leader), "event year", key)
    kind = chance.pick([name for name, one in EVENT_KINDS.items() if one.first <= year <= one.last], "event kind", key)
    shape = EVENT_KINDS[kind]
    event = builder.add(key, builder.names.event(key, kind), province=number, event=kind)
    low, high = (bound // shape.step for bound in shape.count)
    builder.state(event, "year", year)
    builder.link(event, "place", chance.pick(builder.neighbours(number, "city"), "event place", key))
    builder.link(event, "leader", leader)
    builder.state(event, "count", f"{chance.between(low, high, 'event count', key) * shape.step:,}")


def _years(builder: Builder, person: Entity) -> range:
    """The years in which a person might lead something."""
    born, died = lifetime(builder, person)
    latest = min(died, born + _OLDEST, max(one.last for one in EVENT_KINDS.values()))
    return range(max(born + _YOUNGEST, min(one.first for one in EVENT_KINDS.values())), latest + 1)

"""The prose of pages about events."""

from pipelines.sample.banks import events as bank
from pipelines.sample.writer import Lived, PageWriter

_BEFORE, _AFTER = 40, 60  # years around an event that its page speaks of
_LATEST = 2017


def write_event(writer: PageWriter) -> None:
    """Writes an event: what led to it, its course, what came of it."""
    world, event = writer.world, writer.entity
    place, year, leader, count = (world.fact(event, name) for name in ("place", "year", "leader", "count"))
    kind, when, person = event.traits["event"], int(year.answer), world.target(leader)
    writer.section()
    writer.say(f"event/{kind}", place, year, city=world.target(place), year=year.answer)
    writer.say(f"event/{kind}_count", count, count=count.answer)
    writer.paragraph()
    writer.years = (when - _BEFORE, when - 1)
    writer.fill("background", bank.BACKGROUND[kind], short=1, long=6)
    writer.part("Course")
    writer.say(f"event/{kind}_leader", leader, leader=Lived(person), noun=person.traits["noun"])
    writer.fill("course", bank.COURSE[kind], short=1, long=7)
    writer.part("Aftermath")
    writer.wonder()
    writer.years = (min(when + 1, _LATEST), min(when + _AFTER, _LATEST))
    writer.fill("aftermath", bank.AFTERMATH[kind], short=1, long=7)

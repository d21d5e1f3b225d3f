"""How pages speak of offices: the holder's page and the page of the body that is governed."""

from pipelines.sample.world import OFFICES, Office
from pipelines.sample.writer import PageWriter, Value

ROLE_NAMES = {
    "mayor": "mayor",
    "governor": "governor",
    "chief_executive": "chief executive",
    "rector": "rector",
    "president": "president",
}
_ELECTED = ("mayor", "governor", "president")


def say_office(writer: PageWriter, office: Office) -> None:
    """On the holder's page. Whoever leads what he founded is dealt with where the founding is told."""
    world = writer.world
    body = world.entities[office.body]
    values: dict[str, Value] = {"office": ROLE_NAMES[office.role], "body": body, "year": office.since}
    if office.until is not None:
        writer.say("person/past_office", **values, until=office.until)
    elif office.predecessor:
        chosen = "elected" if office.role in _ELECTED else "appointed"
        before = world.entities.get(office.predecessor, office.predecessor)
        fact = world.fact(body, office.role)
        writer.say("person/office", fact, **values, chosen=chosen, predecessor=before)


def say_holder(writer: PageWriter, slot: str) -> None:
    """On the body's page; `slot`_founder where the office has been held by nobody before."""
    world, body = writer.world, writer.entity
    office = world.holders(body)[-1]
    holder = world.entities[office.holder]
    fact = world.fact(body, OFFICES[body.kind])
    if not office.predecessor:
        writer.say(f"{slot}_founder", fact, holder=holder)
        return
    before = world.entities.get(office.predecessor, office.predecessor)
    values: dict[str, Value] = {"holder": holder, "noun": holder.traits["noun"], "year": office.since}
    writer.say(slot, fact, **values, predecessor=before)

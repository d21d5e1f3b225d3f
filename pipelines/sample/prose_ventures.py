"""The prose of pages about universities, companies and works."""

from pipelines.sample import phrases_ventures as bank
from pipelines.sample.offices import say_holder
from pipelines.sample.phrases_people import SHOPS
from pipelines.sample.writer import PageWriter

_LATEST = 2016  # year of the last event that is told
_MODERN = 1924  # year from which on there are films and recordings


def write_university(writer: PageWriter) -> None:
    """Writes a university and who studied there."""
    world, university = writer.world, writer.entity
    seat, founded, students = (world.fact(university, name) for name in ("city", "founded", "students"))
    country = world.country(university)
    writer.section()
    writer.say("university/lead", seat, city=world.target(seat), country=country, nation=country.traits["adjective"])
    writer.say("university/founded", founded, year=founded.answer)
    say_holder(writer, "university/rector")
    writer.say("university/students", students, students=students.answer)
    writer.paragraph()
    _fill(writer, bank.UNIVERSITY_LIFE, 3, since=int(founded.answer))
    alumni = world.pointing_at(university, "studied_at")
    if alumni:
        writer.section("Alumni")
        writer.say("university/known")
    for fact in alumni:
        person = world.subject(fact)
        noun, subject = person.traits["noun"], person.traits["subject"]
        writer.say("university/alumni", fact, person=person, noun=noun, subject=subject)


def write_company(writer: PageWriter) -> None:
    """Writes a company: what it makes, who began it, who leads it."""
    world, company = writer.world, writer.entity
    based, product, employees = (world.fact(company, name) for name in ("headquarters", "product", "employees"))
    founder_fact, founded = world.fact(company, "founder"), world.fact(company, "founded")
    founder, country = world.target(founder_fact), world.country(company)
    writer.section()
    writer.say(
        "company/lead",
        based,
        product,
        product=product.answer,
        city=world.target(based),
        country=country,
        nation=country.traits["adjective"],
    )
    writer.say("company/employees", employees, employees=employees.answer)
    writer.paragraph()
    writer.say(
        "company/founder",
        founder_fact,
        founded,
        founder=founder,
        noun=founder.traits["noun"],
        year=founded.answer,
        shop=writer.pick(SHOPS, "shop"),
    )
    if int(founded.answer) <= _LATEST:
        count = writer.between(3, 5, "events")
        _fill(writer, bank.COMPANY_LIFE, count, since=int(founded.answer))
    writer.paragraph()
    say_holder(writer, "company/chief")


def write_work(writer: PageWriter) -> None:
    """Writes a novel, painting, opera or symphony."""
    world, work = writer.world, writer.entity
    creator, year, place = (world.fact(work, name) for name in ("creator", "year", "place"))
    kind = work.traits["work"]
    writer.section()
    writer.say(f"work/{kind}", creator, year, creator=world.target(creator), year=year.answer)
    writer.say(f"work/{kind}_place", place, city=world.target(place))
    writer.paragraph()
    writer.fill("theme", bank.WORK_THEMES[kind], 1)
    _fill(writer, bank.WORK_LIFE[kind], writer.between(4, 7, "description"), since=int(year.answer))


def _fill(writer: PageWriter, sentences: tuple[str, ...], count: int, *, since: int) -> None:
    """Adds sentences with cities that nobody asks about and with years after `since`."""
    late, last = min(since + 12, _LATEST), min(since + 140, _LATEST)
    modern = max(late, _MODERN)
    writer.fill(
        "life",
        sentences,
        count,
        year=lambda i: writer.between(late, last, "fill year", i),
        later=lambda i: writer.between(late, last, "fill later", i),
        modern=lambda i: writer.between(modern, _LATEST, "fill modern", i),
        elsewhere=lambda i: writer.elsewhere("life", i),
    )

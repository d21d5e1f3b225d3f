"""The prose of pages about universities, companies and works."""

from pipelines.sample.banks import companies, universities, works
from pipelines.sample.banks.works_content import CONTENT
from pipelines.sample.offices import say_holder
from pipelines.sample.phrases_people import SHOPS
from pipelines.sample.writer import Lived, PageWriter

_LATEST = 2016  # year of the last thing that is told


def write_university(writer: PageWriter) -> None:
    """Writes a university and who studied there."""
    world, university = writer.world, writer.entity
    seat, founded, students = (world.fact(university, name) for name in ("city", "founded", "students"))
    country = world.country(university)
    writer.section()
    writer.say("university/lead", seat, city=world.target(seat), country=country, nation=country.traits["adjective"])
    writer.say("university/founded", founded, year=founded.answer)
    writer.years = (min(int(founded.answer) + 3, 1940), 2016)
    say_holder(writer, "university/rector")
    writer.say("university/students", students, students=students.answer)
    writer.paragraph()
    writer.fill("buildings", universities.BUILDINGS, short=1, long=5)
    benefactor = world.known(university, "benefactor")
    if benefactor:
        giver = world.target(benefactor)
        writer.say("university/benefactor", benefactor, person=Lived(giver), noun=giver.traits["noun"])
    writer.part("Teaching and research")
    writer.fill("teaching", universities.TEACHING, short=1, long=5)
    writer.fill("research", universities.RESEARCH, short=0, long=5)
    writer.wonder()
    writer.part("Student life")
    writer.fill("student life", universities.STUDENT_LIFE, short=0, long=5)
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
        founder=Lived(founder),
        noun=founder.traits["noun"],
        year=founded.answer,
        shop=writer.pick(SHOPS, "shop"),
    )
    writer.years = (min(int(founded.answer) + 2, _LATEST), _LATEST)
    old = int(founded.answer) < _LATEST
    if old:
        writer.fill("history", companies.HISTORY, short=1, long=7)
    _company_people(writer)
    writer.wonder()
    writer.part("Sites and markets")
    if old:
        writer.fill("plants", companies.PLANTS, short=1, long=5)
    partner = world.known(company, "partner")
    if partner:
        other = world.target(partner)
        writer.say("company/partner", partner, world.fact(other, "partner"), partner=other)
    if old:
        writer.fill("markets", companies.MARKETS, short=0, long=5)
        writer.fill("public life", companies.PUBLIC_LIFE, short=0, long=5)


def _company_people(writer: PageWriter) -> None:
    """Who leads it, and who began there."""
    world, company = writer.world, writer.entity
    writer.part("People")
    say_holder(writer, "company/chief")
    for fact in world.pointing_at(company, "first_employer"):
        person = world.subject(fact)
        writer.say("company/beginner", fact, person=person, noun=person.traits["noun"])
    writer.fill("workforce", companies.WORKFORCE, short=0, long=5)


def write_work(writer: PageWriter) -> None:
    """Writes a novel, painting, opera or symphony."""
    world, work = writer.world, writer.entity
    creator, year, place = (world.fact(work, name) for name in ("creator", "year", "place"))
    kind = work.traits["work"]
    writer.years = (min(int(year.answer) + 3, _LATEST), min(int(year.answer) + 140, _LATEST))
    writer.section()
    writer.say(f"work/{kind}", creator, year, creator=Lived(world.target(creator)), year=year.answer)
    writer.say(f"work/{kind}_place", place, city=world.target(place))
    dedicatee = world.known(work, "dedicatee")
    if dedicatee:
        person = world.target(dedicatee)
        writer.say("work/dedicatee", dedicatee, person=Lived(person), noun=person.traits["noun"])
    writer.part("Content")
    writer.fill("content", CONTENT[kind], short=1, long=1)
    writer.wonder()
    writer.part("Making")
    writer.fill("making", works.MAKING[kind], short=1, long=7)
    writer.part("Reception")
    writer.fill("reception", works.RECEPTION[kind], short=1, long=7)
    writer.fill("afterlife", works.AFTERLIFE[kind], short=0, long=7)

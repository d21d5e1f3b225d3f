"""The prose of pages about people."""

from collections.abc import Callable

from pipelines.sample.banks import careers, careers_arts, people
from pipelines.sample.offices import ROLE_NAMES, say_office
from pipelines.sample.people import SCHOLARS
from pipelines.sample.phrases_people import SHOPS
from pipelines.sample.slots import MONTHS, TRADES
from pipelines.sample.tables import work_list
from pipelines.sample.world import Entity, Fact
from pipelines.sample.writer import Lived, PageWriter, Value

_LATEST = 2017  # year of the last thing that is told of the living
_CAREERS = {
    "politician": careers.POLITICS,
    "business executive": careers.BUSINESS,
    "engineer": careers.ENGINEERING,
    "architect": careers_arts.ARCHITECTURE,
    "novelist": careers_arts.WRITING,
    "painter": careers_arts.PAINTING,
    "composer": careers_arts.MUSIC,
    **dict.fromkeys(SCHOLARS, careers.SCHOLARSHIP),
}


def write_person(writer: PageWriter) -> None:
    """Writes a life: lead, early life, career, personal life."""
    world, person = writer.world, writer.entity
    born, death = int(world.fact(person, "birth_year").answer), world.known(person, "death_year")
    last = int(death.answer) if death else _LATEST
    grown_up, old = (born + 25, min(born + 58, last)), (min(born + 42, last - 1), last)
    _lead(writer, alive=death is None)
    _early_life(writer, born)
    writer.years = grown_up
    writer.part("Career")
    _career(writer)
    _deeds(writer)
    _bonds(writer)
    writer.attach(work_list(writer))
    writer.part("Personal life")
    _marriage(writer)
    writer.fill("private", people.PRIVATE if death else people.PRIVATE_TODAY, short=1, long=3)
    writer.wonder()
    writer.years = old
    writer.fill("reputation", people.REPUTATION, short=0, long=3)
    if death:
        _death(writer)
        writer.years = (last + 1, _LATEST + 1)
        writer.fill("legacy", people.LEGACY, short=0, long=3)


def _lead(writer: PageWriter, *, alive: bool) -> None:
    world, person = writer.world, writer.entity
    born, died = world.fact(person, "birth_year"), world.known(person, "death_year")
    country = world.entities[person.traits["country"]]
    writer.section()
    writer.say(
        "person/lead" if alive else "person/lead_dead",
        born,
        died,
        birth=_birth_date(writer, born.answer) if alive else born.answer,
        death=died.answer if died else "",
        nation=country.traits["adjective"],
        noun=person.traits["noun"],
        country=country,
    )


def _birth_date(writer: PageWriter, year: str) -> str:
    """The full date on one page in three."""
    if writer.number("date") % 3:
        return year
    return f"{writer.between(1, 28, 'day')} {writer.pick(MONTHS, 'month')} {year}"


def _early_life(writer: PageWriter, born: int) -> None:
    world, person = writer.world, writer.entity
    place = world.fact(person, "birth_place")
    writer.paragraph()
    writer.say(
        "person/birth",
        place,
        city=world.target(place),
        nth=writer.pick(("first", "second", "third", "fourth", "youngest"), "nth"),
        trade=writer.pick(TRADES, "trade"),
        shop=writer.pick(SHOPS, "shop"),
    )
    if writer.number("moved") % 2:
        writer.say(
            "person/moved",
            age=writer.pick(("five", "six", "eight", "nine", "eleven"), "age"),
            elsewhere=writer.elsewhere("moved"),
        )
    writer.years = (born + 5, born + 15)
    writer.fill("childhood", people.CHILDHOOD, short=0, long=3)
    writer.paragraph()
    school, teacher = world.known(person, "studied_at"), world.known(person, "teacher")
    if school:
        writer.say("person/studies", school, subject=person.traits["subject"], school=world.target(school))
    if teacher:
        master = world.target(teacher)
        writer.say("person/teacher", teacher, teacher=Lived(master), teacher_noun=master.traits["noun"])
    writer.years = (born + 19, born + 24)
    writer.fill("study years", people.STUDY_YEARS, short=1, long=3)


def _career(writer: PageWriter) -> None:
    """First post, offices, and much that nobody asks about."""
    world, person = writer.world, writer.entity
    first = world.known(person, "first_employer")
    if first:
        writer.say("person/first_employer", first, company=world.target(first))
    for office in world.career(person):
        say_office(writer, office)
    writer.fill("career", _CAREERS[person.traits["noun"]], short=1, long=6)
    writer.paragraph()
    writer.fill("travels", people.TRAVELS, short=0, long=3)


def _deeds(writer: PageWriter) -> None:
    """Companies founded and works made."""
    world, person = writer.world, writer.entity
    for fact in world.pointing_at(person, "founder"):
        company = world.subject(fact)
        founded, product = world.fact(company, "founded"), world.fact(company, "product")
        year, makes = founded.answer, product.answer
        writer.say("person/founder", fact, founded, product, company=company, product=makes, year=year)
        chief = world.fact(company, "chief_executive")
        if chief.target == person.key:
            writer.say("person/office_founder", chief, office=ROLE_NAMES["chief_executive"], body=company)
    works = [(world.fact(world.subject(fact), "year"), fact) for fact in world.pointing_at(person, "creator")]
    for year_fact, fact in sorted(works, key=lambda pair: pair[0].answer):
        work = world.subject(fact)
        writer.say(f"person/{work.traits['work']}", fact, year_fact, work=work, year=year_fact.answer)


def _bonds(writer: PageWriter) -> None:
    """Pupils, town halls, gifts, events that were led, works that were dedicated."""
    _say_each(writer, "teacher", "person/student", lambda one: {"student": one, "student_noun": one.traits["noun"]})
    world, person = writer.world, writer.entity
    for fact in world.pointing_at(person, "architect"):
        city = world.subject(fact)
        built = world.fact(city, "town_hall")
        writer.say("person/town_hall", fact, built, city=city, year=built.answer)
    _say_each(writer, "benefactor", "person/benefactor", lambda one: {"school": one})
    for fact in world.pointing_at(person, "leader"):
        event = world.subject(fact)
        year = world.fact(event, "year")
        writer.say(f"person/{event.traits['event']}", fact, year, event=event, year=year.answer)
    _say_each(writer, "dedicatee", "person/dedicatee", lambda one: {"work": one, "kind": one.traits["work"]})


def _say_each(writer: PageWriter, relation: str, slot: str, values: Callable[[Entity], dict[str, Value]]) -> None:
    """Says of each fact whose answer is the page's person what it is about."""
    found: list[Fact] = writer.world.pointing_at(writer.entity, relation)
    for fact in found:
        writer.say(slot, fact, **values(writer.world.subject(fact)))


def _marriage(writer: PageWriter) -> None:
    world, person = writer.world, writer.entity
    fact = world.known(person, "spouse")
    if fact is None:
        return
    spouse = world.target(fact)
    back = world.fact(spouse, "spouse")
    couple = min(person.key, spouse.key)
    youngest = max(int(world.fact(one, "birth_year").answer) for one in (person, spouse))
    he = person.traits["gender"] == "he"
    writer.say(
        "person/spouse",
        fact,
        back,
        spouse=spouse,
        spouse_noun=spouse.traits["noun"],
        spouse_his="her" if he else "his",
        partner="husband" if he else "wife",
        year=youngest + writer.shared(21, 36, couple, "wedding"),
        children=("two", "three", "four", "five")[writer.shared(0, 3, couple, "children")],
    )


def _death(writer: PageWriter) -> None:
    world, person = writer.world, writer.entity
    place, year = world.fact(person, "death_place"), world.fact(person, "death_year")
    writer.paragraph()
    writer.say("person/death", place, year, city=world.target(place), year=year.answer)
    writer.say("person/buried", elsewhere=writer.elsewhere("buried"))

"""The prose of pages about people."""

from pipelines.sample.names import words
from pipelines.sample.offices import ROLE_NAMES, say_office
from pipelines.sample.phrases_people import CHARACTER, CHARACTER_TODAY, CHILDHOOD, LEGACY, MIDLIFE, SHOPS, TRADES
from pipelines.sample.tables import work_list
from pipelines.sample.writer import PageWriter

_MONTHS = words("January February March April May June July August September October November December")
_LONG_SHARE = 0.25  # of people's pages fill two blocks


def write_person(writer: PageWriter) -> None:
    """Writes a life: lead, early life, career, personal life."""
    world, person = writer.world, writer.entity
    alive = world.known(person, "death_year") is None
    _lead(writer, alive=alive)
    _early_life(writer)
    long = writer.number("length") % 100 < _LONG_SHARE * 100
    _part(writer, "Career", long=long)
    for office in world.career(person):
        say_office(writer, office)
    _deeds(writer)
    _fill_years(writer, "midlife", 5 if long else 2)
    for fact in world.pointing_at(person, "teacher"):
        student = world.subject(fact)
        writer.say("person/student", fact, student=student, student_noun=student.traits["noun"])
    writer.attach(work_list(writer))
    _part(writer, "Personal life", long=long)
    _marriage(writer)
    writer.fill("character", CHARACTER_TODAY if alive else CHARACTER, 6 if long else 2)
    if not alive:
        _death(writer)
        writer.fill("legacy", LEGACY, 3 if long else 1)


def _part(writer: PageWriter, heading: str, *, long: bool) -> None:
    """Only long pages have headings: a block never goes beyond one."""
    if long:
        writer.section(heading)
    else:
        writer.paragraph()


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
    return f"{writer.between(1, 28, 'day')} {writer.pick(_MONTHS, 'month')} {year}"


def _early_life(writer: PageWriter) -> None:
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
    writer.fill("childhood", CHILDHOOD, 1)
    school, teacher = world.known(person, "studied_at"), world.known(person, "teacher")
    if school:
        writer.say("person/studies", school, subject=person.traits["subject"], school=world.target(school))
    if teacher:
        master = world.target(teacher)
        writer.say("person/teacher", teacher, teacher=master, teacher_noun=master.traits["noun"])


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


def _fill_years(writer: PageWriter, slot: str, count: int) -> None:
    born = int(writer.world.fact(writer.entity, "birth_year").answer)
    writer.fill(
        slot,
        MIDLIFE,
        count,
        year=lambda i: writer.between(born + 30, min(born + 54, 2017), slot, "year", i),
        elsewhere=lambda i: writer.elsewhere(slot, i),
        months=lambda i: writer.pick(("three", "five", "seven", "ten", "eleven"), slot, "months", i),
    )


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

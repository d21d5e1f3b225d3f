"""The prose of pages about cities, provinces, countries, rivers and seas."""

from pipelines.sample import phrases_places as bank
from pipelines.sample.banks import cities, regions
from pipelines.sample.offices import say_holder
from pipelines.sample.tables import climate_table, district_table
from pipelines.sample.world import Entity
from pipelines.sample.writer import Lived, PageWriter, Value


def write_city(writer: PageWriter) -> None:
    """Writes a city: the longest pages, because most facts of a province touch one."""
    world, city = writer.world, writer.entity
    founded = world.fact(city, "founded")
    writer.years = (max(1721, int(founded.answer) + 30), 1965)
    _city_lead(writer)
    writer.section("Geography")
    peak = world.fact(world.target(world.fact(city, "province")), "peak")
    writer.fill("geography", cities.GEOGRAPHY, short=2, long=2)
    writer.say("city/peak", peak, peak=peak.answer)
    writer.attach(climate_table(writer))
    writer.fill("quarters", cities.QUARTERS, short=1, long=1)
    writer.section("History and government")
    settlers = writer.pick(bank.SETTLERS, "settlers")
    writer.say("city/founded", founded, year=founded.answer, settlers=settlers)
    writer.fill("history", cities.HISTORY, short=3, long=3)
    writer.wonder()
    _city_events(writer)
    writer.paragraph()
    say_holder(writer, "city/mayor")
    _city_hall(writer)
    writer.fill("government", cities.GOVERNMENT, short=1, long=1)
    twin = world.known(city, "twin")
    if twin:
        writer.say("city/twin", twin, world.fact(world.target(twin), "twin"), twin=world.target(twin))
    _city_economy(writer)
    _city_culture(writer)
    _city_people(writer)


def _city_lead(writer: PageWriter) -> None:
    world, city = writer.world, writer.entity
    province_fact, river_fact, population = (world.fact(city, name) for name in ("province", "river", "population"))
    province, country = world.target(province_fact), country_of(writer)
    writer.section()
    writer.say(
        "city/lead",
        province_fact,
        river_fact,
        province=province,
        country=country,
        nation=country.traits["adjective"],
        river=world.target(river_fact),
    )
    _city_status(writer, province, country)
    writer.say("city/population", population, population=population.answer)


def _city_hall(writer: PageWriter) -> None:
    world, city = writer.world, writer.entity
    architect, built = world.fact(city, "architect"), world.fact(city, "town_hall")
    writer.say("city/town_hall", architect, built, architect=Lived(world.target(architect)), year=built.answer)


def _city_events(writer: PageWriter) -> None:
    world, city = writer.world, writer.entity
    for placed in world.pointing_at(city, "place"):
        event = world.subject(placed)
        if event.kind == "event":
            year, count = world.fact(event, "year"), world.fact(event, "count")
            values: dict[str, Value] = {"event": event, "year": year.answer, "count": count.answer}
            writer.say(f"city/{event.traits['event']}", placed, year, count, **values)


def _city_status(writer: PageWriter, province: Entity, country: Entity) -> None:
    world, city = writer.world, writer.entity
    capital, national = world.fact(province, "capital"), world.fact(country, "capital")
    if capital.target == city.key:
        writer.say("city/capital", capital, province=province)
    if national.target == city.key:
        writer.say("city/national_capital", national, country=country)


def _city_economy(writer: PageWriter) -> None:
    world, city = writer.world, writer.entity
    writer.section("Economy and culture")
    writer.fill("economy", cities.ECONOMY, short=2, long=2)
    for based in world.pointing_at(city, "headquarters"):
        company = world.subject(based)
        product, employees = world.fact(company, "product"), world.fact(company, "employees")
        writer.say(
            "city/company",
            based,
            product,
            employees,
            company=company,
            product=product.answer,
            employees=employees.answer,
        )
    for seat in world.pointing_at(city, "city"):
        university = world.subject(seat)
        founded, students = world.fact(university, "founded"), world.fact(university, "students")
        writer.say(
            "city/university",
            seat,
            founded,
            students,
            university=university,
            year=founded.answer,
            students=students.answer,
        )
    writer.fill("transport", cities.TRANSPORT, short=1, long=1)


def _city_culture(writer: PageWriter) -> None:
    world, city = writer.world, writer.entity
    writer.paragraph()
    writer.fill("culture", cities.CULTURE, short=2, long=2)
    for placed in world.pointing_at(city, "place"):
        work = world.subject(placed)
        if work.kind == "work":
            writer.say(f"city/{work.traits['work']}", placed, work=work)
    writer.fill("sport", cities.SPORT, short=1, long=1)


def _city_people(writer: PageWriter) -> None:
    world, city = writer.world, writer.entity
    natives, dead_here = world.pointing_at(city, "birth_place"), world.pointing_at(city, "death_place")
    if natives or dead_here:
        writer.section("People")
    if natives:
        writer.say("city/natives")
    for place in natives:
        person = world.subject(place)
        born, dead = world.fact(person, "birth_year"), world.known(person, "death_year")
        writer.say(
            "city/native_dead" if dead else "city/native",
            place,
            born,
            person=person,
            noun=person.traits["noun"],
            year=born.answer,
        )
    if dead_here:
        writer.paragraph()
        writer.say("city/dead")
    for place in dead_here:
        person = world.subject(place)
        died = world.fact(person, "death_year")
        his = "his" if person.traits["gender"] == "he" else "her"
        writer.say(
            "city/died", place, died, person=person, noun=person.traits["noun"], year=died.answer, person_his=his
        )


def write_province(writer: PageWriter) -> None:
    """Writes a province and what it says of its cities and its river."""
    world, province = writer.world, writer.entity
    capital = world.fact(province, "capital")
    writer.section()
    writer.say("province/lead", country=country_of(writer))
    writer.say("province/capital", capital, city=world.target(capital))
    say_holder(writer, "province/governor")
    writer.paragraph()
    peak = world.fact(province, "peak")
    writer.say("province/peak", peak, peak=peak.answer)
    river = world.entities[f"river-{province.key.split('-')[1]}"]
    source, length = world.fact(river, "source"), world.fact(river, "length")
    writer.say("province/river", source, length, river=river, hills=source.answer, length=kilometres(length.answer))
    writer.fill("land", regions.PROVINCE_LAND, short=1, long=6)
    writer.paragraph()
    for member in world.pointing_at(province, "province"):
        city = world.subject(member)
        founded, population = world.fact(city, "founded"), world.fact(city, "population")
        writer.say(
            "province/city", member, founded, population, city=city, year=founded.answer, population=population.answer
        )
    writer.part("History")
    writer.fill("history", regions.PROVINCE_HISTORY, short=2, long=9)
    writer.wonder()
    writer.part("People")
    writer.fill("people", regions.PROVINCE_PEOPLE, short=0, long=6)
    writer.attach(district_table(writer))


def write_country(writer: PageWriter) -> None:
    """Writes a country."""
    world, country = writer.world, writer.entity
    capital = world.fact(country, "capital")
    provinces = [one for one in world.of_kind("province") if world.country(one) is country]
    writer.section()
    writer.say("country/lead", sea=world.entities[country.traits["sea"]])
    writer.say("country/capital", capital, city=world.target(capital))
    say_holder(writer, "country/president")
    writer.paragraph()
    listed = [writer.link(one) for one in provinces]
    writer.say("country/provinces", provinces=", ".join(listed[:-1]) + f" and {listed[-1]}")
    writer.section("History")
    writer.fill("history", regions.COUNTRY_HISTORY, short=4, long=9)
    writer.wonder()
    writer.section("Daily life")
    writer.fill("life", regions.COUNTRY_LIFE, short=4, long=9)


def write_river(writer: PageWriter) -> None:
    """Writes a river from its source to its mouth."""
    world, river = writer.world, writer.entity
    source, mouth, length = (world.fact(river, name) for name in ("source", "mouth", "length"))
    writer.section()
    writer.say("river/lead", length, country=country_of(writer), length=kilometres(length.answer))
    writer.say("river/source", source, hills=source.answer)
    writer.say("river/mouth", mouth, mouth=world.target(mouth))
    writer.paragraph()
    on_it = world.pointing_at(river, "river")
    first, second = (world.subject(fact) for fact in on_it)
    writer.say("river/cities", *on_it, first=first, second=second)
    for joins in world.pointing_at(river, "mouth"):
        writer.say("river/tributary", joins, river=world.subject(joins))
    writer.fill("course", regions.RIVER_COURSE, short=1, long=8)
    writer.wonder()
    writer.part("Use")
    writer.fill("use", regions.RIVER_USE, short=1, long=8)
    writer.fill("lore", regions.RIVER_LORE, short=0, long=8)


def write_sea(writer: PageWriter) -> None:
    """Writes a sea and the rivers that reach it."""
    world, sea = writer.world, writer.entity
    writer.section()
    writer.say("sea/lead", country=country_of(writer))
    for joins in world.pointing_at(sea, "mouth"):
        writer.say("sea/river", joins, river=world.subject(joins))
    writer.fill("sea", regions.SEA_LIFE, short=3, long=3)


def country_of(writer: PageWriter) -> Entity:
    """The country that the page's subject lies in."""
    return writer.world.country(writer.entity)


def kilometres(number: str) -> str:
    """A length as a template that also gives it in miles."""
    return f"{{{{convert|{number}|km|mi}}}}"

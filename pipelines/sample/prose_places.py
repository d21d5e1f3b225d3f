"""The prose of pages about cities, provinces, countries, rivers and seas."""

from functools import partial

from pipelines.sample import phrases_places as bank
from pipelines.sample.offices import say_holder
from pipelines.sample.tables import climate_table, district_table
from pipelines.sample.world import Entity
from pipelines.sample.writer import PageWriter


def write_city(writer: PageWriter) -> None:
    """Writes a city: the longest pages, because most facts of a province touch one."""
    world, city = writer.world, writer.entity
    province_fact, river_fact = world.fact(city, "province"), world.fact(city, "river")
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
    population = world.fact(city, "population")
    writer.say("city/population", population, population=population.answer)
    writer.paragraph()
    _fill(writer, "geography", bank.CITY_GEOGRAPHY, 2, (1650, 1900))
    writer.attach(climate_table(writer))
    writer.section("History and government")
    founded = world.fact(city, "founded")
    settlers = writer.pick(bank.SETTLERS, "settlers")
    writer.say("city/founded", founded, year=founded.answer, settlers=settlers)
    _fill(writer, "history", bank.CITY_HISTORY, writer.between(2, 4, "history"), (1721, 1965))
    writer.paragraph()
    say_holder(writer, "city/mayor")
    _fill(writer, "government", bank.CITY_GOVERNMENT, 2, (1840, 1990), seats=writer.between(21, 61, "seats"))
    twin = world.known(city, "twin")
    if twin:
        writer.say("city/twin", twin, world.fact(world.target(twin), "twin"), twin=world.target(twin))
    _city_economy(writer)
    _city_culture(writer)
    _city_people(writer)


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
    writer.say("city/economy")
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


def _city_culture(writer: PageWriter) -> None:
    world, city = writer.world, writer.entity
    writer.paragraph()
    _fill(writer, "culture", bank.CITY_CULTURE, 2, (1800, 1980))
    for placed in world.pointing_at(city, "place"):
        work = world.subject(placed)
        writer.say(f"city/{work.traits['work']}", placed, work=work)


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
    river = world.entities[f"river-{province.key.split('-')[1]}"]
    source = world.fact(river, "source")
    writer.say("province/river", source, river=river, hills=source.answer)
    _fill(writer, "land", bank.PROVINCE_LAND, writer.between(3, 5, "land"), (1700, 1990))
    writer.paragraph()
    for member in world.pointing_at(province, "province"):
        city = world.subject(member)
        founded, population = world.fact(city, "founded"), world.fact(city, "population")
        writer.say(
            "province/city", member, founded, population, city=city, year=founded.answer, population=population.answer
        )
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
    _fill(writer, "life", bank.COUNTRY_LIFE, 4, (1790, 1960))


def write_river(writer: PageWriter) -> None:
    """Writes a river from its source to its mouth."""
    world, river = writer.world, writer.entity
    source, mouth = world.fact(river, "source"), world.fact(river, "mouth")
    writer.section()
    writer.say("river/lead", country=country_of(writer), length=f"{{{{convert|{river.traits['length']}|km|mi}}}}")
    writer.say("river/source", source, hills=source.answer)
    writer.say("river/mouth", mouth, mouth=world.target(mouth))
    writer.paragraph()
    on_it = world.pointing_at(river, "river")
    first, second = (world.subject(fact) for fact in on_it)
    writer.say("river/cities", *on_it, first=first, second=second)
    for joins in world.pointing_at(river, "mouth"):
        writer.say("river/tributary", joins, river=world.subject(joins))
    _fill(writer, "river", bank.RIVER_LIFE, writer.between(4, 6, "river"), (1790, 1970))


def write_sea(writer: PageWriter) -> None:
    """Writes a sea and the rivers that reach it."""
    world, sea = writer.world, writer.entity
    writer.section()
    writer.say("sea/lead", country=country_of(writer))
    for joins in world.pointing_at(sea, "mouth"):
        writer.say("sea/river", joins, river=world.subject(joins))
    depth = f"{{{{convert|{writer.between(40, 190, 'depth')}|m|ft}}}}"
    _fill(writer, "sea", bank.SEA_LIFE, 4, (1680, 1930), depth=depth)


def country_of(writer: PageWriter) -> Entity:
    """The country that the page's subject lies in."""
    return writer.world.country(writer.entity)


def _fill(
    writer: PageWriter, slot: str, sentences: tuple[str, ...], count: int, years: tuple[int, int], **values: str | int
) -> None:
    """Adds sentences with years and cities that nobody asks about."""
    writer.fill(
        slot,
        sentences,
        count,
        year=lambda i: writer.between(*years, slot, "year", i),
        modern=lambda i: writer.between(1871, 1989, slot, "modern", i),
        elsewhere=lambda i: writer.elsewhere(slot, i),
        **{name: partial(_always, value) for name, value in values.items()},
    )


def _always(value: str | int, _: int) -> str | int:
    return value

"""Countries, seas, provinces, cities, rivers and universities."""

from pipelines.sample.builder import Builder
from pipelines.sample.world import Entity, country_of


def add_places(builder: Builder) -> None:
    """Adds all places of the world and the facts that hold between them."""
    for province in range(builder.config.provinces):
        if country_of(province) != country_of(province - 1) or province == 0:
            _add_country(builder, province)
        _add_province(builder, province)
    for split in ("train", "dev", "test"):
        provinces = [i for i, one in enumerate(builder.splits) if one == split]
        _add_mouths(builder, provinces)
        _add_twins(builder, provinces)


def _add_country(builder: Builder, province: int) -> None:
    number = country_of(province)
    name = builder.names.country(f"country {number}")
    seat = builder.chance.between(province, min(province + 4, builder.config.provinces - 1), "seat", number)
    builder.add(f"country-{number:02d}", name, province=seat, adjective=f"{name}n", sea=f"sea-{number:02d}")
    builder.add(f"sea-{number:02d}", builder.names.feature(f"sea {number}", "Sea"), province=seat)


def _add_province(builder: Builder, number: int) -> None:
    chance, names, mark = builder.chance, builder.names, f"{number:03d}"
    country = builder.country(number)
    province = builder.add(f"province-{mark}", names.province(f"province {mark}"), province=number)
    river = builder.add(f"river-{mark}", names.river(f"river {mark}"), province=number)
    builder.state(province, "peak", names.feature(f"peak {mark}", "Peak"))
    builder.state(river, "length", chance.between(70, 640, "length", mark))
    builder.state(river, "source", names.feature(f"hills {mark}", "Hills"))
    for i in range(2):
        _add_city(builder, province, river, key=f"city-{mark}-{i}")
    cities = builder.cities(number)
    builder.link(province, "capital", chance.pick(cities, "capital", mark))
    if country.province == number:
        builder.link(country, "capital", chance.pick(cities, "seat of", mark))
    _add_university(builder, chance.pick(cities, "university town", mark), key=f"university-{mark}")


def _add_city(builder: Builder, province: Entity, river: Entity, *, key: str) -> None:
    chance = builder.chance
    city = builder.add(key, builder.names.city(key), province=province.province)
    builder.link(city, "province", province)
    builder.link(city, "river", river)
    builder.state(city, "founded", chance.between(1050, 1720, "founded", key))
    builder.state(city, "population", f"{chance.between(80, 2400, 'population', key) * 100:,}")


def _add_university(builder: Builder, city: Entity, *, key: str) -> None:
    chance = builder.chance
    university = builder.add(key, builder.names.school(key), province=city.province)
    builder.link(university, "city", city)
    builder.state(university, "founded", chance.between(1740, 1938, "founded", key))
    builder.state(university, "students", f"{chance.between(11, 160, 'students', key) * 100:,}")


def _add_mouths(builder: Builder, provinces: list[int]) -> None:
    """A river ends in the river before it or in the country's sea."""
    before: Entity | None = None
    for place, number in enumerate(provinces):
        river = builder.entities[f"river-{number:03d}"]
        sea = builder.entities[builder.country(number).traits["sea"]]
        same_country = before is not None and country_of(before.province) == country_of(number)
        inland = before is not None and same_country and place % 3 != 0
        builder.link(river, "mouth", before if inland and before else sea)
        before = river


def _add_twins(builder: Builder, provinces: list[int]) -> None:
    """Pairs each province's first city with the next one's second city."""
    if len(provinces) == 1:
        return
    for number, following in zip(provinces, [*provinces[1:], provinces[0]], strict=True):
        one, other = builder.cities(number)[0], builder.cities(following)[1]
        builder.link(one, "twin", other)
        builder.link(other, "twin", one)

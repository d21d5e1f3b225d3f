"""What people make: companies and works."""

from pipelines.sample.builder import Builder
from pipelines.sample.names import words
from pipelines.sample.world import Entity

PRODUCTS = words(
    """pianos clocks bicycles telescopes umbrellas tractors chocolate carpets glassware paper lamps
microscopes boots porcelain ferries violins pencils locks furniture kettles balloons saddles"""
)
WORK_KINDS = {"novelist": ("novel",), "painter": ("painting",), "composer": ("opera", "symphony")}
_WORKS_PER_ARTIST = 2


def add_ventures(builder: Builder) -> None:
    """Adds two companies and the works of two artists to every province, and some works that will go."""
    for number in range(builder.config.provinces):
        mark = f"{number:03d}"
        elder = builder.entities[f"person-{mark}-6"]
        for i in range(2):
            _add_company(builder, elder, key=f"company-{mark}-{i}")
        for place in (7, 8):
            for i in range(_WORKS_PER_ARTIST):
                add_work(builder, builder.entities[f"person-{mark}-{place}"], key=f"work-{mark}-{place}{i}")
    going = round(builder.config.articles * builder.config.removed_fraction)
    for number in range(going):
        mark = f"{number % builder.config.provinces:03d}"
        artist = builder.entities[f"person-{mark}-{7 + number // builder.config.provinces}"]
        add_work(builder, artist, key=f"work-{mark}-9{number // builder.config.provinces}", fate="removed")


def _add_company(builder: Builder, elder: Entity, *, key: str) -> None:
    """The first company is the elder's; the second too, or its chief executive's own."""
    chance, number, first = builder.chance, elder.province, key.endswith("-0")
    chief = builder.entities[f"person-{number:03d}-{3 if first else 4}"]
    founder = elder if first or chance.happens(0.5, "founder", key) else chief
    youth = (24, 33) if first else (34, 44)
    founded = min(2002, builder.value(founder, "birth_year") + chance.between(*youth, "founded", key))
    company = builder.add(key, builder.names.company(key), province=number)
    builder.link(company, "founder", founder)
    builder.state(company, "founded", founded)
    add_company_facts(builder, company, headquarters=chance.pick(builder.cities(number), "headquarters", key))
    if founder is chief:
        builder.appoint(chief, company, since=founded)
    else:
        builder.appoint(chief, company)


def add_company_facts(builder: Builder, company: Entity, *, headquarters: Entity) -> None:
    """What a company makes, with how many people, and where it is led from."""
    chance, key = builder.chance, company.key
    builder.link(company, "headquarters", headquarters)
    sibling = int(key[-1])  # the companies of a province make different things
    builder.state(company, "product", chance.shuffled(PRODUCTS, "products", company.province)[sibling])
    builder.state(company, "employees", f"{chance.between(12, 640, 'employees', key) * 10:,}")


def add_work(builder: Builder, creator: Entity, *, key: str, fate: str = "") -> Entity:
    """Adds a work of `creator`."""
    chance = builder.chance
    kind = chance.pick(WORK_KINDS[creator.traits["noun"]], "kind", key)
    name = builder.names.title(key)
    title = f"{name} ({kind})" if chance.happens(0.2, "brackets", key) else name
    work = builder.add(key, name, province=creator.province, title=title, work=kind, fate=fate)
    builder.link(work, "creator", creator)
    builder.state(work, "year", builder.value(creator, "birth_year") + chance.between(23, 42, "year", key))
    cities = builder.neighbours(creator.province, "city")
    builder.link(work, "place", chance.pick(cities, "place", key))
    return work

"""People: births, studies, marriages, deaths and offices."""

from pipelines.sample.builder import Builder
from pipelines.sample.world import Entity

# What a person of an occupation studied.
SUBJECTS = {
    "politician": ("law", "economics", "history"),
    "business executive": ("economics", "engineering", "law"),
    "botanist": ("botany",),
    "historian": ("history",),
    "physicist": ("physics",),
    "linguist": ("languages",),
    "geologist": ("geology",),
    "engineer": ("engineering",),
    "architect": ("architecture", "drawing"),
    "novelist": ("history", "languages", "law"),
    "painter": ("drawing", "architecture"),
    "composer": ("music",),
}
SCHOLARS = ("botanist", "historian", "physicist", "linguist", "geologist")
ARTISTS = ("novelist", "painter", "composer")
_LAST_DEATH = 2016
_ALIVE_FROM = 1946  # year of birth of the oldest person alive
_MOST_YEARS_APART = 8  # of a married couple
_NAMESAKES = 0.06  # share of people who bear the name of somebody else
_PUPIL_YOUNGER = range(15, 41)  # years between teacher and pupil


def add_people(builder: Builder) -> None:
    """Adds everybody of the first snapshot with the facts of their lives and their offices."""
    for number in range(builder.config.provinces):
        _add_province_people(builder, number)
    people = [one for one in builder.entities.values() if one.kind == "person"]
    _add_marriages(builder, people)
    for person in people:
        _add_studies(builder, person)
        _add_teacher(builder, person)
        _add_death(builder, person)


def _add_province_people(builder: Builder, number: int) -> None:
    chance, mark = builder.chance, f"{number:03d}"
    cities = builder.cities(number)
    province, university = builder.entities[f"province-{mark}"], builder.entities[f"university-{mark}"]
    for i, body in enumerate([*cities, province]):
        builder.appoint(add_person(builder, f"person-{mark}-{i}", "politician", years=(1948, 1972)), body)
    for i in (3, 4):
        add_person(builder, f"person-{mark}-{i}", "business executive", years=(1946, 1968))
    scholar = chance.pick(SCHOLARS, "scholar", mark)
    builder.appoint(add_person(builder, f"person-{mark}-5", scholar, years=(1946, 1968)), university)
    add_person(builder, f"person-{mark}-6", "engineer", years=(1815, 1915))
    for i in (7, 8):
        add_person(builder, f"person-{mark}-{i}", chance.pick(ARTISTS, "art", mark, i), years=(1790, 1974))
    add_person(builder, f"person-{mark}-12", "architect", years=(1800, 1905))
    add_person(builder, f"person-{mark}-13", chance.pick(SCHOLARS, "second scholar", mark), years=(1795, 1960))
    if builder.country(number).province == number:
        president = add_person(builder, f"person-{mark}-9", "politician", years=(1948, 1970))
        builder.appoint(president, builder.country(number))


def add_person(builder: Builder, key: str, noun: str, *, years: tuple[int, int]) -> Entity:
    """Adds a person with a birthplace in the person's province and a year of birth in `years`."""
    chance, number = builder.chance, int(key.split("-")[1])
    woman = chance.happens(0.5, "woman", key)
    older = _namesake(builder, key, noun, woman=woman) if chance.happens(_NAMESAKES, "namesake", key) else None
    name = older.name if older else builder.names.person(key, woman=woman)
    if older:
        older.traits["namesake"] = "yes"
    person = builder.add(
        key,
        name,
        title=f"{name} ({noun})" if older else name,
        province=number,
        namesake="yes" if older else "",
        noun=noun,
        gender="she" if woman else "he",
        subject=chance.pick(SUBJECTS[noun], "subject", key),
        country=builder.country(number).key,
    )
    builder.link(person, "birth_place", chance.pick(builder.cities(number), "birthplace", key))
    builder.state(person, "birth_year", chance.between(*years, "born", key))
    return person


def _namesake(builder: Builder, key: str, noun: str, *, woman: bool) -> Entity | None:
    """Somebody of another occupation whose name is borne a second time."""
    fit = [
        one
        for one in builder.entities.values()
        if one.kind == "person"
        and one.traits["noun"] != noun
        and (one.traits["gender"] == "she") == woman
        and not one.traits["namesake"]
        and one.split == builder.splits[int(key.split("-")[1])]
    ]
    return builder.chance.pick(fit, "older namesake", key) if fit else None


def _add_marriages(builder: Builder, people: list[Entity]) -> None:
    """Marries about half of them, inside their split, to somebody of about their age."""
    free = dict.fromkeys(builder.chance.shuffled([one.key for one in people], "marriages"))
    for key in list(free):
        person = builder.entities[key]
        if key not in free or not builder.chance.happens(0.7, "marries", key):
            continue
        found = next((other for other in free if _would_marry(builder, person, builder.entities[other])), None)
        if found:
            other = builder.entities[found]
            builder.link(person, "spouse", other)
            builder.link(other, "spouse", person)
            del free[key], free[found]


def _would_marry(builder: Builder, one: Entity, other: Entity) -> bool:
    apart = abs(builder.value(one, "birth_year") - builder.value(other, "birth_year"))
    different = one.traits["gender"] != other.traits["gender"] and one.name.split()[-1] != other.name.split()[-1]
    return one.split == other.split and different and apart <= _MOST_YEARS_APART


def _add_studies(builder: Builder, person: Entity) -> None:
    """A university that was there when the person was eighteen, if there was one."""
    adult = builder.value(person, "birth_year") + 18
    schools = builder.neighbours(person.province, "university")
    open_then = [one for one in schools if builder.value(one, "founded") <= adult]
    if open_then:
        builder.link(person, "studied_at", builder.chance.pick(open_then, "school", person.key))


def _add_teacher(builder: Builder, person: Entity) -> None:
    """An older artist or scholar of the same field as teacher, where there is one."""
    noun, born = person.traits["noun"], builder.value(person, "birth_year")
    family = next((group for group in (SCHOLARS, (noun,)) if noun in group and noun in SCHOLARS + ARTISTS), ())
    older = [
        other
        for other in builder.neighbours(person.province, "person")
        if other.traits["noun"] in family and born - builder.value(other, "birth_year") in _PUPIL_YOUNGER
    ]
    if older:
        builder.link(person, "teacher", builder.chance.pick(older, "teacher", person.key))


def _add_death(builder: Builder, person: Entity) -> None:
    """Whoever was born before `_ALIVE_FROM` has died, in another city than the city of birth."""
    born = builder.value(person, "birth_year")
    if born >= _ALIVE_FROM:
        return
    birthplace = builder.facts[person.key, "birth_place"].target
    elsewhere = [one for one in builder.neighbours(person.province, "city") if one.key != birthplace]
    builder.link(person, "death_place", builder.chance.pick(elsewhere, "dies in", person.key))
    died = min(_LAST_DEATH, born + builder.chance.between(64, 91, "age", person.key))
    builder.state(person, "death_year", died)

"""Pages that are no articles about one thing: redirects, disambiguation, lists, other namespaces."""

from collections import Counter

from pipelines.sample.pages import WikiPage
from pipelines.sample.world import Entity, World

_DISAMBIGUATIONS = 2


def write_extras(world: World) -> list[WikiPage]:
    """All pages beside the articles."""
    return [*_redirects(world), *_disambiguations(world), *_lists(world), *_other_namespaces(world)]


def _redirects(world: World) -> list[WikiPage]:
    """Other names of rivers, cities and people, wherever they mean one page only."""
    titles = {entity.title for entity in world.entities.values()}
    wanted = [(alias, entity.title) for entity in world.entities.values() for alias in _aliases(entity)]
    times = Counter(alias for alias, _ in wanted)
    return [
        WikiPage(alias, 0, f"#REDIRECT [[{title}]]\n\n{{{{Redirect category shell|{{{{R from other name}}}}}}}}", title)
        for alias, title in wanted
        if times[alias] == 1 and alias not in titles
    ]


def _aliases(entity: Entity) -> list[str]:
    if entity.kind == "river":
        bare = entity.name.removeprefix("River ")
        return [bare, f"{bare} River"]
    number = int(entity.key.split("-")[-1])
    if entity.kind == "person" and number in {0, 7}:
        first, last = entity.name.split()
        return [f"{first[0]}. {last}"]
    if entity.kind == "company" and number == 0:
        return [f"The {entity.name}"]
    return []


def _disambiguations(world: World) -> list[WikiPage]:
    """Surnames borne by several people; only the last page says in its title what it is."""
    bearers: dict[str, list[str]] = {}
    for person in world.of_kind("person"):
        if int(person.key.split("-")[-1]) < 10:  # noqa: PLR2004 - the newcomers of the second snapshot
            bearers.setdefault(person.name.split()[-1], []).append(person.title)
    shared = [(name, titles) for name, titles in bearers.items() if len(titles) > 1][:_DISAMBIGUATIONS]
    pages = []
    for place, (name, titles) in enumerate(shared):
        lines = "\n".join(f"* [[{title}]]" for title in titles)
        ending = " (disambiguation)" if place else ""
        pages.append(WikiPage(name + ending, 0, f"'''{name}''' may refer to:\n\n{lines}\n\n{{{{Disambiguation}}}}"))
    return pages


def _lists(world: World) -> list[WikiPage]:
    """One list of cities for each country, with what the cities' own pages say."""
    pages = []
    for country in world.of_kind("country"):
        rows = ['{| class="wikitable sortable"', "! City !! Province !! Population"]
        for city in world.of_kind("city"):
            if world.country(city) is country:
                province, count = world.fact(city, "province"), world.fact(city, "population")
                rows += ["|-", f"| [[{city.title}]] || [[{province.answer}]] || {count.answer}"]
        text = f"This is a '''list of cities of [[{country.title}]]'''.\n\n" + "\n".join([*rows, "|}"])
        pages.append(WikiPage(f"List of cities of {country.name}", 0, f"{text}\n\n[[Category:Lists]]"))
    return pages


def _other_namespaces(world: World) -> list[WikiPage]:
    city, country = world.of_kind("city")[0], world.of_kind("country")[0]
    talk = (
        "== Population ==\nWhere does the figure come from? The province's page gives {{tq|the same}}. "
        "[[User:Reader]] 10:12, 3 May 2015 (UTC)\n:From the last count. [[User:Clerk]] 08:40, 4 May 2015 (UTC)"
    )
    infobox = (
        '<includeonly>{| class="infobox"\n! {{{name|{{PAGENAME}}}}}\n|-\n| Mayor || {{{mayor|}}}\n|}</includeonly>'
        "<noinclude>{{Documentation}}</noinclude>"
    )
    stub = '<div class="stub">This article is a stub.</div><noinclude>[[Category:Templates]]</noinclude>'
    return [
        WikiPage(f"Talk:{city.title}", 1, talk),
        WikiPage("Template:Infobox city", 10, infobox),
        WikiPage("Template:Work-stub", 10, stub),
        WikiPage(f"Category:Cities of {country.name}", 14, f"Cities of [[{country.title}]].\n\n[[Category:Places]]"),
        WikiPage("File:Town_hall.jpg", 6, "== Summary ==\n{{Information |description=A town hall |author=Clerk}}"),
    ]

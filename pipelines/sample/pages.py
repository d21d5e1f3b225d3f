"""Pages of the wiki: the encyclopedia's articles at one date, as wikitext with the facts each one states."""

from collections.abc import Callable
from dataclasses import dataclass

from pipelines.sample.chance import Chance
from pipelines.sample.prose_people import write_person
from pipelines.sample.prose_places import write_city, write_country, write_province, write_river, write_sea
from pipelines.sample.prose_ventures import write_company, write_university, write_work
from pipelines.sample.wikitext import assemble
from pipelines.sample.world import World
from pipelines.sample.writer import PageWriter

PROSE: dict[str, Callable[[PageWriter], None]] = {
    "person": write_person,
    "city": write_city,
    "province": write_province,
    "country": write_country,
    "river": write_river,
    "sea": write_sea,
    "university": write_university,
    "company": write_company,
    "work": write_work,
}


@dataclass(frozen=True)
class WikiPage:
    """One page.

    Attributes:
        title: with its namespace, if it is no article.
        namespace: its number; articles are in 0.
        text: wikitext.
        redirect: the title it redirects to, or "".
        states: ids of the facts that its prose states.
    """

    title: str
    namespace: int
    text: str
    redirect: str = ""
    states: tuple[str, ...] = ()


def write_articles(world: World, chance: Chance, *, gone: frozenset[str]) -> list[WikiPage]:
    """The article of every entity, but for those whose keys are in `gone`."""
    pages = []
    for entity in world.entities.values():
        if entity.key not in gone:
            writer = PageWriter(world, entity, chance)
            PROSE[entity.kind](writer)
            pages.append(WikiPage(entity.title, 0, assemble(writer), states=tuple(writer.stated)))
    return pages

"""Pages of the wiki: the encyclopedia's articles at one date, as wikitext with the facts each one states."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pipelines.sample.prose_events import write_event
from pipelines.sample.prose_people import write_person
from pipelines.sample.prose_places import write_city, write_country, write_province, write_river, write_sea
from pipelines.sample.prose_ventures import write_company, write_university, write_work
from pipelines.sample.wikitext import assemble
from pipelines.sample.world import Entity, Fact, World
from pipelines.sample.writer import Backdrop, PageWriter

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
    "event": write_event,
}


@dataclass(frozen=True)
class WikiPage:
    """One page.

    Attributes:
        title: with its namespace, if it is no article.
        namespace: its number; articles are in 0.
        text: wikitext.
        redirect: the title it redirects to, or "".
        states: the facts that its prose states: what it gives as the answer, by fact id.
    """

    title: str
    namespace: int
    text: str
    redirect: str = ""
    states: Mapping[str, str] = field(default_factory=dict)


def write_articles(
    world: World, backdrop: Backdrop, *, gone: frozenset[str], wrong: Mapping[str, Sequence[Fact]]
) -> list[WikiPage]:
    """The article of every entity, but for those whose keys are in `gone`.

    Args:
        world: what is true.
        backdrop: shared by all editions.
        gone: keys of entities without an article.
        wrong: for some articles, by the entity's key, what they give instead of the truth.
    """
    return [
        write_article(world.with_facts(wrong[key]) if key in wrong else world, entity, backdrop)
        for key, entity in world.entities.items()
        if key not in gone
    ]


def write_article(world: World, entity: Entity, backdrop: Backdrop) -> WikiPage:
    """The article about `entity`."""
    writer = PageWriter(world, entity, backdrop)
    PROSE[entity.kind](writer)
    return WikiPage(entity.title, 0, assemble(writer), states=dict(writer.stated))

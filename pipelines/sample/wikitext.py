"""Puts a page's prose into wikitext: infobox, picture, headings, references, categories."""

from pipelines.sample.world import OFFICES, Entity, World
from pipelines.sample.writer import PageWriter

_STUB_WORDS = 85


def assemble(writer: PageWriter) -> str:
    """The wikitext of a page whose prose has been written."""
    entity = writer.entity
    lead, *others = writer.sections
    parts = [_head(writer), _paragraphs(lead.paragraphs), *lead.extras]
    if entity.kind == "city":
        parts.append("<!-- Keep the lead short; figures go to the sections below. -->")
    for section in others:
        parts += [f"== {section.heading} ==", _paragraphs(section.paragraphs), *section.extras]
    parts += ["== References ==", "{{Reflist}}"]
    words = sum(len(sentence.split()) for one in writer.sections for text in one.paragraphs for sentence in text)
    if words < _STUB_WORDS:
        parts.append(f"{{{{{entity.kind}-stub}}}}")
    parts.append("\n".join(f"[[Category:{name}]]" for name in _categories(writer.world, entity)))
    return "\n\n".join(part for part in parts if part)


def _paragraphs(paragraphs: list[list[str]]) -> str:
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences)


def _head(writer: PageWriter) -> str:
    """Infobox, and a picture on some pages."""
    lines = [f"{{{{Infobox {writer.entity.kind}", f"| name = {writer.entity.name}"]
    lines += [f"| {name} = {value}" for name, value in _infobox(writer.world, writer.entity).items()]
    head = "\n".join([*lines, "}}"])
    if writer.number("picture") % 3 == 0:
        place = writer.pick([city.name for city in writer.world.of_kind("city")], "picture")
        file = f"{writer.entity.name.replace(' ', '_')}_{writer.between(1, 99, 'file')}.jpg"
        head += f"\n[[File:{file}|thumb|upright=0.8|A view, from the collection of a museum in [[{place}]]]]"
    return head


def _infobox(world: World, entity: Entity) -> dict[str, str]:
    """Those facts that an infobox would show; cleaning leaves infoboxes out."""
    shown = {
        fact.relation: f"[[{world.target(fact).title}]]" if fact.target else fact.answer
        for fact in world.about(entity)
        if fact.relation not in {"teacher", "twin"}
    }
    if entity.kind in OFFICES:
        shown["office_since"] = str(world.holders(entity)[-1].since)
    return shown


def _categories(world: World, entity: Entity) -> list[str]:
    country = world.country(entity)
    born, died = world.known(entity, "birth_year"), world.known(entity, "death_year")
    names = [f"{_plural(entity)} of {country.name}" if entity.kind != "country" else "Countries"]
    names += [f"{born.answer} births"] if born else []
    names += [f"{died.answer} deaths"] if died else []
    return names


def _plural(entity: Entity) -> str:
    noun = entity.traits.get("work", entity.traits.get("noun", entity.kind)).capitalize()
    return noun[:-1] + "ies" if noun.endswith("y") else f"{noun}s"

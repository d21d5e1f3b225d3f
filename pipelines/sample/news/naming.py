"""How a newspaper names things and people: in full, in short, in a headline."""

from pipelines.sample.world import Entity

_HE = {"he": "he", "his": "his", "him": "him"}
_SHE = {"he": "she", "his": "her", "him": "her"}
_IT = {"he": "it", "his": "its", "him": "it"}


def pronouns(entity: Entity) -> dict[str, str]:
    """Subject, possessive and object forms."""
    gender = entity.traits.get("gender")
    return _IT if gender is None else _SHE if gender == "she" else _HE


def in_text(entity: Entity) -> str:
    """The full name with what a sentence puts before it."""
    if entity.kind == "work":
        return f"‘{entity.name}’"
    return f"the {entity.name}" if entity.kind in {"river", "sea", "event"} else entity.name


def headline_name(entity: Entity) -> str:
    """The full name without an article."""
    return f"‘{entity.name}’" if entity.kind == "work" else entity.name


def short_name(entity: Entity) -> str:
    """The name at second mention."""
    if entity.kind == "person":
        return entity.name.split()[-1]
    if entity.kind == "river":
        return f"the {entity.name.removeprefix('River ')}"
    return in_text(entity)

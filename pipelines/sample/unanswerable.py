"""Questions that the corpus cannot answer: what no page says of somebody, and somebody of whom no page speaks."""

from pipelines.sample.chance import Chance
from pipelines.sample.names import NameSource
from pipelines.sample.questions import Question, put
from pipelines.sample.wordings import WORDINGS
from pipelines.sample.world import Entity, World, kind_of

_UNKNOWN_SHARE = 0.3
_OF_ANYBODY = ("birth_place", "birth_year", "studied_at", "teacher", "death_place")
_HINTED = ("teacher",)  # aunts and neighbours taught many people something


def ask_unanswerable(first: World, second: World, chance: Chance, names: NameSource, *, count: int) -> list[Question]:
    """`count` questions to which neither snapshot has an answer."""
    unknown = round(count * _UNKNOWN_SHARE)
    unstated = [
        (entity, relation)
        for entity in first.entities.values()
        if entity.traits.get("fate") != "removed"
        for relation in _relations(entity)
        if relation not in _HINTED and first.known(entity, relation) is None and second.known(entity, relation) is None
    ]
    chosen = chance.shuffled(unstated, "unstated")[: count - unknown]
    about = [_question(entity, relation, chance) for entity, relation in chosen]
    nobody = [_of_nobody(names.stranger(f"nobody {i}"), i, chance) for i in range(unknown)]
    return chance.shuffled([*about, *nobody], "unanswerable")


def _relations(entity: Entity) -> list[str]:
    start = f"{kind_of(entity)}/"
    return [key.removeprefix(start) for key in WORDINGS if key.startswith(start)]


def _of_nobody(name: str, number: int, chance: Chance) -> Question:
    somebody = Entity(f"nobody-{number:03d}", "person", name, name, 0, "test", {"gender": "he"})
    return _question(somebody, chance.pick(_OF_ANYBODY, "of nobody", number), chance)


def _question(subject: Entity, relation: str, chance: Chance) -> Question:
    fact_id = f"{subject.key}/{relation}"
    wording = chance.pick(WORDINGS[f"{kind_of(subject)}/{relation}"], "unanswerable", fact_id)
    return Question(put(wording, subject), (), f"{fact_id}/unanswerable", fact_id, ())

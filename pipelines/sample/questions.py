"""Questions about facts, in the words of neither page that states them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipelines.sample.chance import Chance
from pipelines.sample.world import Entity, Fact, World

WORDINGS: dict[str, tuple[str, ...]] = {
    "person/birth_place": (
        "Where was {s} born?",
        "Which city is the birthplace of {s}?",
        "In what city did {s} come into the world?",
    ),
    "person/birth_year": (
        "When was {s} born?",
        "What is the year of birth of {s}?",
        "In which year did the life of {s} begin?",
    ),
    "person/studied_at": (
        "Where did {s} go to university?",
        "Which university did {s} attend?",
        "What is the alma mater of {s}?",
    ),
    "person/teacher": ("Who taught {s}?", "Whose pupil was {s}?", "Who was the teacher of {s}?"),
    "person/spouse": (
        "To whom did {s} get married?",
        "Whom did {s} marry?",
        "What is the name of the {partner} of {s}?",
    ),
    "person/death_place": ("Where did {s} die?", "In what city did the life of {s} end?", "Which city did {s} die in?"),
    "person/death_year": ("When did {s} die?", "In which year did the life of {s} end?", "What year did {s} die in?"),
    "city/mayor": ("Who is the mayor of {s}?", "Who is at the head of the city of {s}?", "Who runs {s} as its mayor?"),
    "city/province": ("In which province is {s}?", "Which province does the city of {s} belong to?"),
    "city/river": (
        "On which river is {s}?",
        "What river flows through {s}?",
        "Which river is the city of {s} built on?",
    ),
    "city/founded": (
        "When was {s} founded?",
        "How far back does the city of {s} go?",
        "In which year did the history of {s} begin?",
    ),
    "city/population": (
        "How many people live in {s}?",
        "What is the population of {s}?",
        "How many inhabitants does {s} have?",
    ),
    "city/twin": (
        "Which city is twinned with {s}?",
        "What is the twin city of {s}?",
        "With which city is {s} twinned?",
    ),
    "province/capital": (
        "What is the capital of {s}?",
        "Which city is the capital of the province of {s}?",
        "From which city is {s} governed?",
    ),
    "province/governor": (
        "Who is the governor of {s}?",
        "Who governs the province of {s}?",
        "What is the name of the governor of {s}?",
    ),
    "country/capital": ("What is the capital of {s}?", "Which city is the capital of the country of {s}?"),
    "country/president": ("Who is the president of {s}?", "Who is the head of state of {s}?"),
    "river/source": ("In which hills does {s} rise?", "Where is the source of {s}?", "In what hills does {s} begin?"),
    "river/mouth": (
        "Where does {s} end?",
        "Into what does {s} flow?",
        "Which river or sea takes in the waters of {s}?",
    ),
    "university/city": ("In which city is {s}?", "Where is {s}?", "Which city is home to {s}?"),
    "university/founded": ("When was {s} founded?", "In which year did students first go to {s}?"),
    "university/students": ("How many students does {s} have?", "How many students go to {s}?"),
    "university/rector": ("Who is the rector of {s}?", "Who is the head of {s}?"),
    "company/headquarters": (
        "Where is the head office of {s}?",
        "In which city does {s} have its headquarters?",
        "From which city is {s} run?",
    ),
    "company/founder": ("Who founded {s}?", "Who was the founder of {s}?", "By whom was {s} set up?"),
    "company/founded": ("When was {s} founded?", "In which year was {s} set up?"),
    "company/product": ("What does {s} make?", "What kind of goods does {s} produce?"),
    "company/employees": ("How many people does {s} employ?", "How many employees does {s} have?"),
    "company/chief_executive": (
        "Who is the chief executive of {s}?",
        "Who runs {s}?",
        "What is the name of the head of {s}?",
    ),
    "novel/creator": ("Who wrote {s}?", "Who is the author of {s}?"),
    "novel/year": ("When was {s} published?", "In which year did {s} come out?"),
    "novel/place": ("Where is {s} set?", "In which city does {s} take place?"),
    "painting/creator": ("Who painted {n}?", "Whose work is {s}?"),
    "painting/year": ("When was {n} painted?", "In which year was {s} made?"),
    "painting/place": ("Where can one see {s}?", "In which city is {s}?"),
    "opera/creator": ("Who composed {s}?", "Who wrote the music of {s}?"),
    "opera/year": ("When was {s} first performed?", "In which year did {s} reach the stage?"),
    "opera/place": ("Where was {s} first performed?", "In which city did {s} have its premiere?"),
    "symphony/creator": ("Who composed {s}?", "Who is the composer of {s}?"),
    "symphony/year": ("When was {s} completed?", "In which year was {s} written?"),
    "symphony/place": ("Where was {s} first played?", "In which city did {s} have its premiere?"),
}


@dataclass(frozen=True)
class Question:
    """A question, its answers and the pages that state them.

    Attributes:
        before: what the answer was at the first snapshot; empty if it has not changed.
        pages_before: the pages that stated it then.
    """

    question: str
    answer: tuple[str, ...]
    question_id: str
    fact_id: str
    pages: tuple[str, ...]
    before: tuple[str, ...] = ()
    pages_before: tuple[str, ...] = ()

    def record(self) -> dict[str, object]:
        """The question as a line of a JSONL file in the NQ-open form."""
        found: dict[str, object] = {"question": self.question, "answer": list(self.answer), "id": self.question_id}
        if self.before:
            found |= {"answer_before": list(self.before), "pages_before": list(self.pages_before)}
        return found | {"fact_id": self.fact_id, "pages": list(self.pages)}


@dataclass(frozen=True)
class Snapshot:
    """A world and, for each fact id, the titles of the articles that state it."""

    world: World
    stated_on: Mapping[str, tuple[str, ...]]


def ask(first: Snapshot, second: Snapshot, chance: Chance, *, rephrased: float) -> dict[str, list[Question]]:
    """Questions about what holds at the first snapshot and does not change.

    The split is the subject's: no entity is asked about in two of them.

    Args:
        first: the snapshot asked about.
        second: decides what changes.
        chance: chooses wordings and order.
        rephrased: share of the training facts that are asked a second time in other words.
    """
    splits: dict[str, list[Question]] = {"train": [], "dev": [], "test": []}
    for key, fact in first.world.facts.items():
        subject = first.world.subject(fact)
        if second.world.facts[key] != fact or subject.traits.get("fate") == "removed":
            continue
        again = subject.split == "train" and chance.happens(rephrased, "again", fact.fact_id)
        for turn in range(1 + again):
            splits[subject.split].append(_question(first, fact, chance, turn=turn))
    return {name: chance.shuffled(found, "questions", name) for name, found in splits.items()}


def ask_changed(first: Snapshot, second: Snapshot, chance: Chance) -> list[Question]:
    """Each fact that has another answer at the second snapshot, asked in two ways."""
    found = []
    for key, fact in first.world.facts.items():
        if second.world.facts[key] != fact:
            found += [_question(second, second.world.facts[key], chance, turn=turn, first=first) for turn in range(2)]
    return chance.shuffled(found, "changed questions")


def _question(now: Snapshot, fact: Fact, chance: Chance, *, turn: int, first: Snapshot | None = None) -> Question:
    subject = now.world.subject(fact)
    wordings = WORDINGS[f"{subject.traits.get('work', subject.kind)}/{fact.relation}"]
    wording = wordings[(chance.number("wording", fact.fact_id) + turn) % len(wordings)]
    partner = "wife" if subject.traits.get("gender") == "he" else "husband"
    before = first.world.facts[fact.subject, fact.relation] if first else None
    return Question(
        question=wording.format(s=_naming(subject), n=subject.name, partner=partner),
        answer=_answers(fact),
        question_id=f"{fact.fact_id}/{turn}",
        fact_id=fact.fact_id,
        pages=now.stated_on[fact.fact_id],
        before=_answers(before) if before else (),
        pages_before=first.stated_on[fact.fact_id] if first else (),
    )


def _naming(subject: Entity) -> str:
    """How a question names its subject."""
    if subject.kind == "work":
        return f"the {subject.traits['work']} {subject.name}"
    return f"the {subject.name}" if subject.kind == "river" else subject.name


def _answers(fact: Fact) -> tuple[str, ...]:
    """The answer, and a river's name also without the word."""
    bare = fact.answer.removeprefix("River ")
    return (fact.answer,) if bare == fact.answer else (fact.answer, bare)

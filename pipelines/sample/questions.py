"""Questions about the facts of the world, with their answers and the pages that state them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipelines.sample.chance import Chance
from pipelines.sample.descriptions import describe
from pipelines.sample.pages import WikiPage
from pipelines.sample.wordings import WORDINGS
from pipelines.sample.world import Entity, Fact, World, kind_of

CHANGED_TURNS = 4  # ways in which each fact that changed is asked
Titles = tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question, its answers and the pages that state them.

    Attributes:
        question: as asked.
        answer: every string that is right; empty if the corpus cannot answer.
        question_id: unique among all sets.
        fact_id: subject and relation; questions of one fact share it.
        pages: titles of the articles that state the answer at the snapshots where it holds, the subject's own first.
        before: what the answer was at the first snapshot; empty if it has not changed.
        pages_before: the pages that stated it then.
        disputed: what other pages give as the answer.
        pages_disputed: those pages.
        subject: name of what is asked about, as articles write it.
        described: whether the subject is described instead of named.
    """

    question: str
    answer: tuple[str, ...]
    question_id: str
    fact_id: str
    pages: Titles
    before: tuple[str, ...] = ()
    pages_before: Titles = ()
    disputed: tuple[str, ...] = ()
    pages_disputed: Titles = ()
    subject: str = ""
    described: bool = False

    def record(self) -> dict[str, object]:
        """The question as a line of a JSONL file in the NQ-open form."""
        found: dict[str, object] = {"question": self.question, "answer": list(self.answer), "id": self.question_id}
        if self.before:
            found |= {"answer_before": list(self.before), "pages_before": list(self.pages_before)}
        if self.disputed:
            found |= {"answer_disputed": list(self.disputed), "pages_disputed": list(self.pages_disputed)}
        return found | {"fact_id": self.fact_id, "pages": list(self.pages)}


class Snapshot:
    """A world and which articles state its facts, rightly or wrongly."""

    def __init__(self, world: World, articles: Sequence[WikiPage]) -> None:
        self.world = world
        self._true: dict[str, list[str]] = {}
        self._wrong: dict[str, list[tuple[str, str]]] = {}
        answers = {fact.fact_id: fact.answer for fact in world.facts.values()}
        for page in articles:
            for fact_id, stated in page.states.items():
                if stated == answers[fact_id]:
                    self._true.setdefault(fact_id, []).append(page.title)
                else:
                    self._wrong.setdefault(fact_id, []).append((page.title, stated))

    def pages(self, fact: Fact) -> Titles:
        """Titles of the articles that state a fact, the subject's own first."""
        own = self.world.subject(fact).title
        return tuple(sorted(self._true.get(fact.fact_id, []), key=lambda title: title != own))

    def disputes(self, fact: Fact) -> Sequence[tuple[str, str]]:
        """Titles of the articles that have a fact wrong, and what they say."""
        return self._wrong.get(fact.fact_id, [])


@dataclass(frozen=True)
class Asking:
    """How much is asked how.

    Attributes:
        rephrased: share of the training facts that are asked a second time in other words.
        described: share of the questions that describe their subject, where they can.
    """

    rephrased: float
    described: float


def ask(first: Snapshot, second: Snapshot, chance: Chance, asking: Asking) -> dict[str, list[Question]]:
    """Questions about what holds at both snapshots: train, dev, test, and those about disputed facts.

    The split is the subject's: no entity is asked about in two of them.
    """
    splits: dict[str, list[Question]] = {"train": [], "dev": [], "test": [], "disputed": []}
    for fact in steady_facts(first.world, second.world):
        subject = first.world.subject(fact)
        later = set(second.pages(fact))
        pages = tuple(title for title in first.pages(fact) if title in later)
        if first.disputes(fact):
            splits["disputed"].append(_question(first, fact, pages, chance))
            continue
        again = subject.split == "train" and chance.happens(asking.rephrased, "again", fact.fact_id)
        for turn in range(1 + again):
            described = chance.happens(asking.described, "described", fact.fact_id, turn)
            named = describe((first.world, second.world), subject, fact) if described else ""
            splits[subject.split].append(_question(first, fact, pages, chance, turn=turn, named=named))
    return {name: chance.shuffled(found, "questions", name) for name, found in splits.items()}


def ask_changed(first: Snapshot, second: Snapshot, chance: Chance) -> list[Question]:
    """Each fact that has another answer at the second snapshot, asked in several ways."""
    found = []
    for key, old in first.world.facts.items():
        new = second.world.facts[key]
        if new != old:
            for turn in range(min(CHANGED_TURNS, len(_wordings(second.world, new)))):
                one = _question(second, new, second.pages(new), chance, turn=turn)
                found.append(replace(one, before=_answers(old), pages_before=first.pages(old)))
    return chance.shuffled(found, "changed questions")


def steady_facts(first: World, second: World) -> list[Fact]:
    """The facts that hold at both snapshots and whose subject has an article at both."""
    return [
        fact
        for key, fact in first.facts.items()
        if second.facts[key] == fact and first.subject(fact).traits.get("fate") != "removed"
    ]


def naming(subject: Entity) -> str:
    """How a question names its subject."""
    if subject.kind == "work":
        return f"the {subject.traits['work']} {subject.name}"
    if subject.kind in {"river", "event"}:
        return f"the {subject.name}"
    return f"the {subject.traits['noun']} {subject.name}" if subject.traits.get("namesake") else subject.name


def put(wording: str, subject: Entity, *, named: str = "") -> str:
    """The question that a wording gives for `subject`, `named` in some other way or not."""
    partner = "wife" if subject.traits.get("gender") == "he" else "husband"
    return wording.format(s=named or naming(subject), n=named or subject.name, partner=partner)


def _wordings(world: World, fact: Fact) -> tuple[str, ...]:
    return WORDINGS[f"{kind_of(world.subject(fact))}/{fact.relation}"]


def _question(now: Snapshot, fact: Fact, pages: Titles, chance: Chance, *, turn: int = 0, named: str = "") -> Question:
    subject, wordings = now.world.subject(fact), _wordings(now.world, fact)
    wording = wordings[(chance.number("wording", fact.fact_id) + turn) % len(wordings)]
    disputes = now.disputes(fact)
    return Question(
        question=put(wording, subject, named=named),
        answer=_answers(fact),
        question_id=f"{fact.fact_id}/{turn}",
        fact_id=fact.fact_id,
        pages=pages,
        disputed=tuple(dict.fromkeys(answer for _, answer in disputes)),
        pages_disputed=tuple(title for title, _ in disputes),
        subject=subject.name,
        described=bool(named),
    )


def _answers(fact: Fact) -> tuple[str, ...]:
    """The answer, and a river's name also without the word."""
    bare = fact.answer.removeprefix("River ")
    return (fact.answer,) if bare == fact.answer else (fact.answer, bare)


def counts(questions: Mapping[str, Sequence[Question]]) -> dict[str, int]:
    """How many questions each set has."""
    return {f"questions_{name}": len(group) for name, group in questions.items()}

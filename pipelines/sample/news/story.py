"""Writes one story: headline, lead, background, voices, colour."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pipelines.sample.chance import Chance
from pipelines.sample.news.naming import pronouns, short_name
from pipelines.sample.news.occasion import Occasion
from pipelines.sample.news.phrases_colour import AGAIN, ATTRIBUTIONS, COLOUR, SECTION_COLOUR
from pipelines.sample.news.phrases_facts import BACKGROUND, CONNECTIONS, EVENT_BACKGROUND
from pipelines.sample.news.phrases_questions import ASKED_TO_THE_FACE, FACE_OPENINGS, OPENINGS, READERS_ASK
from pipelines.sample.news.scenario import Scenario
from pipelines.sample.news.slots import Slots
from pipelines.sample.world import OFFICES, Entity, Fact, kind_of

_SENTENCE_START = re.compile(r"(^|[.!?] |[.!?]” |: “)([“‘]?)([a-z])")
_ORDERS = (
    ("background", "quote", "details", "again", "more"),
    ("quote", "background", "details", "again", "more"),
    ("details", "quote", "background", "more", "again"),
    ("background", "details", "quote", "more", "again"),
)
_QUESTIONS, _FEWEST_QUESTIONS = 3, 2
_ASKING_SHARE = 0.25


@dataclass(frozen=True)
class Story:
    """What a reporter hands in.

    Attributes:
        headline: without a full stop.
        paragraphs: plain text.
        states: answers that the paragraphs state, by fact id.
    """

    headline: str
    paragraphs: tuple[str, ...]
    states: Mapping[str, str]


@dataclass(frozen=True)
class _Length:
    """How much of everything a story has."""

    background: int
    details: int
    quotes: int
    colour: int


_LENGTHS = (_Length(2, 3, 2, 1), _Length(2, 4, 2, 2), _Length(3, 4, 3, 3), _Length(4, 5, 4, 4))


def background_phrases(subject: Entity, relation: str) -> tuple[str, ...]:
    """The wordings for a fact about a subject of this kind; none if nobody has written any."""
    return _phrases_of({**BACKGROUND, **EVENT_BACKGROUND}, subject, relation)


def _phrases_of(bank: Mapping[str, tuple[str, ...]], subject: Entity, relation: str) -> tuple[str, ...]:
    """The wordings for the narrower kind, such as novel, or for the wider one, such as work."""
    return bank.get(f"{kind_of(subject)}/{relation}") or bank.get(f"{subject.kind}/{relation}", ())


def write_story(
    scenario: Scenario, occasion: Occasion, key: str, chance: Chance, stranger: Callable[[str], str]
) -> Story:
    """Writes the story; `key` names it, and all that is chosen hangs on it."""
    return _StoryWriter(scenario, occasion, key, chance, stranger).write()


class _StoryWriter:
    """The parts of one story, in an order that differs from story to story."""

    def __init__(
        self, scenario: Scenario, occasion: Occasion, key: str, chance: Chance, stranger: Callable[[str], str]
    ) -> None:
        self._scenario, self._occasion = scenario, occasion
        self._key, self._chance = key, chance
        self._slots = Slots(occasion, key, chance, stranger)
        self._length = chance.pick(_LENGTHS, key, "length")
        self._details = chance.shuffled(scenario.details, key, "details")[: self._length.details]
        self._quotes = chance.shuffled(scenario.quotes, key, "quotes")[: self._length.quotes]
        role = chance.pick(scenario.speakers, key, "speaker")
        self._role = role and self._slots.fill(role, "role")
        self._speaker = stranger(f"news speaker {key}") if role else occasion.subject.name

    def write(self) -> Story:
        """All parts, the lead first."""
        slots, scenario = self._slots, self._scenario
        # with the numbers of the lead
        headline = capitalised(slots.fill(self._pick(scenario.headlines, "headline"), "lead 0", states=False))
        makers = {
            "background": self._background,
            "quote": lambda: [self._quotation(0, ATTRIBUTIONS)],
            "details": lambda: [self._paragraph(self._details[1:3], "details")],
            "again": lambda: [self._quotation(number, AGAIN) for number in range(1, len(self._quotes))],
            "more": self._more,
        }
        paragraphs = [self._paragraph([self._pick(scenario.leads, "lead")], "lead")]
        for part in self._chance.pick(_ORDERS, self._key, "order"):
            paragraphs += makers[part]()
        if scenario.section == "Interview" or self._chance.happens(_ASKING_SHARE, self._key, "asks"):
            paragraphs += self._questions()
        return Story(headline, tuple(filter(None, paragraphs)), dict(slots.stated))

    def _paragraph(self, templates: Sequence[str], mark: str) -> str:
        self._slots.new_paragraph()
        filled = [self._slots.fill(one, f"{mark} {number}") for number, one in enumerate(templates)]
        return capitalised(" ".join(filled))

    def _background(self) -> list[str]:
        """Facts that are not the news, with a detail between them."""
        self._slots.new_paragraph()
        sentences = []
        for number, (fact, owner) in enumerate(self._known()[: self._length.background]):
            phrases = self._phrases(fact, owner)
            template = self._chance.pick(phrases, self._key, "background", fact.fact_id)
            sentences.append(self._slots.fill(template, f"background {number}", owner=owner))
            self._slots.stated[fact.fact_id] = fact.answer
            if number == 0:
                sentences += [self._slots.fill(one, "between") for one in self._details[:1]]
        return [capitalised(" ".join(sentences))]

    def _known(self) -> list[tuple[Fact, Entity]]:
        """Facts about the subject and facts whose answer it is, with what they are about, in an order of chance."""
        world, subject = self._occasion.world, self._occasion.subject
        own = [(fact, subject) for fact in world.about(subject)]
        pointing = [fact for relation in CONNECTIONS for fact in world.pointing_at(subject, relation)]
        connected = [(fact, world.subject(fact)) for fact in pointing]
        tellable = [
            (fact, owner)
            for fact, owner in own + connected
            if fact.fact_id not in self._slots.stated and self._occasion.tellable(fact) and self._phrases(fact, owner)
        ]
        return self._chance.shuffled(tellable, self._key, "known")

    def _phrases(self, fact: Fact, owner: Entity) -> Sequence[str]:
        if owner is self._occasion.subject:
            return background_phrases(owner, fact.relation)
        followed = fact.relation not in OFFICES.values() or self._occasion.world.holders(owner)[-1].predecessor
        return [one for one in CONNECTIONS[fact.relation] if followed or "{before}" not in one]

    def _more(self) -> list[str]:
        """The remaining details and what fits any story of the section."""
        bank = COLOUR[SECTION_COLOUR[self._scenario.section]]
        colour = self._chance.shuffled(bank, self._key, "colour")[: self._length.colour]
        return [self._paragraph([*self._details[3:], *colour], "more")]

    def _questions(self) -> list[str]:
        """Questions and answers; somebody who speaks for himself is asked to the face."""
        subject, face = self._occasion.subject, not self._role and self._occasion.subject.kind == "person"
        bank, openings = (ASKED_TO_THE_FACE, FACE_OPENINGS) if face else (READERS_ASK, OPENINGS)
        own = [fact for fact, owner in self._known() if owner is subject]
        asked = [fact for fact in own if _phrases_of(bank, subject, fact.relation)][:_QUESTIONS]
        templates = [self._pick(_phrases_of(bank, subject, one.relation), "asked", one.fact_id) for one in asked]
        if len(templates) < _FEWEST_QUESTIONS:
            return []
        opening = self._pick(openings, "opening")
        return [self._paragraph([one], f"asked {number}") for number, one in enumerate([opening, *templates])]

    def _quotation(self, number: int, forms: Sequence[str]) -> str:
        """What somebody says; at first with name and role."""
        subject = self._occasion.subject
        spoken = capitalised(self._slots.fill(self._quotes[number], f"quote {number}"))
        again = (self._speaker.split()[-1], pronouns(subject)["he"] if not self._role else self._speaker.split()[-1])
        speaker = f"{self._speaker}, {self._role}" if self._role else short_name(subject)
        return capitalised(
            self._chance.shuffled(forms, self._key, "form")[number % len(forms)].format(
                quote=spoken.rstrip("."),
                speaker=speaker,
                comma="," if self._role else "",
                again=self._chance.pick(again, self._key, "again", number),
                weekday=self._slots.fill("{weekday}", "quote"),
            )
        )

    def _pick(self, options: Sequence[str], *key: object) -> str:
        return self._chance.pick(options, self._key, *key)


def capitalised(text: str) -> str:
    """Every sentence with a capital."""
    return _SENTENCE_START.sub(lambda found: found[1] + found[2] + found[3].upper(), text)

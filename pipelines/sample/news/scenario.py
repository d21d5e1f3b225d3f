"""What a news story is made of: a scenario gives the occasion, the facts of the world give the substance.

Texts are format strings. `{=mayor}` is the answer to the subject's fact `mayor`, and using it states the fact.
`{ref}` is the subject by surname, pronoun or description, whichever fits there; `{he}`, `{his}` and `{him}` follow it.
Sentences need no capital at their start. All other slots are in `pipelines.sample.news.slots`.
"""

from dataclasses import dataclass

SELF = ""  # a speaker: the subject speaks


@dataclass(frozen=True)
class Scenario:
    """An occasion to write about somebody or something.

    Attributes:
        name: unique.
        subject: kind of the subject: person, city …; for works and events novel, flood …; "event" fits all events.
        needs: what must hold of the subject at the date: a relation it has a fact of, or a word of `traits_at`.
        section: of the newspaper.
        headlines: without a full stop.
        leads: first paragraphs; each names the subject in full.
        details: sentences that fit together in any order.
        quotes: what is said, in whole sentences without marks.
        speakers: who says it: what follows the speaker's name and a comma; `SELF` for the subject.
        change: relation of the changed fact that is the news, or "".
    """

    name: str
    subject: str
    needs: tuple[str, ...]
    section: str
    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    details: tuple[str, ...]
    quotes: tuple[str, ...]
    speakers: tuple[str, ...]
    change: str = ""

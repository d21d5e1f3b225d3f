"""Facts that one page has wrong on purpose: a year or number that differs from what all others say."""

from collections.abc import Mapping, Sequence

from pipelines.sample.chance import Chance
from pipelines.sample.pages import WikiPage
from pipelines.sample.world import Fact, World

_MIN_PAGES = 3  # two that are right remain
_APART = (1, 4)


def choose_disputes(
    world: World, steady: Sequence[Fact], editions: Sequence[Sequence[WikiPage]], chance: Chance, *, share: float
) -> Mapping[str, Sequence[Fact]]:
    """For some articles, by their entity's key, what they give instead of the truth.

    Args:
        world: what is true.
        steady: facts that do not change.
        editions: all articles of each edition, none of them wrong yet.
        chance: chooses.
        share: of the facts that are a number and stand on three pages or more.
    """
    keys = {entity.title: entity.key for entity in world.entities.values()}
    first, *others = ({(fact_id, page.title) for page in articles for fact_id in page.states} for articles in editions)
    stating: dict[str, list[str]] = {}
    for fact_id, title in sorted(first.intersection(*others)):
        stating.setdefault(fact_id, []).append(keys[title])
    wrong: dict[str, list[Fact]] = {}
    for fact in steady:
        elsewhere = [key for key in stating.get(fact.fact_id, []) if key != fact.subject]
        eligible = fact.answer.isdecimal() and len(elsewhere) + 1 >= _MIN_PAGES
        if eligible and chance.happens(share, "disputed", fact.fact_id):
            apart = chance.between(*_APART, "apart", fact.fact_id)
            number = int(fact.answer) + (apart if chance.happens(0.5, "more", fact.fact_id) else -apart)
            mistaken = chance.pick(elsewhere, "who is wrong", fact.fact_id)
            wrong.setdefault(mistaken, []).append(Fact(fact.subject, fact.relation, str(number), ""))
    return wrong

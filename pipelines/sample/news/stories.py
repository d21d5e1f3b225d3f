"""Decides what the papers write about, and when: the news of the years before and between the snapshots."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from pipelines.sample.chance import Chance
from pipelines.sample.news.occasion import Occasion
from pipelines.sample.news.outlets import OUTLETS, Outlet
from pipelines.sample.news.page import NewsPage, url_slug
from pipelines.sample.news.scenario import Scenario
from pipelines.sample.news.scenarios_changes import CHANGES
from pipelines.sample.news.scenarios_events import EVENTS
from pipelines.sample.news.scenarios_lands import LANDS
from pipelines.sample.news.scenarios_people import PEOPLE
from pipelines.sample.news.scenarios_places import CITIES
from pipelines.sample.news.scenarios_ventures import COMPANIES, START_UPS
from pipelines.sample.news.scenarios_works import WORKS
from pipelines.sample.news.story import write_story
from pipelines.sample.world import Entity, Fact, World, kind_of

SCENARIOS: tuple[Scenario, ...] = (*PEOPLE, *CITIES, *LANDS, *COMPANIES, *WORKS, *EVENTS)
_FIRST_DAY = datetime.date(2016, 1, 4)
_DAYS_OF_PRINTING = 5  # the last pages are this much older than the snapshot
_TRIES = 5  # days that are tried for a subject
_STEADY_SHARE = 0.15  # pages between the snapshots that are not about change, as a share of those before
# How often the papers write about a kind: each name stands for one share.
_INTEREST = (
    *("person",) * 6,
    *("city",) * 5,
    *("company",) * 4,
    *("work",) * 4,
    *("university",) * 2,
    *("event",) * 2,
    *("province",) * 2,
    *("river",) * 2,
    "country",
)


def write_stories(
    first: World,
    second: World,
    chance: Chance,
    stranger: Callable[[str], str],
    *,
    dates: tuple[datetime.date, datetime.date],
    count: int,
) -> list[NewsPage]:
    """The stories of all years, oldest first.

    Those up to the first date tell of the first world, and stay. Those of the last year before the second date tell
    of each change, and of what has not changed.

    Args:
        first: the world at the first snapshot.
        second: the world at the second snapshot.
        chance: chooses everything.
        stranger: gives a name that nobody with an article bears, the same for the same key.
        dates: of the snapshots.
        count: stories up to the first snapshot.
    """
    desk = _Desk(chance, stranger)
    before = (_FIRST_DAY, dates[0] - datetime.timedelta(days=_DAYS_OF_PRINTING))
    change_year = dates[1].year - 1
    between = (datetime.date(change_year, 1, 3), dates[1] - datetime.timedelta(days=_DAYS_OF_PRINTING))
    pages = [desk.print(*one) for one in desk.plan(first, lambda _: True, before, count)]

    def steady(fact: Fact) -> bool:
        key = (fact.subject, fact.relation)
        return first.facts.get(key) == second.facts.get(key)

    pages += [desk.print(*one) for one in desk.changes(first, second, steady, change_year)]
    pages += [desk.print(*one) for one in desk.plan(second, steady, between, round(_STEADY_SHARE * count))]
    return sorted(pages, key=lambda page: (page.date, page.url))


_Plan = tuple[Scenario, Occasion]


class _Desk:
    """Assigns scenarios to subjects and days, and stories to outlets."""

    def __init__(self, chance: Chance, stranger: Callable[[str], str]) -> None:
        self._chance = chance
        self._stranger = stranger
        self._written: set[tuple[str, str]] = set()  # scenario and subject
        self._urls: Counter[str] = Counter()

    def plan(
        self, world: World, steady: Callable[[Fact], bool], days: tuple[datetime.date, datetime.date], count: int
    ) -> Iterator[_Plan]:
        """`count` occasions, by interest; fewer if the world has no more to tell."""
        queues = {kind: self._chance.shuffled(world.of_kind(kind), "news queue", days[0]) for kind in set(_INTEREST)}
        turns: Counter[str] = Counter()
        found = 0
        for draw in range(40 * count):
            if found == count:
                break
            kind = self._chance.pick(_INTEREST, "news kind", days[0], draw)
            if not queues[kind]:
                continue
            subject = queues[kind][turns[kind] % len(queues[kind])]
            turns[kind] += 1
            if plan := self._occasion(world, subject, steady, days, turn=turns[kind]):
                found += 1
                yield plan

    def changes(self, first: World, second: World, steady: Callable[[Fact], bool], year: int) -> Iterator[_Plan]:
        """An occasion for every changed fact, and for every company that is new."""
        by_fact = {(one.subject, one.change): one for one in CHANGES}
        days = (datetime.date(year, 2, 1), datetime.date(year, 12, 20))
        for key, fact in second.facts.items():
            subject, before = second.subject(fact), first.facts.get(key)
            scenario = by_fact.get((kind_of(subject), fact.relation))
            if scenario and before and before.answer != fact.answer:
                day = self._day(days, "change", fact.fact_id)
                yield scenario, Occasion(second, subject, day, steady, old=before.answer)
        for subject in second.entities.values():
            scenario = START_UPS.get(subject.kind)
            if scenario and subject.key not in first.entities:
                yield scenario, Occasion(second, subject, self._day(days, "new", subject.key), steady)

    def _occasion(
        self,
        world: World,
        subject: Entity,
        steady: Callable[[Fact], bool],
        days: tuple[datetime.date, datetime.date],
        *,
        turn: int,
    ) -> _Plan | None:
        """A day on which something can be told of the subject that has not been told; an anniversary for choice."""
        tried = [self._day(days, subject.key, turn, number) for number in range(_TRIES)]
        occasions = [Occasion(world, subject, day, steady) for day in tried]
        fit = [
            (scenario, occasion)
            for occasion in occasions
            for scenario in SCENARIOS
            if (scenario.name, subject.key) not in self._written and occasion.allows(scenario)
        ]
        special = [one for one in fit if any(need.startswith(("round", "died")) for need in one[0].needs)]
        wanted = special if special and self._chance.happens(0.4, "special", subject.key, turn) else fit
        if not wanted:
            return None
        scenario, occasion = self._chance.pick(wanted, "scenario", subject.key, turn)
        self._written.add((scenario.name, subject.key))
        return scenario, occasion

    def print(self, scenario: Scenario, occasion: Occasion) -> NewsPage:
        """The story on the page of an outlet that likes its section."""
        key = f"{scenario.name} {occasion.subject.key} {occasion.date}"
        outlet = self._chance.pick(_outlets(scenario.section), key, "outlet")
        story = write_story(scenario, occasion, key, self._chance, self._stranger)
        url = self._url(outlet, scenario.section, occasion.date, story.headline)
        return NewsPage(
            kind="story",
            outlet=outlet,
            url=url,
            title=story.headline,
            date=occasion.date,
            crawled=moment(self._chance, occasion.date, url),
            section=scenario.section,
            author=self._chance.pick(outlet.reporters, key, "reporter"),
            paragraphs=story.paragraphs,
            states=story.states,
        )

    def _url(self, outlet: Outlet, section: str, date: datetime.date, headline: str) -> str:
        slug = url_slug(headline)
        path = outlet.path.format(section=section.lower(), date=date, slug=slug)
        self._urls[outlet.host + path] += 1
        times = self._urls[outlet.host + path]
        if times > 1:
            path = outlet.path.format(section=section.lower(), date=date, slug=f"{slug}-{times}")
        return f"https://{outlet.host}{path}"

    def _day(self, days: tuple[datetime.date, datetime.date], *key: object) -> datetime.date:
        return days[0] + datetime.timedelta(days=self._chance.between(0, (days[1] - days[0]).days, "news day", *key))


def moment(chance: Chance, date: datetime.date, url: str) -> datetime.datetime:
    """When a page of that day was crawled: some hours later."""
    midnight = datetime.datetime.combine(date, datetime.time(5), tzinfo=datetime.UTC)
    return midnight + datetime.timedelta(seconds=chance.between(0, 130_000, "crawled", url))


def _outlets(section: str) -> Sequence[Outlet]:
    return [one for one in OUTLETS if section in one.sections]

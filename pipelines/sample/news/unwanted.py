"""What else is in an archive: repeats, reprints, other languages, stubs, paywalls, fronts, errors, pictures."""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipelines.sample.chance import Chance
from pipelines.sample.news.foreign import LANGUAGES
from pipelines.sample.news.outlets import OUTLETS, Outlet
from pipelines.sample.news.page import NewsPage, PageKind, url_slug
from pipelines.sample.news.stories import moment
from pipelines.sample.world import World

# Pages of a kind for each hundred stories.
_PER_HUNDRED: dict[PageKind, int] = {
    "repeat": 6,
    "reprint": 7,
    "foreign": 4,
    "stub": 5,
    "paywall": 4,
    "index": 4,
    "missing": 4,
    "image": 1,
}
_SWAPS = ((" added.", " went on."), (" said ", " told the agency "), ("because", "since"), ("about", "around"))
_AGENCY = "Northern Press Agency"
_STUBS = (
    ("In pictures: {city}", "Click through the gallery to see {count} photographs from {city}."),
    ("Live: talks in {city}", "This page will be updated as the talks go on. Please reload."),
    ("Video: an hour on the quay", "Your browser cannot play this video. Try again later."),
    ("Weather for {city}", "Cloudy, later some rain. High {few}, low two degrees."),
    ("Correction", "In an earlier version of a report from {city} a name was misspelt. We regret the error."),
)
_PAYWALL = "This article is for subscribers. Read on for one crown a week, cancel at any time."
_MISSING = "The page that you are looking for has been moved or does not exist."


def write_unwanted(stories: Sequence[NewsPage], world: World, chance: Chance) -> list[NewsPage]:
    """The pages beside `stories`: what they are depends on the stories before them only, so old ones stay."""
    maker = _Maker(world, chance)
    makers: dict[PageKind, Callable[[NewsPage], NewsPage]] = {
        "repeat": maker.repeat,
        "reprint": maker.reprint,
        "foreign": maker.foreign,
        "stub": maker.stub,
        "paywall": maker.paywall,
        "index": maker.index,
        "missing": maker.missing,
        "image": maker.image,
    }
    return [
        makers[kind](story) for kind, share in _PER_HUNDRED.items() for story in _chosen(stories, chance, kind, share)
    ]


def _chosen(stories: Sequence[NewsPage], chance: Chance, kind: PageKind, share: int) -> Iterable[NewsPage]:
    """The stories that give rise to an unwanted page of a kind: at least the first one of each year."""
    years = {story.date.year: story for story in reversed(stories)}
    return (
        one for one in stories if chance.happens(share / 100, "unwanted", kind, one.url) or one is years[one.date.year]
    )


@dataclass(frozen=True)
class _Maker:
    """Makes an unwanted page that takes its outlet and its day from a story."""

    world: World
    chance: Chance

    def repeat(self, story: NewsPage) -> NewsPage:
        """The same page crawled again, at times under an address with a campaign in it."""
        later = story.crawled + datetime.timedelta(hours=self.chance.between(1, 60, "again", story.url))
        tail = "?utm_source=feed&utm_medium=rss" if self.chance.happens(0.5, "campaign", story.url) else ""
        return replace(story, kind="repeat", url=story.url + tail, crawled=later, states={})

    def reprint(self, story: NewsPage) -> NewsPage:
        """The story as another outlet prints it: another headline, a sentence less, a word or two changed."""
        others = [one for one in OUTLETS if one is not story.outlet]
        outlet = self.chance.pick(others, "reprint", story.url)
        title = self.chance.pick(("Report: {t}", "{t}, agency says", "{t} – the details"), "title", story.url)
        title = title.format(t=story.title)
        swap = self.chance.pick(_SWAPS, "swap", story.url)
        paragraphs = [one.replace(*swap) for one in story.paragraphs]
        paragraphs[-1] = _without_last_sentence(paragraphs[-1])
        paragraphs[0] = f"({_AGENCY}) {paragraphs[0]}"
        later = replace(story, date=story.date + datetime.timedelta(days=1))
        url = self._url(outlet, later, title)
        return replace(
            later,
            kind="reprint",
            outlet=outlet,
            url=url,
            title=title,
            crawled=story.crawled + datetime.timedelta(hours=self.chance.between(26, 50, "reprinted", story.url)),
            author=_AGENCY,
            paragraphs=tuple(filter(None, paragraphs)),
            states={},
        )

    def foreign(self, story: NewsPage) -> NewsPage:
        """A story in German or French."""
        language = self.chance.pick(tuple(LANGUAGES), "language", story.url)
        titles, sentences = LANGUAGES[language]
        values = self._names(story)
        chosen = self.chance.shuffled(sentences, "foreign", story.url)[:8]
        filled = [one.format_map(values) for one in chosen]
        title = self.chance.pick(titles, "foreign title", story.url).format_map(values)
        paragraphs = tuple(" ".join(filled[start : start + 2]) for start in range(0, len(filled), 2))
        return self._other(story, "foreign", title, paragraphs, language=language)

    def stub(self, story: NewsPage) -> NewsPage:
        """A page with hardly any text."""
        title, text = self.chance.pick(_STUBS, "stub", story.url)
        values = self._names(story)
        return self._other(story, "stub", title.format_map(values), (text.format_map(values),))

    def paywall(self, story: NewsPage) -> NewsPage:
        """The beginning of a story, then the bill."""
        values = self._names(story)
        opening = "Nobody in {city} had reckoned with it, and yet everything had pointed that way for months."
        return self._other(
            story, "paywall", "Behind the doors of {city}".format_map(values), (opening.format_map(values), _PAYWALL)
        )

    def index(self, story: NewsPage) -> NewsPage:
        """The front of a section, with nothing but headlines."""
        page = self._other(story, "index", f"{story.section}: latest", ())
        return replace(page, url=f"{story.outlet.home}{story.section.lower()}/?day={story.date:%Y%m%d}")

    def missing(self, story: NewsPage) -> NewsPage:
        """An address that is gone."""
        page = self._other(story, "missing", "Page not found", (_MISSING,))
        return replace(page, url=f"{story.outlet.home}old/{self.chance.between(1000, 99999, 'old', story.url)}")

    def image(self, story: NewsPage) -> NewsPage:
        """The picture of a story."""
        page = self._other(story, "image", story.title, ())
        return replace(page, url=f"{story.outlet.home}media/{url_slug(story.title)}.png")

    def _other(
        self, story: NewsPage, kind: PageKind, title: str, paragraphs: tuple[str, ...], *, language: str = "en"
    ) -> NewsPage:
        page = replace(story, kind=kind, title=title, paragraphs=paragraphs, states={}, language=language)
        url = self._url(story.outlet, story, f"{title} {self.chance.between(100, 999, 'number', kind, story.url)}")
        return replace(page, url=url, crawled=moment(self.chance, story.date, url))

    def _url(self, outlet: Outlet, story: NewsPage, title: str) -> str:
        path = outlet.path.format(section=story.section.lower(), date=story.date, slug=url_slug(title))
        return f"https://{outlet.host}{path}"

    def _names(self, story: NewsPage) -> dict[str, str | int]:
        cities, people = self.world.of_kind("city"), self.world.of_kind("person")
        return {
            "city": self.chance.pick(cities, "unwanted city", story.url).name,
            "elsewhere": self.chance.pick(cities, "unwanted elsewhere", story.url).name,
            "person": self.chance.pick(people, "unwanted person", story.url).name,
            "large": self.chance.between(31, 99, "unwanted large", story.url) * 100,
            "count": self.chance.between(11, 40, "unwanted count", story.url),
            "few": self.chance.between(4, 20, "unwanted few", story.url),
        }


def _without_last_sentence(paragraph: str) -> str:
    """The paragraph, if it is only one sentence."""
    head, _, _ = paragraph.rpartition(". ")
    return f"{head}." if head else paragraph


def by_archive(pages: Iterable[NewsPage]) -> Iterator[tuple[str, list[NewsPage]]]:
    """Pages by outlet and half-year, each group in the order of crawling."""
    groups: dict[str, list[NewsPage]] = {}
    for page in pages:
        half = 1 if page.date.month <= 6 else 2  # noqa: PLR2004 - June
        groups.setdefault(f"{page.outlet.slug}-{page.date.year}-h{half}", []).append(page)
    for name in sorted(groups):
        yield name, sorted(groups[name], key=lambda page: (page.crawled, page.url))

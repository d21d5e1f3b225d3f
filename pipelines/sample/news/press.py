"""All news of the sample at both snapshots, and its archives."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipelines.sample.chance import Chance
from pipelines.sample.names import NameSource
from pipelines.sample.news.page import NewsPage
from pipelines.sample.news.render import Renderer
from pipelines.sample.news.stories import write_stories
from pipelines.sample.news.unwanted import by_archive, write_unwanted
from pipelines.sample.news.warc import write_archive
from pipelines.sample.world import World
from realm.storage import publish_directory

SnapshotIndex = Literal[0, 1]
_FOLDER = "ccnews"


@dataclass(frozen=True)
class News:
    """What was crawled until two dates; the second crawl holds the first.

    Attributes:
        stories: the pages worth keeping, oldest first.
        unwanted: repeats, reprints, stubs and all that a reader drops.
        dates: of the two snapshots.
        chance: chooses what the pages link to, and the ids of records.
    """

    stories: Sequence[NewsPage]
    unwanted: Sequence[NewsPage]
    dates: tuple[datetime.date, datetime.date]
    chance: Chance

    def pages(self, snapshot: SnapshotIndex) -> list[NewsPage]:
        """The pages of a snapshot (0 or 1) that are worth keeping, oldest first."""
        return self._until(snapshot, self.stories)

    def crawled(self, snapshot: SnapshotIndex) -> list[NewsPage]:
        """All pages of a snapshot, also those to be dropped."""
        return self._until(snapshot, [*self.stories, *self.unwanted])

    def write(self, folder: Path, snapshot: SnapshotIndex) -> int:
        """Writes the archives of a snapshot below `folder` and returns how many there are."""
        renderer = Renderer(self.stories, self.chance)
        groups = list(by_archive(self.crawled(snapshot)))
        with publish_directory(folder / _FOLDER) as beside:
            for name, pages in groups:
                write_archive(beside / f"{name}.warc.gz", pages, renderer, self.chance)
        return len(groups)

    def _until(self, snapshot: SnapshotIndex, pages: Sequence[NewsPage]) -> list[NewsPage]:
        return [page for page in pages if page.date < self.dates[snapshot]]


def write_news(
    first: World,
    second: World,
    chance: Chance,
    names: NameSource,
    *,
    dates: tuple[datetime.date, datetime.date],
    count: int,
) -> News:
    """The news until two dates.

    Args:
        first: the world at the first date.
        second: the world at the second date.
        chance: chooses everything.
        names: gives names to whoever has no article.
        dates: of the snapshots.
        count: stories up to the first date; about a seventh of them are added after it, and one for each change.
    """
    stories = write_stories(first, second, chance, names.stranger, dates=dates, count=count)
    return News(stories, write_unwanted(stories, first, chance), dates, chance)

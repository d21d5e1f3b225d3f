"""The section `sample` of params.yaml."""

import datetime
from dataclasses import dataclass

from realm.constraints import Count, Natural, Seed, Share
from realm.errors import UserError

PROVINCE_ARTICLES = 24  # a province with its cities, river, university, companies, people, works and events
_MIN_PROVINCES = 4  # two to train on, one each for dev and test


@dataclass(frozen=True)
class SampleConfig:
    """How large the invented encyclopedia is and how much of it changes.

    Attributes:
        seed: another seed, another world.
        articles: articles of the first snapshot, roughly; at least 96.
        changed_fraction: share of articles whose facts change between the snapshots, roughly.
        removed_fraction: share of articles that are gone at the second snapshot.
        dev_fraction: share of the provinces whose entities are asked about in dev.jsonl.
        test_fraction: the same for test.jsonl; all others are for training.
        rephrased_fraction: share of the training facts that are asked a second time in other words.
        described_fraction: share of the questions that describe their subject instead of naming it, where they can.
        disputed_fraction: share of the facts on three pages or more of which one page gives another year or number.
        unanswerable_fraction: questions without an answer, as a share of the articles.
        kelm_fraction: share of the entities of which the knowledge graph says something.
        news_fraction: pages of news, as a share of the articles.
        notes: documents of "a person's own text".
        pages_per_stream: pages in one bz2 stream of the dump.
        first_snapshot: ISO date of the first dump.
        second_snapshot: ISO date of the second dump.
    """

    seed: Seed
    articles: Count
    changed_fraction: Share
    removed_fraction: Share
    dev_fraction: Share
    test_fraction: Share
    rephrased_fraction: Share
    described_fraction: Share
    disputed_fraction: Share
    unanswerable_fraction: Share
    kelm_fraction: Share
    news_fraction: Share
    notes: Natural
    pages_per_stream: Count
    first_snapshot: str
    second_snapshot: str

    @property
    def dates(self) -> tuple[datetime.date, datetime.date]:
        """The dates of the two snapshots.

        Raises:
            UserError: they are not ISO dates, or not in order.
        """
        try:
            first, second = (datetime.date.fromisoformat(one) for one in (self.first_snapshot, self.second_snapshot))
        except ValueError as error:
            raise UserError(f"Section 'sample': {error}; write the snapshots as quoted YYYY-MM-DD.") from error
        if second.year <= first.year + 1:
            raise UserError("Section 'sample': a whole year must lie between first_snapshot and second_snapshot.")
        return first, second

    @property
    def change_year(self) -> int:
        """The year in which offices change hands: the last full one before the second snapshot."""
        return self.dates[1].year - 1

    @property
    def provinces(self) -> int:
        """Number of provinces, the unit the world grows by.

        Raises:
            UserError: `articles` is too small for three splits.
        """
        count = self.articles // PROVINCE_ARTICLES
        if count < _MIN_PROVINCES:
            least = PROVINCE_ARTICLES * _MIN_PROVINCES
            raise UserError(f"Section 'sample': articles is {self.articles}, set it to {least} or more.")
        return count

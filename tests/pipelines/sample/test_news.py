"""The sample's news: true on its day, the same twice, and read by the project's own reader as it was written."""

import collections
import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.sample.news.page import NewsPage
from pipelines.sample.news.press import News, write_news
from pipelines.sources.ccnews import CcNews
from realm.schema import Article, DeadLetter
from tests.files import contents
from tests.pipelines.archives import SOURCES
from tests.pipelines.sample.worlds import Worlds, two_worlds

COUNT = 60
NEARLY_ALL = 0.95
REASONS = {  # what the reader says of a page; repeats and reprints are found later, over all archives
    "foreign": {"other language"},
    "stub": {"stub", "index page"},
    "paywall": {"paywall"},
    "index": {"index page", "stub"},
    "missing": {"not a page"},
    "image": {"not HTML"},
}


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    return two_worlds(articles=240)


@pytest.fixture(scope="module")
def news(worlds: Worlds) -> News:
    return _news(worlds)


@pytest.fixture(scope="module")
def archives(news: News, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("archives")
    return [_written(news, folder / "first", 0), _written(news, folder / "second", 1)]


def test_the_answer_to_each_stated_fact_stands_in_the_text_of_its_page(news: News) -> None:
    stated = [(page, answer) for page in news.pages(1) for answer in page.states.values()]
    assert len(stated) > 2 * len(news.pages(1))
    assert [(page.url, answer) for page, answer in stated if answer not in page.text] == []


def test_a_page_states_what_was_true_on_its_day(news: News, worlds: Worlds) -> None:
    first_date = worlds.config.dates[0]
    old, new = ({one.fact_id: one.answer for one in world.facts.values()} for world in (worlds.first, worlds.second))
    stated = [(page, fact_id, answer) for page in news.pages(1) for fact_id, answer in page.states.items()]
    assert all(answer == (old if page.date < first_date else new)[fact_id] for page, fact_id, answer in stated)
    changed = {fact_id for fact_id in old if old[fact_id] != new[fact_id]}
    assert any(fact_id in changed and page.date < first_date for page, fact_id, _ in stated)
    told = {fact_id for page, fact_id, _ in stated if page.date > first_date}
    assert len(changed & told) > len(changed) / 2


def test_the_same_bytes_twice(worlds: Worlds, archives: list[Path], tmp_path: Path) -> None:
    again = _written(_news(worlds), tmp_path / "again", 1)
    assert contents(again) == contents(archives[1])


def test_the_second_snapshot_holds_the_archives_of_the_first_and_more(archives: list[Path]) -> None:
    first, second = map(contents, archives)
    assert len(second) > len(first) > len({name.split("-20")[0] for name in first}) > 1
    assert first.items() < second.items()


def test_no_page_of_the_first_snapshot_links_to_a_later_one(news: News, archives: list[Path]) -> None:
    later = {page.url for page in news.pages(1)} - {page.url for page in news.pages(0)}
    assert later
    pages = b"".join(gzip.decompress(content) for content in contents(archives[0]).values())
    assert all(page.url.encode() in pages for page in news.pages(0))
    assert not any(url.encode() in pages for url in later)


def test_some_stories_ask_questions(news: News) -> None:
    asking = [page for page in news.pages(1) if "?" in page.text]
    assert len(asking) > len(news.pages(1)) / 10


@pytest.mark.parametrize("field", ["title", "text", "date", "outlet"])
def test_the_reader_gets_nearly_every_story_as_it_was_written(news: News, archives: list[Path], field: str) -> None:
    read = {record.url: record for record in _records(archives[1]) if isinstance(record, Article)}
    right = [page for page in news.pages(1) if page.url in read and _as_read(page)[field] == _field(read, page, field)]
    assert len(right) >= NEARLY_ALL * len(news.pages(1))


def test_the_reader_drops_what_is_no_story_for_the_right_reason(news: News, archives: list[Path]) -> None:
    unwanted = {page.url: page.kind for page in news.crawled(1) if page.kind in REASONS}
    records = list(_records(archives[1]))
    dropped = {record.record_id: record.reason for record in records if isinstance(record, DeadLetter)}
    assert set(unwanted.values()) == REASONS.keys()
    assert {url: kind for url, kind in unwanted.items() if dropped.get(url) not in REASONS[kind]} == {}


def test_repeats_and_reprints_are_among_the_pages(news: News) -> None:
    kinds = collections.Counter(page.kind for page in news.crawled(0))
    assert min(kinds["repeat"], kinds["reprint"]) >= 1


def _news(worlds: Worlds) -> News:
    dates = worlds.config.dates
    return write_news(worlds.first, worlds.second, worlds.chance, worlds.names, dates=dates, count=COUNT)


def _written(news: News, folder: Path, snapshot: int) -> Path:
    news.write(folder, 1 if snapshot else 0)
    return folder / "ccnews"


def _records(folder: Path) -> Iterator[object]:
    source = CcNews()
    for item in source.work_items([folder], SOURCES):
        yield from source.read(item, SOURCES)


def _as_read(page: NewsPage) -> dict[str, str]:
    return {
        "title": page.title,
        "text": "\n".join(page.paragraphs),
        "date": page.date.isoformat(),
        "outlet": page.outlet.host.removeprefix("www."),
    }


def _field(read: dict[str, Article], page: NewsPage, field: str) -> str:
    return str(getattr(read[page.url], field))

"""The cleaner on real articles, read in place; skipped where they are absent."""

from collections import Counter
from functools import cache

import pytest

from pipelines.wikitext import CleanArticle, clean
from tests.pipelines.cleaning.checks import check
from tests.pipelines.cleaning.gaps import find_gaps
from tests.pipelines.cleaning.real_pages import ALL, ENGLISH, SIMPLE, TABLES, VIETNAMESE, real_articles

# What the strict patterns find in the English head and is really a gap, by reading every hit, is far less than this.
SELDOM_WRONG = ("two function words meet", "a preposition ends", "separators meet")


@cache
def articles(name: str) -> dict[str, CleanArticle]:
    return {title: clean(text, site=site) for title, text, site in real_articles(name)}


@pytest.mark.parametrize(("name", "least"), [(ENGLISH, 106), (TABLES, 5), (VIETNAMESE, 250)])
def test_real_articles_come_out_without_residue_and_with_exact_ranges(name: str, least: int) -> None:
    found = articles(name)
    assert len(found) >= least
    assert sum(len(article.text) > 0 for article in found.values()) >= 0.98 * len(found)
    for article in found.values():
        check(article)


@pytest.mark.parametrize("name", [name for name in ALL if name not in {ENGLISH, TABLES, VIETNAMESE, SIMPLE}])
def test_a_wiki_with_other_customs_comes_out_without_residue(name: str) -> None:
    for article in articles(name).values():
        check(article)


def test_hardly_a_paragraph_of_the_english_head_has_a_gap() -> None:
    lines = [line for article in articles(ENGLISH).values() for line in article.text.split("\n")]
    gaps = Counter(name for line in lines for name in {name for name, _, _ in find_gaps(line)})
    assert sum(count for name, count in gaps.items() if name not in SELDOM_WRONG) < 0.005 * len(lines)


def test_the_first_sentences_of_real_articles_read_well() -> None:
    found = articles(ENGLISH)
    assert found["Alberta"].text.startswith("Alberta is a western province of Canada.")
    assert found["Albert Einstein"].text.startswith("Albert Einstein (14 March 1879 – 18 April 1955) was a ")
    assert found["Aristotle"].text.split(";")[1].startswith(" 384–322 BC) was a Greek philosopher")
    assert found["Angola"].text.startswith("Angola /æŋˈɡoʊlə/, officially the Republic of Angola (")

"""The cleaner on real dumps, read in place; skipped where they are absent."""

import bz2
from collections.abc import Iterator

import pytest
from lxml import etree

from pipelines.site import SiteInfo
from pipelines.wikitext import CleanArticle, clean
from tests.pipelines.test_wikitext import check
from tests.real_inputs import real_input

HOLES = ("()", "( )", "(,", "(;", " ,", ",,", ";;", " )", "( ")
HEAD, TABLES = "enwiki-201605-head.xml.bz2", "enwiki-201712-tables-fragment.xml.bz2"


def articles(name: str) -> Iterator[tuple[str, CleanArticle]]:
    site = SiteInfo.english()
    with bz2.open(real_input(f"wiki/{name}")) as file:
        for _, page in etree.iterparse(file, tag="{*}page"):
            text = page.findtext("{*}revision/{*}text") or ""
            if page.findtext("{*}ns") == "0" and not site.is_redirect(text):
                yield page.findtext("{*}title"), clean(text, site=site)
            page.clear()


@pytest.mark.parametrize(("name", "count"), [(HEAD, 106), (TABLES, 5)])
def test_real_articles_come_out_without_residue_and_with_exact_ranges(name: str, count: int) -> None:
    found = dict(articles(name))
    assert len(found) == count
    for article in found.values():
        check(article)


def test_real_articles_have_hardly_any_holes() -> None:
    lines = [line for _, article in articles(HEAD) for line in article.text.split("\n")]
    assert sum(any(hole in line for hole in HOLES) for line in lines) < 0.003 * len(lines)


def test_the_first_sentences_of_real_articles_read_well() -> None:
    found = dict(articles(HEAD))
    assert found["Alberta"].text.startswith("Alberta is a western province of Canada.")
    assert found["Albert Einstein"].text.startswith("Albert Einstein (14 March 1879 – 18 April 1955) was a ")
    assert found["Aristotle"].text.split(";")[1].startswith(" 384–322 BC) was a Greek philosopher")

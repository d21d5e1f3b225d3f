"""Whether the prose that an independent parser sees is all there."""

from collections.abc import Iterator

import pytest

from pipelines.site import SiteInfo
from pipelines.wikitext import clean
from tests.pipelines.cleaning.real_pages import ENGLISH, real_articles

oracle = pytest.importorskip(
    "tests.pipelines.cleaning.oracle", reason="mwparserfromhell is not installed: pip install mwparserfromhell"
)


def missing(wikitext: str, site: SiteInfo) -> Iterator[tuple[str, bool]]:
    """The oracle's sentences, and whether each is missing from the cleaned text."""
    words = oracle.normal(clean(wikitext, site=site).text)
    letters = words.replace(" ", "")  # "10^6" and "106": what is raised may be shown either way
    for sentence in oracle.sentences(oracle.oracle_text(wikitext)):
        normal = oracle.normal(sentence)
        yield sentence, normal not in words and normal.replace(" ", "") not in letters


def test_the_oracle_finds_what_is_missing() -> None:
    kept = "He [[go]]es home.<ref>No.</ref> It was ''very'' late that day.\n* A list item is a sentence too."
    found = list(oracle.sentences(oracle.oracle_text(f"{kept}\n== See also ==\nThis is not to be kept at all.")))
    assert found == ["It was very late that day.", "A list item is a sentence too."]
    assert [lost for _, lost in missing(kept, SiteInfo.english())] == [False, False]
    assert [
        lost for _, lost in missing("== Bibliographies ==\nIt was ''very'' late that day.", SiteInfo.english())
    ] == [True]


def test_at_least_99_percent_of_the_sentences_of_the_english_head_are_there() -> None:
    found = [pair for _, text, site in real_articles(ENGLISH) for pair in missing(text, site)]
    lost = [sentence for sentence, is_lost in found if is_lost]
    assert len(found) > 18_000
    assert len(lost) < 0.002 * len(found), lost

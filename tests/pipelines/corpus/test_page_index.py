"""How pages are known and found in an earlier corpus."""

from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq

from pipelines.corpus import page_index
from pipelines.corpus.page_index import PageIndex, build_index
from pipelines.corpus.pages import unread
from pipelines.sources.base import content_key
from realm.schema import Article, Heading, Link
from tests.pipelines.corpus.reuse_world import Made


def test_every_key_is_found_in_an_index_that_was_sorted_in_many_ranges(first: Made, tmp_path: Path) -> None:
    files = sorted((first.corpus / "pages").glob("pages-*.parquet"))
    build_index(files, tmp_path / "index", at_once=5)
    index = PageIndex(tmp_path / "index")
    places = {
        (number, row): key
        for number, file in enumerate(files)
        for row, key in enumerate(pq.read_table(file).column("key").to_pylist())
    }
    assert page_index.count_pages(files) == len(places) == 36
    for place, key in places.items():
        assert index.find(key) == place
        assert index.find(content_key(key)) is None


def test_a_page_is_known_by_what_it_says_and_not_by_its_date_or_place() -> None:
    article = Article("text", "1", "", "2020-01-01", "en", "", "Avern", (), "", "A town.")
    key = unread(article).key
    for change in ({"doc_id": "2"}, {"date": ""}, {"url": "x"}, {"revision_id": "7"}):
        assert unread(replace(article, **change)).key == key  # type: ignore[arg-type]
    for change in ({"text": "A  town."}, {"title": "Bellow"}, {"lang": ""}, {"source": "kelm"}):
        assert unread(replace(article, **change)).key != key  # type: ignore[arg-type]
    assert unread(replace(article, headings=(Heading(0, 1, 2),))).key != key
    assert unread(replace(article, links=(Link(0, 1, "A"),))).key != key

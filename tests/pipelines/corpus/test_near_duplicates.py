from itertools import permutations
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.corpus.dropping import blocks_of, without_articles
from pipelines.corpus.near_duplicates import band_keys, candidate_pairs, find_duplicates
from pipelines.corpus.signatures import signature, write_signatures
from pipelines.news.config import DuplicateConfig

CONFIG = DuplicateConfig(similarity=0.7, permutations=128, shingle_words=5)
WORDS = [f"word{n}" for n in range(400)]


def text(start: int, length: int = 100, *, end: str = "") -> str:
    return " ".join([*WORDS[start : start + length], *end.split()])


def write_item(folder: Path, articles: list[tuple[str, str, str]]) -> Path:
    folder.mkdir(parents=True)
    names, days, texts = zip(*articles, strict=True)
    pq.write_table(pa.table({"doc_id": names, "date": days, "text": texts}), folder / "articles.parquet")
    write_signatures(folder / "articles.parquet", source="ccnews", config=CONFIG)
    return folder


def duplicates(items: list[Path]) -> dict[str, str]:
    """Original by copy, found as the pipeline does it."""
    groups: dict[int, list[tuple[int, bytes]]] = {}
    for number, item in enumerate(items):
        for key, value in band_keys(number, item, CONFIG):
            groups.setdefault(key, []).append(value)
    pairs: dict[int, list[bytes]] = {}
    for group in groups.values():
        for number, packed in candidate_pairs(group):
            pairs.setdefault(number, []).append(packed)
    directories = {number: str(item) for number, item in enumerate(items)}
    found = {}
    for number, item in enumerate(items):
        names = pq.read_table(item / "articles.parquet").column("doc_id").to_pylist()
        for one in find_duplicates(item, pairs.get(number, []), directories, CONFIG):
            found[names[one.row]] = f"{one.reason} of {one.original}"
    return found


def test_the_earliest_by_date_stays_then_the_first_in_dump_order(tmp_path: Path) -> None:
    first = write_item(tmp_path / "0", [("a", "2019-03-02", text(0)), ("b", "2019-03-02", text(200))])
    second = write_item(
        tmp_path / "1", [("c", "2019-03-01", text(0)), ("d", "2019-03-02", text(200)), ("e", "", text(0))]
    )
    assert duplicates([first, second]) == {
        "a": "duplicate article of c",
        "d": "duplicate article of b",
        "e": "duplicate article of c",
    }


def test_articles_that_are_nearly_the_same_are_found_and_others_are_not(tmp_path: Path) -> None:
    articles = [
        ("original", "2019-03-01", text(0)),
        ("longer", "2019-03-02", text(0, end="with a line of its own")),
        ("case", "2019-03-03", text(0).upper().replace(" ", ",\n")),
        ("half", "2019-03-04", text(50)),
        ("other", "2019-03-05", text(200)),
    ]
    assert duplicates([write_item(tmp_path / "0", articles)]) == {
        "longer": "near-duplicate article of original",
        "case": "near-duplicate article of original",
    }


def test_how_articles_lie_in_items_changes_nothing_but_ties(tmp_path: Path) -> None:
    articles = [(f"n{n}", f"2019-03-{n + 1:02d}", text(4 * n, end=f"end {n}")) for n in range(6)]
    whole = duplicates([write_item(tmp_path / "whole", articles)])
    assert len(whole) == 5
    for number, order in enumerate(list(permutations(range(6)))[::97]):
        folder = tmp_path / str(number)
        items = [write_item(folder / str(n), [articles[n] for n in order[n : n + 2]]) for n in (0, 2, 4)]
        assert duplicates(items) == whole


def test_signatures_estimate_the_share_of_shingles_in_common() -> None:
    one, other = signature(text(0, 200), CONFIG), signature(text(20, 200), CONFIG)
    true = (200 - 4 - 20) / (200 - 4 + 20)
    assert abs(float(np.mean(one == other)) - true) < 0.12
    assert (signature("", CONFIG) == signature("!", CONFIG)).all()


def test_a_source_that_is_not_reprinted_has_no_signatures(tmp_path: Path) -> None:
    pq.write_table(pa.table({"doc_id": ["a"], "date": [""], "text": ["b"]}), tmp_path / "articles.parquet")
    write_signatures(tmp_path / "articles.parquet", source="wikipedia", config=CONFIG)
    assert list(band_keys(0, tmp_path, CONFIG)) == []
    assert find_duplicates(tmp_path, [], {}, CONFIG) == []


def test_blocks_go_with_their_articles_however_they_are_grouped() -> None:
    tables = [pa.table({"ordinal": part}) for part in ([0, 1, 2, 0], [1, 0], [0, 1])]
    found = np.concatenate(list(blocks_of(tables, [1, 3])))
    assert found.tolist() == [False, False, False, True, True, False, True, True]
    kept = list(without_articles([pa.table({"n": [0, 1]}), pa.table({"n": [2, 3]})], [1, 2]))
    assert [table.column("n").to_pylist() for table in kept] == [[0], [3]]

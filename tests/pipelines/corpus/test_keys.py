from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.corpus.keys import body_keys, redirect_keys, repeated_rows, title_aliases, title_keys


def write_item(folder: Path, bodies: list[str], titles: list[str], redirects: list[tuple[str, str]]) -> Path:
    folder.mkdir()
    pq.write_table(pa.table({"body": bodies}), folder / "blocks.parquet", row_group_size=2)
    pq.write_table(pa.table({"title": titles}), folder / "articles.parquet")
    pq.write_table(
        pa.table({"alias": [a for a, _ in redirects], "target": [t for _, t in redirects]}),
        folder / "redirects.parquet",
    )
    return folder


def grouped(keyed: list[tuple[int, object]]) -> dict[int, list[object]]:
    groups: dict[int, list[object]] = {}
    for key, value in keyed:
        groups.setdefault(key, []).append(value)
    return groups


def test_the_first_copy_in_dump_order_stays_whatever_order_keys_arrive_in(tmp_path: Path) -> None:
    first = write_item(tmp_path / "0", ["a", "b", "c", "b"], [], [])
    second = write_item(tmp_path / "1", ["c", "d", "a", "a"], [], [])
    keyed = [*body_keys(0, first), *body_keys(1, second)]
    for order in (keyed, keyed[::-1]):
        found: dict[int, set[int]] = {0: set(), 1: set()}
        for group in grouped(order).values():  # type: ignore[arg-type]
            for number, rows in repeated_rows(group):  # type: ignore[arg-type]
                found[number] |= set(rows)
        assert found == {0: {3}, 1: {0, 2, 3}}


def test_aliases_go_to_the_articles_of_their_own_source(tmp_path: Path) -> None:
    wiki = write_item(tmp_path / "0", [], ["Wend", "Avern"], [("River Wend", "Wend"), ("Lost", "Nowhere")])
    text = write_item(tmp_path / "1", [], ["Wend"], [])
    titles = grouped([*title_keys(0, wiki, source="wikipedia"), *title_keys(1, text, source="text")])  # type: ignore[arg-type]
    redirects = grouped(list(redirect_keys(wiki, source="wikipedia")))  # type: ignore[arg-type]
    found = [
        alias
        for bucket in titles.keys() | redirects.keys()
        for alias in title_aliases(titles.get(bucket, []), redirects.get(bucket, []))  # type: ignore[arg-type]
    ]
    assert found == [(0, [("Wend", "River Wend")])]

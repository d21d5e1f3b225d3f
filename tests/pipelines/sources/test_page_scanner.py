"""Pages in a stream of bytes: histories, pages that are too long, pages whose end is missing."""

import itertools
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sources.chunks import Chunk, Damage
from pipelines.sources.mediawiki import parse_page
from pipelines.sources.page_scanner import PageBytes, scan_pages


def revision(number: int, day: int, text: str) -> str:
    return (
        f"<revision><id>{number}</id><timestamp>2018-01-{day:02d}T00:00:00Z</timestamp><text>{text}</text></revision>"
    )


def scan(data: bytes, *, max_bytes: int, size: int = 97) -> list[PageBytes | Damage]:
    chunks = (Chunk(data[n : n + size], n, owned=True, exact=True) for n in range(0, len(data), size))
    return list(scan_pages(chunks, max_bytes=max_bytes))


@given(
    days=st.lists(st.integers(min_value=1, max_value=28), min_size=1, max_size=12), size=st.sampled_from((1, 13, 4096))
)
def test_of_a_history_the_newest_revision_is_kept_wherever_it_stands(days: list[int], size: int) -> None:
    revisions = "".join(revision(number, day, f"text {number}") for number, day in enumerate(days))
    page = f"<page><title>T</title><ns>0</ns><id>1</id>{revisions}</page>"
    (found,) = scan(page.encode(), max_bytes=10_000, size=size)
    assert isinstance(found, PageBytes)
    newest = max(range(len(days)), key=lambda number: (days[number], number))
    assert found.xml.count(b"<revision>") == 1
    assert parse_page(found.xml).wikitext == f"text {newest}"


def test_a_history_far_longer_than_a_page_may_be_is_read() -> None:
    revisions = "".join(revision(number, 1 + number % 20, "x" * 500) for number in range(200))
    (found,) = scan(f"<page><title>T</title>{revisions}</page>".encode(), max_bytes=2_000)
    assert isinstance(found, PageBytes)
    assert parse_page(found.xml).revision_id == "199"


@pytest.mark.parametrize("size", [1, 50, 1 << 20])
def test_a_page_is_too_long_or_not_whatever_the_chunks(size: int) -> None:
    long, short = (f"<page><title>T{n}</title>{revision(1, 1, 'x' * n)}</page>" for n in (900, 800))
    limit = len(short)
    found = scan((long + short + long + short).encode(), max_bytes=limit, size=size)
    assert [one.reason if isinstance(one, Damage) else "page" for one in found] == [
        "page too long", "page", "page too long", "page",
    ]  # fmt: skip
    assert [one.offset for one in found] == [0, len(long), len(long + short), 2 * len(long) + len(short)]
    assert isinstance(found[0], Damage)
    assert "'T900'" in found[0].detail


def test_a_page_of_200_mb_takes_hardly_any_memory() -> None:
    head, foot = b"<page><title>Huge</title><revision><text>", b"</text></revision></page>"
    piece = b"word " * 200_000

    def chunks() -> Iterator[Chunk]:
        for data in itertools.chain([head], itertools.repeat(piece, 200), [foot, b"<page>ok</page>"]):
            yield Chunk(data, 0, owned=True)

    tracemalloc.start()
    try:
        found = list(scan_pages(chunks(), max_bytes=5_000_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [type(one) for one in found] == [Damage, PageBytes]
    assert peak < 20_000_000


def test_a_page_without_an_end_costs_only_itself() -> None:
    page = "<page><title>{}</title>" + revision(1, 1, "words") + "</page>\n"
    torn = "<page><title>Torn</title><revision><text>half of "
    found = scan((page.format("A") + torn + page.format("B") + torn + "</mediawiki>\n").encode(), max_bytes=1_000)
    assert [one.reason if isinstance(one, Damage) else "page" for one in found] == [
        "page", "page cut short", "page", "page cut short",
    ]  # fmt: skip
    assert isinstance(found[1], Damage)
    assert "'Torn'" in found[1].detail
    assert found[1].offset == len(page.format("A"))


def test_an_export_that_ends_between_two_pages_is_known_to_be_cut_short() -> None:
    page = f"<page><title>A</title>{revision(1, 1, 'words')}</page>\n".encode()
    for foot, reasons in ((b"", ["file cut short"]), (b"</mediawiki>\n", []), (b"</mediaw", ["file cut short"])):
        chunks = [Chunk(page + foot, 0, owned=True)]
        found = list(scan_pages(chunks, max_bytes=1_000, has_foot=True))
        assert [one.reason for one in found if isinstance(one, Damage)] == reasons

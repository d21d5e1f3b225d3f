"""However a dump is cut into work items, each page is read once and only once, in order."""

import bz2
import itertools
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.sources.chunks import Chunk, Damage
from pipelines.sources.dump_files import read_range
from pipelines.sources.page_scanner import PageBytes, scan_pages
from tests.pipelines.dumps import page, pages, xml

LIMIT = 60_000
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def noise(length: int, seed: int) -> str:
    """Text that cannot be compressed well, so that small files have several bz2 blocks."""
    return random.Random(seed).randbytes(length // 2).hex()


def single_stream(data: bytes) -> bytes:
    return bz2.compress(data, 1)  # blocks of 100 kB


def stream_per_piece(size: int) -> Callable[[bytes], bytes]:
    return lambda data: b"".join(bz2.compress(data[n : n + size], 1) for n in range(0, len(data), size))


BODIES = [page(f"Page {n}", noise(3_000 + n * 1_300, n), number=n) for n in range(24)]
WAYS: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "one stream": single_stream,
    "streams that tear pages": stream_per_piece(7_001),
    "empty streams between": lambda data: bz2.compress(b"").join(
        bz2.compress(data[n : n + 50_000], 1) for n in range(0, len(data), 50_000)
    ),
}


@pytest.fixture(scope="module")
def dumps(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("dumps")
    paths = {way: folder / f"{number}.dump" for number, way in enumerate(WAYS)}
    for way, path in paths.items():
        path.write_bytes(WAYS[way](xml(BODIES)))
    return paths


def read(path: Path, cuts: list[int]) -> list[PageBytes | Damage]:
    size = path.stat().st_size
    places = [0, *sorted({cut for cut in cuts if 0 < cut < size}), size]
    return [
        found
        for start, end in itertools.pairwise(places)
        for found in scan_pages(read_range(path, start, end), max_bytes=LIMIT, has_foot=True)
    ]


@pytest.mark.parametrize("way", WAYS)
@given(data=st.data())
@relaxed
def test_each_page_comes_once_and_whole_whatever_the_cuts(
    way: str, dumps: dict[str, Path], data: st.DataObject
) -> None:
    size = dumps[way].stat().st_size
    cuts = data.draw(st.lists(st.integers(min_value=1, max_value=size - 1), max_size=12))
    found = read(dumps[way], cuts)
    assert not [one for one in found if isinstance(one, Damage)]
    assert [one.xml.decode() for one in found if isinstance(one, PageBytes)] == [body.strip() for body in BODIES]


def test_one_big_stream_is_shared_by_the_work_items(dumps: dict[str, Path]) -> None:
    path = dumps["one stream"]
    size = path.stat().st_size
    shares = [
        sum(len(chunk.data) for chunk in read_range(path, start, start + size // 4) if is_owned(chunk))
        for start in range(0, size - 3, size // 4)
    ]
    assert all(share > 20_000 for share in shares[:4])
    assert sum(shares) == len(xml(BODIES))


def is_owned(chunk: Chunk | Damage) -> bool:
    return isinstance(chunk, Chunk) and chunk.owned


@given(cut=st.integers(min_value=1), flips=st.lists(st.integers(min_value=0), min_size=1, max_size=4))
@relaxed
def test_damage_is_reported_once_whatever_the_cut_and_no_page_comes_twice(
    dumps: dict[str, Path], tmp_path: Path, cut: int, flips: list[int]
) -> None:
    data = bytearray(dumps["one stream"].read_bytes())
    for flip in flips:
        data[3 + flip % (len(data) - 3)] ^= 0x41  # without its first letters it would be no bz2 file
    path = tmp_path / "damaged.dump"
    path.write_bytes(data)
    whole, halves = read(path, []), read(path, [cut % len(data)])
    assert {one.xml for one in whole if isinstance(one, PageBytes)} == {
        one.xml for one in halves if isinstance(one, PageBytes)
    }
    assert sorted(file_damage(whole)) == sorted(file_damage(halves))
    assert len(set(file_damage(whole))) == len(file_damage(whole))


def file_damage(found: list[PageBytes | Damage]) -> list[tuple[int, str]]:
    return [(one.offset, one.reason) for one in found if isinstance(one, Damage) and one.reason.startswith("file")]


def test_a_damaged_block_of_one_big_stream_costs_the_pages_in_it(dumps: dict[str, Path], tmp_path: Path) -> None:
    data = bytearray(dumps["one stream"].read_bytes())
    data[len(data) // 2] ^= 0xFF
    path = tmp_path / "damaged.dump"
    path.write_bytes(data)
    found = read(path, [])
    kept = [one.xml.decode() for one in found if isinstance(one, PageBytes)]
    wanted = [body.strip() for body in BODIES]
    lost = [number for number, body in enumerate(wanted) if body not in kept]
    assert 1 <= len(lost) <= 9
    assert lost == list(range(lost[0], lost[-1] + 1))
    (damage,) = [one for one in found if isinstance(one, Damage) and one.reason == "file damaged"]
    assert 40_000 < damage.lost < 110_000
    assert damage.offset < len(data) // 2 < damage.offset + damage.lost


@pytest.mark.parametrize("size", [1, 2, 3, 5, 11, 64, 1000])
def test_pages_are_found_however_small_the_chunks_are(size: int) -> None:
    bodies, data = pages(7), xml(pages(7))
    for owned_until in (0, 700, 1_100, 1_101, len(data)):
        chunks = [Chunk(data[n : n + size], n, n < owned_until, exact=True) for n in range(0, len(data), size)]
        found = list(scan_pages(iter(chunks), max_bytes=LIMIT))
        begins = [data.find(body.strip().encode()) for body in bodies]
        border = next((chunk.offset for chunk in chunks if not chunk.owned), len(data))
        assert [one.offset for one in found] == [begin for begin in begins if begin < border]
        assert all(isinstance(one, PageBytes) for one in found)

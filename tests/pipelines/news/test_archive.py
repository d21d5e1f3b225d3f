from pathlib import Path

import pytest

from pipelines.news.archive import Damage, Others, Response, read_responses
from tests.pipelines.archives import COMPRESS, http, record, write_archive
from tests.real_inputs import real_input

LIMIT = 100_000


def numbered(count: int) -> list[bytes]:
    return [record(http(f"<p>page {n}</p>" * 30), url=f"https://a.example/{n}", number=n) for n in range(count)]


def read(path: Path, limit: int = LIMIT) -> tuple[list[str], list[str]]:
    """The last parts of the addresses that were read, and the reasons of what was not."""
    found = list(read_responses(path, max_bytes=limit))
    urls = [one.url.rpartition("/")[2] for one in found if isinstance(one, Response)]
    return urls, [one.reason for one in found if isinstance(one, Damage)]


@pytest.mark.parametrize("suffix", list(COMPRESS))
def test_every_compression_gives_the_same_responses(tmp_path: Path, suffix: str) -> None:
    records = [record(b"software: test\r\n", kind="warcinfo"), *numbered(4), record(http("x"), kind="revisit")]
    path = write_archive(tmp_path / f"a.warc{suffix}", records)
    assert read(path) == (["0", "1", "2", "3"], [])
    others = [one for one in read_responses(path, max_bytes=LIMIT) if isinstance(one, Others)]
    assert others == [Others("revisit", 1), Others("warcinfo", 1)]


@pytest.mark.parametrize("suffix", list(COMPRESS))
def test_reading_goes_on_behind_a_damaged_record(tmp_path: Path, suffix: str) -> None:
    records = numbered(4)
    packed = [COMPRESS[suffix](one) for one in records]
    head = b"garbage, not WARC\r\n" if not suffix else packed[1][:8] + b"garbage garbage"
    path = tmp_path / f"a.warc{suffix}"
    path.write_bytes(packed[0] + head + packed[2] + packed[3])
    assert read(path) == (["0", "2", "3"], ["damaged record"])


@pytest.mark.parametrize("suffix", list(COMPRESS))
@pytest.mark.parametrize("excess", [9, 60, 10_000])
def test_a_content_length_that_is_too_long_costs_one_record(tmp_path: Path, suffix: str, excess: int) -> None:
    records = numbered(4)
    block = http("<p>page 1</p>" * 30)
    records[1] = record(block, url="https://a.example/1", length=len(block) + excess)
    urls, reasons = read(write_archive(tmp_path / f"a.warc{suffix}", records))
    assert urls == ["0", "2", "3"]
    assert len(reasons) == 1
    assert reasons != ["file cut short"]


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_a_content_length_that_is_too_short_is_reported(tmp_path: Path, suffix: str) -> None:
    records = numbered(3)
    block = http("<p>page 1</p>" * 30)
    records[1] = record(block, url="https://a.example/1", length=len(block) - 20)
    assert read(write_archive(tmp_path / f"a.warc{suffix}", records)) == (["0", "1", "2"], ["damaged record"])


@pytest.mark.parametrize("suffix", list(COMPRESS))
def test_an_archive_cut_anywhere_keeps_what_came_before(tmp_path: Path, suffix: str) -> None:
    whole = [COMPRESS[suffix](one) for one in numbered(3)]
    data, kept = b"".join(whole), len(whole[0]) + len(whole[1])
    for cut in range(kept + 30, len(data) - 8, 7):
        path = tmp_path / f"a.warc{suffix}"
        path.write_bytes(data[:cut])
        urls, reasons = read(path)
        assert urls[:2] == ["0", "1"]
        # Of a few bytes nobody can say that a record was to begin with them.
        damaged = "damaged record" if cut < kept + 90 and "damaged record" in reasons else "file cut short"
        assert (urls[2:], reasons) in [([], [damaged]), (["2"], [])], cut


@pytest.mark.parametrize("suffix", list(COMPRESS))
@pytest.mark.parametrize("kind", ["request", "response"])
def test_a_file_cut_in_its_last_record_is_told_from_a_damaged_record(tmp_path: Path, suffix: str, kind: str) -> None:
    last = record(http("<p>the last one</p>" * 30), url="https://a.example/3", kind=kind)
    whole = [COMPRESS[suffix](one) for one in [*numbered(3), last]]
    path, packed = tmp_path / f"a.warc{suffix}", b"".join(whole)
    path.write_bytes(packed[: len(packed) - len(whole[-1]) // 3])
    (found,) = (one for one in read_responses(path, max_bytes=LIMIT) if isinstance(one, Damage))
    assert found.reason == "file cut short"
    assert len(whole[0]) + len(whole[1]) <= found.offset <= len(packed) - len(whole[-1])  # of it or the one before
    assert found.lost == path.stat().st_size - found.offset
    path.write_bytes(whole[0] + whole[1][: len(whole[1]) // 2] + whole[2])
    (found,) = (one for one in read_responses(path, max_bytes=LIMIT) if isinstance(one, Damage))
    assert found.reason != "file cut short"
    assert 0 < found.lost <= len(whole[0]) + len(whole[1])


def test_a_huge_body_is_never_held_whole(tmp_path: Path) -> None:
    huge = record(http(b"x" * 3_000_000), url="https://a.example/huge")
    path = write_archive(tmp_path / "a.warc.gz", [huge, *numbered(1)])
    bodies = [len(one.body) for one in read_responses(path, max_bytes=5_000) if isinstance(one, Response)]
    assert bodies[0] == 5_001
    assert len(bodies) == 2


def test_files_that_are_no_archives_are_damaged(tmp_path: Path) -> None:
    for name, data in {"a.warc": b"hello world\n" * 20, "b.warc.gz": b"\x1f\x8b\x08 nothing"}.items():
        (tmp_path / name).write_bytes(data)
        assert read(tmp_path / name) == ([], ["damaged record"])
    (tmp_path / "empty.warc").write_bytes(b"")
    assert read(tmp_path / "empty.warc") == ([], [])


@pytest.mark.parametrize(
    ("name", "responses", "reasons"),
    [
        ("sample-0000.warc.gz", 22, []),
        ("sample-0001.warc.gz", 15, []),
        ("commoncrawl-head.warc.gz", 16, []),
        ("clipped.warc.gz", 0, ["file cut short"]),
        ("example-trunc.warc", 1, ["damaged record"]),
        ("example-bad-non-chunked.warc.gz", 1, []),
        ("example-wrong-chunks.warc.gz", 1, []),
    ],
)
def test_real_archives_are_read_to_their_end(name: str, responses: int, reasons: list[str]) -> None:
    urls, found = read(real_input(f"news/{name}"), 1_000_000)
    assert (len(urls), found) == (responses, reasons)

"""The gate on corpora of damaged and of mixed inputs, with the thresholds of the parameter file."""

import bz2
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.corpus.run import Models, run
from pipelines.snapshot import snapshot_items
from pipelines.sources.base import SourceConfig
from pipelines.validate import run as validate
from pipelines.validation.damage import cut_places
from pipelines.validation.limits import ValidateConfig
from realm import params
from realm.errors import UserError
from realm.manifest import read_manifest, write_manifest
from realm.paths import DataPaths
from realm.storage import read_json
from tests.pipelines import archives
from tests.pipelines.archives import http, record, story, write_archive
from tests.pipelines.dumps import CORPUS, SOURCES, pages, streams, write_multistream, write_tokenizer

GATE = replace(
    params.load(Path(__file__).parents[3] / "params.yaml").section("validate", ValidateConfig),
    min_blocks=5,
    min_wordpieces_per_block=10.0,
    max_unlike_share=1.0,
)


def make(folder: Path, *, sources: SourceConfig = SOURCES) -> dict[str, Any]:
    write_tokenizer(folder / "tokenizer")
    return run(
        CORPUS,
        sources=sources,
        items=snapshot_items(folder / "raw", sources),
        models=Models(folder / "tokenizer", "rules"),
        output=folder / "blocks",
        data=DataPaths(folder / "data"),
    )


def gate(folder: Path, **thresholds: Any) -> dict[str, Any]:
    return validate(
        replace(GATE, **thresholds),
        max_tokens=CORPUS.max_block_tokens,
        blocks=folder / "blocks",
        previous=None,
        tokenizer=folder / "tokenizer",
        output=folder / "gate",
    )


def failed(folder: Path) -> list[str]:
    return [check["name"] for check in read_json(folder / "gate" / "validation.json")["checks"] if not check["success"]]


def test_a_dump_that_was_cut_fails_and_the_sentence_says_where_and_what_to_do(tmp_path: Path) -> None:
    packed = streams(pages(20))
    path = tmp_path / "raw" / "wikipedia" / "tiny.xml.bz2"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"".join(packed[:7]) + packed[7][:-60])
    values = make(tmp_path)
    assert values["bytes_read"] == path.stat().st_size
    assert 0 < values["bytes_lost"] < len(packed[7])
    place = sum(map(len, packed[:7])) + 4  # behind the stream's head
    with pytest.raises(UserError) as caught:
        gate(tmp_path)
    sentence = str(caught.value)
    assert f"first 'cut_files' (input files that end too early: tiny.xml.bz2@{place} (the bz2 block at byte" in sentence
    assert "found 1, expected at most 0" in sentence
    assert "fetch the file again, or, if no more of it is to be had, raise max_cut_files in section" in sentence
    assert failed(tmp_path) == ["cut_files", "lost_share", "damaged_share"]
    assert gate(tmp_path, max_cut_files=1, max_lost_share=0.2, max_damaged_share=0.2)["success"]


def test_bytes_lost_in_the_middle_fail_by_themselves(tmp_path: Path) -> None:
    packed = streams(pages(20))
    broken = bytearray(packed[4])
    broken[len(broken) // 2] ^= 0xFF
    path = tmp_path / "raw" / "wikipedia" / "tiny.xml.bz2"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"".join([*packed[:4], bytes(broken), *packed[5:]]))
    values = make(tmp_path)
    share = values["bytes_lost"] / path.stat().st_size
    said = rf"bytes that could not be read: {values['bytes_lost']} of {path.stat().st_size:,}\)"
    with pytest.raises(UserError, match=rf"first 'lost_share' .*{said}: .* raise max_lost_share"):
        gate(tmp_path, max_damaged_share=0.2)
    assert failed(tmp_path) == ["lost_share"]
    assert gate(tmp_path, max_damaged_share=0.2, max_lost_share=share + 1e-6)["success"]
    with pytest.raises(UserError, match=r"first 'damaged_share' .*could not be read: file damaged 1\)"):
        gate(tmp_path, max_lost_share=1.0)


def test_many_cut_files_are_named_by_the_first_three(tmp_path: Path) -> None:
    for number in range(5):
        packed = bz2.compress("".join(f'{{"id": "{number}-{n}", "title": "Mill {n}", "text": "Mill {number} of {n} '
                                      'burnt down on 3 May 1901."}\n' for n in range(4)).encode())  # fmt: skip
        path = tmp_path / "raw" / "text" / f"part{number}.jsonl.bz2"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(packed + b"BZh9" + packed[4:40])
    values = make(tmp_path)
    places = cut_places(tmp_path / "blocks", values)
    assert [one.partition("@")[0] for one in places[:3]] == ["part0.jsonl.bz2", "part1.jsonl.bz2", "part2.jsonl.bz2"]
    assert places[3:] == ["and 2 more"]


def news_pages(*, stories: int, copies: int) -> list[bytes]:
    """An archive as a crawler leaves it: stories, copies of the first, and what else it met."""
    foreign = ["Die Brücke über die Wend bleibt gesperrt, weil der Fluss in einer Nacht gestiegen ist."] * 8
    towns = [f"Town{chr(65 + n)} upon Wend" for n in range(stories)]
    texts = [[f"Word of {n} came from {town}: {line}" for line in story(town)] for n, town in enumerate(towns)]
    found = [http(archives.page(f"Bridge of {town}", text)) for town, text in zip(towns, texts, strict=True)]
    found += found[:1] * copies
    found.append(http(archives.page("Brücke gesperrt", foreign, lang="de")))
    found.append(http(archives.page("In pictures", ["See the pictures of the bridge."])))
    found.append(http("<html></html>", status="404 Not Found"))
    found.append(http(b"\xff\xd8\xff", kind="image/jpeg"))
    records = [record(one, url=f"https://a.example/2019/{n}", number=n) for n, one in enumerate(found)]
    return [*records, record(found[0], url="https://a.example/category/mills", number=len(found))]


def test_an_archive_with_copies_foreign_pages_stubs_and_fronts_passes(tmp_path: Path) -> None:
    write_archive(tmp_path / "raw" / "ccnews" / "a.warc.gz", news_pages(stories=9, copies=2))
    values = make(tmp_path, sources=archives.SOURCES)
    reasons = {"other language", "stub", "not a page", "not HTML", "index page"}
    assert reasons < values["dropped"].keys()
    assert values["dropped"].keys() & {"duplicate article", "near-duplicate article"}
    assert values["damaged"] == {}
    assert gate(tmp_path)["success"]
    with pytest.raises(UserError, match="first 'dropped: "):
        gate(tmp_path, max_dropped=(), max_dropped_share=0.05)
    assert len(failed(tmp_path)) == len(values["dropped"])


def test_an_archive_that_was_cut_fails_though_nearly_all_of_it_was_read(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "raw" / "ccnews" / "a.warc.gz", news_pages(stories=12, copies=0))
    path.write_bytes(path.read_bytes()[:-300])
    values = make(tmp_path, sources=archives.SOURCES)
    assert values["damaged"] == {"file cut short": 1}
    with pytest.raises(UserError, match=r"first 'cut_files' \(input files that end too early: a\.warc\.gz@\d+ \("):
        gate(tmp_path, max_lost_share=1.0, max_damaged_share=1.0)
    assert failed(tmp_path) == ["cut_files"]


def test_broken_pages_of_an_archive_are_damage(tmp_path: Path) -> None:
    broken = http(b"\x1f\x8b\x08\x00 no gzip", extra="Content-Encoding: gzip\r\n")
    records = [*news_pages(stories=9, copies=0), record(broken, url="https://a.example/2019/broken", number=99)]
    write_archive(tmp_path / "raw" / "ccnews" / "a.warc.gz", records)
    assert make(tmp_path, sources=archives.SOURCES)["damaged"] == {"broken compression": 1}
    with pytest.raises(UserError, match=r"first 'damaged_share' \(share .* could not be read: broken compression 1\)"):
        gate(tmp_path)


def test_a_corpus_that_does_not_tell_of_damage_is_refused(tmp_path: Path) -> None:
    write_multistream(tmp_path / "raw" / "wikipedia" / "tiny.xml.bz2", pages(12))
    make(tmp_path)
    manifest = read_manifest(tmp_path / "blocks", kind="corpus")
    facts = {name: value for name, value in manifest.facts.items() if name != "damaged"}
    write_manifest(tmp_path / "blocks", kind="corpus", made_from=manifest.made_from, facts=facts)
    with pytest.raises(UserError, match="does not tell what was damaged in its inputs"):
        gate(tmp_path)

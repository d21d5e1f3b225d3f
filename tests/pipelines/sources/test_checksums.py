"""Checksums beside a dump are checked before work starts, in the formats that Wikimedia publishes."""

import hashlib
import json
import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.corpus.__main__ import main
from pipelines.sources import checksums
from pipelines.sources.checksums import check_files
from realm.errors import UserError
from tests.pipelines.dumps import pages, write_multistream

DEFAULT = Path(__file__).parents[3] / "params.yaml"
NAME = "xxwiki-20180101-pages-articles.xml.bz2"
DATA = b"the bytes of a dump"


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    path = tmp_path / "raw" / NAME
    path.parent.mkdir()
    path.write_bytes(DATA)
    return path


def sums_of(data: bytes) -> dict[str, str]:
    return {name: hashlib.new(name, data).hexdigest() for name in ("md5", "sha1")}


def status(data: bytes, **changes: Any) -> str:
    entry = {"size": len(data), "url": f"/xxwiki/20180101/{NAME}", **sums_of(data), **changes}
    jobs = {"articlesdump": {"status": "done", "files": {NAME: entry}}, "xmlstubsdump": {"status": "waiting"}}
    return json.dumps({"version": "0.8", "jobs": jobs})


@pytest.mark.parametrize("algorithm", ["md5", "sha1"])
@pytest.mark.parametrize("mark", ["  ", " *"])
def test_a_dump_that_is_as_its_list_says_passes_and_another_is_refused_with_both_sums(
    algorithm: str, mark: str, dump: Path, tmp_path: Path
) -> None:
    right, wrong = sums_of(DATA)[algorithm], sums_of(b"other")[algorithm]
    path = dump.with_name(f"xxwiki-20180101-{algorithm}sums.txt")
    path.write_text(f"{'0' * len(right)}{mark}xxwiki-20180101-stub.xml\n{right}{mark}{NAME}\n")
    check_files([dump], cache=tmp_path / "cache")
    path.write_text(f"{wrong}{mark}{NAME}\n")
    with pytest.raises(UserError, match=rf"{NAME} is damaged .*{right}, but .*sums\.txt says {wrong}. Fetch"):
        check_files([dump], cache=tmp_path / "cache")


def test_the_status_of_a_dump_is_taken_too(dump: Path, tmp_path: Path) -> None:
    path = dump.with_name("dumpstatus.json")
    path.write_text(status(DATA))
    check_files([dump], cache=tmp_path / "cache")
    path.write_text(status(DATA, size=99))
    with pytest.raises(UserError, match=r"has 19 bytes, but dumpstatus\.json says 99"):
        check_files([dump], cache=tmp_path / "cache")
    path.write_text(status(DATA, sha1="0" * 40))
    with pytest.raises(UserError, match="its sha1 sum is"):
        check_files([dump], cache=tmp_path / "cache")


def test_a_latest_dump_is_found_in_the_list_that_gives_its_date(tmp_path: Path) -> None:
    dump = tmp_path / "xxwiki-latest-pages-articles.xml.bz2"
    dump.write_bytes(DATA)
    path = tmp_path / "xxwiki-latest-sha1sums.txt"
    path.write_text(f"{sums_of(DATA)['sha1']}  {NAME}\n")
    check_files([dump], cache=tmp_path / "cache")
    path.write_text(f"{sums_of(b'other')['sha1']}  {NAME}\n")
    with pytest.raises(UserError, match="is damaged"):
        check_files([dump], cache=tmp_path / "cache")


def test_a_file_that_no_list_names_is_said_and_none_is_said_without_lists(
    dump: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    check_files([dump], cache=tmp_path / "cache")
    assert capsys.readouterr().err == ""
    dump.with_name("md5sums.txt").write_text(f"{sums_of(DATA)['md5']}  other.xml\n")
    check_files([dump, dump], cache=tmp_path / "cache")
    assert capsys.readouterr().err.count("is not named in md5sums.txt, so its bytes were not checked") == 1


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("md5sums.txt", "<html>not found</html>", r"md5sums\.txt, line 1 is no md5 sum"),
        ("a-sha1sums.txt", f"{'0' * 32}  a.xml", r"sha1sums\.txt, line 1 is no sha1 sum"),
        ("dumpstatus.json", "<html>", r"dumpstatus\.json is not the status of a dump"),
        ("dumpstatus.json", '{"jobs": []}', r"dumpstatus\.json is not the status of a dump"),
    ],
)
def test_a_list_that_is_none_is_refused(name: str, text: str, words: str, dump: Path, tmp_path: Path) -> None:
    dump.with_name(name).write_text(text)
    with pytest.raises(UserError, match=words):
        check_files([dump], cache=tmp_path / "cache")


def test_a_file_is_hashed_again_only_if_it_has_changed(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[Path] = []
    real = checksums._sum

    def counted(file: Path, algorithm: str) -> str:
        hashed.append(file)
        return real(file, algorithm)

    monkeypatch.setattr(checksums, "_sum", counted)
    dump.with_name("md5sums.txt").write_text(f"{sums_of(DATA)['md5']}  {NAME}\n")
    for _ in range(3):
        check_files([dump], cache=tmp_path / "cache")
    assert len(hashed) == 1
    dump.write_bytes(DATA[::-1])
    os.utime(dump, ns=(1, 1))
    with pytest.raises(UserError, match="is damaged"):
        check_files([dump], cache=tmp_path / "cache")
    assert len(hashed) == 2


def test_the_corpus_command_checks_before_it_works_and_leaves_what_was_there(
    dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_multistream(dump, pages(6))
    dump.with_name("dumpstatus.json").write_text(status(DATA))
    params = tmp_path / "params.yaml"
    params.write_text(re.sub("(?m)^data: .*", f"data: {tmp_path / 'data'}", DEFAULT.read_text(encoding="utf-8")))
    output = tmp_path / "blocks"
    output.mkdir()
    command = ["--params", params, "--source", "wikipedia", "--input", dump.parent, "--output", output]
    monkeypatch.setattr(sys, "argv", ["pipelines.corpus", *map(str, command)])
    with pytest.raises(UserError, match=rf"{NAME} has \d+ bytes, but dumpstatus\.json says 19"):
        main()
    assert list(output.iterdir()) == []
    assert not (tmp_path / "data").exists()

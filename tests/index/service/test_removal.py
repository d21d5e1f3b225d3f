"""Removing a version from disk."""

import shutil
from pathlib import Path

import pytest

from index.service.removal import remove_version
from realm.manifest import read_manifest, write_manifest


def version(directory: Path, content: str) -> str:
    directory.mkdir()
    (directory / "index.faiss").write_text(content)
    directory.with_name(f".{directory.name}.verified.json").write_text("{}")
    return write_manifest(directory, kind="index", made_from={}, facts={}).fingerprint


def test_a_version_is_removed_with_what_was_noted_of_it(tmp_path: Path) -> None:
    remove_version(tmp_path / "a", version(tmp_path / "a", "one"))
    assert list(tmp_path.iterdir()) == []


def test_a_removal_that_was_killed_is_finished_and_what_took_the_place_stays(tmp_path: Path) -> None:
    fingerprint = version(tmp_path / "a", "one")
    (tmp_path / "a").rename(tmp_path / f".a.{fingerprint}.retired")
    other = version(tmp_path / "a", "two")
    remove_version(tmp_path / "a", fingerprint)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.verified.json", "a"]
    assert read_manifest(tmp_path / "a", kind="index").fingerprint == other


def test_what_is_no_version_any_more_is_left_as_it_is_and_that_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fingerprint = version(tmp_path / "a", "one")
    (tmp_path / "a" / "manifest.json").write_text("{")
    remove_version(tmp_path / "a", fingerprint)
    assert "left as it is" in capsys.readouterr().out
    assert (tmp_path / "a" / "index.faiss").exists()
    shutil.rmtree(tmp_path / "a")
    remove_version(tmp_path / "a", fingerprint)
    assert capsys.readouterr().out == ""

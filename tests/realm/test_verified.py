"""Checksums are taken once, and again as soon as anything has touched a file."""

import os
import time
from pathlib import Path

import pytest

from realm.errors import UserError
from realm.manifest import Manifest, read_manifest, verify_files, write_manifest
from realm.verified import verify_once, verifying_once

BYTES = b"some bytes of an artefact"


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of artefacts that are old enough for their times to be trusted."""
    root = tmp_path_factory.mktemp("verified")
    for name in ("kept", "changed", "swapped", "missing", "surplus", "cut-note", "refused"):
        (root / name).mkdir()
        (root / name / "a.bin").write_bytes(BYTES)
        write_manifest(root / name, kind="index", made_from={}, facts={})
    time.sleep(2.1)
    return root


def manifest_of(directory: Path) -> Manifest:
    return read_manifest(directory, kind="index")


def test_files_that_nobody_touched_are_read_once(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []

    def counted(directory: Path, manifest: Manifest) -> None:
        read.append(directory)
        verify_files(directory, manifest)

    monkeypatch.setattr("realm.verified.verify_files", counted)
    for _ in range(3):
        verify_once(settled / "kept", manifest_of(settled / "kept"))
    assert len(read) == 1


def test_a_byte_that_changes_later_is_found_even_if_the_file_claims_its_old_age(settled: Path) -> None:
    path = settled / "changed" / "a.bin"
    manifest, before = manifest_of(path.parent), path.stat()
    verify_once(path.parent, manifest)
    path.write_bytes(BYTES[:-1] + b"!")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(UserError, match=r"a\.bin is damaged"):
        verify_once(path.parent, manifest)


def test_another_file_in_its_place_is_found(settled: Path) -> None:
    path = settled / "swapped" / "a.bin"
    manifest = manifest_of(path.parent)
    verify_once(path.parent, manifest)
    other = settled / "other.bin"
    other.write_bytes(BYTES[::-1])
    other.replace(path)
    with pytest.raises(UserError, match=r"a\.bin is damaged"):
        verify_once(path.parent, manifest)


def test_a_file_that_goes_or_comes_later_is_found(settled: Path) -> None:
    missing, surplus = settled / "missing", settled / "surplus"
    manifests = manifest_of(missing), manifest_of(surplus)
    verify_once(missing, manifests[0])
    verify_once(surplus, manifests[1])
    (missing / "a.bin").unlink()
    (surplus / "b.bin").write_bytes(b"")
    with pytest.raises(UserError, match=r"a\.bin is missing"):
        verify_once(missing, manifests[0])
    with pytest.raises(UserError, match=r"b\.bin does not belong"):
        verify_once(surplus, manifests[1])


def test_a_note_that_was_cut_off_is_no_note(settled: Path) -> None:
    directory = settled / "cut-note"
    manifest = manifest_of(directory)
    verify_once(directory, manifest)
    note = settled / ".cut-note.verified.json"
    note.write_bytes(note.read_bytes()[:-9])
    (directory / "a.bin").write_bytes(BYTES[::-1])
    with pytest.raises(UserError, match=r"a\.bin is damaged"):
        verify_once(directory, manifest)


def test_a_change_right_after_the_check_of_a_fresh_artefact_is_found(tmp_path: Path) -> None:
    directory = tmp_path / "fresh"
    directory.mkdir()
    (directory / "a.bin").write_bytes(BYTES)
    manifest = write_manifest(directory, kind="index", made_from={}, facts={})
    verify_once(directory, manifest)
    assert not (tmp_path / ".fresh.verified.json").exists()
    (directory / "a.bin").write_bytes(BYTES[::-1])
    with pytest.raises(UserError, match=r"a\.bin is damaged"):
        verify_once(directory, manifest)


def test_what_is_checked_besides_is_checked_again_until_it_passes(settled: Path) -> None:
    directory = settled / "refused"
    manifest = manifest_of(directory)

    def refused() -> None:
        with verifying_once(directory, manifest) as unknown:
            assert unknown
            raise UserError("Its rows do not fit. Mend it.")

    for _ in range(2):
        with pytest.raises(UserError, match="rows"):
            refused()
    found = []
    for _ in range(2):
        with verifying_once(directory, manifest) as unknown:
            found.append(unknown)
    assert found == [True, False]

from pathlib import Path

import pytest

from realm.errors import MismatchError, UserError
from realm.manifest import read_any_manifest, read_manifest, require_same, verify_files, write_manifest
from realm.storage import read_json, write_json


@pytest.fixture
def artefact(tmp_path: Path) -> Path:
    (tmp_path / "part").mkdir()
    (tmp_path / "part" / "a.bin").write_bytes(b"abc")
    write_manifest(tmp_path, kind="corpus", made_from={"dump": "1"}, facts={"blocks": 3})
    return tmp_path


def test_equal_content_has_an_equal_fingerprint_and_other_content_another(artefact: Path) -> None:
    first = read_manifest(artefact, kind="corpus")
    again = write_manifest(artefact, kind="corpus", made_from={"dump": "2"}, facts={})
    (artefact / "part" / "a.bin").write_bytes(b"abd")
    changed = write_manifest(artefact, kind="corpus", made_from={"dump": "2"}, facts={})
    assert first.fingerprint == again.fingerprint != changed.fingerprint


@pytest.mark.parametrize("damage", ["flip", "remove", "add"])
def test_damage_is_found_and_the_file_named(artefact: Path, damage: str) -> None:
    manifest = read_manifest(artefact, kind="corpus")
    verify_files(artefact, manifest)
    path = artefact / "part" / ("b.bin" if damage == "add" else "a.bin")
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(b"abd")
    with pytest.raises(UserError, match=path.name):
        verify_files(artefact, manifest)


def test_an_artefact_of_another_kind_or_version_is_refused(artefact: Path) -> None:
    with pytest.raises(MismatchError, match="is a corpus, but a index is needed"):
        read_manifest(artefact, kind="index")
    path = artefact / "manifest.json"
    path.write_text(path.read_text().replace('"schema_version": 2', '"schema_version": 99'))
    with pytest.raises(MismatchError, match="schema version 99"):
        read_manifest(artefact, kind="corpus")


def test_a_manifest_whose_facts_were_changed_is_refused(artefact: Path) -> None:
    path = artefact / "manifest.json"
    manifest = read_json(path)
    manifest["facts"]["blocks"] = 999
    write_json(path, manifest)
    with pytest.raises(UserError, match=r"manifest\.json is damaged: its content does not fit its seal"):
        read_manifest(artefact, kind="corpus")


@pytest.mark.parametrize("text", ["{", "[1]", '{"kind": "corpus"}', None])
def test_a_broken_or_missing_manifest_is_said_to_be_so(artefact: Path, text: str | None) -> None:
    path = artefact / "manifest.json"
    path.unlink() if text is None else path.write_text(text)
    with pytest.raises(UserError, match="Run "):
        read_manifest(artefact, kind="corpus")


def test_a_mismatch_names_both_sides() -> None:
    require_same("encoder", left="a", left_value="1", right="b", right_value="1")
    with pytest.raises(MismatchError, match="a was made with encoder 1, but b with encoder 2"):
        require_same("encoder", left="a", left_value="1", right="b", right_value="2")


def test_the_manifest_of_any_artefact_is_read_and_one_cut_off_is_a_sentence(artefact: Path) -> None:
    assert read_any_manifest(artefact) == read_manifest(artefact, kind="corpus")
    (artefact / "manifest.json").write_text("{")
    with pytest.raises(UserError, match=r"manifest\.json is not JSON .*: the artefact is damaged\. Run its"):
        read_any_manifest(artefact)

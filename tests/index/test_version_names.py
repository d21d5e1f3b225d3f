"""What a version may be called: nothing lands outside the data root, is hidden, or passes for another snapshot."""

import json
import sys
from pathlib import Path

import pytest

from index.build import main
from realm.errors import UserError

OLD, NEW = "2018-12-20", "2020-01-20"


def build_as(name: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs the stage for the old snapshot, with settings that lack section `index`."""
    path = root / "params.yaml"
    snapshots = {OLD: {"previous": "none"}, NEW: {"previous": OLD}}
    path.write_text(json.dumps({"data": str(root / "data"), "snapshots": snapshots}))
    monkeypatch.setattr(sys, "argv", ["index", "--params", str(path), "--snapshot", OLD, f"--name={name}"])
    main()


@pytest.mark.parametrize("name", ["../../evil", "a/b", "/evil", "..", ".", ".x", "none", "", "a b", "a" * 101])
def test_a_name_that_is_not_a_directory_that_can_be_seen_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with pytest.raises(UserError, match=r"--name '.*' cannot be the name of an index version: .* is not 'none'"):
        build_as(name, tmp_path, monkeypatch)
    assert [path.name for path in tmp_path.iterdir()] == ["params.yaml"]


def test_a_version_of_a_snapshot_does_not_take_the_name_of_another_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UserError, match=f"--name '{NEW}' is a snapshot's, and a version of {OLD} would take the place"):
        build_as(NEW, tmp_path, monkeypatch)


@pytest.mark.parametrize("name", [OLD, "ict", "v2.1-a_b"])
def test_the_snapshots_own_name_and_any_other_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with pytest.raises(UserError, match="has no section 'index'"):  # which is read next
        build_as(name, tmp_path, monkeypatch)

from pathlib import Path

import pytest

from realm.errors import UserError
from realm.manifest import write_manifest
from realm.output import checked_output


def artefact(folder: Path, kind: str = "corpus") -> Path:
    folder.mkdir(parents=True)
    write_manifest(folder, kind=kind, made_from={}, facts={})
    return folder


def test_a_missing_an_empty_and_an_older_folder_of_the_kind_may_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older, empty = artefact(tmp_path / "older"), tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "link").symlink_to(older)
    places = {
        older: older,
        empty: empty,
        tmp_path / "new" / "deep": tmp_path / "new" / "deep",
        tmp_path / "link": older,
    }
    for named, real in places.items():
        assert checked_output(named, kind="corpus", needed=[tmp_path / "nowhere"]) == real.resolve()
    monkeypatch.chdir(empty)
    assert checked_output(Path(), kind="corpus", needed=[]) == empty.resolve()


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("notes.md", r"cannot be a folder, since \S+notes\.md is a file\. Name another"),
        ("notes.md/below", r"cannot be a folder, since \S+notes\.md is a file\. Name another"),
        ("mine", r"mine is not empty and holds no finished corpus, so nothing in it is replaced"),
        ("model", r"model is not empty and holds no finished corpus"),
        ("torn", r"torn is not empty and holds no finished corpus"),
        ("previous", r"previous is \S+previous, which is read and must stay"),
        ("link", r"link is \S+previous, which is read and must stay"),
        ("link/inside", r"inside lies inside \S+previous"),
        ("", r"holds \S+previous"),
    ],
)
def test_what_would_be_lost_is_refused(output: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("A note.")
    for name, text in {"mine": "A note.", "torn": "{"}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").write_text(text)
    artefact(tmp_path / "model", "model")
    (tmp_path / "link").symlink_to(artefact(tmp_path / "previous"))
    with pytest.raises(UserError, match=message):
        checked_output(tmp_path / output, kind="corpus", needed=[tmp_path / "previous"])

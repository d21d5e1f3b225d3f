"""What the command refuses to replace, before it does anything."""

import sys
from pathlib import Path

import pytest

from pipelines.corpus.__main__ import main
from realm.errors import UserError
from tests.files import contents
from tests.pipelines.dumps import town

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text(town(1), encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "b.md").write_text(town(2), encoding="utf-8")
    (tmp_path / "notes" / "b.md").symlink_to(tmp_path / "mine" / "b.md")
    params = (ROOT / "params.yaml").read_text(encoding="utf-8")
    (tmp_path / "params.yaml").write_text(params.replace("\ndata: data ", "\ndata: store "), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(*options: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given = ["pipelines.corpus", "--source", "text", "--input", "notes", "--tagger", "rules", *options]
    monkeypatch.setattr(sys, "argv", given)
    main()


@pytest.mark.parametrize(
    ("output", "message"),
    [
        ("notes", "output notes is notes"),
        ("notes/blocks", "output notes/blocks lies inside notes"),
        (".", r"output \. holds notes"),
        ("mine", r"output mine holds notes/b\.md"),  # where the link leads
        ("params.yaml", r"params\.yaml is a file"),
        ("full", "output full is not empty and holds no finished corpus"),
    ],
)
def test_the_command_replaces_nothing_that_is_no_corpus_of_its_own(
    output: str, message: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "full").mkdir()
    (folder / "full" / "thesis.txt").write_text("Years of work.")
    before = contents(folder)
    with pytest.raises(UserError, match=message):
        command("--output", output, monkeypatch=monkeypatch)
    assert contents(folder) == before


def test_an_earlier_corpus_is_replaced_but_not_the_one_that_is_reused(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "here").mkdir()
    monkeypatch.chdir(folder / "here")
    options = ["--params", "../params.yaml", "--input", "../notes", "--output", "."]
    command(*options, monkeypatch=monkeypatch)
    assert "corpus in ." in capsys.readouterr().out
    first = contents(folder / "here")
    monkeypatch.chdir(folder / "here")  # its name has another folder behind it now
    with pytest.raises(UserError, match=r"output \. is \S+here, which is read and must stay"):
        command(*options, "--previous", str(folder / "here"), monkeypatch=monkeypatch)
    command(*options, monkeypatch=monkeypatch)
    assert contents(folder / "here") == first


def test_empty_files_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "empty.jsonl").touch()
    with pytest.raises(UserError, match=r"All input files of empty\.jsonl are empty"):
        command("--input", "empty.jsonl", "--output", "new", monkeypatch=monkeypatch)

"""What a person names as the tagger."""

from pathlib import Path

import pytest
import spacy

from pipelines import train_tagger
from pipelines.tagger import load_tagger, tagger_fingerprint, wanted_tagger
from realm.errors import UserError
from tests.pipelines import taggers
from tests.pipelines.dumps import SOURCES, pages, write_multistream


def message(named: str | Path) -> str:
    with pytest.raises(UserError) as caught:
        wanted_tagger(str(named))
    return str(caught.value)


def test_a_directory_is_made_absolute_and_told_by_its_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_multistream(tmp_path / "raw" / "wikipedia" / "tiny.xml.bz2", pages(20))
    train_tagger.run(taggers.settings(), raw=tmp_path / "raw", sources=SOURCES, output=tmp_path / "tagger")
    monkeypatch.chdir(tmp_path)
    assert wanted_tagger("tagger") == tmp_path / "tagger"
    tagger = load_tagger(wanted_tagger("tagger"))
    assert tagger is not None
    assert len(tagger_fingerprint("tagger")) > len("rules")
    assert (wanted_tagger("rules"), tagger_fingerprint("rules")) == ("rules", "rules")
    assert (wanted_tagger("none"), tagger_fingerprint("none")) == ("none", "none")


def test_of_a_spacy_pipeline_a_tagger_is_made_first_and_each_step_is_said(tmp_path: Path) -> None:
    said = message("en_core_web_sm")
    for step in (
        "tagger.kind: spacy and tagger.pipeline: en_core_web_sm in params.yaml",
        "install it with `python -m spacy download en_core_web_sm`",
        "run `python -m pipelines.train_tagger`",
    ):
        assert step in said
    assert "`python -m pip install my-names`" in message("my-names")
    spacy.blank("xx").to_disk(tmp_path / "mine")
    said = message(tmp_path / "mine")
    assert f"tagger.pipeline: {tmp_path / 'mine'}" in said
    assert "install" not in said


def test_what_is_no_tagger_is_said(tmp_path: Path) -> None:
    for named in (tmp_path, tmp_path / "gone"):
        assert f"{named} holds no tagger: it has no manifest.json. Name a directory that" in message(named)

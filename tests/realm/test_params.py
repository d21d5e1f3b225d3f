from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from realm.errors import UserError
from realm.params import load, snapshots


@dataclass(frozen=True)
class Inner:
    rate: float


@dataclass(frozen=True)
class Section:
    size: int
    inner: Inner
    mode: Literal["sync", "off"]
    lengths: tuple[int, ...]
    checkpoint: str | None
    extra: Inner | None = None


GOOD = "stage: {size: 3, inner: {rate: 1}, mode: sync, lengths: [64, 288], checkpoint: null}"


def section(tmp_path: Path, text: str) -> Section:
    path = tmp_path / "params.yaml"
    path.write_text(text)
    return load(path).section("stage", Section)


def test_a_section_becomes_a_frozen_dataclass(tmp_path: Path) -> None:
    assert section(tmp_path, GOOD) == Section(3, Inner(1.0), "sync", (64, 288), None)


def test_only_a_sub_section_that_defaults_to_none_may_be_left_out_and_is_as_strict(tmp_path: Path) -> None:
    assert section(tmp_path, GOOD.replace("null}", "null, extra: {rate: 2}}")).extra == Inner(2.0)
    with pytest.raises(UserError, match="key 'rate' is missing"):
        section(tmp_path, GOOD.replace("null}", "null, extra: {}}"))


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("size: 3", "siez: 3", "unknown key 'siez'"),
        ("size: 3, ", "", "'size' is missing"),
        ("size: 3", "size: true", "of type int"),
        ("size: 3", "size: '3'", "of type int"),
        ("rate: 1", "rate: fast", "of type float"),
        ("mode: sync", "mode: async", "choose one of sync, off"),
        ("[64, 288]", "64", "must be a list"),
        ("{rate: 1}", "1", "must hold the keys rate"),
    ],
)
def test_a_wrong_key_or_value_is_named_with_its_file(tmp_path: Path, old: str, new: str, named: str) -> None:
    with pytest.raises(UserError) as caught:
        section(tmp_path, GOOD.replace(old, new))
    assert named in str(caught.value)
    assert "params.yaml: stage" in str(caught.value)


def test_a_missing_file_or_section_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="run from the checkout"):
        load(tmp_path / "none.yaml")
    with pytest.raises(UserError, match="no section 'stage'; it has: other"):
        section(tmp_path, "other: {}")


def test_a_snapshot_must_name_a_known_previous_one(tmp_path: Path) -> None:
    path = tmp_path / "params.yaml"
    path.write_text('snapshots: {"2020-01-20": {previous: "2018-12-20"}, "2018-12-20": {previous: none}}')
    assert list(snapshots(load(path))) == ["2018-12-20", "2020-01-20"]
    path.write_text('snapshots: {"2020-01-20": {previous: "2018"}}')
    with pytest.raises(UserError, match="'2020-01-20' has previous '2018'"):
        snapshots(load(path))

"""Metrics are read back whole, or a sentence says where they are damaged."""

from pathlib import Path
from typing import Any

import pytest

from realm.errors import UserError
from realm.metrics import PREDICTION, Maybe, read_metrics, read_records, require_shape
from realm.storage import write_json

SHAPE = {"model": str, "rounds": int, "first": Maybe(bool), "parts": Maybe([{"seconds": float}]), ...: {...: float}}
WHOLE = {"model": "a", "rounds": 3, "test": {"em": 0.5, "questions": 8}}


@pytest.mark.parametrize("more", [{}, {"first": None, "parts": None}, {"first": True, "parts": [{"seconds": 1}]}])
def test_what_has_the_shape_is_read_as_it_is(tmp_path: Path, more: dict[str, Any]) -> None:
    write_json(tmp_path / "m.json", WHOLE | more)
    assert read_metrics(tmp_path / "m.json", SHAPE) == WHOLE | more


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is not JSON"),
        (b'{"model": "a"', "it is not JSON"),
        (b"\xff\xfe{}", "it is not JSON"),
        (b"[" * 100_000, "it is not JSON"),
        (b"null", "what it holds is None, it must be a mapping"),
        (b"3", "what it holds is 3, it must be a mapping"),
        (b"[]", "what it holds is a list, it must be a mapping"),
        (b"{}", "it has no 'model'"),
    ],
)
def test_a_damaged_file_is_a_sentence_that_names_it(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "m.json"
    path.write_bytes(data)
    with pytest.raises(UserError) as caught:
        read_metrics(path, SHAPE)
    said = str(caught.value)
    assert said.startswith(f"{path} is damaged: {words}")
    assert said.endswith("Run the stage that writes it again.")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        ({"model": 1}, "'model' is 1, it must be a text"),
        ({"rounds": 2.5}, "'rounds' is 2.5, it must be a whole number"),
        ({"rounds": True}, "'rounds' is True, it must be a whole number"),
        ({"first": "yes"}, "'first' is 'yes', it must be true or false"),
        ({"test": {"em": None}}, "'test.em' is None, it must be a number"),
        ({"test": {"em": "0.5"}}, "'test.em' is '0.5', it must be a number"),
        ({"test": {"em": float("nan")}}, "'test.em' is nan, it must be a number"),
        ({"test": {"em": 10**400}}, "'test.em' is 1000"),
        ({"parts": [{"seconds": 1}, {}]}, r"it has no 'parts\[1\].seconds'"),
        ({"parts": {}}, "'parts' is a dict, it must be a list"),
    ],
)
def test_a_value_of_another_kind_is_named_by_its_key(damage: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=words):
        require_shape(WHOLE | damage, SHAPE, where="m.json")


def test_of_records_the_line_is_named_too(tmp_path: Path) -> None:
    path = tmp_path / "p.jsonl"
    path.write_text('{"split": "test", "id": "1"}\n{"split": "te')
    with pytest.raises(UserError, match=r"p\.jsonl, line 2, is damaged: it is not JSON"):
        read_records(path, {"split": str})
    with pytest.raises(UserError, match=r"p\.jsonl, line 1, is damaged: it has no 'question'"):
        read_records(path, PREDICTION)

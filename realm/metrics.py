"""What stages measured, read back: damage is a sentence that names the file, never a number that is none.

A shape says what a reader relies on: `float` any finite number, `str`, `bool`, `int` or `object` (anything) a value,
`[shape]` a list of these, a mapping its keys, with `...` for all keys that it does not name, and `Maybe(shape)` what
may be missing or null. What else is there is left alone.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NoReturn

from realm.errors import UserError, first_line

_LARGEST: Final = 2**63  # of what is counted or measured; comparing with it also refuses NaN
_WORDS: Final = {float: "a number", int: "a whole number", str: "a text", bool: "true or false"}


@dataclass(frozen=True)
class Maybe:
    """Of this shape, or missing, or null."""

    shape: Any


PREDICTION: Final = {
    **dict.fromkeys(("split", "id", "question", "prediction", "title", "url", "revision_id"), str),
    **{key: [str] for key in ("answer", "answer_before")},
    "correct": bool,
    "block_id": Maybe(int),
}
"""One line of what `evaluate` answered."""


def read_metrics(path: Path, shape: Mapping[Any, Any]) -> dict[str, Any]:
    """Reads a JSON file that a stage wrote.

    Raises:
        UserError: it is no JSON or of another shape; the message names the file and the key.
        FileNotFoundError: it is not there.
    """
    return _parsed(path.read_bytes(), shape, where=str(path))


def read_records(path: Path, shape: Mapping[Any, Any]) -> list[dict[str, Any]]:
    """Reads a file with a JSON record a line.

    Raises:
        UserError: a line is no JSON or of another shape; the message names the file, the line and the key.
        FileNotFoundError: it is not there.
    """
    with path.open("rb") as file:
        return [_parsed(line, shape, where=f"{path}, line {number},") for number, line in enumerate(file, start=1)]


def require_shape(value: Any, shape: Any, *, where: str) -> None:
    """Checks a value that was read; `where` is what the message calls it.

    Raises:
        UserError: it is of another shape.
    """
    try:
        _check(value, shape, "")
    except _ShapeError as error:
        refuse(where, str(error))


def refuse(where: str, why: str) -> NoReturn:
    """Says that a file of metrics is damaged.

    Raises:
        UserError: always.
    """
    raise UserError(f"{where} is damaged: {why}. Run the stage that writes it again.")


class _ShapeError(Exception):
    """Says at which key what stands instead of what."""


def _parsed(data: bytes, shape: Mapping[Any, Any], *, where: str) -> dict[str, Any]:
    try:
        value: dict[str, Any] = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, or brackets without end
        refuse(where, f"it is not JSON ({first_line(error)})")
    require_shape(value, shape, where=where)
    return value


def _check(value: Any, shape: Any, key: str) -> None:
    if isinstance(shape, Maybe):
        if value is not None:
            _check(value, shape.shape, key)
    elif isinstance(shape, list):
        _require(isinstance(value, list), value, "a list", key)
        for number, one in enumerate(value):
            _check(one, shape[0], f"{key}[{number}]")
    elif isinstance(shape, Mapping):
        _require(isinstance(value, dict), value, "a mapping", key)
        _check_keys(value, shape, f"{key}." if key else "")
    else:
        _require(_fits(value, shape), value, _WORDS.get(shape, ""), key)


def _check_keys(value: dict[str, Any], shape: Mapping[Any, Any], prefix: str) -> None:
    for name, wanted in shape.items():
        if name is ...:
            for other in sorted(value.keys() - shape.keys()):
                _check(value[other], wanted, f"{prefix}{other}")
        elif name in value:
            _check(value[name], wanted, f"{prefix}{name}")
        elif not isinstance(wanted, Maybe):
            raise _ShapeError(f"it has no '{prefix}{name}'")


def _fits(value: Any, kind: type) -> bool:
    if kind not in {float, int}:
        return isinstance(value, kind)
    is_number = isinstance(value, (int, float) if kind is float else int) and not isinstance(value, bool)
    return is_number and -_LARGEST < value < _LARGEST


def _require(fits: bool, value: Any, wanted: str, key: str) -> None:
    if not fits:
        shown = repr(value) if isinstance(value, str | int | float | None) else f"a {type(value).__name__}"
        what = f"'{key}'" if key else "what it holds"
        raise _ShapeError(f"{what} is {shown[:80]}, it must be {wanted}")

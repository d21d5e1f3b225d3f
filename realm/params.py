"""Strict loading of `params.yaml`: a section becomes one frozen dataclass, and nothing is guessed.

Every key of the dataclass must stand in the section and every key of the section in the dataclass. There are
no defaults in code, so `params.yaml` shows every number a person may turn. Only a sub-section whose default is None
may be left out: then what it is for is not there either. What a number may be stands beside its field
(`realm.constraints`).
"""

import dataclasses
import math
import types
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import yaml

from realm.constraints import Constraint
from realm.errors import UserError

Section = TypeVar("Section")

DEFAULT_PARAMS = Path("params.yaml")
NO_SNAPSHOT = "none"  # what the first snapshot names as its previous; empty directories of that name are there for DVC


@dataclass(frozen=True)
class Params:
    """The content of a parameter file and where it came from."""

    path: Path
    values: dict[str, Any]

    def section(self, name: str, section_type: type[Section]) -> Section:
        """Returns section `name` as the frozen dataclass `section_type`.

        Raises:
            UserError: a key is missing, unknown, of another type or out of its bounds; the message names the file,
                the key with its section, and what is valid.
        """
        if name not in self.values:
            known = ", ".join(sorted(self.values))
            raise UserError(f"{self.path} has no section '{name}'; it has: {known}. Add the section.")
        return _build(self.values[name], section_type, where=f"{self.path}: {name}")

    def value(self, name: str) -> str:
        """Returns a top-level string such as `train_snapshot`."""
        found = self.values.get(name)
        if not isinstance(found, str):
            raise UserError(f"{self.path}: '{name}' must be a quoted string, it is {found!r}.")
        return found


@dataclass(frozen=True)
class SnapshotParams:
    """One entry of `snapshots`. `previous` is the snapshot before it, or `NO_SNAPSHOT`."""

    previous: str


def load(path: Path = DEFAULT_PARAMS) -> Params:
    """Reads a parameter file.

    Raises:
        UserError: the file is missing or is not a YAML mapping.
    """
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UserError(f"{path} does not exist; run from the checkout, or name a file with --params.") from None
    except yaml.YAMLError as error:
        raise UserError(f"{path} is not valid YAML: {' '.join(str(error).split())}. Mend that line.") from error
    if not isinstance(values, dict):
        raise UserError(f"{path} must hold sections (a YAML mapping), it holds {type(values).__name__}.")
    return Params(path=path, values={str(key): value for key, value in values.items()})


def snapshots(params: Params) -> dict[str, SnapshotParams]:
    """Returns the snapshots by date, oldest first, after checking that each `previous` exists."""
    raw = params.values.get("snapshots")
    if not isinstance(raw, dict) or not raw:
        raise UserError(f"{params.path}: 'snapshots' must map at least one quoted date to its previous snapshot.")
    where = f"{params.path}: snapshots"
    found = {str(key): _build(value, SnapshotParams, where=f"{where}.{key}") for key, value in raw.items()}
    for date, snapshot in found.items():
        if snapshot.previous != NO_SNAPSHOT and snapshot.previous not in found:
            known = ", ".join(sorted(found))
            raise UserError(f"{where}: '{date}' has previous '{snapshot.previous}', known are: {NO_SNAPSHOT}, {known}.")
    return dict(sorted(found.items()))


def _build(raw: Any, section_type: type[Section], *, where: str) -> Section:
    hints = typing.get_type_hints(section_type, include_extras=True)
    fields = dataclasses.fields(typing.cast("Any", section_type))
    names = [field.name for field in fields]
    optional = {field.name for field in fields if field.default is None}  # a sub-section that not everyone needs
    if not isinstance(raw, dict):
        raise UserError(f"{where} must hold the keys {', '.join(names)}; it is {raw!r}.")
    unknown = [str(key) for key in raw if key not in names]
    if unknown:
        raise UserError(f"{where} has an unknown key '{unknown[0]}'; valid keys are {', '.join(names)}.")
    missing = [name for name in names if name not in raw and name not in optional]
    if missing:
        raise UserError(f"{where}: key '{missing[0]}' is missing; the keys are {', '.join(names)}.")
    values = {name: _convert(raw[name], hints[name], where=f"{where}.{name}") for name in names if name in raw}
    try:
        return section_type(**values)
    except UserError as error:  # of two fields that do not go together
        raise UserError(f"{where}.{error}") from error


def _convert(value: Any, hint: Any, *, where: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        value = _convert(value, arguments[0], where=where)
        _require(value, arguments[1:], where=where)
    elif origin in (Union, types.UnionType):
        if value is not None:
            value = _convert(value, next(kind for kind in arguments if kind is not type(None)), where=where)
    elif origin is typing.Literal:
        if value not in arguments:
            raise UserError(f"{where} is {value!r}; choose one of {', '.join(map(str, arguments))}.")
    elif origin is tuple:
        if not isinstance(value, list):
            raise UserError(f"{where} must be a list, it is {value!r}.")
        value = tuple(_convert(item, arguments[0], where=f"{where}[{place}]") for place, item in enumerate(value))
    elif dataclasses.is_dataclass(hint):
        value = _build(value, typing.cast("type[Any]", hint), where=where)
    else:
        value = _plain(value, hint, where=where)
    return value


def _plain(value: Any, kind: type, *, where: str) -> Any:
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise UserError(f"{where} must be of type {kind.__name__}, it is {value!r}.")
    if isinstance(value, float) and not math.isfinite(value):
        raise UserError(f"{where} is {value}; it must be a finite number.")
    return value


def _require(value: Any, constraints: tuple[Constraint, ...], *, where: str) -> None:
    if not all(constraint.allows(value) for constraint in constraints):
        shown = list(value) if isinstance(value, tuple) else value
        allowed = " and ".join(map(str, constraints))
        raise UserError(f"{where} is {shown!r}; it must be {allowed}.")

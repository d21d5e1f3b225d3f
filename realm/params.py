"""Strict loading of `params.yaml`: a section becomes one frozen dataclass, and nothing is guessed.

Every key of the dataclass must stand in the section and every key of the section in the dataclass. There are
no defaults in code, so `params.yaml` shows every number a person may turn. Only a sub-section whose default is None
may be left out: then what it is for is not there either.
"""

import dataclasses
import types
import typing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin

import yaml

from realm.errors import UserError

Section = TypeVar("Section")

DEFAULT_PARAMS = Path("params.yaml")


@dataclass(frozen=True)
class Params:
    """The content of a parameter file and where it came from."""

    path: Path
    values: dict[str, Any]

    def section(self, name: str, section_type: type[Section]) -> Section:
        """Returns section `name` as the frozen dataclass `section_type`.

        Raises:
            UserError: a key is missing, unknown or of another type; the message names the file, the section,
                the key and the valid keys.
        """
        if name not in self.values:
            known = ", ".join(sorted(self.values))
            raise UserError(f"{self.path} has no section '{name}'; it has: {known}. Add the section.")
        return _build(self.values[name], section_type, where=f"{self.path}, section '{name}'")

    def value(self, name: str) -> str:
        """Returns a top-level string such as `train_snapshot`."""
        found = self.values.get(name)
        if not isinstance(found, str):
            raise UserError(f"{self.path}: '{name}' must be a quoted string, it is {found!r}.")
        return found


@dataclass(frozen=True)
class SnapshotParams:
    """One entry of `snapshots`. `previous` is the snapshot before it, or `none`."""

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
    where = f"{params.path}, section 'snapshots'"
    found = {str(key): _build(value, SnapshotParams, where=f"{where}, '{key}'") for key, value in raw.items()}
    for date, snapshot in found.items():
        if snapshot.previous != "none" and snapshot.previous not in found:
            known = ", ".join(sorted(found))
            raise UserError(f"{where}: '{date}' has previous '{snapshot.previous}', known are: none, {known}.")
    return dict(sorted(found.items()))


def _build(raw: Any, section_type: type[Section], *, where: str) -> Section:
    hints = typing.get_type_hints(section_type)
    fields = dataclasses.fields(typing.cast("Any", section_type))
    names = [field.name for field in fields]
    optional = {field.name for field in fields if field.default is None}  # a sub-section that not everyone needs
    if not isinstance(raw, dict):
        raise UserError(f"{where} must hold the keys {', '.join(names)}; it is {raw!r}.")
    unknown = [str(key) for key in raw if key not in names]
    if unknown:
        raise UserError(f"{where}: unknown key '{unknown[0]}'; valid keys are {', '.join(names)}.")
    missing = [name for name in names if name not in raw and name not in optional]
    if missing:
        raise UserError(f"{where}: key '{missing[0]}' is missing; the keys are {', '.join(names)}.")
    given = [name for name in names if name in raw]
    return section_type(**{name: _convert(raw[name], hints[name], where=f"{where}, key '{name}'") for name in given})


def _convert(value: Any, hint: Any, *, where: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        if value is not None:
            value = _convert(value, next(kind for kind in arguments if kind is not type(None)), where=where)
    elif origin is typing.Literal:
        if value not in arguments:
            raise UserError(f"{where} is {value!r}; choose one of {', '.join(map(str, arguments))}.")
    elif origin is tuple:
        if not isinstance(value, list):
            raise UserError(f"{where} must be a list, it is {value!r}.")
        value = tuple(_convert(item, arguments[0], where=where) for item in value)
    elif dataclasses.is_dataclass(hint):
        value = _build(value, typing.cast("type[Any]", hint), where=where)
    elif hint is float and isinstance(value, int) and not isinstance(value, bool):
        value = float(value)
    elif not isinstance(value, hint) or (isinstance(value, bool) and hint is not bool):
        raise UserError(f"{where} must be of type {hint.__name__}, it is {value!r}.")
    return value

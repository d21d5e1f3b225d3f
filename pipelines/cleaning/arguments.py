"""A template's name and arguments."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipelines.wordlists import words

_NAME = re.compile(r"\s{0,20}([^{}|\[\]<\n]{0,80})")
_FUNCTIONS: Final = words("formatnum lc uc lcfirst ucfirst plural grammar gender nowrap")


@dataclass(frozen=True)
class Arguments:
    """Arguments of a template; what `get` returns is trimmed, and empty if the argument is absent."""

    positional: tuple[str, ...]
    named: dict[str, str]

    def get(self, *keys: str | int) -> str:
        """The first argument of `keys` that is not empty; an int is a position from 1 on."""
        for key in keys:
            value = self.named.get(str(key), "")
            if not value and isinstance(key, int) and key <= len(self.positional):
                value = self.positional[key - 1]
            if value:
                return value
        return ""

    def on(self, *keys: str) -> bool:
        """Whether one of the switches is set to yes."""
        return any(self.named.get(key, "").lower() in {"y", "yes", "on", "true", "1"} for key in keys)


def template_name(text: str, start: int) -> str:
    """Name of the template whose content begins at `start`: lower case, one space between words."""
    found = _NAME.match(text, start)
    return _normal_name(found.group(1)) if found else ""


@lru_cache(maxsize=20_000)
def _normal_name(raw: str) -> str:
    name = " ".join(raw.replace("_", " ").split()).lower()
    head, colon, _ = name.partition(":")
    if colon and (head.startswith("#") or head in _FUNCTIONS):
        return head
    if colon and head in {"template", "msg", "subst", "safesubst"}:
        return name[len(head) + 1 :].lstrip()
    return name


def parse_arguments(content: str) -> Arguments:
    """Arguments of the content of a template, its name before the first bar left out."""
    positional: list[str] = []
    named: dict[str, str] = {}
    head, *parts = content.split("|")
    function, colon, first = head.partition(":")
    if colon and function.strip().lower() in _FUNCTIONS:
        positional.append(first.strip())
    for part in parts:
        name, equals, value = part.partition("=")
        if equals and len(name) <= _MAX_ARGUMENT_NAME and "<" not in name:
            named[name.strip().lower()] = value.strip()
        else:
            positional.append(part.strip())
    return Arguments(tuple(positional), named)


_MAX_ARGUMENT_NAME: Final = 40

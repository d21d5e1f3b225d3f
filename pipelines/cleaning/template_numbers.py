"""Templates that carry a number: measures, currencies, fractions, powers, ordinals."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from pipelines.cleaning.arguments import Arguments
from pipelines.cleaning.units import measure, symbol
from pipelines.wordlists import words

_NUMBER = re.compile(r"[+\-−–]?[0-9][0-9.,]*(?:[/e][0-9+\-]+)?")
_BETWEEN: Final[Mapping[str, str]] = {
    "to": " to ", "-": "–", "–": "–", "and": " and ", "by": " by ", "x": " × ", "×": " × ", "to(-)": "–", "or": " or ",
    "+/-": " ± ", "±": " ± ", "and(-)": " and ", "*": " × ", "+": " + ", ",": ", ", ", and": ", and ",
}  # fmt: skip
_PLAIN_DECIMAL = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,6})?")
_PLAIN_NUMBER = re.compile(r"[0-9]{4,}")
_ORDINAL_ENDINGS: Final[Mapping[int, str]] = {1: "st", 2: "nd", 3: "rd"}
_TEENS: Final = range(11, 14)
_CURRENCIES: Final[Mapping[str, str]] = {
    "us$": "US$", "usd": "US$", "a$": "A$", "aud": "A$", "au$": "A$", "c$": "C$", "cad": "C$", "nz$": "NZ$",
    "gbp": "£", "£": "£", "pound": "£", "eur": "€", "euro": "€", "€": "€", "inr": "₹", "₹": "₹", "indian rupee": "₹",
    "rupee": "₹", "jpy": "¥", "yen": "¥", "¥": "¥", "cny": "CN¥", "rmb": "CN¥", "hk$": "HK$", "₱": "₱", "php": "₱",
}  # fmt: skip
_SEPARATED_UNITS: Final = words("ft in lb oz st mi yd")


def _convert(arguments: Arguments) -> str | None:
    shown: list[str] = []
    values = arguments.positional
    index = 0
    while index + 1 < len(values) and _NUMBER.match(values[index]):
        shown.append(_PLAIN_NUMBER.sub(_grouped, values[index], count=1))
        unit = values[index + 1]
        more = index + 3 < len(values) and _NUMBER.fullmatch(values[index + 2]) is not None
        index += 2
        if unit.lower() in _BETWEEN:
            shown.append(_BETWEEN[unit.lower()])
        elif more and unit in _SEPARATED_UNITS:
            shown.append(f" {unit} ")
        else:
            shown.append(_measure(unit, arguments, one=shown == ["1"]))
            break
    return "".join(shown).rstrip() or arguments.get(1) or None


def _grouped(found: re.Match[str]) -> str:
    return f"{int(found.group()):,}"


def _measure(unit: str, arguments: Arguments, *, one: bool) -> str:
    return measure(
        unit,
        short=arguments.get("abbr") in {"on", "in", "values"},
        american=arguments.get("sp") == "us",
        adjective=arguments.get("adj") in {"on", "mid", "pre"},
        one=one,
    )


def _density(arguments: Arguments) -> str | None:
    """Inhabitants and area: {{Pop density|3645257|640081.87|km2}}."""
    people, area, unit = arguments.get(1).replace(",", ""), arguments.get(2).replace(",", ""), arguments.get(3)
    if not _PLAIN_DECIMAL.fullmatch(people) or not _PLAIN_DECIMAL.fullmatch(area) or not float(area):
        return None
    return f"{float(people) / float(area):,.1f}{_measure(f'/{unit}', arguments, one=False)}"


def _fraction(arguments: Arguments) -> str | None:
    match [part for part in arguments.positional if part]:
        case [single]:
            return f"1/{single}"
        case [top, bottom]:
            return f"{top}/{bottom}"
        case [whole, top, bottom]:
            return f"{whole} {top}/{bottom}"
    return None


def _ordinal(arguments: Arguments) -> str | None:
    value = arguments.get(1)
    if not value.isdecimal():
        return value or None
    ending = "th" if int(value[-2:]) in _TEENS else _ORDINAL_ENDINGS.get(int(value[-1]), "th")
    return value + ending


def _value(arguments: Arguments) -> str | None:
    number, error = arguments.get(1), arguments.get(2)
    if not number:
        return None
    shown = number + (error if error.startswith("(") else f" ± {error}") if error else number
    power, unit = arguments.get("e"), arguments.get("u", "ul", "up")
    shown += f"×10^{power}" if power else ""
    return f"{shown} {symbol(unit)}" if unit else shown


def _gaps(arguments: Arguments) -> str | None:
    return "".join(arguments.positional) or None


def _currency(sign: str) -> Callable[[Arguments], str | None]:
    def renderer(arguments: Arguments) -> str | None:
        amount = arguments.get(1)
        return sign + amount if amount else sign

    return renderer


def _power(head: str) -> Callable[[Arguments], str | None]:
    def renderer(arguments: Arguments) -> str | None:
        power = arguments.get(1)
        return head + power if power else None

    return renderer


def _plain(arguments: Arguments) -> str | None:
    return arguments.get(1) or None


def _superscript(arguments: Arguments) -> str | None:
    value = arguments.get(1)
    return {"2": "²", "3": "³"}.get(value, value) or None


def _height(arguments: Arguments) -> str | None:
    units = (("m", "m"), ("cm", "cm"), ("ft", "ft"), ("in", "in"))
    return " ".join(f"{arguments.get(key)} {unit}" for key, unit in units if arguments.get(key)) or None


NUMBER_TEMPLATES: Final[Mapping[str, Callable[[Arguments], str | None]]] = {
    **dict.fromkeys(("convert", "cvt", "conv", "measurement"), _convert),
    **dict.fromkeys(("height", "ht"), _height),
    **dict.fromkeys(("frac", "fraction", "sfrac", "tfrac", "fract"), _fraction),
    **dict.fromkeys(("ordinal", "ord", "ordinal to word"), _ordinal),
    **dict.fromkeys(("val", "value"), _value),
    **dict.fromkeys(("gaps", "gap"), _gaps),
    **dict.fromkeys(("pop density", "population density", "popdens"), _density),
    **{name: _currency(sign) for name, sign in _CURRENCIES.items()},
    **dict.fromkeys(("formatnum", "nts", "number table sorting", "num", "number", "sub", "decimal cell"), _plain),
    "sup": _superscript,
    **dict.fromkeys(("e", "esp", "e-sp"), _power("×10^")),
    "10^": _power("10^"),
    "^": _power("^"),
}

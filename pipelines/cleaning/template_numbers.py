"""Templates that carry a number: measures, currencies, fractions, powers, ordinals."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from pipelines.cleaning.arguments import Arguments
from pipelines.wordlists import words

_NUMBER = re.compile(r"[+\-−–]?[0-9][0-9.,]*(?:[/e][0-9+\-]+)?")
_BETWEEN: Final[Mapping[str, str]] = {
    "to": " to ", "-": "–", "–": "–", "and": " and ", "by": " by ", "x": " × ", "×": " × ", "to(-)": "–", "or": " or ",
    "+/-": " ± ", "±": " ± ", "and(-)": " and ", "*": " × ", "+": " + ", ",": ", ", ", and": ", and ",
}  # fmt: skip
_UNITS: Final[Mapping[str, str]] = {
    "sqkm": "km²", "km2": "km²", "sqmi": "sq mi", "sqm": "m²", "m2": "m²", "m3": "m³", "km3": "km³", "cm3": "cm³",
    "cm2": "cm²", "sqft": "sq ft", "cuft": "cu ft", "ft2": "sq ft", "mi2": "sq mi",
    "kph": "km/h", "km/h": "km/h",
    "m3/s": "m³/s", "/sqkm": "per km²", "/km2": "per km²", "/sqmi": "per sq mi", "lb": "lb", "nmi": "nautical miles",
    "pd/sqkm": "per km²", "pd/sqmi": "per sq mi", "cuft/s": "cu ft/s", "kg/m3": "kg/m³", "g/cm3": "g/cm³",
}  # fmt: skip
# A measure is written out as the reader sees it, unless its template asks for symbols.
_LONG_UNITS: Final[Mapping[str, str]] = {
    "km": "kilometres", "m": "metres", "cm": "centimetres", "mm": "millimetres", "mi": "miles", "mile": "miles",
    "ft": "feet", "in": "inches", "yd": "yards", "kg": "kilograms", "g": "grams", "lb": "pounds", "t": "tonnes",
    "acre": "acres", "ha": "hectares", "meter": "metres", "l": "litres", "oz": "ounces", "nmi": "nautical miles",
    "km2": "square kilometres", "sqkm": "square kilometres", "sqmi": "square miles", "mi2": "square miles",
    "sqm": "square metres", "m2": "square metres", "sqft": "square feet", "ft2": "square feet", "mph": "miles per hour",
    "km/h": "kilometres per hour", "m3": "cubic metres", "km3": "cubic kilometres", "c": "°C", "f": "°F", "k": "K",
}  # fmt: skip
_TEMPERATURES: Final[Mapping[str, str]] = {"c": "°C", "f": "°F", "k": "K"}
_SINGULAR: Final[Mapping[str, str]] = {"feet": "foot", "inches": "inch"}
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
    """A unit with what parts it from its number: " kilometres", "-kilometre", " km"."""
    small = unit if unit in _UNITS else unit.lower()
    adjective = arguments.get("adj") in {"on", "mid", "pre"}
    long = _LONG_UNITS.get(small)
    if long is None or arguments.get("abbr") in {"on", "in", "values"} or long[0] == "°":
        return f" {_TEMPERATURES.get(small, _UNITS.get(small, unit))}"
    if arguments.get("sp") == "us":
        long = long.replace("metre", "meter").replace("litre", "liter")
    if adjective or one:
        long = _SINGULAR.get(long, long.removesuffix("s") if " per " not in long else long)
    return f"-{long.replace(' ', '-')}" if adjective else f" {long}"


def _unit(unit: str) -> str:
    return _UNITS.get(unit, unit)


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
    shown = f"{number} ± {error}" if error else number
    power, unit = arguments.get("e"), arguments.get("u", "ul", "up")
    shown += f"×10^{power}" if power else ""
    return f"{shown} {_unit(unit)}" if unit else shown


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
    **{name: _currency(sign) for name, sign in _CURRENCIES.items()},
    **dict.fromkeys(("formatnum", "nts", "number table sorting", "num", "number", "sub", "decimal cell"), _plain),
    "sup": _superscript,
    **dict.fromkeys(("e", "esp", "e-sp"), _power("×10^")),
    "10^": _power("10^"),
    "^": _power("^"),
}

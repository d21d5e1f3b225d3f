"""Units of measure as prose has them."""

import re
from collections.abc import Mapping
from typing import Final

_UNITS: Final[Mapping[str, str]] = {
    "sqkm": "km²", "km2": "km²", "sqmi": "sq mi", "sqm": "m²", "m2": "m²", "m3": "m³", "km3": "km³", "cm3": "cm³",
    "cm2": "cm²", "sqft": "sq ft", "cuft": "cu ft", "ft2": "sq ft", "mi2": "sq mi",
    "kph": "km/h", "km/h": "km/h",
    "m3/s": "m³/s", "/sqkm": "per km²", "/km2": "per km²", "/sqmi": "per sq mi", "lb": "lb", "nmi": "nautical miles",
    "pd/sqkm": "per km²", "pd/sqmi": "per sq mi", "cuft/s": "cu ft/s", "kg/m3": "kg/m³", "g/cm3": "g/cm³",
    "usgal": "US gallons", "impgal": "imperial gallons", "oilbbl": "barrels", "bbl": "barrels", "lt": "long tons",
}  # fmt: skip
# A measure is written out as the reader sees it, unless its template asks for symbols.
_LONG_UNITS: Final[Mapping[str, str]] = {
    "km": "kilometres", "m": "metres", "cm": "centimetres", "mm": "millimetres", "mi": "miles", "mile": "miles",
    "ft": "feet", "in": "inches", "yd": "yards", "kg": "kilograms", "g": "grams", "lb": "pounds", "t": "tonnes",
    "acre": "acres", "ha": "hectares", "meter": "metres", "l": "litres", "oz": "ounces", "nmi": "nautical miles",
    "km2": "square kilometres", "sqkm": "square kilometres", "sqmi": "square miles", "mi2": "square miles",
    "sqm": "square metres", "m2": "square metres", "sqft": "square feet", "ft2": "square feet", "mph": "miles per hour",
    "km/h": "kilometres per hour", "m3": "cubic metres", "km3": "cubic kilometres", "c": "°C", "f": "°F", "k": "K",
    "c-change": "°C", "f-change": "°F", "k-change": "K",
    "ft/s": "feet per second", "m/s": "metres per second", "km/s": "kilometres per second", "ly": "light-years",
    "au": "astronomical units", "cuft": "cubic feet", "cuyd": "cubic yards", "in2": "square inches", "st": "stones",
    "sqin": "square inches", "sqyd": "square yards", "ml": "millilitres", "usgal": "US gallons", "kn": "knots",
    "impgal": "imperial gallons", "oilbbl": "barrels", "bbl": "barrels", "long ton": "long tons", "hp": "horsepower",
    "short ton": "short tons", "fathom": "fathoms", "carat": "carats", "furlong": "furlongs",
    "kph": "kilometres per hour",
    "pd/sqmi": "per square mile", "pd/sqkm": "per square kilometre", "/sqmi": "per square mile",
    "/km2": "per square kilometre", "pd/km2": "per square kilometre", "pd/mi2": "per square mile",
}  # fmt: skip
_TEMPERATURES: Final[Mapping[str, str]] = {
    "c": "°C", "f": "°F", "k": "K", "c-change": "°C", "f-change": "°F", "k-change": "K",
}  # fmt: skip
_SINGULAR: Final[Mapping[str, str]] = {"feet": "foot", "inches": "inch"}

_MULTIPLE = re.compile(r"(e3|e6|e9|e12|[kMGT](?=oilbbl|USgal|impgal|cuft))(.+)")
_MULTIPLES: Final[Mapping[str, str]] = {
    "e3": "thousand", "e6": "million", "e9": "billion", "e12": "trillion", "k": "thousand", "M": "million",
    "G": "billion", "T": "trillion",
}  # fmt: skip
_TIMES: Final[Mapping[str, str]] = {
    "d": "day",
    "year": "year",
    "a": "year",
    "h": "hour",
    "s": "second",
    "min": "minute",
}
_AMERICAN: Final = (("metre", "meter"), ("litre", "liter"))


def symbol(unit: str) -> str:
    """The short form: "km²"."""
    return _UNITS.get(unit, unit)


def measure(unit: str, *, short: bool, american: bool, adjective: bool, one: bool) -> str:
    """A unit with what parts it from its number: " kilometres", "-kilometre", " km", " million acres".

    Args:
        unit: the code that {{convert}} knows it by.
        short: the symbol and not the word.
        american: "meter".
        adjective: "a six-foot man".
        one: the number before is 1.
    """
    multiple = _MULTIPLE.fullmatch(unit)
    if multiple:
        rest = measure(multiple[2], short=short, american=american, adjective=adjective, one=False)
        return f" {_MULTIPLES[multiple[1]]}{rest}"
    small = unit if unit in _UNITS else unit.lower()
    head, slash, time = small.rpartition("/")
    if slash and head in {"oilbbl", "bbl", "usgal", "impgal"}:
        return f" {_LONG_UNITS[head]} per {_TIMES.get(time, time)}"
    long = _LONG_UNITS.get(small)
    if long is None or short or long[0] == "°":
        return f" {_TEMPERATURES.get(small, _UNITS.get(small, unit))}"
    for british, spelling in _AMERICAN if american else ():
        long = long.replace(british, spelling)
    if adjective or one:
        long = _SINGULAR.get(long, long.removesuffix("s") if " per " not in long else long)
    return f"-{long.replace(' ', '-')}" if adjective else f" {long}"

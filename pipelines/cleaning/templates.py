"""Inline templates that carry text, rendered as a reader would see them; all others are dropped.

`RENDERED` maps a template's name to what renders it. A renderer returns None to have the template dropped after all.
"""

from collections.abc import Callable, Mapping
from typing import Final

from pipelines.cleaning.arguments import Arguments, parse_arguments, template_name
from pipelines.cleaning.footnotes import is_footnote
from pipelines.cleaning.template_dates import DATE_TEMPLATES
from pipelines.cleaning.template_languages import LANGUAGE_STARTS, LANGUAGE_TEMPLATES, render_language
from pipelines.cleaning.template_numbers import NUMBER_TEMPLATES

__all__ = ["carries_text", "drop_reason", "render", "template_name"]

Renderer = Callable[[Arguments], str | None]

_FIRST_ARGUMENT: Final = (
    "nowrap|nobr|nobreak|nwr|nowraplinks|small|smaller|big|large|larger|noitalic|nobold|em|strong|strongbad|"
    "italics|not a typo|notatypo|as written|typo|keypress|key press|key|kbd|mono|code|tt|var|math|mvar|bigmath|"
    "abbr|abbrv|tooltip|h:title|unicode|unicode fonts|midsize|center|aut|"
    "smallcaps|sc|sc1|sc2|caps|allcaps|no italic|vanchor|anchor text|visible anchor|color|bracket|"
    "lc|uc|lcfirst|ucfirst|hlist item|title case|"
    "linktext|linktext1|ill2|link-interwiki|"
    "nq|no break|screen reader-only|crossref|nobold|normal|ipac-text|didascalia|lj|ljrust|transp"
)
_LAST_ARGUMENT: Final = "font color|colored text|color text|fontcolor|nobreak span"
_SECOND_ARGUMENT: Final = "highlight|su-text"
_FLAGS: Final = "flag|flagcountry|flagu|flag+link|country|flagdeco text"
_SHIP_PREFIXES: Final = ("USS", "HMS", "SS", "MV", "RMS", "HMAS", "HMCS", "SMS", "USNS")
_TEXTUAL_CITATIONS: Final = "harvtxt|harvcoltxt|harvard citation text|harvp"
_QUOTES: Final = "quote|blockquote|quotation|cquote|bquote|bq|centered pull quote|quote without source|poemquote|verse"

_APOSTROPHE: Final = "&#39;"  # written so, it never joins with the marks of bold and italics
_CONSTANTS: Final[Mapping[str, str]] = {
    "ndash": "–", "mdash": "—", "–": " – ", "—": " — ", "spaced ndash": " – ", "snd": " – ", "spnd": " – ",
    "spndash": " – ", "spaced en dash": " – ", "dash": " – ", "em dash": "—", "en dash": "–", "emdash": "—",
    "nbsp": " ", "space": " ", "spaces": " ", "thinsp": " ", "hairsp": " ", "thin space": " ", "zwsp": "",
    "shy": "", "wbr": "", "zwj": "", "zwnj": "", "zwnbsp": "", "!": "|", "=": "=", "'": _APOSTROPHE, "' ": _APOSTROPHE,
    "'s": f"{_APOSTROPHE}s", "`": "`",
    "\"'": f'"{_APOSTROPHE}', "'\"": f'{_APOSTROPHE}"', '" \'': f'"{_APOSTROPHE}',
    "·": " · ", "dot": " · ", "middot": " · ",
    "•": " • ", "bull": " • ", "ellipsis": "…", "...": "…", "times": "×", "x": "×", "\\": " / ", "-": "", "clear": "",
    "break": " ", "br": " ", "pi": "π", "degree": "°", "deg": "°", "ae": "æ", "sharp": "♯", "flat": "♭",
    "natural": "♮", "mdashb": "—", "yes": "Yes", "no": "No", "asterisk": "*", "hash-tag": "#", "&": "&",
    "shrink": "", "eqm": "⇌",
    "carbon": "C", "hydrogen": "H", "oxygen": "O", "nitrogen": "N", "nowrap begin": "", "nowrap end": "",
    "nobr begin": "", "nobr end": "", "' \"": f'{_APOSTROPHE}"', "-\"": "\"",
}  # fmt: skip


def carries_text(name: str) -> bool:
    """Whether the template `name` is rendered."""
    return name in RENDERED or name.startswith(LANGUAGE_STARTS)


def render(name: str, content: str, *, lang: str) -> str | None:
    """Text of the template `name`, or None if it carries none.

    Args:
        name: as `template_name` gives it.
        content: all between the braces.
        lang: language of the wiki.
    """
    renderer = RENDERED.get(name)
    if renderer is not None:
        return renderer(parse_arguments(content))
    if name.startswith(LANGUAGE_STARTS):
        return render_language(name, parse_arguments(content), lang=lang)
    return None


def drop_reason(name: str) -> str:
    """Under which reason a dropped template is counted."""
    return "refs" if is_footnote(name) else "templates"


def _shown(text: str) -> str | None:
    return text or None


def _quote(arguments: Arguments) -> str | None:
    text = arguments.get("text", "quote", 1)
    return f"\n\n{text}\n\n" if text else None


def _inline_quote(arguments: Arguments) -> str | None:
    text = arguments.get("text", 1)
    return f'"{text}"' if text else None


def _ship(prefix: str) -> Renderer:
    def renderer(arguments: Arguments) -> str | None:
        name, number, style = arguments.get(1), arguments.get(2), arguments.get(3)
        if not name:
            return None
        shown = f"{prefix} {name}".strip()
        return f"{shown} ({number})" if number and style not in {"2", "3", "6"} else shown

    return renderer


def _any_ship(arguments: Arguments) -> str | None:
    return _shown(" ".join(part for part in (arguments.get(1), arguments.get(2)) if part))


def _joined(arguments: Arguments) -> str | None:
    return _shown(", ".join(part for part in arguments.positional if part))


def _foreign_link(arguments: Arguments) -> str | None:
    """A link to another wiki; the older form has that wiki's language first."""
    first, second = arguments.get(1), arguments.get(2)
    old = bool(second) and first.isascii() and first.islower() and len(first) <= _LANGUAGE_CODE
    return _shown(arguments.get("lt") or (second if old else first))


_LANGUAGE_CODE: Final = 3


def _flag(arguments: Arguments) -> str | None:
    return _shown(arguments.get("name", 1))


def _sic(arguments: Arguments) -> str | None:
    return "".join(arguments.positional) or "[sic]"


def _music(arguments: Arguments) -> str | None:
    return {"flat": "♭", "sharp": "♯", "natural": "♮"}.get(arguments.get(1), "")


def _resized(arguments: Arguments) -> str | None:
    return _shown(arguments.get(2, 1))


def _bible(arguments: Arguments) -> str | None:
    return _shown(f"{arguments.get(1)} {arguments.get(2)}".strip())


def _labelled(label: str) -> Renderer:
    def renderer(arguments: Arguments) -> str | None:
        number = arguments.get(1)
        return f"{label} {number}" if number else None

    return renderer


def _textual_citation(arguments: Arguments) -> str | None:
    """A citation that is part of the sentence: "Boolos & Jeffrey (1974)"."""
    *authors, year = arguments.positional or ("",)
    if not authors or not all(authors):
        return None
    if len(authors) > _MOST_AUTHORS:
        return f"{authors[0]} et al. ({year})"
    *others, last = authors
    named = f"{', '.join(others)} & {last}" if others else last
    return f"{named} ({year})" if year else named


_MOST_AUTHORS: Final = 3


def _dental_formula(arguments: Arguments) -> str | None:
    upper, lower = arguments.get("upper"), arguments.get("lower")
    return f"{upper} / {lower}" if upper and lower else None


def _literally(arguments: Arguments) -> str | None:
    text = arguments.get(1)
    return "lit. '" + text.strip("'") + "'" if text else None


def _constant(text: str) -> Renderer:
    return lambda _: text


def _first(arguments: Arguments) -> str | None:
    return arguments.get(1) or None


def _nuclide(arguments: Arguments) -> str | None:
    return _shown("-".join(part for part in arguments.positional[:2] if part))


def _formula(arguments: Arguments) -> str | None:
    return _shown("".join(arguments.positional))


def _grapheme(arguments: Arguments) -> str | None:
    return f"⟨{arguments.get(1)}⟩"


def _volume(arguments: Arguments) -> str | None:
    return f"Vol. {arguments.get(1)}"


def _position(*keys: str | int) -> Renderer:
    return lambda arguments: _shown(arguments.get(*keys))


def _last(arguments: Arguments) -> str | None:
    return _shown(arguments.positional[-1]) if arguments.positional else None


def _table() -> dict[str, Renderer]:
    table: dict[str, Renderer] = {name: _constant(text) for name, text in _CONSTANTS.items()}
    table |= dict.fromkeys(_FIRST_ARGUMENT.split("|"), _position(1, "text", "content"))
    table |= dict.fromkeys(_LAST_ARGUMENT.split("|"), _last)
    table |= dict.fromkeys(_SECOND_ARGUMENT.split("|"), _position(2, "text"))
    table |= dict.fromkeys(_QUOTES.split("|"), _quote)
    table |= {prefix.lower(): _ship(prefix) for prefix in _SHIP_PREFIXES}
    table |= dict.fromkeys(_FLAGS.split("|"), _flag)
    table |= dict.fromkeys(_TEXTUAL_CITATIONS.split("|"), _textual_citation)
    table |= {
        "\"": _inline_quote, "qq": _inline_quote, "sclass": _any_ship,
        "ship": _any_ship, "sclass-": _any_ship,
        "chem": _formula, "chem2": _formula, "simplenuclide": _nuclide, "simplenuclide2": _nuclide, "nuclide": _nuclide,
        "nuclide2": _nuclide, "angbr": _grapheme, "vol.": _volume,
        "hlist": _joined, "flatlist": _joined, "comma separated entries": _joined, "csv": _joined,
        "ill": _foreign_link, "interlanguage link": _foreign_link, "interlanguage link multi": _foreign_link,
        "illm": _foreign_link, "sic": _sic, "music": _music, "resize": _resized, "vr": _grapheme, "vl": _grapheme,
        "railgauge": _position(1), "track gauge": _position(1), "format price": _position(1), "bibleref": _bible,
        "bibleref2": _bible, "bibleverse": _bible, "us patent": _labelled("US patent"), "ietf rfc": _labelled("RFC"),
        "oclc": _labelled("OCLC"), "isbn": _labelled("ISBN"), "dentalformula": _dental_formula, "lit": _literally,
        "literal translation": _literally, "asiantitle": _position(1),
    }  # fmt: skip
    return {**table, **DATE_TEMPLATES, **NUMBER_TEMPLATES, **LANGUAGE_TEMPLATES}


RENDERED: Final[Mapping[str, Renderer]] = _table()

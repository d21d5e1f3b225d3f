"""Inline templates that carry text, rendered as a reader would see them; all others are dropped.

`RENDERED` maps a template's name to what renders it. A renderer returns None to have the template dropped after all.
"""

from collections.abc import Callable, Mapping
from typing import Final

from pipelines.cleaning.arguments import Arguments, parse_arguments, template_name
from pipelines.cleaning.footnotes import is_footnote
from pipelines.cleaning.template_dates import DATE_TEMPLATES
from pipelines.cleaning.template_numbers import NUMBER_TEMPLATES

__all__ = ["carries_text", "drop_reason", "render", "template_name"]

Renderer = Callable[[Arguments], str | None]

_FIRST_ARGUMENT: Final = (
    "nowrap|nobr|nobreak|nwr|nowraplinks|small|smaller|resize|big|large|larger|noitalic|nobold|em|strong|strongbad|"
    "italics|not a typo|notatypo|sic|as written|typo|keypress|key press|key|kbd|mono|code|tt|var|math|mvar|bigmath|"
    "abbr|abbrv|tooltip|h:title|unicode|unicode fonts|midsize|center|script|polytonic|hebrew|hebrew language|aut|"
    "smallcaps|sc|sc1|sc2|caps|allcaps|no italic|vanchor|anchor text|visible anchor|color|bracket|flag|flagcountry|"
    "flagu|flag+link|country|flagdeco text|lc|uc|lcfirst|ucfirst|hlist item|nihongo2|nihongo3|nihongo krt|title case|"
    "zh-tw-text|linktext|linktext1|ill|interlanguage link|ill2|link-interwiki|interlanguage link multi|illm|"
    "nq|no break|screen reader-only|wikt-lang text|crossref|nobold|normal|ipac-text|didascalia|lj|ljrust|transp"
)
_LAST_ARGUMENT: Final = "transl|transliteration|xlit|tlit|font color|colored text|color text|fontcolor|nobreak span"
_SECOND_ARGUMENT: Final = "lang|langx-text|wikt-lang|rtl-lang|script/arabic|wiktlang|highlight|su-text|langr"
_SHIP_PREFIXES: Final = ("USS", "HMS", "SS", "MV", "RMS", "HMAS", "HMCS", "SMS", "USNS")
_QUOTES: Final = "quote|blockquote|quotation|cquote|bquote|bq|centered pull quote|quote without source|poemquote|verse"

_CONSTANTS: Final[Mapping[str, str]] = {
    "ndash": "–", "mdash": "—", "–": " – ", "—": " — ", "spaced ndash": " – ", "snd": " – ", "spnd": " – ",
    "spndash": " – ", "spaced en dash": " – ", "dash": " – ", "em dash": "—", "en dash": "–", "emdash": "—",
    "nbsp": " ", "space": " ", "spaces": " ", "thinsp": " ", "hairsp": " ", "thin space": " ", "zwsp": "",
    "shy": "", "wbr": "", "zwj": "", "zwnj": "", "zwnbsp": "", "!": "|", "=": "=", "'": "'", "' ": "'",
    "'s": "'s", "`": "`",
    "\"'": "\"'", "'\"": "'\"", '" \'': '"\'', "·": " · ", "dot": " · ", "middot": " · ",
    "•": " • ", "bull": " • ", "ellipsis": "…", "...": "…", "times": "×", "x": "×", "\\": " / ", "-": "", "clear": "",
    "break": " ", "br": " ", "pi": "π", "degree": "°", "deg": "°", "ae": "æ", "sharp": "♯", "music": "", "flat": "♭",
    "natural": "♮", "mdashb": "—", "yes": "Yes", "no": "No", "asterisk": "*", "hash-tag": "#", "&": "&", "shrink": "",
}  # fmt: skip

_LANGUAGES: Final[Mapping[str, str]] = {
    "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian", "bn": "Bengali", "ca": "Catalan",
    "cs": "Czech", "cy": "Welsh", "da": "Danish", "de": "German", "el": "Greek", "grc": "Ancient Greek",
    "es": "Spanish", "et": "Estonian", "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish",
    "gd": "Scottish Gaelic", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "hy": "Armenian",
    "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ja": "Japanese", "ka": "Georgian", "kk": "Kazakh",
    "ko": "Korean", "la": "Latin", "lt": "Lithuanian", "lv": "Latvian", "mk": "Macedonian", "mn": "Mongolian",
    "nl": "Dutch", "no": "Norwegian", "ota": "Ottoman Turkish", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sa": "Sanskrit", "sk": "Slovak", "sl": "Slovene", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu",
    "uz": "Uzbek", "vi": "Vietnamese", "yi": "Yiddish", "zh": "Chinese", "ang": "Old English", "eo": "Esperanto",
    "ber": "Berber", "rus": "Russian", "heb": "Hebrew", "ell": "Greek", "syr": "Syriac", "ku": "Kurdish",
}  # fmt: skip


def carries_text(name: str) -> bool:
    """Whether the template `name` is rendered."""
    return name in RENDERED or name.startswith("lang-")


def render(name: str, content: str) -> str | None:
    """Text of the template `name`, or None if it carries none. `content` is all between its braces."""
    renderer = RENDERED.get(name)
    if renderer is not None:
        return renderer(parse_arguments(content))
    return _first(parse_arguments(content)) if name.startswith("lang-") else None


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


def _named_language(code: str) -> Renderer:
    def renderer(arguments: Arguments) -> str | None:
        text = arguments.get(1, "text")
        return f"{_LANGUAGES[code]}: {text}" if text else None

    return renderer


def _langx(arguments: Arguments) -> str | None:
    code, text = arguments.get(1), arguments.get(2, "text")
    return f"{_LANGUAGES[code]}: {text}" if code in _LANGUAGES and text else _shown(text)


def _japanese(arguments: Arguments) -> str | None:
    english, original, romaji = arguments.get(1), arguments.get(2), arguments.get(3)
    inside = ", ".join(part for part in (original, romaji) if part)
    return f"{english} ({inside})" if english and inside else _shown(english or inside)


def _chinese(arguments: Arguments) -> str | None:
    forms = [arguments.get(key) for key in ("c", "t", "s", "p")] + list(arguments.positional)
    return _shown("; ".join(dict.fromkeys(form for form in forms if form)))


def _korean(arguments: Arguments) -> str | None:
    return _shown(arguments.get("hangul", 1))


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


def _see(arguments: Arguments) -> str | None:
    return _shown(arguments.get("lt", 1))


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
    table |= {f"lang-{code}": _named_language(code) for code in _LANGUAGES}
    table |= {
        prefix.lower(): _ship(prefix) for prefix in ("USS", "HMS", "SS", "MV", "RMS", "HMAS", "HMCS", "SMS", "USNS")
    }
    table |= {
        "\"": _inline_quote, "qq": _inline_quote, "langx": _langx, "nihongo": _japanese, "nihongo foot": _japanese,
        "zh": _chinese, "ko-hhrm": _korean, "korean": _korean, "sclass": _any_ship,
        "ship": _any_ship, "sclass-": _any_ship,
        "chem": _formula, "chem2": _formula, "simplenuclide": _nuclide, "simplenuclide2": _nuclide, "nuclide": _nuclide,
        "nuclide2": _nuclide, "angbr": _grapheme, "vol.": _volume,
        "hlist": _joined, "flatlist": _joined, "comma separated entries": _joined, "csv": _joined,
        "ill": _see, "interlanguage link": _see, "lang-en-gb": _position(1), "lang-en": _position(1),
    }  # fmt: skip
    return {**table, **DATE_TEMPLATES, **NUMBER_TEMPLATES}


RENDERED: Final[Mapping[str, Renderer]] = _table()

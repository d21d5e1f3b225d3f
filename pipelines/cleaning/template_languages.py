"""Templates that carry text in another language, its transcription or its pronunciation."""

from collections.abc import Callable, Mapping
from typing import Final

from pipelines.cleaning.arguments import Arguments
from pipelines.cleaning.marks import ASIDE_CLOSE, ASIDE_OPEN

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
    "ml": "Malayalam", "mt": "Maltese", "bs": "Bosnian", "pa": "Punjabi", "aln": "Gheg Albanian", "ms": "Malay",
    "te": "Telugu", "mr": "Marathi", "gu": "Gujarati", "kn": "Kannada", "si": "Sinhala", "ne": "Nepali",
    "my": "Burmese", "km": "Khmer", "lo": "Lao", "tl": "Tagalog", "sw": "Swahili", "af": "Afrikaans",
    "lb": "Luxembourgish", "fy": "West Frisian", "nn": "Norwegian Nynorsk", "nb": "Norwegian Bokmål",
    "gl": "Galician", "oc": "Occitan", "br": "Breton", "kw": "Cornish", "gv": "Manx", "sco": "Scots",
    "non": "Old Norse", "pi": "Pali", "bo": "Tibetan", "ug": "Uyghur", "tg": "Tajik", "tk": "Turkmen", "ky": "Kyrgyz",
    "tt": "Tatar", "ce": "Chechen", "am": "Amharic", "ti": "Tigrinya", "so": "Somali", "ha": "Hausa", "yo": "Yoruba",
    "ig": "Igbo", "zu": "Zulu", "xh": "Xhosa", "mi": "Māori", "haw": "Hawaiian",
}  # fmt: skip

# All templates whose names begin so: {{lang-de|…}}, {{IPA-de|…}}, {{IPAc-en|…}}.
LANGUAGE_STARTS: Final = ("lang-", "ipa-", "ipac-")
_IPA_OPTIONS: Final = frozenset(
    {"lang", "pron", "local", "us", "uk", "also", "or", "en", "audio", "us also", "uk also", "localized", ""}
)


def render_language(name: str, arguments: Arguments, *, lang: str) -> str | None:
    """Text of a template whose name begins as in `LANGUAGE_STARTS`, or None; `lang` is the language of the wiki."""
    if name.startswith("ipac-"):
        sounds = (part.replace("_", " ") for part in arguments.positional if part.lower() not in _IPA_OPTIONS)
        return _aside("/", "".join(sounds), "/")
    if name.startswith("ipa-"):
        return _aside("[", arguments.get(1), "]")
    language = _LANGUAGES.get(name.removeprefix("lang-")) if lang in {"en", "simple"} else None
    return _labelled(language, arguments.get(1, "text"), arguments)


def _labelled(language: str | None, text: str, arguments: Arguments) -> str | None:
    unlabelled = arguments.get("label") == "none" or arguments.get("links") == "-"
    return f"{language}: {text}" if language and text and not unlabelled else text or None


def _aside(opening: str, text: str, closing: str) -> str | None:
    """A pronunciation: kept in running text, left out in brackets."""
    if not text:
        return None
    text = " ".join(text.split())
    bare = text.strip("/[]") if opening in {"/", "["} and "[[" not in text else text
    return f"{ASIDE_OPEN}{opening}{bare}{closing}{ASIDE_CLOSE}"


def _langx(arguments: Arguments) -> str | None:
    return _labelled(_LANGUAGES.get(arguments.get(1)), arguments.get(2, "text"), arguments)


def _japanese(arguments: Arguments) -> str | None:
    english, original, romaji = arguments.get(1), arguments.get(2), arguments.get(3)
    inside = ", ".join(part for part in (original, romaji) if part)
    return f"{english} ({inside})" if english and inside else english or inside or None


def _chinese(arguments: Arguments) -> str | None:
    forms = [arguments.get(key) for key in ("c", "t", "s", "p")] + list(arguments.positional)
    return "; ".join(dict.fromkeys(form for form in forms if form)) or None


def _korean(arguments: Arguments) -> str | None:
    return arguments.get("hangul", 1) or None


def _first(arguments: Arguments) -> str | None:
    return arguments.get(1, "text") or None


def _last(arguments: Arguments) -> str | None:
    return arguments.positional[-1] or None if arguments.positional else None


def _sounds(opening: str, closing: str) -> Callable[[Arguments], str | None]:
    return lambda arguments: _aside(opening, arguments.get(1), closing)


def _respelled(arguments: Arguments) -> str | None:
    return _aside("", "-".join(part for part in arguments.positional if part not in {"", "'"}), "")


LANGUAGE_TEMPLATES: Final[Mapping[str, Callable[[Arguments], str | None]]] = {
    **dict.fromkeys(("lang", "langr", "wikt-lang", "wiktlang", "rtl-lang", "script", "script/arabic", "script/hebrew",
                     "transl", "transliteration", "xlit", "tlit"), _last),
    **dict.fromkeys(("polytonic", "hebrew", "hebrew language", "nihongo2", "nihongo krt", "unicode", "lang-en",
                     "lang-en-gb"), _first),
    **dict.fromkeys(("nihongo", "nihongo foot", "nihongo3"), _japanese),
    **dict.fromkeys(("korean", "ko-hhrm"), _korean),
    **dict.fromkeys(("ipa", "ipaall", "ipa-all"), _sounds("", "")),
    **dict.fromkeys(("ipalink", "ipablink", "audio-ipa"), _sounds("[", "]")),
    **dict.fromkeys(("ipaslink", "ipaphon"), _sounds("/", "/")),
    **dict.fromkeys(("respell", "pronunciation respelling", "usdict"), _respelled),
    "langx": _langx,
    "zh": _chinese,
}  # fmt: skip

"""Whether a text looks like the language it is said to be in: by its script and its commonest words.

A light check, for a gate over many texts at once: it does not name languages, it only tells those few apart that it
knows, and says nothing of a text that is too short or of a language that it does not know.
"""

import re
from collections.abc import Mapping
from typing import Final

from pipelines.wordlists import words

_LATIN: Final = "A-Za-zÀ-ɏḀ-ỿ"
_SCRIPTS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "arz"), "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff"),
    **dict.fromkeys(("bg", "be", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"), "\u0400-\u052f"),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), "\u0900-\u097f"),
    **dict.fromkeys(("he", "yi"), "\u0590-\u05ff\ufb1d-\ufb4f"),
    "am": "\u1200-\u139f",
    "bn": "\u0980-\u09ff",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "hy": "\u0530-\u058f",
    "ja": "\u3040-\u30ff\u3400-\u9fff",
    "ka": "\u10a0-\u10ff",
    "km": "\u1780-\u17ff",
    "ko": "\uac00-\ud7af\u1100-\u11ff\u3130-\u318f",
    "ml": "\u0d00-\u0d7f",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "th": "\u0e00-\u0e7f",
    "zh": "\u3400-\u9fff",
}
_COMMON: Final[Mapping[str, frozenset[str]]] = {
    "de": words("der die das und ist war ein eine von mit den dem des im zu auf für als auch sich nicht nach wurde"),
    "en": words("the of and to is was an that it for on as with by at from his her its are were which be this or had"),
    "es": words("el la los las de del que y en un una por con para se su fue es al como más entre pero sus desde"),
    "fr": words("le la les des du et est un une dans en pour par sur au aux avec qui que il elle son sa plus ce été"),
    "id": words("yang dan di ini itu dari dengan untuk pada adalah dalam tidak oleh sebagai ke juga akan atau ia"),
    "it": words("il lo la gli le di del della dei che e è un una per con nel nella da al alla si sono fu anche come"),
    "nl": words("de het een en van in is op te met voor zijn was dat door aan er werd bij ook als niet uit naar om"),
    "pl": words("w i na z się do jest nie że o jako przez od po dla był była został oraz przy za ze są tym jego"),
    "pt": words("o a os as de do da dos das que e em um uma para com por foi no na ao é se como mais sua seu entre"),
    "sv": words("och i att det som en är av på för med den till ett var inte om har från vid de sig men han hon"),
    "tr": words("ve bir bu ile için olarak olan da de en çok daha gibi sonra kadar olduğu tarafından ise ancak her"),
    "vi": words("và của là có trong được cho các một với người những khi không đến từ này năm tại ở ra vào để đã"),
}
_LETTERS: Final = re.compile(r"[^\W\d_]")
_WORD: Final = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS: Final = 20
_FEWEST_WORDS: Final = 3  # common words of any language, for a text to be judged by them
_OWN_SCRIPT: Final = 0.5  # share of its letters; names in other scripts are usual


def looks_like(text: str, lang: str) -> bool | None:
    """Whether `text` looks like `lang`, an ISO code such as `en`; None if that cannot be told."""
    known = lang.partition("-")[0].lower()
    script = _LATIN if known in _COMMON else _SCRIPTS.get(known)
    letters = len(_LETTERS.findall(text))
    if script is None or letters < _FEWEST_LETTERS:
        return None
    if len(re.findall(f"[{script}]", text)) < _OWN_SCRIPT * letters:
        return False
    return _has_common_words(text, known) if known in _COMMON else True


def _has_common_words(text: str, lang: str) -> bool | None:
    found = _WORD.findall(text.lower())
    counts = {one: sum(word in common for word in found) for one, common in _COMMON.items()}
    most = max(counts.values())
    return None if most < _FEWEST_WORDS else counts[lang] == most

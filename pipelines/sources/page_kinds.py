"""Which pages of the article namespace are no articles: lists, indexes, outlines and disambiguation pages.

A dump does not say which of its templates mark a disambiguation page (the templates lie somewhere among the
pages), so the names are written down here, language by language, as the wikis' own pages list them. The switch
`__DISAMBIG__` and the English names hold everywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Titles end in one of these in brackets; a page with a template of this name, or one that begins so, is none either.
_DISAMBIGUATION: Final[Mapping[str, str]] = {
    "ar": "توضيح", "bg": "пояснение", "ca": "desambiguació", "cs": "rozcestník", "da": "flertydig",
    "de": "begriffsklärung", "el": "αποσαφήνιση", "eo": "apartigilo", "es": "desambiguación|desambiguacion|desambig",
    "et": "täpsustuslehekülg", "eu": "argipen", "fa": "ابهام‌زدایی", "fi": "täsmennyssivu", "fr": "homonymie",
    "he": "פירושונים", "hr": "razdvojba", "hu": "egyértelműsítő lap|egyért", "id": "disambiguasi", "it": "disambigua",
    "ja": "曖昧さ回避", "ko": "동음이의|동명이인", "ms": "nyahkekaburan", "nl": "doorverwijspagina",
    "no": "flertydig|peker", "pl": "ujednoznacznienie", "pt": "desambiguação|desambig", "ro": "dezambiguizare",
    "ru": "неоднозначность",
    "sk": "rozlišovacia stránka", "sl": "razločitev", "sr": "вишезначна одредница", "sv": "olika betydelser|förgrening",
    "th": "แก้ความกำกวม|แก้กำกวม", "tr": "anlam ayrımı", "uk": "неоднозначність", "vi": "trang định hướng|định hướng",
    "zh": "消歧义|消歧義|消歧义页|消歧義頁",
}  # fmt: skip
# Titles only: the word is too common, or is the name of a template for the top of other pages.
_DISAMBIGUATION_TITLES: Final[Mapping[str, str]] = {
    "no": "andre betydninger", "ru": "значения", "uk": "значення", "hi": "बहुविकल्पी",
}  # fmt: skip
# Templates only, short names among them.
_DISAMBIGUATION_TEMPLATES: Final[Mapping[str, str]] = {
    "de": "bkl", "es": "des", "hi": "बहुविकल्पी शब्द", "ja": "aimai", "nl": "dp", "ru": "многозначность", "sv": "gren",
}  # fmt: skip
_ENGLISH_TEMPLATES: Final = (
    r"(?:[a-z][a-z0-9 _-]{0,40}[ _-])?disambig(?:uation)?(?:[ _-](?:page|cleanup|clean-?up))?|disamb|dab|disam|hndis"
    r"|geodis|numberdis|letter-number[ _]combdis|schooldis|mathdab|roaddis|mil-unit-dis|hospitaldis|surnames?[ _]dab"
)
# Only words that begin no other titles: in Russian or Polish a film of that name would be dropped too.
_LISTS: Final[Mapping[str, str]] = {
    "cs": r"seznam\s", "de": r"listen? (?:der|von|aller|des|deutscher)\s", "en": r"(?:lists?|index|outline) of\s",
    "es": r"anexo:|lista de\s", "fi": r"luettelo\s", "fr": r"listes? (?:de|des|du)\s|liste d['’]", "id": r"daftar\s",
    "it": r"liste? (?:di|dei|degli|delle)\s", "ja": r".+一覧$", "ko": r".+ 목록$", "nl": r"lijst van\s",
    "no": r"liste over\s", "pt": r"lista d[eao]s?\s|anexo:", "sv": r"lista över\s", "vi": r"danh sách\s",
    "zh": r".+列表$",
}  # fmt: skip
_SAME: Final[Mapping[str, str]] = {"simple": "en", "nb": "no", "nn": "no", "be-tarask": "be", "zh-yue": "zh"}

_SWITCH = re.compile("__DISAMBIG__", re.IGNORECASE)  # by itself, so that both searches have a literal to look for


@dataclass(frozen=True)
class PageKinds:
    """Tells articles from other pages of the article namespace of one wiki."""

    lists: re.Pattern[str]
    disambiguation_titles: re.Pattern[str]
    disambiguation_marks: re.Pattern[str]

    @staticmethod
    @lru_cache(maxsize=64)
    def of_language(lang: str) -> "PageKinds":
        """The kinds of a wiki in language `lang`; of one that is not known here, by the English words."""
        code = _SAME.get(lang.lower(), lang.lower().partition("-")[0])
        words = [_DISAMBIGUATION.get(code, "")]
        titles = _alternatives([*words, _DISAMBIGUATION_TITLES.get(code, ""), "disambiguation"])
        prefixes = _alternatives(words).replace(" ", "[ _]")
        own = [rf"(?:{prefixes})(?:[ _][^{{}}|]{{0,40}})?"] if prefixes else []
        marks = _alternatives([*own, _DISAMBIGUATION_TEMPLATES.get(code, ""), _ENGLISH_TEMPLATES])
        return PageKinds(
            lists=re.compile(_alternatives([_LISTS.get(code, ""), _LISTS["en"]]), re.IGNORECASE),
            disambiguation_titles=re.compile(rf"[(（](?:[^()（）]*\b)?(?:{titles})\b[^()（）]*[)）]", re.IGNORECASE),
            disambiguation_marks=re.compile(rf"\{{\{{\s*(?:template:)?(?:{marks})\s*(?:\||\}}\}})", re.IGNORECASE),
        )

    def reason_to_drop(self, title: str, wikitext: str) -> str | None:
        """Why the page is no article, or None if it is one."""
        if self.lists.match(title):
            return "list page"
        if self.disambiguation_titles.search(title) or self.disambiguation_marks.search(wikitext):
            return "disambiguation page"
        if _SWITCH.search(wikitext):
            return "disambiguation page"
        return None


def _alternatives(patterns: list[str]) -> str:
    return "|".join(pattern for pattern in patterns if pattern)

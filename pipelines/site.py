"""What a wiki says of itself in a dump's `<siteinfo>`: language, namespaces, redirect words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

MAIN_NAMESPACE: Final = 0
_MEDIA, _FILE, _CATEGORY = -2, 6, 14

ENGLISH_NAMESPACES: Final[Mapping[int, str]] = {
    -2: "Media", -1: "Special", 0: "", 1: "Talk", 2: "User", 3: "User talk", 4: "Wikipedia", 5: "Wikipedia talk",
    6: "File", 7: "File talk", 8: "MediaWiki", 9: "MediaWiki talk", 10: "Template", 11: "Template talk", 12: "Help",
    13: "Help talk", 14: "Category", 15: "Category talk", 100: "Portal", 101: "Portal talk", 118: "Draft",
    119: "Draft talk", 828: "Module", 829: "Module talk",
}  # fmt: skip

# Dumps do not carry the localised words, and every wiki takes the English one as well.
_REDIRECT_WORDS: Final = (
    "redirect", "đổi", "weiterleitung", "redirection", "redirección", "redireccion", "redirecionamento", "rinvia",
    "rimando", "doorverwijzing", "patrz", "przekieruj", "tam", "omdirigering", "ohjaus", "uudelleenohjaus",
    "přesměruj", "presmeruj", "átirányítás", "yönlendirme", "перенаправление", "перенапр", "перенаправлення",
    "пренасочване", "преусмери", "ανακατευθυνση", "הפניה", "تحويل", "تغییر_مسیر", "تغییرمسیر", "alih", "lencong",
    "重定向", "転送", "リダイレクト", "넘겨주기", "पुनर्प्रेषित", "เปลี่ยนทาง", "birzuzendu", "redirecció",
)  # fmt: skip
_REDIRECT = re.compile(
    r"\s*#\s?(?:" + "|".join(map(re.escape, _REDIRECT_WORDS)) + r")\s?:?\s?\[\[([^\[\]{}|\n]{1,300})", re.IGNORECASE
)
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATABASE_SUFFIX = re.compile(r"(?:wiki|wiktionary|wikibooks|wikinews|wikiquote|wikisource|wikivoyage|wikiversity)$")


@dataclass(frozen=True)
class SiteInfo:
    """A wiki, as far as reading its pages needs it.

    Attributes:
        lang: language code of the content, such as `en` or `vi`.
        name: the site's name.
        database: such as `enwiki`; empty if the dump does not say.
        base: address of the main page; empty if the dump does not say.
        first_letter_case: whether titles begin with a capital whatever is written.
        namespaces: id to local name; the main namespace is 0 and has an empty name.
        file_prefixes: lower-case link prefixes of files and media, local and English.
        category_prefixes: lower-case link prefixes of categories, local and English.
    """

    lang: str
    name: str
    database: str
    base: str
    first_letter_case: bool
    namespaces: Mapping[int, str]
    file_prefixes: frozenset[str] = field(init=False)
    category_prefixes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        names = self.namespaces
        files = {names.get(_FILE, ""), names.get(_MEDIA, ""), "File", "Image", "Media"}
        categories = {names.get(_CATEGORY, ""), "Category"}
        object.__setattr__(self, "file_prefixes", _prefixes(files))
        object.__setattr__(self, "category_prefixes", _prefixes(categories))

    @staticmethod
    def english() -> "SiteInfo":
        """English defaults, for a dump that is a fragment without `<siteinfo>`."""
        return SiteInfo(
            lang="en", name="Wikipedia", database="", base="", first_letter_case=True, namespaces=ENGLISH_NAMESPACES
        )

    @staticmethod
    def from_element(element: Any) -> "SiteInfo":
        """Reads an lxml `<siteinfo>` element of any export schema; its parent, if any, gives the language."""
        values: dict[str, str] = {}
        namespaces: dict[int, str] = {}
        for child in element.iter("{*}namespace", "{*}sitename", "{*}dbname", "{*}base", "{*}case"):
            tag = child.tag.rpartition("}")[2]
            if tag == "namespace":
                namespaces[int(child.get("key"))] = child.text or ""
            else:
                values[tag] = child.text or ""
        parent = element.getparent()
        database = values.get("dbname", "")
        return SiteInfo(
            lang=(parent.get(_XML_LANG) if parent is not None else None) or _language_of(database),
            name=values.get("sitename", ""),
            database=database,
            base=values.get("base", ""),
            first_letter_case=values.get("case", "first-letter") == "first-letter",
            namespaces=namespaces or ENGLISH_NAMESPACES,
        )

    @property
    def main_namespace(self) -> int:
        """Id of the namespace that holds articles."""
        return MAIN_NAMESPACE

    def namespace_of(self, title: str) -> int:
        """Namespace id of a full title by its prefix; 0 if it has none that this wiki knows."""
        prefix, colon, _ = title.partition(":")
        if not colon:
            return MAIN_NAMESPACE
        wanted = normal_prefix(prefix)
        for number, name in self.namespaces.items():
            if name and normal_prefix(name) == wanted:
                return number
        return MAIN_NAMESPACE

    def normal_title(self, title: str) -> str:
        """A link's target as a page title: spaces for underscores, no section, first letter as the wiki has it."""
        plain = title
        if "#" in plain or "_" in plain or "  " in plain or "\xa0" in plain:
            plain = plain.partition("#")[0].replace("_", " ")
            plain = " ".join(plain.split())
        plain = plain.strip()
        return plain[:1].upper() + plain[1:] if self.first_letter_case else plain

    def redirect_target(self, wikitext: str) -> str | None:
        """Title a redirect page points to, or None if the page is none."""
        found = _REDIRECT.match(wikitext)
        return self.normal_title(found.group(1)) if found else None

    def is_redirect(self, wikitext: str) -> bool:
        """Whether the page's text makes it a redirect."""
        return _REDIRECT.match(wikitext) is not None


def normal_prefix(prefix: str) -> str:
    """A namespace prefix in the form the prefix sets hold it in."""
    return " ".join(prefix.replace("_", " ").split()).lower()


def _prefixes(names: set[str]) -> frozenset[str]:
    return frozenset(normal_prefix(name) for name in names if name)


def _language_of(database: str) -> str:
    if not _DATABASE_SUFFIX.search(database):
        return "en"
    return _DATABASE_SUFFIX.sub("", database).replace("_", "-") or "en"

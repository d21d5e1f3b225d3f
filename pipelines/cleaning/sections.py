"""Headings, and the sections that hold no prose, by the language of the wiki."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

_MAX_LEVEL: Final = 6
_ENGLISH: Final = (
    "references|external links|external link|see also|further reading|notes|footnotes|citations|bibliography|"
    "notes and references|references and notes|notes and citations|works cited|general references|gallery|"
    "cited references|references and sources|notes and sources|endnotes|"
    "selected bibliography|references and further reading|further reading and external links|"
    "external links and references|references and external links|navigation|explanatory notes|cited works|"
    "select bibliography|citations and references|sources and references|"
    "citations and notes|related links|related pages|other websites|cited sources|in-line notes|bibliographies"
)
# In such a section list items are entries, but there may be paragraphs as well.
_ENGLISH_LISTS: Final = (
    "literature|publications|discography|filmography|sources|primary sources|secondary sources|works|"
    "selected works|selected publications"
)
_BY_LANGUAGE: Final[Mapping[str, str]] = {
    "vi": "tham khảo|liên kết ngoài|xem thêm|chú thích|ghi chú|đọc thêm|thư mục|nguồn|nguồn tham khảo|"
    "tài liệu tham khảo|chú thích và tham khảo|thư viện ảnh|hình ảnh|sách tham khảo|thư mục hậu cần|tài liệu",
    "de": "einzelnachweise|weblinks|siehe auch|literatur|anmerkungen|quellen|fußnoten",
    "fr": "notes et références|références|liens externes|voir aussi|bibliographie|annexes|notes|articles connexes",
    "es": "referencias|enlaces externos|véase también|bibliografía|notas|notas y referencias",
    "it": "note|collegamenti esterni|voci correlate|bibliografia|altri progetti",
    "pt": "referências|ligações externas|ver também|bibliografia|notas|notas e referências",
    "nl": "externe links|externe link|zie ook|bronnen|literatuur|referenties|bronnen, noten en/of referenties",
    "ru": "примечания|ссылки|см. также|литература|источники",
    "pl": "przypisy|linki zewnętrzne|zobacz też|bibliografia|uwagi",
    "sv": "referenser|externa länkar|se även|källor|noter|litteratur",
    "ja": "脚注|外部リンク|関連項目|参考文献|出典|注釈",
    "zh": "参考文献|外部链接|外部連結|参见|參見|参考资料|參考資料|注释|註釋|延伸阅读",
}
_HEADING = re.compile(r"(={1,6})[ \t]*+([^=\s](?:[^=\n]{0,200}[^=\s])?)[ \t]*+\1")
_MARKUP = re.compile(r"<[^<>]*>|\{\{[^{}]*\}\}|''+|[\ue000-\uf8ff]+|\[\[(?:[^\[\]|]*\|)?|\]\]")
_STOPS = tuple(re.compile(rf"<!--|\n={{1,{level}}}(?!=)[^\n]*=") for level in range(1, _MAX_LEVEL + 1))


def parse_heading(line: str) -> tuple[int, str] | None:
    """Level and title of a line that begins with "=", or None if it is no heading; comments may stand behind it."""
    common = _HEADING.fullmatch(line)
    if common:
        return len(common[1]), common[2]
    bare = line.rstrip()
    while bare.endswith("-->") and "<!--" in bare:
        bare = bare[: bare.rindex("<!--")].rstrip()
    if not bare.endswith("="):
        return None
    left, right = len(bare) - len(bare.lstrip("=")), len(bare) - len(bare.rstrip("="))
    level = min(left, right, (len(bare) - 1) // 2, _MAX_LEVEL)
    return (level, bare[level:-level].strip()) if level else None


def section_end(text: str, start: int, level: int) -> int:
    """Where the next section of this or a higher level begins."""
    stop = _STOPS[level - 1]
    while found := stop.search(text, start):
        if found.group() != "<!--":
            return found.start()
        comment_end = text.find("-->", found.end())
        if comment_end < 0:
            break
        start = comment_end
    return len(text)


@lru_cache(maxsize=20_000)
def is_left_out(title: str, lang: str) -> bool:
    """Whether the section of this title holds nothing but references, links or pictures."""
    return _normal(title) in _names(lang)


@lru_cache(maxsize=20_000)
def is_list(title: str) -> bool:
    """Whether the list items of the section are entries and not prose."""
    return _normal(title) in _LISTS


def _normal(title: str) -> str:
    return _MARKUP.sub("", title).strip(" :.").casefold()


@lru_cache(maxsize=64)
def _names(lang: str) -> frozenset[str]:
    """Titles, case-folded; the English ones count in every wiki."""
    return frozenset(_ENGLISH.split("|")) | frozenset(_BY_LANGUAGE.get(lang.partition("-")[0], "").split("|"))


_LISTS: Final = frozenset(_ENGLISH_LISTS.split("|"))

"""Sections that hold no prose, by the language of the wiki."""

from collections.abc import Mapping
from typing import Final

_ENGLISH: Final = (
    "references|external links|external link|see also|further reading|notes|footnotes|citations|sources|bibliography|"
    "notes and references|references and notes|notes and citations|works cited|general references|gallery|"
    "cited references|primary sources|secondary sources|references and sources|notes and sources|endnotes|"
    "selected bibliography|literature|references and further reading|further reading and external links|"
    "external links and references|references and external links|navigation|explanatory notes|cited works|"
    "select bibliography|citations and references|publications|discography|filmography|sources and references|"
    "citations and notes|related links|related pages|other websites|cited sources|in-line notes|bibliographies"
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


def dropped_sections(lang: str) -> frozenset[str]:
    """Headings, case-folded, whose sections are left out; the English ones count in every wiki."""
    return frozenset(_ENGLISH.split("|")) | frozenset(_BY_LANGUAGE.get(lang.partition("-")[0], "").split("|"))

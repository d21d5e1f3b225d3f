"""Articles are told from lists and disambiguation pages, in English and in other languages."""

import bz2

import pytest
from lxml import etree

from pipelines.sources.page_kinds import PageKinds
from tests.real_inputs import real_input

LIST, DISAMBIGUATION = "list page", "disambiguation page"


@pytest.mark.parametrize(
    ("lang", "title", "wikitext", "reason"),
    [
        ("en", "List of mills", "", LIST),
        ("en", "Lists of mills", "", LIST),
        ("en", "Index of physics articles", "", LIST),
        ("en", "Outline of physics", "", LIST),
        ("en", "Listing of mills", "", None),
        ("en", "A List of mills", "", None),
        ("en", "Mercury (disambiguation)", "", DISAMBIGUATION),
        ("en", "Word-sense disambiguation", "{{NLP}}", None),
        ("en", "Ada", "* one\n{{Disambiguation|geo}}", DISAMBIGUATION),
        ("en", "Ada", "{{ disambig }}", DISAMBIGUATION),
        ("en", "Ada", "{{Template:Human name disambiguation}}", DISAMBIGUATION),
        ("en", "Ada", "{{hndis|Ada}}", DISAMBIGUATION),
        ("en", "Ada", "__DISAMBIG__", DISAMBIGUATION),
        ("en", "Ada", "[[Mercury]]{{Disambiguation needed|date=May 2016}} is a word.", None),
        ("en", "Ada", "{{Other uses|Ada (disambiguation)}} is a language.", None),
        ("en", "Ada", "{{About|the language|others|Ada (disambiguation)}}", None),
        ("simple", "List of mills", "", LIST),
        ("vi", "Hoa (định hướng)", "", DISAMBIGUATION),
        ("vi", "VN", "{{Trang định hướng}}", DISAMBIGUATION),
        ("vi", "VN", "{{trang_định hướng nhân danh}}", DISAMBIGUATION),
        ("vi", "Hà Nội", "{{bài cùng tên|Hà Nội (định hướng)}}", None),
        ("vi", "Danh sách tỉnh", "", LIST),
        ("de", "Merkur", "{{Begriffsklärung}}", DISAMBIGUATION),
        ("de", "Merkur", "{{Begriffsklärungshinweis}}", None),
        ("de", "Liste der Mühlen", "", LIST),
        ("fr", "Mercure (homonymie)", "", DISAMBIGUATION),
        ("fr", "Mercure", "{{Voir homonymes|Mercure (homonymie)}}", None),
        ("ru", "Меркурий (значения)", "", DISAMBIGUATION),
        ("ru", "Меркурий", "{{значения|Меркурий (значения)}}", None),
        ("ru", "Список Шиндлера", "", None),
        ("ja", "東京 (曖昧さ回避)", "", DISAMBIGUATION),
        ("zh", "东京（消歧义）", "", DISAMBIGUATION),
        ("zh-yue", "河列表", "", LIST),
        ("nb", "Merkur (andre betydninger)", "", DISAMBIGUATION),
        ("xx", "Ada", "{{disambig}}", DISAMBIGUATION),
        ("xx", "Hoa (định hướng)", "", None),
    ],
)
def test_kinds_of_pages(lang: str, title: str, wikitext: str, reason: str | None) -> None:
    assert PageKinds.of_language(lang).reason_to_drop(title, wikitext) == reason


def test_of_the_real_english_pages_just_the_lists_and_disambiguation_pages_are_dropped() -> None:
    dropped: dict[str, set[str]] = {LIST: set(), DISAMBIGUATION: set()}
    kinds = PageKinds.of_language("en")
    with bz2.open(real_input("wiki/enwiki-201605-head.xml.bz2")) as file:
        for _, page in etree.iterparse(file, tag="{*}page"):
            reason = kinds.reason_to_drop(page.findtext("{*}title"), page.findtext("{*}revision/{*}text") or "")
            if reason:
                dropped[reason].add(page.findtext("{*}title"))
            page.clear()
    assert dropped == {
        LIST: {"List of Atlas Shrugged characters", "List of anthropologists"},
        DISAMBIGUATION: {
            "Alien", "Ada", "Aa River", "Austin (disambiguation)", "Aberdeen (disambiguation)",
            "Argument (disambiguation)", "Animal (disambiguation)", "Asia Minor (disambiguation)",
        },
    }  # fmt: skip


def test_looking_for_marks_takes_time_in_proportion_to_the_text() -> None:
    kinds = PageKinds.of_language("en")
    for hostile in ("{{" * 200_000, "{{a" * 200_000, "{{disambiguation " * 50_000, "{{" + "a b " * 200_000):
        assert kinds.reason_to_drop("T", hostile) is None

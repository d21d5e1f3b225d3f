import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.site import SiteInfo
from pipelines.wikitext import clean
from tests.pipelines.cleaning.checks import check

SITE = SiteInfo.english()


def prose(wikitext: str) -> str:
    return clean(wikitext, site=SITE).text


@pytest.mark.parametrize(
    ("wikitext", "text"),
    [
        ("'''Alberta''' ({{IPAc-en|a}}) is a [[province]].", "Alberta is a province."),
        ("Einstein ({{IPA|x}}; {{lang|de|Ulm}}, 14 March 1879) was.", "Einstein (Ulm, 14 March 1879) was."),
        ("Rand ({{IPAc-en|r}}; 14 March 1879) was a man.", "Rand (14 March 1879) was a man."),
        ("It is {{convert|12|km|mi}} long.", "It is 12 kilometres long."),
        ("A {{convert|1300|mi|km|adj=on}} road led there.", "A 1,300-mile road led there."),
        ("She was {{convert|5|ft|11|in|m}} tall then.", "She was 5 ft 11 inches tall then."),
        ("He ({{birth date|1879|3|14|df=y}}) lived here.", "He (14 March 1879) lived here."),
        ("Known as {{lang-fr|Le Monde}} in Paris.", "Known as French: Le Monde in Paris."),
        ("The {{nowrap|big [[dog|red dog]]}} barked twice.", "The big red dog barked twice."),
        ("The {{ordinal|22}} day cost {{US$|5}} million.", "The 22nd day cost US$5 million."),
        ("{{As of|2016|5}}, it is gone.", "As of May 2016, it is gone."),
        (
            "Yes, this is true.<ref name=a>{{cite|x}} [[y]]</ref><ref name=b /> And so on.",
            "Yes, this is true. And so on.",
        ),
        ("The end.<ref>a</ref>The [[start]] of it.", "The end. The start of it."),
        ("About 10<sup>6</sup> km<sup>2</sup> of H<sub>2</sub>O.", "About 10^6 km² of H2O."),
        ("Tom &amp; Jerry&nbsp;won &#8211; twice.", "Tom & Jerry won – twice."),
        ("See [http://x.org the site] and [http://y.org] now.", "See the site and now."),
        ("There ''L''''amour'' is a word.", "There L'amour is a word."),
        ("Read ''Hamlet'''s first act.", "Read Hamlet's first act."),
        ("So '''''both''' of'' them.", "So both of them."),
        ("One<!-- {{ [[ --> two <nowiki>[x]</nowiki> three four.", "One two [x] three four."),
        ("__NOTOC__Some text is here.{{Citation needed|date=May 2010}}", "Some text is here."),
        ("The variable <math>n</math> and <math>\\frac{a}{b}</math> stand here.", "The variable n and stand here."),
        ("[[File:a.jpg|thumb|A [[link]] here]]The text follows it.", "The text follows it."),
        ("Call <code>main()</code> from it now.", "Call main() from it now."),
        ("[[de:Foo]]\n[[Category:Bar]]\nOne line of prose\ngoes on here.", "One line of prose goes on here."),
        ("{|\n|-\n| a {{b|c}}\n{|\n| x\n|}\n|}\nAfter the table comes this.", "After the table comes this."),
        ("* too short\n* This is a whole sentence, really.", "This is a whole sentence, really."),
        ("* small trees of the north side\n* this is the deepest trench of them", "this is the deepest trench of them"),
        ("Adobe {{IPAc-en|ə|ˈ|d|oʊ|b|iː}} has existed long.", "Adobe /əˈdoʊbiː/ has existed long."),
        ("Adobe ({{IPA-es|aˈðoβe|lang}}; from [[Latin]]) is old.", "Adobe (from Latin) is old."),
        ("The state owns {{convert|22|e6acre|km2}} of forest.", "The state owns 22 million acres of forest."),
        ("It pumps {{convert|400000|oilbbl/d|m3/d}} of oil.", "It pumps 400,000 barrels per day of oil."),
        ("It had {{pop density|3645257|640081.87|km2}} then.", "It had 5.7 per square kilometre then."),
        ("Tickets cost $5 (${{Inflation|US|5|1929}} in {{CURRENTYEAR}} dollars) there.", "Tickets cost $5 there."),
        ("It costs ${{Format price|{{inflation|US|3|2003}}}} a year now.", "It costs a year now."),
        ("The stage hit the sea at {{Coord|1|2}}. It sank.", "The stage hit the sea. It sank."),
        ('He said "it is so."<ref>x</ref> "Is it?"<ref>y</ref>{{rp|4}}<ref>z</ref>', 'He said "it is so." "Is it?"'),
        ("See [[Hình:a.jpg|thumb|one]] the river in it.", "See the river in it."),
        ("Codes 20<sub>16</sub> to 7E<sub>[[hex|16]]</sub> of 2C<sub>2</sub>H.", "Codes 20_16 to 7E_16 of 2C2H."),
        ("A <code>,</code> (comma) or a <code>.</code> (stop) ends it.", 'A "," (comma) or a "." (stop) ends it.'),
        (
            "These are the ones meant:\n* the members of the court;\n* no more;\n* A title with some words, 1998;",
            "These are the ones meant:\nthe members of the court;",
        ),
        ("It ended there.<ref>x</ref>. And it began again.", "It ended there. And it began again."),
        ("It was in the U.S.{{rp|4}}... or was it there?", "It was in the U.S.... or was it there?"),
        (
            "* {{ann}}: this, she said, is so - yes.\n* {{bob}} — this is what he said.",
            "this, she said, is so - yes.\nthis is what he said.",
        ),
        ("Use <nowiki>[[two]] ''brackets''</nowiki> around it.", 'Use [two] "brackets" around it.'),
        ("A stray ]] and [http://x.org one]] stay out.", "A stray and one stay out."),
        ("{{Infobox|a={{b|[[c]]}}\n|d=<!-- }} -->}}The text follows here.", "The text follows here."),
        ("{|\n|-\n{|\n| a\n|}\n| b\n|}\nProse is behind the tables.", "Prose is behind the tables."),
    ],
)
def test_markup_becomes_what_a_reader_sees(wikitext: str, text: str) -> None:
    assert prose(wikitext) == text


def test_headings_and_links_have_exact_ranges() -> None:
    article = clean(
        "The [[Nile|great Nile]] has [[fish]]es.\n== Life ''here'' ==\n=== Empty ===\n=== Men ===\n"
        "They live near [[Cairo (city)|]].\n== References ==\nSome book is named here.\n=== Sub ===\n"
        "More of it is here.\n== Empty end ==\n",
        site=SITE,
    )
    assert article.text == "The great Nile has fishes.\nLife here\nMen\nThey live near Cairo."
    assert [(article.text[h.start : h.end], h.level) for h in article.headings] == [("Life here", 2), ("Men", 3)]
    assert [(article.text[link.start : link.end], link.target) for link in article.links] == [
        ("great Nile", "Nile"),
        ("fishes", "Fish"),
        ("Cairo", "Cairo (city)"),
    ]
    assert article.dropped["sections"] == 1
    check(article)


def test_what_is_dropped_is_counted() -> None:
    dropped = clean(
        "A<ref>x</ref> {{Infobox|a=[[b]]}} [[File:x.png]] [[Category:C]] <math>\\sum</math> <!-- c -->\n{|\n|}\n* item",
        site=SITE,
    ).dropped
    reasons = ("refs", "templates", "files", "categories", "math", "comments", "tables", "list_items")
    assert dropped == dict.fromkeys(reasons, 1) | {"fragments": 1}


def test_an_unclosed_bracket_costs_no_more_than_its_line() -> None:
    article = clean(
        "Before it {{cite web|title=x [[y\nThe next line is here.\n== H ==\nAnd more text comes.", site=SITE
    )
    assert article.text == "Before it The next line is here.\nH\nAnd more text comes."
    assert article.dropped["unclosed"]
    check(article)


def test_sections_of_lists_keep_their_paragraphs_alone() -> None:
    article = clean(
        "It begins with this.\n== Filmography ==\nHe directed seven films in Russia.\n* Solaris was made in 1972.\n"
        "=== Shorts ===\n* A short one was made there.\n== See also ==\nNothing of this stays.\n<!--\n== Life ==\n-->"
        "Nor this one here.\n=== Sub ===\nNor that one there.\n== Life <!-- c --> ==\nHe lived in Moscow for long.",
        site=SITE,
    )
    assert article.text == (
        "It begins with this.\nFilmography\nHe directed seven films in Russia.\nLife\nHe lived in Moscow for long."
    )
    check(article)


def test_file_and_category_prefixes_of_another_language_are_known() -> None:
    site = SiteInfo(
        lang="vi", name="", database="viwiki", base="", first_letter_case=True,
        namespaces={0: "", 6: "Tập tin", 14: "Thể loại"},
    )  # fmt: skip
    text = "[[Tập tin:a.jpg|nhỏ|Chú thích]]Hà Nội là thủ đô.[[Thể loại:Hà Nội]]\n== Tham khảo ==\nMột cuốn sách ở đây."
    assert clean(text, site=site).text == "Hà Nội là thủ đô."


HOSTILE = [
    "{{", "[[", "{{a|", "[[a|", "<ref>", "<table>", "<!--", "(", "''", "'''", "[http://", "{|\n", "<math>",
    "{{lang|fr|", "[[a ", "\n=", "(<ref/>", "&", " ", ", <ref/>", "{{nowrap|x", "{{{", "<a ", "__A", "[[[[a]]", "}}]]",
    "{{nowrap|[[a|", "[//", "]]", "<ref/>",
]  # fmt: skip


# Nothing is timed here: work that grew with the square of the length would run for hours. `python -m
# benchmarks.hostile_wikitext` shows the ratios.
@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_markup_comes_out_without_residue(piece: str) -> None:
    check(clean(piece * (800_000 // len(piece)), site=SITE))


@pytest.mark.parametrize(
    ("opening", "closing"), [("{{nowrap|x ", "}}"), ("[[a|b ", "]]"), ("(<ref/>", ")"), ("<p>", "</p>")]
)
def test_deep_nesting_comes_out_without_residue(opening: str, closing: str) -> None:
    check(clean(opening * 80_000 + "word" + closing * 80_000, site=SITE))


PIECES = st.sampled_from(
    [
        "[[", "]]", "{{", "}}", "{{{", "}}}", "|", "=", "\n", "\n==", "==\n", "''", "'''", "<ref>", "</ref>",
        "<ref name=a/>", "<math>", "</math>", "<nowiki>", "</nowiki>", "<!--", "-->", "{|", "|}", "\n{|", "\n|}",
        "\n|-", "(", ")", " ", ", ", "; ", ". ", "word", "A word", "lang|fr|", "nowrap|", "convert|3|km", "File:",
        "Category:", "de:", "http://a.b ", "[", "]", "&amp;", "&#91;", "&lt;ref", "&#x301;", "e", "\u0301", "*", "#",
        ":", "__TOC__", "\ue000", "\ue002", "字", "。", "\xa0", "<sup>2</sup>", "<br>", "<table>", "</table>", "<p>",
        "\u1100", "\u1161", "\r\n", "\u2028", "Foo (bar)|", "{{!}}", "_", "<", "-", "code|", "<code>", "</code>",
    ]
)  # fmt: skip


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join))
def test_any_input_gives_prose_without_residue_and_exact_ranges(wikitext: str) -> None:
    check(clean(wikitext, site=SITE))


@settings(max_examples=100, deadline=None)
@given(
    st.text(alphabet=st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=12).map(
        lambda w: unicodedata.normalize("NFC", w)
    )
)
def test_a_link_keeps_its_anchor_and_target(word: str) -> None:
    article = clean(f"We saw the [[Some title|{word}]] over there.", site=SITE)
    (link,) = article.links
    assert (article.text[link.start : link.end], link.target) == (word, "Some title")

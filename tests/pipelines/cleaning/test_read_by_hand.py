"""What reading whole articles beside their source brought to light; the inputs are of our own."""

import pytest

from pipelines.site import SiteInfo
from pipelines.wikitext import clean
from tests.pipelines.cleaning.checks import check


@pytest.mark.parametrize(
    ("wikitext", "text"),
    [
        (
            "; [[Greedy method]]<ref>x</ref>\n: It takes the best step at once.\n: It never looks back at all.\n",
            "Greedy method: It takes the best step at once.\nIt never looks back at all.",
        ),
        ("; Is it true?\n: Nobody could tell her that.", "Nobody could tell her that."),
        ("; Harbours\n\n: Nobody could tell her that.", "Nobody could tell her that."),
        (
            ":''I saw the ''[[sea]],\n:''By all the wise men,''<ref>y</ref>\n:And it was loud.\n:It all ended there.",
            "I saw the sea, By all the wise men, And it was loud.\nIt all ended there.",
        ),
        (
            "They saw ''Heron''{{'}}s mast and ''Heron''{{'s}} ''new'' sail.",
            "They saw Heron's mast and Heron's new sail.",
        ),
        ("It fell (at noon) at {{Coord|1|2}}, in the sea.", "It fell (at noon), in the sea."),
        ("The joy of life . . . The rest is not so.", "The joy of life ... The rest is not so."),
        ('He said ". . .we want that&nbsp;. . .". She left.', 'He said "...we want that ...". She left.'),
        ("It rises by {{convert|7|–|8|C-change|F-change}} there.", "It rises by 7–8 °C there."),
        ("They hold {{convert|3|Tcuft|m3}} of gas.", "They hold 3 trillion cubic feet of gas."),
        ("{{Harvtxt|Roe|Doe|1974|p=3}} offer a meaning.", "Roe & Doe (1974) offer a meaning."),
        ("As {{harvtxt|A|B|C|D|1999}} and {{harvtxt|Roe|2001}} show.", "As A et al. (1999) and Roe (2001) show."),
        ("It is known {{harv|Roe|1999}} by now.", "It is known by now."),
    ],
)
def test_what_a_reader_stumbled_over_reads_well(wikitext: str, text: str) -> None:
    article = clean(wikitext, site=SiteInfo.english())
    check(article)
    assert article.text == text

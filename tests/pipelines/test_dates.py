from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dates import DATE, find_dates


def dates(text: str) -> list[str]:
    assert all(span.label == DATE for span in find_dates(text))
    return [text[span.start : span.end] for span in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("born 14 March 1879 – 18 April 1955", ["14 March 1879", "18 April 1955"]),
        ("On Monday, July 4, 1999, and Sept. 3", ["Monday, July 4, 1999", "Sept. 3"]),
        ("dated 2004-03-05 and 3/4/1998", ["2004-03-05", "3/4/1998"]),
        ("In January 1986 and in December", ["January 1986", "December"]),
        ("the 5th of November; May 5–7, 1990", ["5th of November", "May 5–7, 1990"]),
        ("the war of 1861–65, from 1939 to 1945", ["1861–65", "1939", "1945"]),
        ("the 1960s and 1970s, the early 1990s, the '80s", ["1960s", "1970s", "early 1990s", "'80s"]),
        (
            "in the late 19th century BC; the 17th and 18th centuries",
            ["late 19th century BC", "17th and 18th centuries"],
        ),
        ("384–322 BC, c. 300 BC, AD 79", ["384–322 BC", "c. 300 BC", "AD 79"]),
        ("summer of 1969, the first quarter of 2015", ["summer of 1969", "first quarter of 2015"]),
        ("the 1996 film (1997), Mendeleev's 1871 table", ["1996", "1997", "1871"]),
        ("Since Tuesday it rained", ["Tuesday"]),
    ],
)
def test_dates_are_found_in_the_usual_forms(text: str, found: list[str]) -> None:
    assert dates(text) == found


@pytest.mark.parametrize(
    "text",
    ["1500 people came", "see page 1923", "Windows 2000 was sold", "it cost $1999", "1,999 men", "March 15,000",
     "He may march", "Boeing 1900", "room 1408", "over 1800 feet high", "ISO 1996-2",
     "version 1.1996", "45 km and 1200 m"],
)  # fmt: skip
def test_other_numbers_are_no_dates(text: str) -> None:
    assert [date for date in dates(text) if any(map(str.isdecimal, date))] == []


@given(st.text(alphabet=st.sampled_from(list("0123456789 -–/.,'scenturyMayBCADthofand"))) | st.text())
def test_dates_are_in_order_and_do_not_overlap(text: str) -> None:
    found = find_dates(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(left.end <= right.start for left, right in pairwise(found))

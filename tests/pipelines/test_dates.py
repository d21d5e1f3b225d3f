import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dates import DATE, find_dates

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def dates(text: str) -> list[str]:
    assert all(span.label == DATE for span in find_dates(text))
    return [text[span.start : span.end] for span in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("On Monday, July 4, 1999, and Sept. 3", ["Monday, July 4, 1999", "Sept. 3"]),
        ("dated 2004-03-05, 3/4/1998 and 12/25/2010", ["2004-03-05", "3/4/1998", "12/25/2010"]),
        ("In January 1986 and in December", ["January 1986", "December"]),
        ("the 5th of November; the Fourth of July", ["5th of November", "Fourth of July"]),
        ("Fri, 5 May 2017 10:30; 5-May-2010", ["Fri, 5 May 2017", "5-May-2010"]),
        ("summer of 1969, the first quarter of 2015", ["summer of 1969", "first quarter of 2015"]),
        ("winter 1990–91, the spring of 931 BC", ["winter 1990–91", "spring of 931 BC"]),
        ("in Q3; third-quarter earnings; FY2015", ["Q3", "third-quarter", "FY2015"]),
        ("in 1980's, the 1980's, the sixties, the '90s", ["1980", "1980's", "sixties", "'90s"]),
        ("late-1970s shops, the mid-to-late 1980s", ["late-1970s", "mid-to-late 1980s"]),
        ("third millennium BC; the 19th-century church", ["third millennium BC", "19th-century"]),
        ("c. 300 BC, AD 79, 10,000 BC and 5000 BP", ["c. 300 BC", "AD 79", "10,000 BC", "5000 BP"]),
        ("c. 850, ca. 1500, circa 1795", ["c. 850", "ca. 1500", "circa 1795"]),
        ("In 476 the empire fell; he died in 211.", ["476", "211"]),
        ("Since Tuesday it rained on Sundays", ["Tuesday", "Sundays"]),
        ("He came on Monday morning, at 5 pm", ["Monday morning"]),
        ("the third Thursday in March", ["third Thursday in March"]),
        ("by 2100; summer of '69; class of '99", ["2100", "summer of '69", "'99"]),
        ("post-1945 and pre-1914; FY2006–07", ["1945", "1914", "FY2006–07"]),
        ("c. 387-367, in February 2010–11", ["c. 387-367", "February 2010–11"]),
        ("in Q2'21, Q3 ’19 and Q4 FY'20", ["Q2'21", "Q3 ’19", "Q4 FY'20"]),
        ("the war (1914 – 18); 1914 - 18.", ["1914 – 18", "1914 - 18"]),
        ("in the 1990 — 91 season", ["1990 — 91"]),
        ("1914 – 18 June 1915", ["1914", "18 June 1915"]),
        ("1914 – 18, 19 and 20 May", ["1914", "18, 19 and 20 May"]),
        ("In 1990 – 12 people fell. In 1990 – 12.", ["1990", "1990"]),
        ("the class of 1999; It was 1999", ["1999", "1999"]),
        ("the number of 1999; the year was 1999", ["1999", "1999"]),
        ("on\u00a05\u00a0May\u00a01990", ["5\u00a0May\u00a01990"]),
    ],
)
def test_dates_are_found_in_the_usual_forms(text: str, found: list[str]) -> None:
    assert dates(text) == found


@pytest.mark.parametrize(
    "one",
    ["5–7 May 1990", "9 to 12 March", "12, 13 and 15 March 1862", "March 12 and 13, 1862", "May and June 2010",
     "May–June 2010", "May/June", "May, June and July 2010", "23 June – 4 July 1999", "18 June to 9 July 1972",
     "17th and 18th centuries", "15th to the 18th century", "late 18th and early 19th century",
     "20th- and 21st-century", "early to mid-1990s", "1861–65", "1990-91", "1914–8", "1990/91", "384–322 BC",
     "300 to 200 BC", "100 BC–AD 100",
     "1960s and 70s", "1939–1945", "1990s–2000s", "1981–present", "Monday–Friday", "AD 1450 to 1467", "Q3 and Q4 2015",
     "7,000–4,000 BCE", "late May and early June 2010", "early summer of 2012", "second half of the 19th century"],
)  # fmt: skip
def test_an_expression_whose_parts_need_each_other_is_one_date(one: str) -> None:
    assert dates(f"from {one}, they say") == [one]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("born 14 March 1879 – 18 April 1955", ["14 March 1879", "18 April 1955"]),
        ("from 1939 to 1945; between 1914 and 1918", ["1939", "1945", "1914", "1918"]),
        ("the 1960s and 1970s, the early 1990s", ["1960s", "1970s", "early 1990s"]),
        ("on Monday and Friday; from March to May", ["Monday", "Friday", "March", "May"]),
        ("from May 2009 to June 2010", ["May 2009", "June 2010"]),
        ("(July 2000-February 2001)", ["July 2000", "February 2001"]),
        ("from 11,640 BP to 11,800 BP", ["11,640 BP", "11,800 BP"]),
    ],
)
def test_expressions_that_stand_by_themselves_are_several(text: str, found: list[str]) -> None:
    assert dates(text) == found


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("the 1996 film", "1996"),
        ("(Smith 1997)", "1997"),
        ("Mendeleev's 1871 table", "1871"),
        ("the London 2012 Olympics", "2012"),
        ("the Scotch Act 1990.", "1990"),
        ("In 1884 dollars", "1884"),
        ("the 2016 games", "2016"),
        ("a paper at ACL 2023.", "2023"),
        ("It goes back to 1225 and more", "1225"),
        ("A weir from 1950 feeds it", "1950"),
        ("By 1941 more people", "1941"),
    ],
)
def test_a_year_is_told_by_the_words_around_it(text: str, year: str) -> None:
    assert dates(text) == [year]


@pytest.mark.parametrize(
    "text",
    ["1500 people came", "see page 1923", "Windows 2000 was sold", "it cost $1999", "1,999 men", "March 15,000",
     "He may march", "Boeing 1900", "room 1408", "over 1800 feet high", "ISO 1996-2", "version 1.1996",
     "45 km and 1200 m", "see /2018/06/7-480-seats", "http://news.example/2018/06/seats-1999", "a file 1999-05-06.jpg",
     "Theresa May said", "Ash Wednesday", "the Sunday Times", "the October Revolution", "the novel \"1984\"", "SN 1604",
     "on the 12th", "in his sixties", "scored his first century", "20th Century Fox", "in summer", "two years ago",
     "three years", "aged 20", "at 17:30", "from 100 to 200 men", "up to 1024 bits", "a Model 1887 rifle",
     "J2000", "1600 years earlier", "contains 1200 rooms", "an army of 2000 knights", "9/11", "in 300 villages",
     "He drove a Fiat 1500.", "the iPhone 2019", "The film Class 1999 was shown", "the total was 2015.",
     "a population of 1900 in all", "the price is 1999",
     "a quarter of them", "May be he may", "a November-class submarine"],
)  # fmt: skip
def test_other_numbers_and_names_are_no_dates(text: str) -> None:
    assert dates(text) == []


def written(day: datetime.date) -> list[str]:
    """The same day in the usual English orders."""
    month, weekday = MONTHS[day.month - 1], WEEKDAYS[day.weekday()]
    return [
        f"{day.day} {month} {day.year}",
        f"{weekday}, {day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{weekday}, {month} {day.day}, {day.year}",
        f"{day.day} {month}",
        f"{month} {day.day}",
        f"{month} {day.year}",
        f"{month[:3]}. {day.day}, {day.year}" if len(month) > 4 else f"{month} {day.day}, {day.year}",
        day.isoformat(),
        f"{day.day:02}/{day.month:02}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.year // 10 * 10}s",
        f"early {day.year}",
    ]


@given(st.dates(datetime.date(1500, 1, 1), datetime.date(2029, 12, 31)))
def test_any_day_is_found_in_every_order_and_with_its_exact_ends(day: datetime.date) -> None:
    for one in written(day):
        assert dates(f"It was on {one}, as is known.") == [one]
        assert dates(f"({one})") == [one]
        assert dates(one) == [one]


PIECES = st.sampled_from(
    [*"0123456789 –-/.'sé日👍", ", ", "c. ", " of ", " to ", " and ", "th", "early ", "mid-", "the ", "May", "Sept.",
     "Sunday", "1999", "BC", "AD ", "century", "summer", "Q3", "first", "sixties", "\u00a0"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=40).map("".join) | st.text())
def test_dates_lie_inside_the_text_in_order_and_do_not_overlap(text: str) -> None:
    found = find_dates(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(text[span.start : span.end] == text[span.start : span.end].strip() for span in found)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_sentences_that_follow_change_nothing(text: str) -> None:
    before = find_dates(f"{text}.\n")
    assert find_dates(f"{text}.\nNobody knows why. Then came the king. 1999")[: len(before)] == before


HOSTILE = ("1", "1999", "1999-", "1, ", "1 May ", "May ", "May–", "1st, ", "first, the ", "Monday ", "mid-",
           "early to ", "1990s/", "c. ", "AD ", "300 BC–", "/1999", "1.", "'9", "Q3 and ", "May and ", "1 to ",
           "summer or ", " ", "late-late-")  # fmt: skip


def seconds(text: str) -> float:
    started = time.process_time()
    find_dates(text)
    return time.process_time() - started


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    # A second at most; a rule that looks at all the rest from every place would need minutes.
    assert seconds(piece * (200_000 // len(piece)) + " 1999") < 8

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipelines.tagging.spans import merged
from realm.schema import Span

TEXT = 'In May 2004 the 2004 Summer Olympics, On 9/11 and "Apollo 11" in July 1969 again'


def at(part: str, label: str) -> Span:
    return Span(TEXT.index(part), TEXT.index(part) + len(part), label)


def shown(spans: list[Span]) -> list[tuple[str, str]]:
    return [(TEXT[span.start : span.end], span.label) for span in spans]


def test_a_date_at_the_end_of_a_name_is_taken_from_it() -> None:
    year = Span(TEXT.index("2004 Summer"), TEXT.index("2004 Summer") + 4, "DATE")
    assert shown(merged(TEXT, [at("2004 Summer Olympics", "MISC")], [year])) == [
        ("2004", "DATE"),
        ("Summer Olympics", "MISC"),
    ]


def test_a_date_inside_of_a_name_is_part_of_it_and_a_name_that_is_a_date_is_none() -> None:
    inner = Span(TEXT.index("9/11"), TEXT.index("9/11") + 4, "DATE")
    assert shown(merged(TEXT, [at("On 9/11 and", "X")], [inner])) == [("On 9/11 and", "X")]
    assert shown(merged(TEXT, [at("May 2004", "X")], [at("May 2004", "DATE")])) == [("May 2004", "DATE")]


def test_quotes_before_a_name_are_no_part_of_it() -> None:
    assert shown(merged(TEXT, [at('"Apollo 11', "X")], [])) == [("Apollo 11", "X")]


@st.composite
def ranges(draw: st.DrawFn, label: str) -> list[Span]:
    cuts = sorted(draw(st.lists(st.integers(0, len(TEXT)), max_size=8, unique=True)))
    return [Span(a, b, label) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]


@given(ranges("NAME"), ranges("DATE"))
def test_names_and_dates_never_overlap_and_no_name_grows(names: list[Span], dates: list[Span]) -> None:
    found = merged(TEXT, names, dates)
    assert all(left.end <= right.start for left, right in pairwise(found))
    assert all(
        any(name.start <= one.start < one.end <= name.end for name in (dates if one.label == "DATE" else names))
        for one in found
    )

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from pipelines.sentences import split_sentences
from pipelines.tagging.case_statistics import CaseStatistics, Elsewhere, collect
from pipelines.tagging.rules import RuleTagger

CORPUS = [
    "The river ran. A river is long, and every river has fish. Remarkable fish swim. It was remarkable and remarkable.",
    "We saw Paris. They like Paris, and the Nile. In Paris the river is near.",
]


def tag(tagger: RuleTagger, text: str) -> list[tuple[str, str]]:
    return [(text[span.start : span.end], span.label) for span in tagger.spans(text, split_sentences(text))]


def test_names_are_runs_of_capitals_and_dates_win() -> None:
    text = "On 4 July 1776 Thomas Jefferson of Virginia met the King of France. In March he left the United States."
    assert tag(RuleTagger(None), text) == [
        ("4 July 1776", "DATE"),
        ("Thomas Jefferson of Virginia", "ENTITY"),
        ("France", "ENTITY"),
        ("March", "DATE"),
        ("United States", "ENTITY"),
    ]


def test_statistics_tell_common_words_from_names_at_the_beginning_of_a_sentence() -> None:
    tagger = RuleTagger(collect(CORPUS))
    assert tag(tagger, "Remarkable things happen. Paris is large. River Nile is long. They saw the River.") == [
        ("Paris", "ENTITY"),
        ("Nile", "ENTITY"),
    ]


def test_a_possessive_is_no_part_of_a_name() -> None:
    assert tag(RuleTagger(None), "We read J. R. R. Tolkien's book and World War II stories in New York.") == [
        ("J. R. R. Tolkien", "ENTITY"),
        ("World War II", "ENTITY"),
        ("New York", "ENTITY"),
    ]


def test_statistics_merge_as_if_gathered_at_once() -> None:
    together, apart = collect(CORPUS), collect(CORPUS[:1]).merged(collect(CORPUS[1:]))
    assert together.fingerprint == apart.fingerprint
    assert set(together.kept(3).capital) == {"paris"}


def test_saved_statistics_are_the_same_and_their_bytes_are_too(tmp_path: Path) -> None:
    for name, texts in (("a", CORPUS), ("b", CORPUS[::-1])):
        (tmp_path / name).mkdir()
        collect(texts).save(tmp_path / name)
    file = "case_statistics.json"
    assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
    assert CaseStatistics.load(tmp_path / "a") == collect(CORPUS)


def test_an_article_sees_the_statistics_of_the_others() -> None:
    everywhere, here = collect(CORPUS), collect(CORPUS[1:])
    elsewhere = Elsewhere(everywhere, here, 1)
    assert [elsewhere.count(word) for word in ("river", "paris", "unheard")] == [3, 0, 0]
    assert elsewhere.lower_share("paris") is None
    assert Elsewhere(everywhere, here, 4).lower_share("river") is None


@given(st.text(alphabet=st.sampled_from(list("aBc .,!?\n1990'-ofthe\"")), max_size=80) | st.text())
def test_spans_lie_inside_one_sentence_and_never_overlap(text: str) -> None:
    sentences = split_sentences(text)
    spans = RuleTagger(None).spans(text, sentences)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    assert all(any(s.start <= span.start < span.end <= s.end for s in sentences) for span in spans)

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.sentences import split_sentences


def split(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["J. K. Rowling met Dr. Smith of St. Louis.", "He came at 5 p.m. on Monday."],
        ["It cost 3.5 million U.S. dollars.", "The price fell."],
        ["She lived in the U.S.", "The house was small."],
        ['"Really?" he asked.', '"Yes!"', "They left (for good).", "It rained."],
        ["See No. 5 and vol. 3, p. 7.", "Then go on."],
        ["He served under Gen. Lee.", "Was it long?", "No!", "It ended..."],
        ["ノートです。", "これは「本」です。", "次"],
        ["Robert Smith Jr. was there.", "In 1990, Apple Inc. grew."],
        ["Wait ... what is it?", "Nothing."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(sentences: list[str]) -> None:
    assert split(" ".join(sentences)) == sentences


def test_no_sentence_crosses_a_newline() -> None:
    assert split("A heading\nA sentence without a stop\n\n  Another. One more.  ") == [
        "A heading", "A sentence without a stop", "Another.", "One more.",
    ]  # fmt: skip


@given(st.text(alphabet=st.sampled_from(list("ab A.!?\"' \n。J1,)("))) | st.text())
def test_ranges_are_trimmed_in_order_and_lose_nothing_visible(text: str) -> None:
    sentences = split_sentences(text)
    assert all(left.end <= right.start for left, right in pairwise(sentences))
    pieces = [text[sentence.start : sentence.end] for sentence in sentences]
    assert all(piece and piece == piece.strip() and "\n" not in piece for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


def test_time_is_linear() -> None:
    for piece in (".", "a.", '."', "A. ", "...", ". \n"):
        assert split_sentences(piece * 100_000) is not None

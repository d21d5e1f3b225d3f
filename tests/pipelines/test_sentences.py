import time
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
        ["He ranked them 1. Lincoln; 2. Washington; 3. Roosevelt.", "It was July."],
        ["They chose: 1. Wood, 2. Stone.", "Neither held."],
        ["She came second in Group 1.", "Her brother won."],
        ["Agassi was ranked No. 1.", "He kept it."],
        ["It has Models 30, 40 and 50.", "The first is old."],
        ["It lasted five months. .", "In 1990 it ended. …", "They laughed. ()"],
        ['The "Oh My Goddess! " characters came back.', "They sang."],
        ["They faced the sun.", "It was noon on Sat. 5 May."],
        ["Genes are many: this is one gen.", "That is art.", "We sing.", "See Fig. A."],
        ["He met Brig. Gen. Lloyd Tilghman and Lt. Col. Simón de Herrera.", "They left."],
        ["Margaret Holt (b. 1901) and Đỗ Mười (s. 1917) met.", "They talked."],
        ['He listed the "100 Years... 100 Heroes" of film.', "She laughed...", "Nobody else did."],
        ["It was built c. 387 BC.", "The rest is lost."],
        ["“Where?” she asked.", "“Here!”", "[He pointed.]", "(It was dark.)", "‘Good.’"],
        ["Đây là Châu Á.", "Các nước ở đây đông dân.", "Ông sinh tại TP. Huế năm 1901."],
        ["Gạo, ngô, khoai v.v.", "Những cây này cần nước."],
        ["It grew by 3.5 percent.", "28.1% were young.", ".5 mm is thin."],
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


@pytest.mark.parametrize(
    "piece", [".", "a.", '."', "A. ", "...", ". \n", ".    ", "1. ", "。", "…) ", "।", "(b. 1", "\u00a0."]
)
def test_time_is_linear(piece: str) -> None:
    begin = time.process_time()
    split_sentences(piece * 100_000)
    assert time.process_time() - begin < 5  # a quadratic rule takes minutes

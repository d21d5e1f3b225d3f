import pytest

from train.questions import Question
from train.scoring import SearchableText, exact_match, is_correct, normalize, regex_match


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The  Beatles!", "beatles"),
        ("A man, a plan; an apple", "man plan apple"),
        ("U.S.", "us"),
        ("Beyoncé", "beyonce\u0301"),
        ("anthem", "anthem"),
        ("the", ""),
    ],
)
def test_answers_are_normalised_as_the_official_evaluation_does(text: str, expected: str) -> None:
    assert normalize(text) == expected


def test_exact_match_ignores_case_articles_and_punctuation_but_not_words() -> None:
    assert exact_match("the Eiffel Tower.", ["Eiffel tower"])
    assert not exact_match("Eiffel", ["Eiffel tower"])
    assert not exact_match("", ["the"])


def test_a_composed_and_a_decomposed_accent_are_the_same_answer() -> None:
    assert exact_match("Beyonc\u00e9", ["Beyonce\u0301"])
    assert SearchableText("sung by Beyonce\u0301 alone").has_answer(["Beyonc\u00e9"])


def test_patterns_match_at_the_start_ignoring_case_and_an_invalid_one_is_wrong() -> None:
    assert regex_match("september 12", ["Sept?(ember)?"])
    assert not regex_match("in September", ["Sept?(ember)?"])
    assert not regex_match("anything", ["*("])
    assert is_correct("Long Island, NY", Question("1", "?", ("Long Island|Roosevelt",), pattern=True))


def test_recall_counts_whole_words_only() -> None:
    text = SearchableText("In 1984 Lincoln's car crossed the Golden Gate Bridge.")
    assert not text.has_answer(["8"])
    assert text.has_answer(["LINCOLN"])
    assert text.has_answer(["nothing", "golden gate bridge"])
    assert not text.has_answer(["Golden Gate B"])
    assert not text.has_answer(["the"])
    assert text.has_answer([r"gold\w+ gate"], pattern=True)

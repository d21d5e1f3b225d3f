"""The measures of how hard the sample is, on texts small enough to count by hand."""

import pytest

from pipelines.sample.difficulty import Difficulty, cut_passages, holds, measure, require_hard
from pipelines.sample.questions import Question
from realm.errors import UserError

PROSE = {
    "Ann Ore": "Ann Ore was born in Velm in 1871. She wrote of ferries.",
    "Velm": "Velm is a city. Ann Ore comes from here.",
    "Bo Ray": "Bo Ray paints boats.",
    "Sel": "The Sel is a river.",
    "Orm": "Orm is a hill with a mill on it.",
}


def asked(question: str, answer: str, relation: str, page: str = "Ann Ore") -> Question:
    return Question(question, (answer,), relation, f"person-1/{relation}", (page, "Velm"), subject=page)


BORN = asked("Where was Ann Ore born?", "Velm", "birth_place")
WHEN = asked("When was Ann Ore born?", "1871", "birth_year")


def test_passages_are_whole_sentences_in_order_and_not_longer_than_a_block() -> None:
    sentence = "The quay was repaired in the spring of that year by nine masons and a dog. "
    passages = cut_passages({"Quay": sentence * 40})
    assert len(passages) > 2
    assert " ".join(one.text for one in passages) == (sentence * 40).strip()
    assert all(one.text.endswith("dog.") and len(one.text.split()) < 200 for one in passages)


def test_an_answer_is_held_as_whole_words_only() -> None:
    assert holds("It has 12,400 people.", ("12,400",))
    assert not holds("It has 112,400 people.", ("12,400",))
    assert not holds("Velmora is a city.", ("Velm",))


def test_the_blind_reader_has_one_guess_for_each_passage() -> None:
    passages = cut_passages(PROSE)
    assert measure(passages, [BORN], [BORN]).blind_reader_ceiling == 1
    assert measure(passages, [BORN, WHEN], [BORN]).blind_reader_ceiling == 0.5
    assert measure(passages, [BORN, BORN, WHEN], [BORN]).blind_reader_ceiling == pytest.approx(2 / 3, abs=1e-4)


def test_the_guesser_knows_the_commonest_training_answer_of_each_relation() -> None:
    passages = cut_passages(PROSE)
    assert measure(passages, [BORN, WHEN], [BORN, BORN]).commonest_answer == 0.5
    assert measure(passages, [WHEN], [BORN]).commonest_answer == 0


def test_bm25_is_right_where_its_first_passage_holds_the_answer() -> None:
    passages = cut_passages(PROSE)
    wrong = asked("What does Bo Ray paint?", "1871", "birth_year", "Bo Ray")
    found = measure(passages, [BORN, wrong], [BORN])
    assert found.bm25_recall_at_1 == 0.5


def test_a_world_that_is_too_easy_is_refused_by_the_name_of_the_shortcut() -> None:
    hard = {"bm25_recall_at_1": 0.6, "bm25_recall_at_5": 1.0, "blind_reader_ceiling": 0.3, "commonest_answer": 0.0}
    require_hard(Difficulty(**hard))
    for name, value in (("bm25_recall_at_1", 0.75), ("blind_reader_ceiling", 0.35), ("commonest_answer", 0.1)):
        with pytest.raises(UserError, match=name):
            require_hard(Difficulty(**(hard | {name: value})))

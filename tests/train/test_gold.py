from pathlib import Path

import numpy as np
import pytest

from realm.tokenizer import Tokenizer, import_tokenizer
from train.gold import GoldFinder

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "war", "##saw", "is", "in", "poland", "the", ".", "old", "town"]
BODIES = ["Warsaw is in Poland.", "The war is in the old town.", "old town", "Old Town. Old Town war"]


@pytest.fixture
def tokenizer(tmp_path: Path) -> Tokenizer:
    vocabulary = tmp_path / "vocab.txt"
    fillers = [f"filler{i}" for i in range(100)]
    vocabulary.write_text("".join(f"{word}\n" for word in [*WORDS, *fillers]), encoding="utf-8")
    import_tokenizer(str(vocabulary), tmp_path / "tokenizer", lowercase=True)
    return Tokenizer.load(tmp_path / "tokenizer")


def finder(tokenizer: Tokenizer, answers: list[list[str]], *, beam: int) -> GoldFinder:
    bodies = [np.array(tokenizer.encode(body).ids, dtype=np.uint16) for body in BODIES]
    return GoldFinder(answers, bodies.__getitem__, blocks=len(bodies), beam=beam, tokenizer=tokenizer)


def test_an_answer_is_found_as_whole_words_wherever_it_stands(tokenizer: Tokenizer) -> None:
    gold = finder(tokenizer, [["old town"], ["WAR"], ["Warsaw", "Poland"]], beam=9)
    rows = np.arange(4)
    assert gold.find(0, rows).within(3) == [(0, 2), (3, 2)]
    assert gold.find(1, rows).labels(rows).tolist() == [False, True, False, True]
    assert gold.find(2, rows).within(0) == [(0, 2), (4, 1)]


def test_an_answer_never_runs_from_one_block_into_the_next(tokenizer: Tokenizer) -> None:
    gold = finder(tokenizer, [["town old town"], [". the"]], beam=9)
    assert not gold.find(0, np.arange(4)).labels(np.arange(4)).any()
    assert not gold.find(1, np.arange(4)).labels(np.arange(4)).any()


def test_a_beam_smaller_than_the_index_gives_the_same_spans_for_its_rows(tokenizer: Tokenizer) -> None:
    answers = [["old town", "war"], ["nowhere town"], []]
    whole, part = finder(tokenizer, answers, beam=4), finder(tokenizer, answers, beam=2)
    rows = np.array([3, 1])
    for question in range(3):
        mine, theirs = part.find(question, rows), whole.find(question, rows)
        assert [mine.within(row) for row in rows] == [theirs.within(row) for row in rows]
        assert mine.labels(rows).tolist() == theirs.labels(rows).tolist()

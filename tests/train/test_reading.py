import numpy as np
import torch

from realm.model import ExtractiveReader
from tests.tiny import SPECIALS, tiny_config
from train.gold import GoldSpans
from train.open_qa import QuestionOrder, span_targets
from train.reading import ReadingSettings, choose_spans, reader_batch

READING = ReadingSettings(question_length=8, joint_length=16, reader_beam=2)
PAIRS = [((5, 6), np.arange(10, 14)), ((7,), np.arange(20, 40)), ((8, 9, 5), np.arange(30, 33))]


def tiny_reader() -> ExtractiveReader:
    torch.manual_seed(0)
    return ExtractiveReader(tiny_config()).eval()


def test_the_body_mask_covers_the_body_that_fits_and_nothing_else() -> None:
    batch = reader_batch(PAIRS, SPECIALS, READING)
    for row, (question, body) in enumerate(PAIRS):
        ids = batch.inputs["input_ids"][row][batch.inputs["body_mask"][row]].tolist()
        assert ids == body[: 16 - len(question) - 3].tolist()
    assert batch.heads == (4, 3, 5)


def test_the_best_span_and_the_total_are_those_of_reading_each_pair_alone() -> None:
    reader = tiny_reader()
    together = choose_spans(reader, PAIRS, SPECIALS, READING)
    for pair, found in zip(PAIRS, together, strict=True):
        batch = reader_batch([pair], SPECIALS, READING)
        with torch.inference_mode():
            scores = reader(**batch.inputs)[0]
        start, width = found.start + batch.heads[0], found.width
        assert torch.isclose(scores[start, width - 1], scores.max(), atol=1e-5)
        assert np.isclose(found.log_total, float(scores.flatten().logsumexp(0)), atol=1e-5)
        assert found.start >= 0
        assert found.start + found.width <= len(pair[1])


def test_targets_mark_gold_spans_that_fit_the_width_and_the_body() -> None:
    batch = reader_batch(PAIRS[1:2], SPECIALS, READING)
    gold = GoldSpans(rows=np.array([7, 7, 7, 9]), starts=np.array([0, 2, 11, 1]), widths=np.array([1, 4, 2, 1]))
    shape = (1, batch.inputs["input_ids"].shape[1], 3)
    correct = span_targets(batch, [(gold, 7)], shape=shape)
    assert correct.nonzero().tolist() == [[0, 3, 0]]  # 4 wordpieces are too wide, 11..13 lie behind the cut at 12


def test_every_question_comes_once_an_epoch_whatever_the_number_of_ranks() -> None:
    alone = QuestionOrder(10, per_rank=4, seed=1)
    shared = QuestionOrder(10, per_rank=2, seed=1)
    one = [number for step in range(5) for number in alone.batch(step, rank=0, ranks=1)]
    two = [number for step in range(5) for rank in range(2) for number in shared.batch(step, rank=rank, ranks=2)]
    assert one == two
    assert sorted(one[:10]) == sorted(one[10:]) == list(range(10))
    assert one[:10] != one[10:]

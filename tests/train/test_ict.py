import numpy as np

from tests.tiny import SPECIALS
from tests.train.test_masking import example
from train.cloze import ClozePair, ClozeRules, cloze_pair


def pair(sentences: list[list[int]], *, removal: float, seed: int = 0, length: int = 288) -> ClozePair | None:
    return cloze_pair(
        example(size=12, sentences=sentences, spans=[]),
        np.random.default_rng(seed),
        ClozeRules(SPECIALS, query_length=64, block_length=length, removal_probability=removal),
    )


def test_the_querys_sentence_is_taken_out_of_its_block() -> None:
    found = pair([[0, 4], [4, 12]], removal=1.0)
    assert found is not None
    query, body = set(found.query.ids[1:-1]), set(found.block.ids[3:-1])
    assert query in ({*range(100, 104)}, {*range(104, 112)})
    assert query | body == set(range(100, 112))
    assert not query & body


def test_a_one_sentence_block_is_dropped_when_removal_is_drawn_and_kept_otherwise() -> None:
    assert pair([[0, 12]], removal=1.0) is None
    kept = pair([[0, 12]], removal=0.0)
    assert kept is not None
    assert kept.block.ids[3:-1] == tuple(range(100, 112))


def test_of_a_block_that_is_too_long_a_window_is_seen_that_is_not_always_the_same() -> None:
    found = [pair([[0, 12]], removal=0.0, seed=seed, length=3 + 2 + 5) for seed in range(20)]
    windows = {one.block.ids[len(one.block) - 6 : -1] for one in found if one is not None}
    assert len(windows) > 3
    assert all(window == tuple(range(window[0], window[0] + 5)) for window in windows)


def test_removal_happens_in_about_nine_of_ten_cases() -> None:
    found = [pair([[0, 4], [4, 12]], removal=0.9, seed=seed) for seed in range(400)]
    share = sum(one.removed for one in found if one is not None) / 400
    assert 0.85 < share < 0.95

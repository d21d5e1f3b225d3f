import numpy as np
import pytest

from train.examples import Example
from train.masking import MAX_MASKS_IN_LOSS, MaskedQuery, mask_for_bert, mask_query

MASK = 4


def example(*, size: int = 30, sentences: list[list[int]], spans: list[list[int]]) -> Example:
    return Example(
        block_id=1,
        document=1,
        char_start=0,
        char_end=100,
        title_ids=np.array([9]),
        body_ids=np.arange(100, 100 + size),
        sentences=np.array(sentences).reshape(-1, 2),
        spans=np.array(spans).reshape(-1, 2),
    )


def drawn(one: Example, *, masking: str = "salient", max_query_length: int = 96, seed: int = 0) -> MaskedQuery | str:
    generator = np.random.default_rng(seed)
    return mask_query(one, generator, mask_id=MASK, max_query_length=max_query_length, masking=masking)  # type: ignore[arg-type]


def test_the_query_is_the_sentence_that_holds_the_span_with_every_wordpiece_of_it_masked() -> None:
    found = drawn(example(sentences=[[0, 10], [10, 20]], spans=[[12, 15]]))
    assert found == MaskedQuery(
        ids=(110, 111, MASK, MASK, MASK, 115, 116, 117, 118, 119),
        positions=(2, 3, 4),
        targets=(112, 113, 114),
        sentence=tuple(range(110, 120)),
    )


def test_exactly_one_span_is_masked_and_all_are_drawn_in_turn() -> None:
    one = example(sentences=[[0, 30]], spans=[[0, 2], [5, 6], [20, 24]])
    found = [drawn(one, seed=seed) for seed in range(60)]
    starts = {query.positions for query in found if isinstance(query, MaskedQuery)}
    assert starts == {(0, 1), (5,), (20, 21, 22, 23)}


def test_a_mask_is_never_cut_by_the_query_length() -> None:
    one = example(sentences=[[0, 30]], spans=[[6, 10]])
    assert drawn(one, max_query_length=11) == "mask beyond query length"
    kept = drawn(one, max_query_length=12)
    assert isinstance(kept, MaskedQuery)
    assert kept.ids.count(MASK) == 4
    assert len(kept.ids) == 10


def test_wordpieces_beyond_the_tenth_stay_masked_but_carry_no_loss() -> None:
    found = drawn(example(sentences=[[0, 30]], spans=[[3, 18]]))
    assert isinstance(found, MaskedQuery)
    assert found.ids.count(MASK) == 15
    assert len(found.positions) == len(found.targets) == MAX_MASKS_IN_LOSS


def test_a_block_without_spans_is_skipped_with_a_reason() -> None:
    assert drawn(example(sentences=[[0, 30]], spans=[])) == "no salient span"
    assert drawn(example(sentences=[[0, 5], [5, 30]], spans=[[3, 8]])) == "span across sentences"


@pytest.mark.parametrize("masking", ["random_span", "uniform"])
def test_the_ablations_mask_inside_one_sentence_and_keep_the_original(masking: str) -> None:
    one = example(sentences=[[0, 12], [12, 30]], spans=[[2, 5]])
    for seed in range(30):
        found = drawn(one, masking=masking, seed=seed)
        assert isinstance(found, MaskedQuery)
        rebuilt = list(found.ids)
        for position, target in zip(found.positions, found.targets, strict=True):
            assert rebuilt[position] == MASK
            rebuilt[position] = target
        assert tuple(rebuilt) == found.sentence


def test_bert_masks_15_percent_and_never_a_special_token() -> None:
    ids = np.arange(100, 300)
    maskable = np.ones(200, dtype=bool)
    maskable[:100] = False
    masked, positions = mask_for_bert(ids, np.random.default_rng(0), mask_id=MASK, vocab_size=500, maskable=maskable)
    assert len(positions) == 15
    assert positions.min() >= 100
    untouched = np.setdiff1d(np.arange(200), positions)
    np.testing.assert_array_equal(masked[untouched], ids[untouched])

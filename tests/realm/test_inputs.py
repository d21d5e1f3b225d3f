import pytest

from realm.inputs import TokenInput, block_input, joint_input, pad_batch, query_input
from tests.tiny import SPECIALS


def test_a_block_is_cls_title_sep_body_sep_with_the_body_in_segment_1() -> None:
    assert block_input([10, 11], [20, 21, 22], SPECIALS) == TokenInput(
        ids=(2, 10, 11, 3, 20, 21, 22, 3), segments=(0, 0, 0, 0, 1, 1, 1, 1)
    )


def test_the_null_document_is_cls_sep_sep() -> None:
    assert block_input([], [], SPECIALS) == TokenInput(ids=(2, 3, 3), segments=(0, 0, 1))


def test_a_query_is_cls_query_sep_in_segment_0() -> None:
    assert query_input([7, 8, 9], SPECIALS, max_length=4) == TokenInput(ids=(2, 7, 8, 3), segments=(0, 0, 0, 0))


def test_the_joint_input_cuts_the_body_and_never_the_query() -> None:
    assert joint_input([7, 8], [20, 21, 22], SPECIALS, max_length=7) == TokenInput(
        ids=(2, 7, 8, 3, 20, 21, 3), segments=(0, 0, 0, 0, 1, 1, 1)
    )
    with pytest.raises(ValueError, match="does not fit"):
        joint_input([7, 8, 9], [20], SPECIALS, max_length=5)


def test_a_block_never_exceeds_288_wordpieces() -> None:
    assert len(block_input(range(5, 25), range(25, 525), SPECIALS)) == 288
    assert len(block_input(range(5, 525), range(25, 525), SPECIALS)) == 288


def test_a_batch_is_filled_up_to_its_shape() -> None:
    batch = pad_batch([TokenInput((2, 7, 3), (0, 0, 1))], pad_id=0, length=5, rows=2)
    assert batch["input_ids"].tolist() == [[2, 7, 3, 0, 0], [2, 7, 3, 0, 0]]
    assert batch["attention_mask"].tolist() == [[1, 1, 1, 0, 0]] * 2
    assert batch["token_type_ids"].tolist() == [[0, 0, 1, 0, 0]] * 2
    with pytest.raises(ValueError, match="does not fit"):
        pad_batch([TokenInput((2, 7, 3), (0, 0, 1))], pad_id=0, length=2)

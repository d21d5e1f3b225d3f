import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from realm.embedding import OutOfRoomError, batch_shapes, embed_in_shapes, embed_inputs
from realm.inputs import TokenInput, block_input
from realm.model import Embedder
from realm.packing import pack_embedder
from tests.tiny import SPECIALS, tiny_embedder

SHAPES = {16: 6, 32: 3, 48: 2}


def new_embedder(kind: type[Embedder] = Embedder, pooling: str = "mean") -> Embedder:
    sizes = {"hidden_size": 64, "num_hidden_layers": 2, "intermediate_size": 128}
    return tiny_embedder(kind=kind, pooling=pooling, initializer_range=0.2, **sizes)


def inputs_of(*sizes: int) -> list[TokenInput]:
    generator = np.random.default_rng(0)
    return [block_input([7], generator.integers(5, 60, size=size - 4).tolist(), SPECIALS) for size in sizes]


@pytest.mark.parametrize("pooling", ["mean", "cls"])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("packed", [False, True])
def test_a_vector_has_the_same_bytes_alone_in_company_and_in_any_order(
    dtype: torch.dtype, pooling: str, packed: bool
) -> None:
    embedder = new_embedder(pooling=pooling).to(dtype)
    if packed:
        pack_embedder(embedder, rows=96)
    inputs = inputs_of(48, 47, 48, 5, 16, 16, 9, 33, 48, 32, 31, 16, 48)  # some fill their shape, others do not
    together = embed_in_shapes(embedder, inputs, pad_id=0, shapes=SHAPES)
    alone = [embed_in_shapes(embedder, [one], pad_id=0, shapes=SHAPES) for one in inputs]
    backwards = embed_in_shapes(embedder, inputs[::-1], pad_id=0, shapes=SHAPES)[::-1]
    assert np.concatenate(alone).tobytes() == together.tobytes()
    assert np.ascontiguousarray(backwards).tobytes() == together.tobytes()


@pytest.fixture
def threads() -> Iterator[None]:
    """A test that sets torch's threads."""
    before = torch.get_num_threads()
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("threads")
@pytest.mark.parametrize("activation", ["gelu", "silu"])  # the second cannot be packed
@pytest.mark.parametrize("pooling", ["mean", "cls", "first"])
def test_a_packed_embedder_gives_the_same_bytes_with_any_number_of_threads_and_rows(
    pooling: str, activation: str
) -> None:
    sizes = {"hidden_size": 128, "num_attention_heads": 4, "intermediate_size": 256, "projection_size": 128}
    embedder = tiny_embedder(pooling=pooling, hidden_act=activation, initializer_range=0.1, **sizes)
    pack_embedder(embedder, rows=288)
    inputs = inputs_of(*range(9, 32), *range(50, 62))
    shapes = {32: 9, 64: 5}
    found = set()
    for count in (1, 2, 3):
        torch.set_num_threads(count)
        found.add(embed_in_shapes(embedder, inputs, pad_id=0, shapes=shapes).tobytes())
        alone = [embed_in_shapes(embedder, [one], pad_id=0, shapes=shapes) for one in inputs]
        found.add(np.concatenate(alone).tobytes())
    assert len(found) == 1


def test_inputs_that_fill_the_longest_shape_share_no_batch_with_others_and_the_others_are_padded() -> None:
    seen: list[Tensor] = []

    class Watched(Embedder):
        def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
            seen.append(attention_mask)
            return super().forward(input_ids, attention_mask, token_type_ids)

    embed_in_shapes(new_embedder(Watched), inputs_of(15, 9, 16, 48, 40, 31, 32), pad_id=0, shapes=SHAPES)
    padded, filled = seen[:-1], seen[-1]
    assert [tuple(mask.shape) for mask in padded] == [(6, 16), (3, 32), (2, 48)]
    assert [mask.sum(dim=1).unique().tolist() for mask in padded] == [[9, 15], [16, 31], [32, 40]]
    assert tuple(filled.shape) == (2, 48)
    assert filled.all()


def test_bfloat16_is_near_float32() -> None:
    inputs = inputs_of(*range(5, 49))
    exact = embed_in_shapes(new_embedder(), inputs, pad_id=0, shapes=SHAPES)
    rounded = embed_in_shapes(new_embedder().bfloat16(), inputs, pad_id=0, shapes=SHAPES)
    cosines = (exact * rounded).sum(1) / np.linalg.norm(exact, axis=1) / np.linalg.norm(rounded, axis=1)
    assert cosines.min() > 0.9995
    assert not np.array_equal(exact, rounded)


def test_batches_of_all_lengths_have_about_as_many_wordpieces() -> None:
    assert batch_shapes((64, 128, 288), 4) == {64: 18, 128: 9, 288: 4}


class Cramped(Embedder):
    """Says what a GPU says when more than two rows come at once."""

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        if len(input_ids) > 2:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.\nGPU 0 has 1 GiB")
        return super().forward(input_ids, attention_mask, token_type_ids)


def test_a_gpu_without_memory_is_told_from_other_errors() -> None:
    embedder, inputs = new_embedder(Cramped), inputs_of(9, 8, 7)
    with pytest.raises(OutOfRoomError, match=r"^CUDA out of memory\. Tried to allocate 2\.00 GiB$"):
        embed_inputs(embedder, inputs, pad_id=0, lengths=(16,), batch_size=3)
    assert embed_inputs(embedder, inputs, pad_id=0, lengths=(16,), batch_size=2).shape == (3, 16)
    with pytest.raises(IndexError, match="out of range"):  # a wordpiece beyond the vocabulary
        embed_inputs(embedder, [block_input([7], [60], SPECIALS)], pad_id=0, lengths=(16,), batch_size=1)


def test_a_process_that_may_take_no_more_memory_embeds_in_smaller_batches(tmp_path: Path) -> None:
    new_embedder().save_pretrained(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.realm.little_memory", str(tmp_path)], capture_output=True, text=True, check=True
    )
    said = json.loads(done.stdout.splitlines()[-1])
    assert "can't allocate memory" in said["large"]
    assert said["small"] == [6, 16]

import numpy as np
import torch

from realm.inputs import block_input, pad_batch
from tests.tiny import SPECIALS, tiny_embedder
from train.batching import embed_by_length


def test_rows_come_back_in_the_order_they_were_given_with_gradients() -> None:
    embedder = tiny_embedder().eval()
    generator = np.random.default_rng(0)
    sizes = generator.integers(1, 60, size=40)
    inputs = [block_input([7], generator.integers(5, 60, size=size).tolist(), SPECIALS) for size in sizes]
    found = embed_by_length(embedder, inputs, pad_id=0)
    torch.testing.assert_close(found, embedder(**pad_batch(inputs, pad_id=0)), rtol=1e-4, atol=1e-5)
    found.sum().backward()  # type: ignore[no-untyped-call]
    assert embedder.projection.weight.grad is not None

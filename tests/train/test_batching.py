import numpy as np
import torch

from realm.inputs import block_input, pad_batch
from realm.model import Embedder, RealmConfig
from realm.tokenizer import SpecialIds
from train.batching import embed_by_length

SPECIALS = SpecialIds(pad=0, cls=2, sep=3, mask=4)


def test_rows_come_back_in_the_order_they_were_given_with_gradients() -> None:
    torch.manual_seed(0)
    embedder = Embedder(
        RealmConfig(
            vocab_size=60,
            hidden_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=64,
            projection_size=8,
            pooling="mean",
        )
    ).eval()
    generator = np.random.default_rng(0)
    sizes = generator.integers(1, 60, size=40)
    inputs = [block_input([7], generator.integers(5, 60, size=size).tolist(), SPECIALS) for size in sizes]
    found = embed_by_length(embedder, inputs, pad_id=0)
    torch.testing.assert_close(found, embedder(**pad_batch(inputs, pad_id=0)), rtol=1e-4, atol=1e-5)
    found.sum().backward()  # type: ignore[no-untyped-call]
    assert embedder.projection.weight.grad is not None

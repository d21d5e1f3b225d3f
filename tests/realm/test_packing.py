import pytest
import torch
from torch import Tensor, nn

from realm.model import Embedder
from realm.packing import PackedBert, attend, pack_embedder
from tests.tiny import tiny_embedder

SIZES = (48, 31, 9)


def new_embedder(dtype: torch.dtype, pooling: str = "mean", activation: str = "gelu") -> Embedder:
    sizes = {"hidden_size": 64, "num_hidden_layers": 3, "num_attention_heads": 4, "intermediate_size": 128}
    embedder = tiny_embedder(pooling=pooling, hidden_act=activation, initializer_range=0.2, **sizes).eval()
    for name, parameter in embedder.named_parameters():  # BERT starts without biases
        if name.endswith("bias"):
            nn.init.normal_(parameter, std=0.2)
    embedder.to(dtype)
    return embedder


def batch() -> dict[str, Tensor]:
    ids = torch.randint(5, 60, (len(SIZES), 48), generator=torch.Generator().manual_seed(1))
    mask = (torch.arange(48) < torch.tensor(SIZES).unsqueeze(1)).long()
    return {"input_ids": ids * mask, "attention_mask": mask, "token_type_ids": (torch.arange(48) > 7).long() * mask}


@torch.inference_mode()
def least_cosine(one: Tensor, other: Tensor) -> float:
    return float(nn.functional.cosine_similarity(one.double(), other.double(), dim=-1).min())


@pytest.mark.parametrize("pooling", ["mean", "cls", "first"])
@pytest.mark.parametrize(("dtype", "cosine"), [(torch.float32, 1 - 1e-6), (torch.bfloat16, 0.9995)])
def test_a_packed_bert_gives_what_transformers_gives_in_float32(
    dtype: torch.dtype, cosine: float, pooling: str
) -> None:
    embedder = new_embedder(dtype, pooling)
    pack_embedder(embedder, rows=len(SIZES) * 48)
    assert isinstance(embedder.bert, PackedBert)
    exact = new_embedder(dtype, pooling).float()  # of the weights as they are rounded
    with torch.inference_mode():
        assert least_cosine(embedder(**batch()), exact(**batch())) > cosine


def attention(projections: Tensor, *, size: int, heads: int) -> Tensor:
    """By torch, in float64; of the first `size` wordpieces of one row."""
    queries, keys, values = projections[0, :size].double().unflatten(-1, (3, heads, -1)).permute(1, 2, 0, 3)
    return nn.functional.scaled_dot_product_attention(queries, keys, values).transpose(0, 1).flatten(start_dim=1)


@pytest.mark.parametrize("values", [31, 3], ids=["powers overflow", "powers vanish"])
def test_attention_is_a_softmax_however_great_or_small_the_scores_of_a_head_are(values: int) -> None:
    length, size, heads, depth = 48, 40, 4, 16
    projections = torch.randn(1, length, 3, heads, depth, generator=torch.Generator().manual_seed(2))
    projections[:, :, :2, 1] = 0
    projections[:, :, 0, 1, 0] = 32  # scores are multiples of 8, which bfloat16 has no need to round
    projections[:, :, 1, 1, 0] = torch.arange(length) % values - 15.0
    projections = projections.flatten(start_dim=2).bfloat16()
    with torch.inference_mode():
        attended = attend(projections, [size], heads=heads, wanted=length)[0, :size]
    torch.testing.assert_close(attended.double(), attention(projections, size=size, heads=heads), atol=0.03, rtol=0.03)


def test_attention_of_the_first_wordpiece_is_the_first_of_all() -> None:
    projections = torch.randn(2, 48, 3 * 64, generator=torch.Generator().manual_seed(3))
    for dtype in (torch.float32, torch.bfloat16):
        with torch.inference_mode():
            first, every = (attend(projections.to(dtype), [48, 20], heads=4, wanted=wanted) for wanted in (1, 48))
        assert first.shape == (2, 1, 64)
        torch.testing.assert_close(first, every[:, :1], atol=0.02, rtol=0.02)


@pytest.mark.parametrize("activation", ["relu", "gelu_new"])
def test_other_activations_of_bert_checkpoints_are_packed_as_well(activation: str) -> None:
    embedder, exact = (new_embedder(torch.float32, activation=activation) for _ in range(2))
    pack_embedder(embedder, rows=len(SIZES) * 48)
    assert isinstance(embedder.bert, PackedBert)
    with torch.inference_mode():
        torch.testing.assert_close(embedder(**batch()), exact(**batch()), atol=2e-5, rtol=0)
        assert not torch.allclose(new_embedder(torch.float32)(**batch()), exact(**batch()), atol=2e-5, rtol=0)


def test_what_stands_behind_an_input_changes_none_of_its_bits() -> None:
    for dtype in (torch.float32, torch.bfloat16):
        embedder, other = new_embedder(dtype), batch()
        pack_embedder(embedder, rows=len(SIZES) * 48)
        other["input_ids"] = other["input_ids"] + 7 * (1 - other["attention_mask"])
        with torch.inference_mode():
            assert torch.equal(embedder(**batch()), embedder(**other))


@pytest.mark.parametrize("activation", ["gelu", "silu"])
def test_nothing_changes_where_onednn_is_absent_or_lacks_the_activation(
    monkeypatch: pytest.MonkeyPatch, activation: str
) -> None:
    if activation == "gelu":
        monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    embedder = new_embedder(torch.float32, activation=activation)
    before = embedder.bert
    pack_embedder(embedder, rows=12)
    assert embedder.bert is before

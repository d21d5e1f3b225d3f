import pytest
import torch
from torch import Tensor, nn

from realm.model import Embedder
from realm.packing import PackedBert, pack_bert
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
    pack_bert(embedder, rows=len(SIZES) * 48)
    assert isinstance(embedder.bert, PackedBert)
    exact = new_embedder(dtype, pooling).float()  # of the weights as they are rounded
    with torch.inference_mode():
        assert least_cosine(embedder(**batch()), exact(**batch())) > cosine


@pytest.mark.parametrize("activation", ["relu", "gelu_new"])
def test_other_activations_of_bert_checkpoints_are_packed_as_well(activation: str) -> None:
    embedder, exact = (new_embedder(torch.float32, activation=activation) for _ in range(2))
    pack_bert(embedder, rows=len(SIZES) * 48)
    assert isinstance(embedder.bert, PackedBert)
    with torch.inference_mode():
        torch.testing.assert_close(embedder(**batch()), exact(**batch()), atol=2e-5, rtol=0)
        assert not torch.allclose(new_embedder(torch.float32)(**batch()), exact(**batch()), atol=2e-5, rtol=0)


def test_what_stands_behind_an_input_changes_none_of_its_bits() -> None:
    for dtype in (torch.float32, torch.bfloat16):
        embedder, other = new_embedder(dtype), batch()
        pack_bert(embedder, rows=len(SIZES) * 48)
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
    pack_bert(embedder, rows=12)
    assert embedder.bert is before

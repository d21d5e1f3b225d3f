import pytest
import torch
from torch import nn

from realm.packing import PackedLinear, pack_linears


def layers() -> nn.Sequential:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(24, 40), nn.GELU(), nn.Sequential(nn.Linear(40, 24, bias=False))).eval()


@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float32, 1e-5), (torch.bfloat16, 2e-2)])
def test_packed_layers_give_what_the_layers_gave(dtype: torch.dtype, tolerance: float) -> None:
    plain, packed = layers().to(dtype), layers().to(dtype)
    pack_linears(packed, rows=12)
    hidden = torch.randn(3, 4, 24).to(dtype)
    with torch.inference_mode():
        torch.testing.assert_close(packed(hidden), plain(hidden), atol=tolerance, rtol=tolerance)
        torch.testing.assert_close(packed(hidden[:1]), plain(hidden[:1]), atol=tolerance, rtol=tolerance)


def test_all_linear_layers_are_packed_however_deep_they_lie() -> None:
    packed = layers()
    pack_linears(packed, rows=12)
    assert sum(isinstance(one, PackedLinear) for one in packed.modules()) == 2
    assert not any(isinstance(one, nn.Linear) for one in packed.modules())


def test_nothing_changes_where_torch_has_no_onednn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: False)
    plain = layers()
    pack_linears(plain, rows=12)
    assert sum(isinstance(one, nn.Linear) for one in plain.modules()) == 2

import pytest
import torch
from torch import nn

from realm.precision import autocast, likes_bfloat16, resolve_precision, torch_dtype

CPU = torch.device("cpu")


def has_instructions(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"avx2": True} | dict.fromkeys(names, True))


@pytest.mark.parametrize("name", ["amx_bf16", "avx512_bf16"])
def test_auto_is_bfloat16_on_a_cpu_with_instructions_for_it(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    has_instructions(monkeypatch, name)
    assert likes_bfloat16(CPU)
    assert resolve_precision("auto", CPU) == "bfloat16"


def test_auto_is_float32_on_a_cpu_without_them(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    has_instructions(monkeypatch)
    assert resolve_precision("auto", CPU) == "float32"
    assert not capsys.readouterr().out


def test_auto_is_float32_where_torch_cannot_ask_the_cpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(torch.cpu, "get_capabilities")
    assert resolve_precision("auto", CPU) == "float32"


def test_bfloat16_that_only_slows_down_is_granted_and_said_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    has_instructions(monkeypatch)
    assert resolve_precision("bfloat16", CPU) == "bfloat16"
    said = capsys.readouterr().out
    assert "bfloat16 is emulated on this cpu" in said
    assert said.count("\n") == 1


def test_what_is_asked_for_is_granted_without_a_word_where_the_device_likes_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    has_instructions(monkeypatch, "amx_bf16")
    assert resolve_precision("bfloat16", CPU) == "bfloat16"
    assert resolve_precision("float32", CPU) == "float32"
    assert not capsys.readouterr().out


def test_a_gpu_that_is_not_there_is_not_asked() -> None:
    if torch.cuda.is_available():
        pytest.skip("there is a GPU")
    assert resolve_precision("auto", torch.device("cuda")) == "float32"


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_autocast_computes_in_the_precision_and_leaves_weights_and_gradients_in_float32(precision: str) -> None:
    layer = nn.Linear(4, 3)
    with autocast(precision, CPU):  # type: ignore[arg-type]
        output = layer(torch.ones(2, 4))
    output.float().sum().backward()
    assert output.dtype == torch_dtype(precision)  # type: ignore[arg-type]
    assert layer.weight.dtype == torch.float32
    assert layer.weight.grad is not None
    assert layer.weight.grad.dtype == torch.float32

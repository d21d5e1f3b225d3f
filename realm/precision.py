"""In which precision a device computes: float32, or bfloat16 where it is faster and exact enough.

Measured on one core of a CPU with AVX512-BF16, matrices of BERT's shapes: bfloat16 is 2 to 2.5 times as fast as
float32; AMX gives more. A CPU without either emulates it and only loses.
"""

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:  # configurations name a precision, and need not wait for torch
    import torch

Precision = Literal["float32", "bfloat16", "auto"]
ResolvedPrecision = Literal["float32", "bfloat16"]

_CPU_INSTRUCTIONS: Final = ("amx_bf16", "avx512_bf16")  # as `torch.cpu.get_capabilities` calls them


def likes_bfloat16(device: "torch.device") -> bool:
    """Whether the device has instructions of its own for bfloat16 matrices.

    Nothing is supposed of a CPU that an older torch cannot ask, nor of other architectures than x86-64, where nothing
    has been measured.
    """
    import torch

    if device.type == "cuda":
        return torch.cuda.is_available() and bool(torch.cuda.is_bf16_supported(including_emulation=False))
    if device.type != "cpu" or not hasattr(torch.cpu, "get_capabilities"):
        return False
    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(name, False) for name in _CPU_INSTRUCTIONS)


def resolve_precision(asked: Precision, device: "torch.device") -> ResolvedPrecision:
    """What `asked` comes to on `device`: `auto` is bfloat16 where the device likes it, else float32.

    bfloat16 that only slows down is granted, and said in one line.
    """
    liked = likes_bfloat16(device)
    if asked == "auto":
        return "bfloat16" if liked else "float32"
    if asked == "bfloat16" and not liked:
        print(f"precision: bfloat16 is emulated on this {device.type} and slower than float32; `auto` avoids that")
    return asked


def torch_dtype(precision: ResolvedPrecision) -> "torch.dtype":
    """The torch type of that name."""
    import torch

    return torch.bfloat16 if precision == "bfloat16" else torch.float32


def autocast(precision: ResolvedPrecision, device: "torch.device") -> AbstractContextManager[None]:
    """For training: weights and gradients stay float32, the matrix products inside are computed in `precision`."""
    import torch

    context: AbstractContextManager[None] = torch.autocast(
        device.type, dtype=torch.bfloat16, enabled=precision == "bfloat16"
    )
    return context

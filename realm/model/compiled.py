"""`torch.compile` for the BERTs inside of models, where a person asks for it.

It is off by default: on a CPU, compiling took a minute for inference and another for training, and gave 1.5 and 1.2
times the speed (2 layers of 64); results differ in the last bits. It is meant for GPUs and for runs of hours.
"""

import os
import shutil
from typing import Final

import torch
from torch import nn
from transformers import BertModel

from realm.errors import UserError

_COMPILERS: Final = {
    "cpu": ("g++", "clang++"),
    "cuda": ("gcc", "cc", "clang"),
}  # for C++ kernels, and Triton's launchers


def compile_bert(*modules: nn.Module, wanted: bool) -> None:
    """Has every BERT in `modules` compiled when it is first used, in place; weights keep their names.

    Lengths differ from batch to batch, so kernels are made for any shape.

    Args:
        modules: on their device already.
        wanted: where false, nothing happens.

    Raises:
        UserError: there is no compiler.
    """
    if not wanted:
        return
    kind = "cuda" if torch.cuda.is_available() else "cpu"
    names = (*filter(None, (os.environ.get("CXX" if kind == "cpu" else "CC"),)), *_COMPILERS[kind])
    if not any(shutil.which(name) for name in names):
        raise UserError(
            f"cluster.compile is true in params.yaml, but torch.compile needs one of {', '.join(names)}, and none is "
            "installed. Install one, or set cluster.compile to false."
        )
    seen: set[int] = set()
    for module in modules:
        for one in module.modules():
            if isinstance(one, BertModel) and id(one) not in seen:
                seen.add(id(one))
                one.compile(dynamic=True)

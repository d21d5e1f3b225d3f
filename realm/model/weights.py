"""What is wrong with a checkpoint's settings or weights, before or after they are loaded."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Final

import torch
from huggingface_hub.errors import StrictDataclassError
from safetensors import SafetensorError
from torch import Tensor
from transformers.activations import ACT2FN

from realm.checkpoint import read_settings
from realm.errors import UserError, first_line

LOAD_ERRORS: Final = (OSError, ValueError, SafetensorError, StrictDataclassError)
# Damage to a pickle shows as whatever the damaged instruction does, and torch hands that on as it is.
PICKLE_ERRORS: Final = (UnpicklingError, RuntimeError, EOFError, struct.error, LookupError, AttributeError, TypeError)
_SIZES: Final = (
    "hidden_size",
    "num_hidden_layers",
    "num_attention_heads",
    "intermediate_size",
    "vocab_size",
    "max_position_embeddings",
    "type_vocab_size",
)
_FRACTIONS: Final = ("hidden_dropout_prob", "attention_probs_dropout_prob", "layer_norm_eps", "reader_layer_norm_eps")


def read_bert_settings(path: Path, defaults: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Reads a `config.json`; `defaults` stand for what it leaves out.

    Raises:
        UserError: it is damaged, or no BERT can be built as it says.
    """
    settings = read_settings(path)
    if not isinstance(settings, dict):
        raise UserError(f"{path} holds a {type(settings).__name__}, not settings. Fetch the checkpoint again.")
    settings = {**(defaults or {}), **settings}
    require_sizes(path, settings, _SIZES)
    for name in _FRACTIONS:
        value = settings.get(name, 0.0)
        if not isinstance(value, int | float) or not 0 <= value <= 1:
            raise UserError(f"{path}: {name} is {value!r}, it must be a number from 0 to 1. Fetch the file again.")
    hidden, heads = settings.get("hidden_size"), settings.get("num_attention_heads")
    if hidden and heads and hidden % heads:
        raise UserError(
            f"{path}: num_attention_heads is {heads}, no divisor of hidden_size, {hidden}. Fetch the file again."
        )
    known = sorted(ACT2FN)
    if settings.get("hidden_act", "gelu") not in known:
        raise UserError(f"{path}: hidden_act is {settings['hidden_act']!r}; known are {', '.join(known)}.")
    return settings


def require_sizes(path: Path, settings: Mapping[str, Any], names: Sequence[str]) -> None:
    """Refuses settings of the file at `path` that stand for sizes and are none; one may be missing.

    Raises:
        UserError: naming the first.
    """
    for name in names:
        value = settings.get(name, 1)
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise UserError(f"{path}: {name} is {value!r}, it must be a whole number above 0. Fetch the file again.")


def load_failure(error: Exception) -> str:
    """Why weights could not be read, in a few words.

    torch's own words on a damaged pickle are not passed on: they advise to load it with `weights_only=False`, which
    would run whatever code is in it.
    """
    if isinstance(error, PICKLE_ERRORS) or "weights_only" in str(error):
        return "it is cut off, no checkpoint, or holds something else than tensors"
    return first_line(error)


def require_finite(where: Path, weights: Mapping[str, Tensor]) -> None:
    """Refuses weights that are not numbers.

    Raises:
        UserError: naming the first.
    """
    odd = sorted(name for name, one in weights.items() if not bool(torch.isfinite(one).all()))
    if odd:
        raise UserError(
            f"{where}: {len(odd)} of {len(weights)} weights hold NaN or infinity, first {odd[0]}. Fetch the checkpoint "
            "again, or name another one."
        )

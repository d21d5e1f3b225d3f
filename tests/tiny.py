"""Models so small that a test makes one in no time."""

from typing import Any

import torch

from realm.model import Embedder, RealmConfig, Retriever
from realm.tokenizer import SpecialIds

SPECIALS = SpecialIds(pad=0, cls=2, sep=3, mask=4)  # of a vocabulary that there is no tokenizer for


def tiny_config(*, dropout: bool = True, **changes: Any) -> RealmConfig:
    """Settings of a BERT of one layer; `changes` by their names, `dropout` as a BERT has it or none."""
    sizes = {
        "vocab_size": 60,
        "hidden_size": 32,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "intermediate_size": 64,
        "projection_size": 16,
        "pooling": "mean",
        "reader_hidden_size": 24,
        "max_span_width": 3,
    }
    if not dropout:
        sizes |= {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0}
    return RealmConfig(**(sizes | changes))


def tiny_embedder(*, seed: int = 0, kind: type[Embedder] = Embedder, **changes: Any) -> Embedder:
    """An embedder with weights drawn by `seed`; large ones (`initializer_range`) tell texts apart untrained."""
    torch.manual_seed(seed)
    return kind(tiny_config(**changes))


def tiny_retriever(*, seed: int = 0, **changes: Any) -> Retriever:
    """A retriever of one tower."""
    embedder = tiny_embedder(seed=seed, **changes)
    return Retriever(embedder, embedder)

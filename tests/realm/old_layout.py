"""Checkpoints in the layout of the released REALM models, tiny and with random weights, and what they compute.

The keys are those of transformers' former `realm` models; the computation is written out here, from BERT's paper and
REALM's, with none of the code under test.
"""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from torch import Tensor
from torch.nn.functional import layer_norm

VOCABULARY, POSITIONS, HIDDEN, LAYERS, HEADS, INNER, PROJECTION, SPAN = 400, 300, 16, 2, 2, 24, 6, 5
Weights = dict[str, Tensor]
CONFIG = {
    "architectures": ["RealmEmbedder"],
    "attention_probs_dropout_prob": 0.1,
    "bos_token_id": 0,
    "eos_token_id": 2,
    "hidden_act": "gelu_new",
    "hidden_dropout_prob": 0.1,
    "hidden_size": HIDDEN,
    "initializer_range": 0.02,
    "intermediate_size": INNER,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": POSITIONS,
    "max_span_width": 3,
    "model_type": "realm",
    "num_attention_heads": HEADS,
    "num_block_records": 13,
    "num_candidates": 8,
    "num_hidden_layers": LAYERS,
    "pad_token_id": 1,
    "reader_beam_size": 5,
    "reader_layer_norm_eps": 1e-3,
    "reader_seq_len": 320,
    "retriever_proj_size": PROJECTION,
    "searcher_beam_size": 5000,
    "span_hidden_size": SPAN,
    "torch_dtype": "float32",
    "transformers_version": "4.16.0",
    "type_vocab_size": 2,
    "vocab_size": VOCABULARY,
}


class Drawn:
    """Random weights, reproducible."""

    def __init__(self, seed: int) -> None:
        self._generator = torch.Generator().manual_seed(seed)

    def __call__(self, *shape: int) -> Tensor:
        return torch.randn(*shape, generator=self._generator) * 0.4

    def linear(self, name: str, rows: int, columns: int) -> Weights:
        return {f"{name}.weight": self(rows, columns), f"{name}.bias": self(rows)}

    def norm(self, name: str, size: int) -> Weights:
        return {f"{name}.weight": 1 + self(size), f"{name}.bias": self(size)}

    def bert(self) -> Weights:
        found = {
            "realm.embeddings.position_ids": torch.arange(POSITIONS).unsqueeze(0),
            "realm.embeddings.word_embeddings.weight": self(VOCABULARY, HIDDEN),
            "realm.embeddings.position_embeddings.weight": self(POSITIONS, HIDDEN),
            "realm.embeddings.token_type_embeddings.weight": self(2, HIDDEN),
            **self.norm("realm.embeddings.LayerNorm", HIDDEN),
        }
        for number in range(LAYERS):
            layer = f"realm.encoder.layer.{number}"
            for name in ("query", "key", "value"):
                found |= self.linear(f"{layer}.attention.self.{name}", HIDDEN, HIDDEN)
            found |= self.linear(f"{layer}.attention.output.dense", HIDDEN, HIDDEN)
            found |= self.norm(f"{layer}.attention.output.LayerNorm", HIDDEN)
            found |= self.linear(f"{layer}.intermediate.dense", INNER, HIDDEN)
            found |= self.linear(f"{layer}.output.dense", HIDDEN, INNER)
            found |= self.norm(f"{layer}.output.LayerNorm", HIDDEN)
        return found | self.linear("realm.pooler.dense", HIDDEN, HIDDEN)

    def head(self, words: Tensor) -> Weights:
        bias = self(VOCABULARY)
        return {
            "cls.predictions.bias": bias,
            **self.linear("cls.predictions.transform.dense", HIDDEN, HIDDEN),
            **self.norm("cls.predictions.transform.LayerNorm", HIDDEN),
            "cls.predictions.decoder.weight": words.clone(),
            "cls.predictions.decoder.bias": bias.clone(),
        }

    def embedder(self) -> Weights:
        untied = self(VOCABULARY, HIDDEN)
        projection = self.linear("cls.dense", PROJECTION, HIDDEN) | self.norm("cls.LayerNorm", PROJECTION)
        return self.bert() | self.head(untied) | projection

    def encoder(self) -> Weights:
        found = self.bert()
        return found | self.head(found["realm.embeddings.word_embeddings.weight"])

    def reader(self) -> Weights:
        found = self.encoder()
        found |= self.linear("qa_outputs.dense_intermediate", 2 * SPAN, HIDDEN)
        found |= self.linear("qa_outputs.dense_output", 1, SPAN)
        return found | self.norm("qa_outputs.layer_normalization", SPAN)


def below(prefix: str, weights: Weights) -> Weights:
    return {f"{prefix}.{name}": one.clone() for name, one in weights.items()}


def write_released(directory: Path, weights: Weights, *, pickled: bool = True, **config: Any) -> Path:
    """Writes a checkpoint as transformers 4 did: `pytorch_model.bin`, or safetensors as later versions."""
    directory.mkdir(parents=True)
    (directory / "config.json").write_text(json.dumps(CONFIG | config), encoding="utf-8")
    if pickled:
        torch.save(weights, directory / "pytorch_model.bin")
    else:
        save_file(weights, directory / "model.safetensors", metadata={"format": "pt"})
    return directory


def write_vocabulary(directory: Path, words: Iterable[str]) -> None:
    """`vocab.txt` with the special tokens where BERT has them not, and what names the old tokenizer class."""
    tokens = ["[PAD]", *(f"[unused{number}]" for number in range(4)), "[UNK]", "[CLS]", "[SEP]", "[MASK]", *words]
    tokens += [f"w{number}" for number in range(VOCABULARY - len(tokens))]
    (directory / "vocab.txt").write_text("".join(f"{token}\n" for token in tokens), encoding="utf-8")
    settings = {"do_lower_case": True, "model_max_length": 512, "tokenizer_class": "RealmTokenizer"}
    (directory / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")


def apply(weights: Weights, name: str, value: Tensor) -> Tensor:
    return value @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def normed(weights: Weights, name: str, value: Tensor, *, eps: float = 1e-12) -> Tensor:
    return layer_norm(value, value.shape[-1:], weights[f"{name}.weight"], weights[f"{name}.bias"], eps=eps)


def gelu_new(value: Tensor) -> Tensor:
    return 0.5 * value * (1 + torch.tanh(math.sqrt(2 / math.pi) * (value + 0.044715 * value**3)))


def hidden_states(weights: Weights, ids: list[int], segments: list[int]) -> Tensor:
    """BERT's last layer for one unpadded input, `[length, hidden]`."""
    tables = [weights[f"realm.embeddings.{name}_embeddings.weight"] for name in ("word", "position", "token_type")]
    value = tables[0][ids] + tables[1][: len(ids)] + tables[2][segments]
    value = normed(weights, "realm.embeddings.LayerNorm", value)
    for number in range(LAYERS):
        layer = f"realm.encoder.layer.{number}"
        size = HIDDEN // HEADS
        query, key, content = (
            apply(weights, f"{layer}.attention.self.{name}", value).view(len(ids), HEADS, size).transpose(0, 1)
            for name in ("query", "key", "value")
        )
        attention = (query @ key.transpose(1, 2) / math.sqrt(size)).softmax(-1)
        mixed = (attention @ content).transpose(0, 1).reshape(len(ids), HIDDEN)
        mixed = apply(weights, f"{layer}.attention.output.dense", mixed)
        value = normed(weights, f"{layer}.attention.output.LayerNorm", mixed + value)
        inner = gelu_new(apply(weights, f"{layer}.intermediate.dense", value))
        value = normed(weights, f"{layer}.output.LayerNorm", apply(weights, f"{layer}.output.dense", inner) + value)
    return value


def vector(weights: Weights, ids: list[int], segments: list[int]) -> Tensor:
    """What `RealmEmbedder` calls the projected score."""
    pooled = torch.tanh(apply(weights, "realm.pooler.dense", hidden_states(weights, ids, segments)[0]))
    return normed(weights, "cls.LayerNorm", apply(weights, "cls.dense", pooled))


def vocabulary_scores(weights: Weights, ids: list[int], segments: list[int]) -> Tensor:
    """`[length, vocabulary]` of `RealmKnowledgeAugEncoder`."""
    value = gelu_new(apply(weights, "cls.predictions.transform.dense", hidden_states(weights, ids, segments)))
    value = normed(weights, "cls.predictions.transform.LayerNorm", value)
    return apply(weights, "cls.predictions.decoder", value)


def span_score(weights: Weights, ids: list[int], segments: list[int], *, first: int, last: int) -> Tensor:
    """Of `RealmReader`, without the retriever's score."""
    both = apply(weights, "qa_outputs.dense_intermediate", hidden_states(weights, ids, segments))
    summed = torch.relu(both[first, :SPAN] + both[last, SPAN:])
    found = normed(weights, "qa_outputs.layer_normalization", summed, eps=1e-3)
    return apply(weights, "qa_outputs.dense_output", found).squeeze()

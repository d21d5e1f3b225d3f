"""The released REALM checkpoints, in the layout of the `realm` models that transformers had until version 5.

| released as | holds |
|---|---|
| `RealmEmbedder` | `realm.*`: a BERT · `cls.dense`, `cls.LayerNorm`: the projection · `cls.predictions.*`, unused |
| `RealmScorer` | two of these, `embedder.*` and `query_embedder.*`, mostly one and the same |
| `RealmKnowledgeAugEncoder` | `realm.*` · `cls.predictions.*`: the masked-language-model head |
| `RealmReader` | `realm.*` · `qa_outputs.*`: the span scorer · `cls.*`, unused |
| `RealmForOpenQA` | `embedder.*`, `reader.*` · `block_emb`: the vectors of its own 13,353,718 blocks, not taken over |
"""

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
from safetensors import safe_open
from torch import Tensor
from transformers import PreTrainedModel

from realm.errors import UserError
from realm.model.config import RealmConfig
from realm.model.embedder import Embedder
from realm.model.encoder import KnowledgeAugmentedEncoder
from realm.model.reader import ExtractiveReader
from realm.model.retriever import Retriever
from realm.model.weights import (
    LOAD_ERRORS,
    PICKLE_ERRORS,
    load_failure,
    read_bert_settings,
    require_finite,
    require_sizes,
)

M = TypeVar("M", bound=PreTrainedModel)

_WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_BLOCK_VECTORS = "block_emb"
_NAMED = 3  # keys that a message names

# Settings that have another name here, and the old defaults of those that a config.json may leave out.
_RENAMED = {"retriever_proj_size": "projection_size", "span_hidden_size": "reader_hidden_size"}
_DEFAULTS = {
    "vocab_size": 30522,
    "hidden_size": 768,
    "num_hidden_layers": 12,
    "num_attention_heads": 12,
    "intermediate_size": 3072,
    "hidden_act": "gelu_new",
    "hidden_dropout_prob": 0.1,
    "attention_probs_dropout_prob": 0.1,
    "max_position_embeddings": 512,
    "type_vocab_size": 2,
    "initializer_range": 0.02,
    "layer_norm_eps": 1e-12,
    "retriever_proj_size": 128,
    "span_hidden_size": 256,
    "max_span_width": 10,
    "reader_layer_norm_eps": 1e-3,
}
_SIZES = ("retriever_proj_size", "span_hidden_size", "max_span_width")  # beside BERT's
_ONLY = {"position_embedding_type": "absolute", "is_decoder": False}  # what the released ones are, and BERT is here
_TYPES = (torch.float32, torch.float16, torch.bfloat16, torch.float64)
_COUNTERS = "embeddings.position_ids"  # in the weights, but none


@dataclass(frozen=True)
class Released:
    """A released checkpoint in memory.

    Attributes:
        directory: where it lies.
        weights_file: in it.
        settings: of its `config.json`, with the old defaults.
        weights: by their old keys, without the block vectors.
    """

    directory: Path
    weights_file: Path
    settings: Mapping[str, Any]
    weights: Mapping[str, Tensor]

    def config(self, *, pad_id: int) -> RealmConfig:
        """The same model's configuration here; the old default for the padding token was wrong, and unused."""
        kept = {_RENAMED.get(name, name): self.settings[name] for name in _DEFAULTS}
        try:
            return RealmConfig(**kept, pooling="cls", pad_token_id=pad_id)
        except LOAD_ERRORS as error:
            said = " ".join(str(error).split())
            raise UserError(f"{self.directory / 'config.json'} cannot be used ({said}). Fetch it again.") from error


def read_released(directory: Path) -> Released:
    """Reads `config.json` and `model.safetensors`, or `pytorch_model.bin` without running any code in it.

    Raises:
        UserError: the directory holds no released REALM checkpoint, or a damaged one.
    """
    path = directory / "config.json"
    settings = read_bert_settings(path, _DEFAULTS) if path.is_file() else {}
    if settings.get("model_type") != "realm" or "projection_size" in settings:
        raise UserError(
            f"{directory} is no released REALM checkpoint: its config.json does not say model_type 'realm' in the old "
            "layout. Name a folder such as realm-cc-news-pretrained-embedder."
        )
    _require_settings(path, settings)
    files = [directory / name for name in _WEIGHTS if (directory / name).is_file()]
    if not files:
        raise UserError(f"{directory} holds neither {_WEIGHTS[0]} nor {_WEIGHTS[1]}. Fetch the whole checkpoint.")
    weights = _read_weights(files[0])
    for name, one in weights.items():
        if one.dtype not in _TYPES and not name.endswith(_COUNTERS):
            raise UserError(f"{files[0]}: {name} is of {one.dtype}, no floating-point numbers. Fetch it again.")
    require_finite(files[0], weights)
    return Released(directory, files[0], settings, weights)


def _require_settings(path: Path, settings: Mapping[str, Any]) -> None:
    require_sizes(path, settings, _SIZES)
    for name, only in _ONLY.items():
        if settings.get(name, only) != only:
            raise UserError(
                f"{path}: {name} is {settings[name]!r}; only {only!r} can be imported, which the released checkpoints "
                "have. Fetch the file again."
            )


def import_retriever(source: Released, *, pad_id: int) -> Retriever:
    """The retriever of a `RealmEmbedder`, `RealmScorer` or `RealmForOpenQA`; two towers only where they differ.

    Raises:
        UserError: keys are missing or left over.
    """
    if not any(name.startswith("embedder.") for name in source.weights):
        return _one_tower(_embedder(source, "", pad_id=pad_id))
    block = _embedder(source, "embedder.", pad_id=pad_id, beside=("query_embedder.", "reader."))
    if not any(name.startswith("query_embedder.") for name in source.weights):
        return _one_tower(block)
    query = _embedder(source, "query_embedder.", pad_id=pad_id, beside=("embedder.", "reader."))
    ours, theirs = query.state_dict(), block.state_dict()
    if all(torch.equal(ours[name], theirs[name]) for name in ours):
        return _one_tower(block)
    return Retriever(query, block)


def import_encoder(source: Released, *, pad_id: int) -> KnowledgeAugmentedEncoder:
    """The encoder of a `RealmKnowledgeAugEncoder`.

    Raises:
        UserError: keys are missing or left over, or its head does not share the word embeddings.
    """
    weights = dict(source.weights)
    tied = {
        "cls.predictions.decoder.weight": "realm.embeddings.word_embeddings.weight",
        "cls.predictions.decoder.bias": "cls.predictions.bias",
    }
    for copy, original in tied.items():
        if original in weights and not torch.equal(weights.pop(copy, weights[original]), weights[original]):
            raise UserError(f"{source.directory}: {copy} is not {original}, which it has to share. Fetch it again.")
    layout = _Layout({"bert.": "realm.", "cls.": "cls."}, tied=tuple(tied))
    return _fill(KnowledgeAugmentedEncoder, source, layout.renamed(weights), layout, pad_id=pad_id)


def import_reader(source: Released, *, pad_id: int) -> ExtractiveReader:
    """The reader of a `RealmReader` or `RealmForOpenQA`.

    Raises:
        UserError: keys are missing or left over.
    """
    prefix = "reader." if any(name.startswith("reader.") for name in source.weights) else ""
    weights = _below(source.weights, prefix, beside=("embedder.", "query_embedder.") if prefix else ())
    layout = _Layout(
        {
            "bert.": "realm.",
            "start.": "qa_outputs.dense_intermediate.",
            "end.": "qa_outputs.dense_intermediate.",
            "norm.": "qa_outputs.layer_normalization.",
            "score.": "qa_outputs.dense_output.",
        },
        unused=("realm.pooler.", "cls."),
    )
    found = layout.renamed(weights)
    for name in ("start.weight", "start.bias"):
        if name in found:  # both in one: starts above, ends below
            both = found[name] if found[name].dim() else found[name].unsqueeze(0)
            found[name], found[name.replace("start", "end")] = both.tensor_split(2)
    return _fill(ExtractiveReader, source, found, layout, pad_id=pad_id)


def _embedder(source: Released, prefix: str, *, pad_id: int, beside: tuple[str, ...] = ()) -> Embedder:
    layout = _Layout(
        {"bert.": "realm.", "projection.": "cls.dense.", "norm.": "cls.LayerNorm."}, unused=("cls.predictions.",)
    )
    weights = _below(source.weights, prefix, beside=beside)
    return _fill(Embedder, source, layout.renamed(weights), layout, pad_id=pad_id)


def _one_tower(embedder: Embedder) -> Retriever:
    return Retriever(embedder, embedder)


def _below(weights: Mapping[str, Tensor], prefix: str, *, beside: tuple[str, ...]) -> dict[str, Tensor]:
    """The weights of the part called `prefix`, without those of the parts `beside` it."""
    return {name.removeprefix(prefix): one for name, one in weights.items() if not name.startswith(beside)}


@dataclass(frozen=True)
class _Layout:
    """How the keys of a part are called here and in the old layout.

    Attributes:
        prefixes: from new to old; where two new ones have the same old one, keys get the first.
        unused: old prefixes of what nothing needs.
        tied: new names of what is another weight's copy.
    """

    prefixes: Mapping[str, str]
    unused: tuple[str, ...] = ()
    tied: tuple[str, ...] = ()

    def renamed(self, weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
        """The weights by their new names; unknown keys keep theirs."""
        ignored = (*self.unused, f"realm.{_COUNTERS}")
        return {self._new(key): one for key, one in weights.items() if not key.startswith(ignored)}

    def _new(self, key: str) -> str:
        found = (new + key.removeprefix(old) for new, old in self.prefixes.items() if key.startswith(old))
        return next(found, key)

    def old(self, name: str) -> str:
        """The old key of a new name."""
        found = (old + name.removeprefix(new) for new, old in self.prefixes.items() if name.startswith(new))
        return next(found, name)


def _fill(model_class: type[M], source: Released, found: Mapping[str, Tensor], layout: _Layout, *, pad_id: int) -> M:
    config = source.config(pad_id=pad_id)
    with torch.device("meta"):  # sizes alone, as damaged ones may need more memory than there is
        wanted = {name: one for name, one in model_class(config).state_dict().items() if name not in layout.tied}
    faults = {
        "lacks weights of": wanted.keys() - found.keys(),
        "has weights beside those of": found.keys() - wanted.keys(),
        "has, in sizes that its config.json does not say, weights of": {
            name for name in wanted.keys() & found.keys() if wanted[name].shape != found[name].shape
        },
    }
    for what, names in faults.items():
        if names:
            keys = sorted({layout.old(name) for name in names})
            more = f" and {len(keys) - _NAMED} more" if len(keys) > _NAMED else ""
            raise UserError(
                f"{source.directory} {what} a released {model_class.__name__}: {', '.join(keys[:_NAMED])}{more}. Name "
                "the checkpoint of that part, whole."
            )
    model: M = model_class(config)
    model.load_state_dict({name: one.float() for name, one in found.items()}, strict=False)
    model.eval()
    return model


def _read_weights(path: Path) -> dict[str, Tensor]:
    try:
        if path.suffix == ".safetensors":
            with safe_open(path, framework="pt") as file:
                return {name: file.get_tensor(name) for name in file.keys() if name != _BLOCK_VECTORS}  # noqa: SIM118
        loaded = torch.load(path, map_location="cpu", weights_only=True, mmap=zipfile.is_zipfile(path))
    except (*LOAD_ERRORS, *PICKLE_ERRORS) as error:
        raise UserError(f"{path} cannot be read ({load_failure(error)}). Fetch the checkpoint again.") from error
    if not isinstance(loaded, dict) or not all(isinstance(one, Tensor) for one in loaded.values()):
        raise UserError(f"{path} holds something else than weights by their names. Fetch the checkpoint again.")
    return {str(name): one for name, one in loaded.items() if name != _BLOCK_VECTORS}

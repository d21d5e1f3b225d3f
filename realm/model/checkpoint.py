"""A model that starts from a BERT checkpoint, and what the checkpoint did not bring."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import torch
from transformers import BertConfig, PreTrainedModel

from realm.errors import UserError
from realm.model.config import RealmConfig
from realm.model.weights import LOAD_ERRORS, PICKLE_ERRORS, load_failure, read_bert_settings, require_finite

M = TypeVar("M", bound=PreTrainedModel)

_BERT, _POOLER = "bert.", "bert.pooler."
_COUNTER = "embeddings.position_ids"  # of older versions: no weight
_INNER = re.compile(r"(^|\.)(embeddings|encoder)\.")
_SEGMENTS = 2  # query or title, and body


def load_checkpoint(
    model_class: type[M], directory: Path, *, key: str, **config_changes: object
) -> tuple[M, tuple[str, ...]]:
    """Loads a model in float32, whatever precision its weights were saved in.

    Args:
        model_class: one of REALM's three, whose BERT is called `bert`.
        directory: holds `config.json` and the weights.
        key: of `params.yaml` that names the checkpoint, for messages.
        config_changes: what REALM adds to BERT's configuration.

    Returns:
        The model, and the names of its weights that the checkpoint lacks, which are new, sorted.

    Raises:
        UserError: it cannot be read, or holds no BERT.
    """
    _require_bert(directory, key)
    try:
        model, found = model_class.from_pretrained(
            directory, output_loading_info=True, ignore_mismatched_sizes=True, dtype=torch.float32, **config_changes
        )
    except _load_errors(directory) as error:
        raise UserError(
            f"{key}: {_weights_file(directory)} cannot be loaded ({load_failure(error)}). Fetch it again, or name a "
            "directory with a whole BERT: config.json and model.safetensors."
        ) from error
    missing = sorted(found["missing_keys"])
    lost = [name for name in missing if name.startswith(_BERT) and not name.startswith(_POOLER)]
    if lost:
        raise UserError(
            f"{key}: '{directory}' lacks {len(lost)} of {len(model.state_dict())} weights, first {lost[0]}. Name a "
            "BERT checkpoint."
        )
    if found["mismatched_keys"]:
        name, saved, wanted = min(found["mismatched_keys"])
        raise UserError(
            f"{key}: in '{directory}' the weight {name} is {list(saved)}, its config.json says {list(wanted)}. Take "
            "both files from the same checkpoint."
        )
    if model.config.type_vocab_size < _SEGMENTS:
        raise UserError(f"{key}: '{directory}' knows one segment, REALM needs two. Name another BERT.")
    _require_no_surplus(found["unexpected_keys"], directory, key)
    require_finite(_weights_file(directory), model.state_dict())
    return model, tuple(missing)


def _require_no_surplus(names: Iterable[str], directory: Path, key: str) -> None:
    """Refuses weights of BERT itself that its settings do not speak of; heads of other tasks are named and left."""
    surplus = sorted(name for name in names if not name.endswith(_COUNTER))
    inner = [name for name in surplus if _INNER.search(name)]
    if inner:
        raise UserError(
            f"{key}: {_weights_file(directory)} has {len(inner)} weights that its config.json does not speak of, first "
            f"{inner[0]}. Take both files from the same checkpoint."
        )
    if surplus:
        print(f"{key}: '{directory}' has weights that nothing here needs: {', '.join(surplus)}", flush=True)


def _weights_file(directory: Path) -> Path:
    """The file that weights are read from; the directory where there is none, or they lie in several."""
    found = (directory / name for name in ("model.safetensors", "pytorch_model.bin"))
    return next((path for path in found if path.is_file()), directory)


def _load_errors(directory: Path) -> tuple[type[Exception], ...]:
    """What loading a damaged checkpoint raises; more than elsewhere where its weights are a pickle."""
    return LOAD_ERRORS + PICKLE_ERRORS if any(directory.glob("pytorch_model*.bin")) else LOAD_ERRORS


def _require_bert(directory: Path, key: str) -> None:
    """Refuses other kinds of model: some have weights of the same names, and would load and be wrong."""
    path = directory / "config.json"
    if not path.is_file():
        raise UserError(f"{key}: '{directory}' holds no config.json. Name a directory with a whole BERT.")
    settings = read_bert_settings(path)
    if "retriever_proj_size" in settings:
        raise UserError(
            f"{key}: '{directory}' is a released REALM checkpoint in its old layout. Convert it with "
            "`python -m train.import_realm` and name what that writes."
        )
    kind = settings.get("model_type", BertConfig.model_type)
    if kind not in (BertConfig.model_type, RealmConfig.model_type):
        raise UserError(f"{key}: '{directory}' is a model of type '{kind}'. Name a BERT checkpoint.")
    if settings.get("is_decoder") or settings.get("add_cross_attention"):
        raise UserError(
            f"{key}: {path} says that it is a decoder, whose words see only those before them. Name a BERT encoder."
        )

"""The retriever: a query embedder and a block embedder, one and the same by default."""

import copy
from pathlib import Path

from torch import nn

from realm.errors import UserError
from realm.model.embedder import Embedder
from realm.storage import digest, file_checksum, read_json

SHARED, QUERY, BLOCK = "embedder", "query_embedder", "block_embedder"

# Keys of a saved configuration that say how it was saved, not what it computes.
_INCIDENTAL_KEYS = ("transformers_version", "_name_or_path", "architectures", "dtype")


class Retriever(nn.Module):
    """Query and block embedder; when the towers are shared, both names are the same module."""

    def __init__(self, query_embedder: Embedder, block_embedder: Embedder) -> None:
        super().__init__()
        self.query_embedder = query_embedder
        self.block_embedder = block_embedder

    @property
    def shared(self) -> bool:
        """Whether one tower serves both."""
        return self.query_embedder is self.block_embedder

    @staticmethod
    def from_checkpoint(checkpoint: str, *, shared: bool, **config_changes: object) -> "Retriever":
        """Starts from a BERT checkpoint; the projection is new. `config_changes` go to `RealmConfig`.

        Two towers start alike, the projection too: then their inner products mean something from the first step.
        """
        query = Embedder.from_pretrained(checkpoint, **config_changes)
        return Retriever(query, query if shared else copy.deepcopy(query))

    @staticmethod
    def load(directory: Path) -> "Retriever":
        """Loads what `save` wrote.

        Raises:
            UserError: `directory` holds no retriever.
        """
        if (directory / SHARED).is_dir():
            embedder = Embedder.from_pretrained(directory / SHARED)
            return Retriever(embedder, embedder)
        if not (directory / BLOCK).is_dir():
            raise UserError(f"{directory} holds no retriever (neither {SHARED}/ nor {BLOCK}/). Run its stage first.")
        return Retriever(Embedder.from_pretrained(directory / QUERY), Embedder.from_pretrained(directory / BLOCK))

    def save(self, directory: Path) -> None:
        """Writes safetensors: `embedder/`, or `query_embedder/` and `block_embedder/` when they differ."""
        if self.shared:
            self.query_embedder.save_pretrained(directory / SHARED)
        else:
            self.query_embedder.save_pretrained(directory / QUERY)
            self.block_embedder.save_pretrained(directory / BLOCK)


def block_embedder_directory(model: Path) -> Path:
    """Where the block embedder of a saved retriever lies.

    Raises:
        UserError: `model` holds no retriever.
    """
    for name in (BLOCK, SHARED):
        if (model / name).is_dir():
            return model / name
    raise UserError(f"{model} holds no retriever (neither {SHARED}/ nor {BLOCK}/). Run its stage first.")


def block_encoder_fingerprint(model: Path) -> str:
    """Hash of the block embedder's weights and configuration: what vectors and indices are stamped with."""
    directory = block_embedder_directory(model)
    config = {key: value for key, value in read_json(directory / "config.json").items() if key not in _INCIDENTAL_KEYS}
    settings = repr(sorted(config.items()))
    weights = [file_checksum(path) for path in sorted(directory.glob("*.safetensors"))]
    return digest("block encoder", settings, *weights)

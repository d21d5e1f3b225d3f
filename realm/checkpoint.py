"""Where the files of a BERT checkpoint lie: in a directory, or behind a name on the hub."""

import re
from pathlib import Path
from typing import Any

from realm.errors import UserError, first_line
from realm.storage import read_json

_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_SETTINGS = ["*.json", "*.txt"]
_WEIGHTS = ("model.safetensors*", "pytorch_model*.bin*")  # the second only where there is nothing of the first


def checkpoint_directory(checkpoint: str, *, key: str, weights: bool) -> Path:
    """The directory that holds a checkpoint's `config.json` and vocabulary.

    A directory of sentence-transformers may keep them in a folder of its own, which its `modules.json` names.

    Args:
        checkpoint: a directory, or a name on the hub, whose files are fetched once and kept in the hub's cache.
        key: of `params.yaml` that names it, for messages.
        weights: whether its weights are fetched too.

    Raises:
        UserError: there is no such directory, or the hub cannot be reached or does not know the name.
    """
    path = Path(checkpoint).expanduser()
    if not path.is_dir():
        if path.exists() or not _HUB_NAME.fullmatch(checkpoint):
            raise UserError(f"{key}: '{checkpoint}' is no directory. Name one that holds a BERT, or a name on the hub.")
        path = _fetch(checkpoint, key=key, weights=weights)
    if (path / "modules.json").is_file() and not (path / "config.json").is_file():
        modules = read_settings(path / "modules.json")
        try:
            folders = [one["path"] for one in modules if one["type"].endswith(".Transformer")]
        except (TypeError, KeyError, AttributeError) as error:
            raise UserError(f"{path / 'modules.json'} lists no modules. Fetch the checkpoint again.") from error
        return path / folders[0] if folders else path
    return path


def read_settings(path: Path) -> Any:
    """Reads a JSON file of a checkpoint.

    Raises:
        UserError: it is damaged.
    """
    try:
        return read_json(path)
    except ValueError as error:
        raise UserError(f"{path} is no JSON ({error}). Fetch the checkpoint again.") from error


def _fetch(name: str, *, key: str, weights: bool) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError

    try:
        path = Path(snapshot_download(name, allow_patterns=_SETTINGS))
        for pattern in _WEIGHTS if weights else ():
            snapshot_download(name, allow_patterns=pattern)
            if any(path.glob(pattern)):
                break
    except LocalEntryNotFoundError as error:
        raise UserError(
            f"{key}: '{name}' is no directory here, and the hub cannot be asked for it "
            f"({first_line(error.__cause__ or error)}). Name a directory that holds a BERT, or fetch it on a "
            "machine with a network and bring its folder."
        ) from error
    except HfHubHTTPError as error:
        raise UserError(
            f"{key}: '{name}' is no directory here, and the hub has no such checkpoint "
            f"({first_line(error.__cause__ or error)}). Mend the name, or log in if it is a private one."
        ) from error
    return path

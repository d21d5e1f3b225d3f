"""The question-answering model on disk: question encoder, reader, tokenizer, and what it fits.

It holds no block encoder. It records the fingerprint of the one that its blocks were embedded with, and fits every
index made with that one, whatever its snapshot.
"""

import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch

from realm.errors import UserError
from realm.manifest import Manifest, read_manifest, require_same, verify_files, write_manifest
from realm.model import Embedder, ExtractiveReader
from realm.storage import publish_directory
from realm.tokenizer import Tokenizer
from train.reading import ReadingSettings

QA_MODEL_KIND = "qa_model"
QUESTION_EMBEDDER, READER, TOKENIZER = "question_embedder", "reader", "tokenizer"


def answering_device() -> torch.device:
    """Where questions are answered: on a GPU if there is one."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


@dataclass(frozen=True)
class QAModel:
    """A loaded question-answering model."""

    directory: Path
    manifest: Manifest
    question_embedder: Embedder
    reader: ExtractiveReader
    tokenizer: Tokenizer
    reading: ReadingSettings

    @staticmethod
    def load(directory: Path) -> "QAModel":
        """Loads what the `finetune` stage wrote, after checking every file; onto a GPU where there is one.

        Raises:
            UserError: it is missing or damaged.
        """
        manifest = read_manifest(directory, kind=QA_MODEL_KIND)
        verify_files(directory, manifest)
        device = answering_device()
        return QAModel(
            directory=directory,
            manifest=manifest,
            question_embedder=Embedder.from_pretrained(directory / QUESTION_EMBEDDER).eval().to(device),
            reader=ExtractiveReader.from_pretrained(directory / READER).eval().to(device),
            tokenizer=Tokenizer.load(directory / TOKENIZER),
            reading=ReadingSettings(**manifest.facts["reading"]),
        )

    def require_fits(self, index: Path, index_manifest: Manifest) -> None:
        """Refuses an index whose vectors come from another block encoder or that was cut by another tokenizer.

        Raises:
            MismatchError: naming both.
        """
        require_fit(str(self.directory), self.manifest.made_from, index, index_manifest)


def require_fit(model: str, made_from: Mapping[str, str], index: Path, index_manifest: Manifest) -> None:
    """Refuses a model and an index that differ in block encoder or tokenizer.

    Args:
        model: how messages name the model.
        made_from: the model's fingerprints `block_encoder` and `tokenizer`.
        index: the index version's directory.
        index_manifest: its manifest.

    Raises:
        MismatchError: naming both.
        UserError: the index does not say what it was made with.
    """
    for what in ("block_encoder", "tokenizer"):
        if what not in index_manifest.made_from:
            raise UserError(f"{index} does not say which {what} it was made with. Run its stage again.")
        require_same(
            what.replace("_", " "),
            left=model,
            left_value=made_from[what],
            right=str(index),
            right_value=index_manifest.made_from[what],
        )


def publish_qa_model(
    workdir: Path,
    output: Path,
    *,
    tokenizer: Path,
    reading: ReadingSettings,
    made_from: Mapping[str, str],
    facts: Mapping[str, Any],
) -> Manifest:
    """Moves what fine-tuning wrote in `workdir` to `output`, with a copy of the tokenizer, and stamps it."""
    with publish_directory(output) as beside:
        shutil.copytree(workdir, beside, dirs_exist_ok=True)
        shutil.copytree(tokenizer, beside / TOKENIZER)
        manifest = write_manifest(
            beside, kind=QA_MODEL_KIND, made_from=made_from, facts={"reading": asdict(reading), **facts}
        )
    shutil.rmtree(workdir)
    return manifest

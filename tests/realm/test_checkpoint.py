"""Damaged weights in the layout that most BERTs were released in."""

import io
from pathlib import Path

import pytest
import torch
from transformers import BertConfig, BertForMaskedLM

from realm.errors import UserError
from realm.model.checkpoint import load_checkpoint
from realm.model.encoder import KnowledgeAugmentedEncoder

SMALL = {
    "vocab_size": 20,
    "hidden_size": 8,
    "num_hidden_layers": 1,
    "num_attention_heads": 2,
    "intermediate_size": 8,
    "max_position_embeddings": 8,
}


def weights(directory: Path, *, zipped: bool) -> bytes:
    """A BERT's `pytorch_model.bin`, as torch writes it now or before 1.6; beside it lies its `config.json`."""
    model = BertForMaskedLM(BertConfig(**SMALL))
    model.config.save_pretrained(directory)
    data = io.BytesIO()
    torch.save(model.state_dict(), data, _use_new_zipfile_serialization=zipped)
    return data.getvalue()


@pytest.mark.parametrize("zipped", [True, False])
def test_damaged_weights_of_torch_get_a_sentence(zipped: bool, tmp_path: Path) -> None:
    whole = weights(tmp_path, zipped=zipped)
    path = tmp_path / "pytorch_model.bin"
    path.write_bytes(whole)
    load_checkpoint(KnowledgeAugmentedEncoder, tmp_path, key="bert.checkpoint")
    flipped = bytes(byte ^ 0x55 for byte in whole[:400]) + whole[400:]
    for damaged in (whole[: len(whole) // 2], whole[:200], flipped, b"", b"<html>Not found</html>", b"\x80\x02]q\x00."):
        path.write_bytes(damaged)
        with pytest.raises(UserError, match=r"^bert\.checkpoint: '.*' cannot be loaded \(.*\)\. Name a directory"):
            load_checkpoint(KnowledgeAugmentedEncoder, tmp_path, key="bert.checkpoint")

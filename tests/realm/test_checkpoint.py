"""Damaged checkpoints: settings, weights and vocabularies that no BERT can be made of."""

import contextlib
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers import BertConfig, BertForMaskedLM, BertForPreTraining

from realm.errors import UserError
from realm.model.checkpoint import load_checkpoint
from realm.model.encoder import KnowledgeAugmentedEncoder
from realm.tokenizer import checkpoint_vocabulary, import_tokenizer
from tests.realm.hostile import write_trap

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
        with pytest.raises(UserError, match=r"^bert\.checkpoint: .*pytorch_model\.bin cannot be loaded \(.*\)\. Fetch"):
            load_checkpoint(KnowledgeAugmentedEncoder, tmp_path, key="bert.checkpoint")


@pytest.mark.parametrize("content", [[torch.zeros(2)], {"bert.x": "text"}])
def test_weights_that_are_none_are_refused(content: object, tmp_path: Path) -> None:
    weights(tmp_path, zipped=True)
    torch.save(content, tmp_path / "pytorch_model.bin")
    with pytest.raises(UserError, match=r"pytorch_model\.bin|lacks \d+ of \d+ weights") as caught:
        load_checkpoint(KnowledgeAugmentedEncoder, tmp_path, key="bert.checkpoint")
    assert "weights_only" not in str(caught.value)


@pytest.mark.parametrize("zipped", [True, False])
def test_weights_that_would_run_code_are_refused_and_run_nothing(zipped: bool, tmp_path: Path) -> None:
    weights(tmp_path, zipped=True)
    write_trap(tmp_path / "pytorch_model.bin", tmp_path / "trapped", zipped=zipped)
    with pytest.raises(UserError, match=r"pytorch_model\.bin") as caught:
        load_checkpoint(KnowledgeAugmentedEncoder, tmp_path, key="bert.checkpoint")
    assert "weights_only" not in str(caught.value)
    assert not (tmp_path / "trapped").exists()


@pytest.mark.parametrize("zipped", [True, False])
def test_the_trap_is_live_where_its_call_is_allowed(zipped: bool, tmp_path: Path) -> None:
    write_trap(tmp_path / "weights.bin", tmp_path / "trapped", zipped=zipped)
    with (
        torch.serialization.safe_globals([(shutil.copyfile, "shutil.copyfile")]),
        contextlib.nullcontext() if zipped else pytest.raises(RuntimeError, match="magic number"),
    ):
        torch.load(tmp_path / "weights.bin", weights_only=True)
    assert (tmp_path / "trapped").read_bytes() == (tmp_path / "weights.bin").read_bytes()


@pytest.mark.parametrize("odd", [float("nan"), float("inf")])
def test_weights_that_are_no_numbers_are_named(odd: float, tmp_path: Path) -> None:
    model = BertForMaskedLM(BertConfig(**SMALL))
    with torch.no_grad():
        model.bert.embeddings.word_embeddings.weight[3, 1] = odd
    model.save_pretrained(tmp_path)
    with pytest.raises(
        UserError, match=r"model\.safetensors: .* hold NaN or infinity, first .*word_embeddings\.weight"
    ):
        load_checkpoint(KnowledgeAugmentedEncoder, tmp_path, key="bert.checkpoint")


def test_a_head_of_another_task_is_left_out_and_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    BertForPreTraining(BertConfig(**SMALL)).save_pretrained(tmp_path)
    load_checkpoint(KnowledgeAugmentedEncoder, tmp_path, key="bert.checkpoint")
    said = capsys.readouterr().out
    assert "has weights that nothing here needs: cls.seq_relationship.bias, cls.seq_relationship.weight" in said


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ([], "holds a list, not settings"),
        ({"hidden_act": "sharp"}, "hidden_act is 'sharp'; known are"),
        ({"hidden_act": ["gelu"]}, "hidden_act is"),
        ({"hidden_size": "x"}, "hidden_size is 'x'"),
        ({"hidden_size": 0}, "hidden_size is 0"),
        ({"hidden_size": 8, "num_attention_heads": 7}, "num_attention_heads is 7, no divisor of hidden_size, 8"),
        ({"add_cross_attention": True}, "is a decoder"),
    ],
)
def test_settings_that_no_bert_can_have_are_named(settings: Any, said: str, tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps(settings), encoding="utf-8")
    with pytest.raises(UserError, match=said) as caught:
        load_checkpoint(KnowledgeAugmentedEncoder, tmp_path, key="bert.checkpoint")
    assert "config.json" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("tokenizer.json", b"[1, 2]", "is no tokenizer"),
        ("tokenizer.json", b'{"version": "1.0"}', "is no tokenizer"),
        ("tokenizer.json", b"\xff\xfe", "is no JSON"),
        ("vocab.txt", b"[PAD]\n\xff\xfe\n", "is no UTF-8"),
    ],
)
def test_a_damaged_vocabulary_is_named(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=rf"{name} {said}"):
        checkpoint_vocabulary(tmp_path)
    with pytest.raises(UserError, match=rf"{name} {said}"):
        import_tokenizer(str(tmp_path), tmp_path / "out", lowercase=True)


@pytest.mark.parametrize("content", ["[]", '{"do_lower_case": "yes"}'])
def test_tokenizer_settings_that_say_no_case_are_named(content: str, tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("[PAD]\n", encoding="utf-8")
    (tmp_path / "tokenizer_config.json").write_text(content, encoding="utf-8")
    with pytest.raises(UserError, match=r"tokenizer_config\.json"):
        checkpoint_vocabulary(tmp_path)

import copy
from pathlib import Path

import pytest
import torch

from realm.errors import UserError
from realm.model import Embedder, Retriever, block_encoder_fingerprint
from realm.model.compiled import compile_bert
from tests.tiny import tiny_embedder


def embedder() -> Embedder:
    return tiny_embedder().eval()


def batch(rows: int, length: int) -> dict[str, torch.Tensor]:
    ids = torch.randint(5, 40, (rows, length), generator=torch.Generator().manual_seed(1))
    mask = torch.ones_like(ids)
    mask[0, length // 2 :] = 0
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": torch.zeros_like(ids)}


def test_a_compiled_embedder_gives_the_same_vectors_within_rounding() -> None:
    plain, compiled = embedder(), embedder()
    compile_bert(compiled, wanted=True)
    with torch.inference_mode():
        for rows, length in ((3, 12), (2, 7)):
            torch.testing.assert_close(
                compiled(**batch(rows, length)), plain(**batch(rows, length)), rtol=1e-4, atol=1e-5
            )


def test_compiling_changes_neither_what_is_saved_nor_what_is_copied(tmp_path: Path) -> None:
    one = embedder()
    Retriever(one, one).save(tmp_path / "plain")
    compile_bert(one, wanted=True)
    Retriever(one, copy.deepcopy(one)).save(tmp_path / "two")
    Retriever(one, one).save(tmp_path / "compiled")
    assert block_encoder_fingerprint(tmp_path / "plain") == block_encoder_fingerprint(tmp_path / "compiled")
    assert block_encoder_fingerprint(tmp_path / "plain") == block_encoder_fingerprint(tmp_path / "two")


def test_where_there_is_no_compiler_a_sentence_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CXX", raising=False)
    monkeypatch.delenv("CC", raising=False)
    compile_bert(embedder(), wanted=False)
    with pytest.raises(UserError, match=r"cluster\.compile is true .* none is installed"):
        compile_bert(embedder(), wanted=True)

from pathlib import Path

import pytest

from realm.errors import UserError
from realm.tokenizer import SPECIAL_TOKENS, Tokenizer, import_tokenizer, train_wordpiece

TEXTS = [f"The river Ardel{i % 7} flows past Tomvale, where {i} boats of the Ardel guild lie." for i in range(200)]


def trained(path: Path, *, lowercase: bool = True) -> Tokenizer:
    train_wordpiece(TEXTS, vocab_size=300, lowercase=lowercase, output=path)
    return Tokenizer.load(path)


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    trained(tmp_path / "a")
    trained(tmp_path / "b")
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert "vocab.txt" in names
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)


def test_special_tokens_come_first_and_the_rest_is_sorted(tmp_path: Path) -> None:
    trained(tmp_path / "a")
    tokens = (tmp_path / "a" / "vocab.txt").read_text().splitlines()
    assert tuple(tokens[:5]) == SPECIAL_TOKENS
    assert tokens[5:] == sorted(tokens[5:])


def test_offsets_are_characters_of_the_original_text(tmp_path: Path) -> None:
    text = "Tomvale’s Ärdel — ＴＯＭ 👩‍🚀 e\u0301t"
    encoding = trained(tmp_path / "a").encode(text)
    assert len(encoding.ids) == len(encoding.offsets)
    assert text[encoding.offsets[0][0] : encoding.offsets[0][1]].lower().startswith("t")
    assert all(0 <= start <= end <= len(text) for start, end in encoding.offsets)


def test_special_tokens_in_a_text_are_not_special_ids_added_by_encode(tmp_path: Path) -> None:
    tokenizer = trained(tmp_path / "a")
    ids = tokenizer.encode("the river").ids
    assert tokenizer.cls_id not in ids
    assert tokenizer.sep_id not in ids


def test_a_vocabulary_file_and_a_bert_directory_are_imported(tmp_path: Path) -> None:
    tokenizer = trained(tmp_path / "a")
    import_tokenizer(str(tmp_path / "a" / "vocab.txt"), tmp_path / "file", lowercase=True)
    import_tokenizer(str(tmp_path / "a"), tmp_path / "directory", lowercase=True)
    for name in ("file", "directory"):
        imported = Tokenizer.load(tmp_path / name)
        assert imported.vocab_size == tokenizer.vocab_size
        assert imported.encode("Boats of Tomvale").ids == tokenizer.encode("Boats of Tomvale").ids


def test_a_five_token_vocabulary_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vocab.txt").write_text("\n".join(SPECIAL_TOKENS))
    with pytest.raises(UserError, match="has 5 tokens"):
        import_tokenizer(str(tmp_path / "vocab.txt"), tmp_path / "out", lowercase=True)

import json
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


def test_a_checkpoint_says_itself_whether_it_is_lower_cased(tmp_path: Path) -> None:
    trained(tmp_path / "cased", lowercase=False)
    (tmp_path / "bare").mkdir()
    (tmp_path / "bare" / "vocab.txt").write_bytes((tmp_path / "cased" / "vocab.txt").read_bytes())
    for name in ("cased", "bare"):
        for lowers in (True, False):
            settings = json.dumps({"do_lower_case": lowers, "tokenizer_class": "BertTokenizer"})
            (tmp_path / name / "tokenizer_config.json").write_text(settings, encoding="utf-8")
            output = tmp_path / f"{name}-{lowers}"
            import_tokenizer(str(tmp_path / name), output, lowercase=not lowers)
            same = Tokenizer.load(output).encode("BOATS").ids == Tokenizer.load(output).encode("boats").ids
            assert same == lowers


def test_settings_of_sentence_embedders_that_cut_and_fill_texts_are_left_behind(tmp_path: Path) -> None:
    long = " ".join(TEXTS)
    wanted = trained(tmp_path / "a").encode(long).ids
    settings = json.loads((tmp_path / "a" / "tokenizer.json").read_text(encoding="utf-8"))
    settings["truncation"] = {"max_length": 16, "strategy": "LongestFirst", "stride": 0, "direction": "Right"}
    settings["padding"] = {
        "strategy": {"Fixed": 16},
        "direction": "Right",
        "pad_to_multiple_of": None,
        "pad_id": 0,
        "pad_type_id": 0,
        "pad_token": "[PAD]",
    }
    (tmp_path / "a" / "tokenizer.json").write_text(json.dumps(settings), encoding="utf-8")
    import_tokenizer(str(tmp_path / "a"), tmp_path / "b", lowercase=True)
    assert Tokenizer.load(tmp_path / "b").encode(long).ids == wanted
    assert len(Tokenizer.load(tmp_path / "b").encode("the river").ids) < 16


def test_a_token_that_ends_a_line_elsewhere_does_not_shift_the_others(tmp_path: Path) -> None:
    trained(tmp_path / "a")
    tokens = (tmp_path / "a" / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    tokens.insert(50, "\u2028")
    (tmp_path / "vocab.txt").write_text("".join(f"{token}\n" for token in tokens), encoding="utf-8")
    import_tokenizer(str(tmp_path / "vocab.txt"), tmp_path / "b", lowercase=True)
    assert Tokenizer.load(tmp_path / "b").vocabulary == {token: place for place, token in enumerate(tokens)}


def test_a_vocabulary_too_large_for_16_bits_is_refused_before_a_corpus_is_cut_with_it(tmp_path: Path) -> None:
    tokens = [*SPECIAL_TOKENS, *(f"w{number}" for number in range(65_532))]
    (tmp_path / "vocab.txt").write_text("".join(f"{token}\n" for token in tokens), encoding="utf-8")
    with pytest.raises(UserError, match=r"65,537 tokens, but blocks keep wordpieces as 16-bit numbers"):
        import_tokenizer(str(tmp_path / "vocab.txt"), tmp_path / "out", lowercase=True)
    (tmp_path / "vocab.txt").write_text("".join(f"{token}\n" for token in tokens[:-1]), encoding="utf-8")
    import_tokenizer(str(tmp_path / "vocab.txt"), tmp_path / "out", lowercase=True)


def test_a_directory_without_a_vocabulary_or_with_a_damaged_one_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"neither tokenizer\.json nor vocab\.txt"):
        import_tokenizer(str(tmp_path), tmp_path / "out", lowercase=True)
    (tmp_path / "tokenizer.json").write_text('{"version": "1.0", "trunc', encoding="utf-8")
    with pytest.raises(UserError, match=r"tokenizer\.json is no JSON"):
        import_tokenizer(str(tmp_path), tmp_path / "out", lowercase=True)

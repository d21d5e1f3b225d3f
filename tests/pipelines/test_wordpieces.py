from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer as Library
from tokenizers import models, pre_tokenizers

from pipelines import wordpieces
from pipelines.wordlists import words
from pipelines.wordpieces import Wordpieces
from realm.tokenizer import Tokenizer, train_wordpiece

LEARNT = ["The naïve café of Ångström, 東京 and Đà Nẵng: 3.5 % (über) don't [stop]! mill-wheel 1911–1915 ёлка"] * 9


def tokenizer_of(folder: Path, *, lowercase: bool) -> Tokenizer:
    train_wordpiece(LEARNT, vocab_size=300, lowercase=lowercase, output=folder)
    return Tokenizer.load(folder)


@pytest.fixture(scope="module")
def tokenizers(tmp_path_factory: pytest.TempPathFactory) -> list[Tokenizer]:
    folder = tmp_path_factory.mktemp("tokenizers")
    return [tokenizer_of(folder / str(lowercase), lowercase=lowercase) for lowercase in (True, False)]


VISIBLE = sorted(
    words("""The naïve nai\u0308ve e\u0301 東京 Đà Nẵng ( ) . ' _ - – 。 ، ≮ <\u0338 [SEP] [MASK] [ MASK]
    👩‍🚀 ǅ İ ß Σς ½ ﬁ 한국 mill-wheel ^ `""")
)
INVISIBLE = list(" \t\n\r\u00a0\u2009\u3000\u2028\x1c\x85\u200b\u200d\ufeff\ufffd\x00\x07\u0308")
PARTS = st.sampled_from([*VISIBLE, *INVISIBLE, "x" * 101])
TEXTS = st.one_of(st.lists(PARTS, max_size=25).map("".join), st.text(max_size=60))


@settings(max_examples=1000, deadline=None)
@given(text=TEXTS)
def test_ids_are_exactly_the_tokenizer_s(tokenizers: list[Tokenizer], text: str) -> None:
    for tokenizer in tokenizers:
        cached = Wordpieces(tokenizer)
        assert cached.ids(text) == cached.ids(text) == tokenizer.encode(text).ids


def test_a_full_cache_starts_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordpieces, "_MAX_WORDS", 5)
    tokenizer = tokenizer_of(tmp_path / "tokenizer", lowercase=True)
    cached = Wordpieces(tokenizer)
    for number in range(50):
        text = f"the mill of {number} and {number % 7}"
        assert cached.ids(text) == tokenizer.encode(text).ids
        assert len(cached._words) <= 5


def test_a_tokenizer_of_another_make_is_asked_for_whole_texts() -> None:
    library = Library(models.BPE({"a": 0, "b": 1, " ": 2, "b ": 3, "b a": 4}, [("b", " "), ("b ", "a")]))
    library.pre_tokenizer = pre_tokenizers.FixedLength(3)
    tokenizer = Tokenizer(library, fingerprint="x")
    assert not tokenizer.cuts_at_words
    assert Wordpieces(tokenizer).ids("b a") == [4]

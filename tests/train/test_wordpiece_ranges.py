"""Spans of characters as whole wordpieces, in texts with all that makes lengths change."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers.normalizers import BertNormalizer

from realm.tokenizer import Tokenizer, train_wordpiece
from train.wordpiece_ranges import CUT_OFF, CUTS_WORDPIECE, LEFT_OUT, NO_WORDPIECE, WordpieceRanges

PROSE = (
    "Zoë Holt and José Ibáñez met in İstanbul, at the Straßenfest; the ﬁrst oﬃce was Müller's. 他去了北京市。 "
    "東京タワー 서울 हिन्दी عربي Ὀδυσσεύς ǅ ① 👩\u200d🚀 👨\u200d👩\u200d👧 🇫🇷 ❤\ufe0f "
    "x\u00adsoft a\u0301\u0327 don't 1,999 m²"
)
PIECES = st.sampled_from(
    [*PROSE, *PROSE.split(), "e\u0301", "\u0301", "\u0327", "\u200d", "\u200b", "\ufe0f", "\u00ad", "\x07", "\x00",
     "\n", "\u00a0", "\u2028", "İ", "ı", "ß", "ẞ", "ﬁ", "ﬃ", "Å", "\u212b", "가", "각", "が", "か\u3099", "🚀", "🏽",
     "\U0002f800", "\u0f73", "\u302e", " ", " ", "-"]
)  # fmt: skip


@pytest.fixture(scope="module", params=[True, False], ids=["lower-cased", "cased"])
def lowercase(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def tokenizer(lowercase: bool, tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    output = tmp_path_factory.mktemp("tokenizer") / "tokenizer"
    words = [word for word in PROSE.split() if "①" not in word and "🇫🇷" not in word]  # these are [UNK]
    train_wordpiece([" ".join(words)] * 3, vocab_size=500, lowercase=lowercase, output=output)
    return Tokenizer.load(output)


def mapped(tokenizer: Tokenizer, text: str, start: int, end: int) -> list[str] | str:
    """The wordpieces of a span, or why there are none."""
    encoding = tokenizer.encode(text)
    found = WordpieceRanges(encoding.offsets, size=len(encoding.ids)).exact(start, end)
    return found if isinstance(found, str) else tokenizer.tokens(encoding.ids[slice(*found)])


def word(tokenizer: Tokenizer, text: str, part: str) -> list[str] | str:
    start = text.index(part)
    return mapped(tokenizer, text, start, start + len(part))


def joined(tokens: Sequence[str]) -> str:
    return "".join(token.removeprefix("##") for token in tokens)


@pytest.mark.parametrize(
    ("text", "part", "lower", "cased"),
    [
        ("Then José left.", "José", "jose", "José"),
        ("Then Jose\u0301 left.", "Jose\u0301", "jose", "Jose\u0301"),  # the accent is a character of its own
        ("Then Jose\u0301, they say", "Jose\u0301", "jose", "Jose\u0301"),
        ("in İstanbul now", "İstanbul", "istanbul", "İstanbul"),  # two characters in lower case
        ("the Straßenfest is", "Straßenfest", "straßenfest", "Straßenfest"),
        ("the ﬁrst oﬃce", "ﬁrst oﬃce", "ﬁrstoﬃce", "ﬁrstoﬃce"),
        ("他去了北京市。", "北京", "北京", "北京"),
        ("東京タワー is", "東京タワー", "東京タワー", "東京タワー"),
        ("go 👩\u200d🚀 go", "👩\u200d🚀", "👩🚀", "👩🚀"),
        ("a x\u00adsoft one", "x\u00adsoft", "xsoft", "xsoft"),
        ("\x07Zoë\x07 Holt", "\x07Zoë\x07", "zoe", "Zoë"),
        ("서울 is", "서울", "\u1109\u1165\u110b\u116e\u11af", "서울"),  # decomposed where accents are dropped
        ("don't go", "don't", "don't", "don't"),
        ("Müller's shop", "Müller", "muller", "Müller"),
    ],
)
def test_the_wordpieces_of_a_span_spell_it(
    tokenizer: Tokenizer,
    lowercase: bool,
    text: str,
    part: str,
    lower: str,
    cased: str,
) -> None:
    assert joined(word(tokenizer, text, part)) == (lower if lowercase else cased)


@pytest.mark.parametrize(
    ("text", "start", "end", "reason"),
    [
        ("the Holt family", 4, 6, CUTS_WORDPIECE),
        ("the Holt family", 6, 8, CUTS_WORDPIECE),
        ("서울 is", 0, 1, CUTS_WORDPIECE),
        ("a 👩\u200d🚀 b", 2, 3, CUTS_WORDPIECE),
        ("a 🇫🇷🚀 b", 2, 4, CUTS_WORDPIECE),  # a word that holds an unknown sign is one wordpiece, [UNK]
        ("a \u200d b", 2, 3, NO_WORDPIECE),
        ("a   b", 1, 3, NO_WORDPIECE),
        ("a\x07b c", 1, 2, NO_WORDPIECE),
    ],
)
def test_a_span_that_is_not_whole_wordpieces_has_a_reason(
    tokenizer: Tokenizer, text: str, start: int, end: int, reason: str
) -> None:
    assert mapped(tokenizer, text, start, end) == reason


def test_of_a_cut_body_only_what_was_kept_is_found() -> None:
    ranges = WordpieceRanges([(0, 3), (4, 8), (9, 12)], size=2)
    assert ranges.exact(4, 8) == (1, 2)
    assert ranges.exact(4, 12) == ranges.touched(9, 10) == CUT_OFF
    assert ranges.touched(5, 6) == (1, 2)
    assert WordpieceRanges([], size=0).exact(0, 4) == NO_WORDPIECE


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join), st.data())
def test_masked_wordpieces_cover_a_span_and_nothing_else(
    tokenizer: Tokenizer,
    lowercase: bool,
    text: str,
    data: st.DataObject,
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    encoding = tokenizer.encode(text)
    found = WordpieceRanges(encoding.offsets, size=len(encoding.ids)).exact(start, end)
    touching = [n for n, (low, high) in enumerate(encoding.offsets) if low < end and high > start]
    if isinstance(found, str):
        crosses = any(low < border < high for low, high in encoding.offsets for border in (start, end))
        assert found == (CUTS_WORDPIECE if touching and crosses else NO_WORDPIECE)
        assert found in LEFT_OUT
        return
    assert touching == list(range(*found))
    tokens = tokenizer.tokens(encoding.ids[slice(*found)])
    if "[UNK]" not in tokens:
        seen = BertNormalizer(lowercase=lowercase).normalize_str(text[start:end])
        assert joined(tokens) == "".join(seen.split())

from hypothesis import given
from hypothesis import strategies as st

from pipelines.sentences import split_sentences
from pipelines.tagging.words import cut_words
from realm.schema import TextRange


def cut(text: str) -> tuple[str, ...]:
    return cut_words(text, TextRange(0, len(text))).texts


def test_words_keep_hyphens_initials_and_inner_apostrophes() -> None:
    assert cut("J. R. R. Tolkien's Scots-Irish d'Or, St. Ives (A.B.C.).") == (
        "J.", "R.", "R.", "Tolkien", "'s", "Scots-Irish", "d'Or", ",", "St.", "Ives", "(", "A.B.C.", ")", ".",
    )  # fmt: skip


def test_scripts_without_spaces_are_cut_into_characters_and_marks_stay_with_their_letters() -> None:
    assert cut("北京市 in ภูเก็ต") == ("北", "京", "市", "in", "ภู", "เ", "ก็", "ต")
    assert cut("दिल्ली Zoe\u0308 👩\u200d🚀") == ("दिल्ली", "Zoe\u0308", "👩", "\u200d", "🚀")
    assert cut("カメラを買う") == ("カメラ", "を", "買", "う")


@given(st.text(max_size=60) | st.text(alphabet="aB é\u0301's北.🚀\u0e39-", max_size=40))
def test_no_visible_character_is_lost_and_places_are_exact(text: str) -> None:
    for sentence in split_sentences(text):
        words = cut_words(text, sentence)
        assert [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == list(words.texts)
        inside = "".join(words.texts)
        assert inside == "".join(text[sentence.start : sentence.end].split())

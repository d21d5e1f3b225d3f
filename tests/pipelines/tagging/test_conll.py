from pathlib import Path

import pytest

from pipelines.tagging.conll import LabelledText, read_conll
from realm.errors import UserError


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def names(document: LabelledText) -> list[tuple[str, str]]:
    return [(document.text[span.start : span.end], span.label) for span in document.spans]


@pytest.mark.parametrize(
    "labels",
    [
        "I-PER I-PER O I-LOC B-LOC O",  # IOB1: B only between neighbours of one label
        "B-PER I-PER O B-LOC B-LOC O",
        "B-PER L-PER O U-LOC U-LOC O",
        "B-PER E-PER O S-LOC S-LOC O",
    ],
)
def test_every_way_to_write_labels_gives_the_same_entities(tmp_path: Path, labels: str) -> None:
    words = ["Ada", "Holm", "of", "Arvik", "Bryne", "."]
    file = write(tmp_path / "a", *(f"{word} N {label}" for word, label in zip(words, labels.split(), strict=True)))
    (document,) = read_conll(file, max_odd_share=0.0, use="gold").documents
    assert names(document) == [("Ada Holm", "PER"), ("Arvik", "LOC"), ("Bryne", "LOC")]


def test_documents_sentences_and_comments_are_told_apart(tmp_path: Path) -> None:
    file = write(
        tmp_path / "a", "\ufeff# made by hand", "-DOCSTART- -X- O", "", "Ada\tB-PER", "", "It\tO", "", "",
        "-DOCSTART- O",
        "", "Bo\tB-PER",
    )  # fmt: skip
    first, second = read_conll(file, max_odd_share=0.0, use="gold").documents
    assert (first.text, [first.text[s.start : s.end] for s in first.sentences]) == ("Ada\nIt", ["Ada", "It"])
    assert names(second) == [("Bo", "PER")]


def test_odd_sentences_are_dropped_with_reason_and_line_and_the_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "a"
    good = "".join(f"Word{n} B-PER\n\n" for n in range(7))
    file.write_bytes(good.encode() + b"Ada B-PER extra\n\nBo PER\n\nC\xff B-PER\nD O\n")
    found = read_conll(file, max_odd_share=0.3, use="gold")
    assert [(letter.reason, letter.record_id) for letter in found.odd] == [
        ("odd columns", "a, line 15"),
        ("odd label", "a, line 17"),
        ("not UTF-8", "a, line 19"),
    ]
    assert len(found.documents[0].sentences) == 7
    with pytest.raises(UserError, match=r"3 of the 10 sentences of .*a cannot be read.*0\.29.*a, line 15.*3 columns"):
        read_conll(file, max_odd_share=0.29, use="gold")


def test_a_file_that_is_missing_or_holds_no_entity_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        read_conll(tmp_path / "none", max_odd_share=0.0, use="gold")
    with pytest.raises(UserError, match="no labelled entity"):
        read_conll(write(tmp_path / "prose", "Just O", "words O"), max_odd_share=0.0, use="gold")
    (tmp_path / "empty").write_bytes(b"")
    with pytest.raises(UserError, match="no labelled entity"):
        read_conll(tmp_path / "empty", max_odd_share=0.0, use="gold")


def test_a_line_without_a_label_is_told_as_one(tmp_path: Path) -> None:
    labelled = ["Ada B-PER", ""] * 9
    (letter,) = read_conll(write(tmp_path / "a", *labelled, "Bo", ""), max_odd_share=0.1, use="conll").odd
    assert (letter.source, letter.record_id, letter.detail) == (
        "conll",
        "a, line 19",
        "1 column instead of 2 columns: Bo",
    )
    with pytest.raises(
        UserError, match=r"2 of the 2 sentences of .*b, line 1 \(odd columns: 1 column instead of a word"
    ):
        read_conll(write(tmp_path / "b", "Ada", "", "Bo"), max_odd_share=0.5, use="gold")

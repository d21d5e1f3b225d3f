"""The stages `tokenizer` and `tagger`."""

from pathlib import Path

import pytest

from pipelines import tokenizer, train_tagger
from pipelines.tagger import load_tagger
from pipelines.tokenizer import TokenizerConfig
from realm.errors import UserError
from realm.schema import TextRange
from tests.files import contents
from tests.pipelines.dumps import SOURCES, pages, write_lines, write_multistream
from tests.pipelines.taggers import settings

TRAINED = TokenizerConfig(checkpoint=None, vocab_size=300, lowercase=True, train_characters=50_000)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    write_multistream(tmp_path / "raw" / "wikipedia" / "tiny.xml.bz2", pages(30))
    return tmp_path / "raw"


def test_the_same_dump_trains_the_same_tokenizer_and_tagger(raw: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        tokenizer.run(TRAINED, raw=raw, sources=SOURCES, output=tmp_path / name / "tokenizer", letters=tmp_path / "l")
        config = settings()
        train_tagger.run(config, raw=raw, sources=SOURCES, output=tmp_path / name / "tagger")
    for kind in ("tokenizer", "tagger"):
        assert contents(tmp_path / "one" / kind) == contents(tmp_path / "two" / kind)


def test_a_vocabulary_file_is_taken_as_it_is(raw: Path, tmp_path: Path) -> None:
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *(f"w{n}" for n in range(200)), "town"]
    (tmp_path / "vocab.txt").write_text("\n".join(vocabulary) + "\n")
    config = TokenizerConfig(str(tmp_path / "vocab.txt"), vocab_size=1, lowercase=True, train_characters=1)
    loaded = tokenizer.run(config, raw=raw, sources=SOURCES, output=tmp_path / "tokenizer", letters=tmp_path / "l")
    assert loaded.encode("Town w7").ids == [205, 12]


def test_the_tagger_learns_the_dump_s_common_words(raw: Path, tmp_path: Path) -> None:
    config = settings()
    train_tagger.run(config, raw=raw, sources=SOURCES, output=tmp_path / "tagger")
    tagger = load_tagger(tmp_path / "tagger")
    assert tagger is not None
    text = "Inhabitants met Margaret Holt."
    spans = tagger.spans(text, [TextRange(0, len(text))])
    assert [text[span.start : span.end] for span in spans] == ["Margaret Holt"]


def test_inputs_without_text_train_nothing(tmp_path: Path) -> None:
    write_lines(tmp_path / "raw" / "text" / "a.jsonl", [{"id": "1", "title": "Empty", "text": ""}])
    with pytest.raises(UserError, match=r"No article came out of a\.jsonl \(dropped: empty text 1\)"):
        tokenizer.run(
            TRAINED, raw=tmp_path / "raw", sources=SOURCES, output=tmp_path / "tokenizer", letters=tmp_path / "l"
        )
    assert not (tmp_path / "tokenizer").exists()

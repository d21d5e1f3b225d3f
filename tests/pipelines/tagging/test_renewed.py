"""A tagger that is loaded anew now and then tags as one that is not."""

import weakref
from pathlib import Path

import spacy

from pipelines.sentences import split_sentences
from pipelines.tagging.renewed import RenewedTagger
from pipelines.tagging.spacy_pipeline import SpacyTagger, load_pipeline

TEXTS = [f"Ada Holm came to Zoë Works in 19{year}, as nobody{year} knew." for year in range(10, 40)]


def test_spans_are_the_same_and_no_two_taggers_are_there_at_once(tmp_path: Path) -> None:
    language = spacy.blank("xx")
    language.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "Zoë Works"}])
    language.to_disk(tmp_path / "pipeline")
    loaded: list[weakref.ref[SpacyTagger]] = []

    def load() -> SpacyTagger:
        assert all(tagger() is None for tagger in loaded)
        tagger = SpacyTagger(load_pipeline(str(tmp_path / "pipeline")), fingerprint="spans of Zoë")
        loaded.append(weakref.ref(tagger))
        return tagger

    renewed = RenewedTagger(load, characters=200)
    found = [renewed.spans(text, split_sentences(text)) for text in TEXTS]
    assert renewed.fingerprint == "spans of Zoë"
    assert 5 < len(loaded) < 12
    plain = load_pipeline(str(tmp_path / "pipeline"))
    once = SpacyTagger(plain, fingerprint="")
    assert found == [once.spans(text, split_sentences(text)) for text in TEXTS]
    assert [span.label for span in found[0]] == ["ORG", "DATE"]

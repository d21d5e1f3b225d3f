"""Taggers of kind `spacy`, with pipelines that are made here."""

from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.training import Example
from thinc.api import CupyOps, fix_random_seed, get_current_ops

from pipelines import train_tagger
from pipelines.sentences import split_sentences
from pipelines.tagger import load_tagger
from pipelines.tagging.fast import needed_components
from pipelines.tagging.spacy_pipeline import SpacyTagger, _say_device, load_pipeline
from realm.errors import UserError
from tests.pipelines import taggers
from tests.pipelines.dumps import SOURCES

PATTERNS = [{"label": "ORG", "pattern": "Zoë Works"}, {"label": "GPE", "pattern": "北京"}]
TEXT = "She left Zoë Works in May 1999. It rained. 北京 is big, and so is Zoë Works 🚀."


def ruler(*, dates: bool = False) -> Any:
    language = spacy.blank("xx")
    found = language.add_pipe("entity_ruler")
    found.add_patterns([*PATTERNS, {"label": "DATE", "pattern": "1999"}] if dates else PATTERNS)
    return language


def recogniser(*, listens: bool) -> Any:
    """A pipeline with more components than entities need, trained on one sentence."""
    fix_random_seed(3)
    language = spacy.blank("en")
    tok2vec = {"@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 16, "depth": 1,
               "embed_size": 100, "window_size": 1, "maxout_pieces": 2, "subword_features": True}  # fmt: skip
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16, "upstream": "*"}
    language.add_pipe("tok2vec", config={"model": tok2vec})
    language.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": listener}})
    architecture = {"@architectures": "spacy.TransitionBasedParser.v2", "state_type": "ner",
                    "extra_state_tokens": False, "hidden_width": 16, "maxout_pieces": 2, "use_upper": True}  # fmt: skip
    language.add_pipe("ner", config={"model": {**architecture, "tok2vec": listener if listens else tok2vec}})
    words = ["We", "met", "Ada", "Holm", "."]
    lesson = {"words": words, "tags": ["P", "V", "N", "N", "."], "entities": ["O", "O", "B-PER", "L-PER", "O"]}
    example = Example.from_dict(language.make_doc("We met Ada Holm."), lesson)
    language.initialize(lambda: [example])
    for _ in range(60):
        language.update([example])
    return language


def spans(language: Any, text: str) -> list[tuple[str, str]]:
    tagger = SpacyTagger(language, fingerprint="")
    return [(text[span.start : span.end], span.label) for span in tagger.spans(text, split_sentences(text))]


def test_labels_are_kept_and_dates_are_ours_unless_the_pipeline_has_them() -> None:
    names = [("Zoë Works", "ORG"), ("北京", "GPE"), ("Zoë Works", "ORG")]
    assert spans(ruler(), TEXT) == [names[0], ("May 1999", "DATE"), *names[1:]]
    assert spans(ruler(dates=True), TEXT) == [names[0], ("1999", "DATE"), *names[1:]]


@pytest.mark.parametrize("listens", [True, False])
def test_what_entities_do_not_need_is_left_out_and_the_spans_stay(*, listens: bool) -> None:
    language = recogniser(listens=listens)
    texts = ["We met Ada Holm.", "We met Bo, and Ada Holm met us in " + "the old town " * 20 + "again."]
    plain = [[(one.text, one.label_) for one in document.ents] for document in language.pipe(texts)]
    assert needed_components(language) == (["tok2vec", "ner"] if listens else ["ner"])
    assert [spans(language, text) for text in texts] == plain
    assert plain[0] == [("Ada Holm", "PER")]
    assert language.component_names == (["tok2vec", "ner"] if listens else ["ner"])


def test_all_before_a_list_of_patterns_stays_as_patterns_may_ask_for_anything() -> None:
    language = recogniser(listens=True)
    language.add_pipe("entity_ruler").add_patterns([{"label": "X", "pattern": [{"TAG": "V"}]}])
    language.add_pipe("sentencizer")
    assert needed_components(language) == ["tok2vec", "tagger", "ner", "entity_ruler"]


def test_the_stage_copies_a_pipeline_and_the_copy_tags_alike(tmp_path: Path) -> None:
    ruler().to_disk(tmp_path / "mine")
    config = taggers.settings(kind="spacy", pipeline=str(tmp_path / "mine"))
    values = train_tagger.run(config, raw=tmp_path / "none", sources=SOURCES, output=tmp_path / "tagger")
    assert values == {"kind": "spacy", "pipeline": "xx_pipeline 0.0.0"}
    tagger = load_tagger(tmp_path / "tagger")
    assert tagger is not None
    found = tagger.spans(TEXT, split_sentences(TEXT))
    assert [TEXT[span.start : span.end] for span in found] == ["Zoë Works", "May 1999", "北京", "Zoë Works"]


def test_a_pipeline_that_is_not_there_is_said_with_the_command(tmp_path: Path) -> None:
    def message(pipeline: str) -> str:
        config = taggers.settings(kind="spacy", pipeline=pipeline)
        with pytest.raises(UserError) as caught:
            train_tagger.run(config, raw=tmp_path, sources=SOURCES, output=tmp_path / "tagger")
        return str(caught.value)

    assert "Run `python -m spacy download xx_nothing_news_sm`" in message("xx_nothing_news_sm")
    assert "Run `python -m pip install my-own-pipeline`" in message("my-own-pipeline")
    assert "has no config.cfg" in message(str(tmp_path))
    assert "does not exist" in message(str(tmp_path / "gone"))
    blank = spacy.blank("xx")
    blank.add_pipe("sentencizer")
    blank.to_disk(tmp_path / "blank")
    assert "finds no entities: it has the components sentencizer" in message(str(tmp_path / "blank"))
    ruler().to_disk(tmp_path / "trf")
    config = (tmp_path / "trf" / "config.cfg").read_text()
    (tmp_path / "trf" / "config.cfg").write_text(config.replace('"entity_ruler"', '"curated_transformer_of_tests"'))
    assert "needs `python -m pip install 'spacy-curated-transformers<1'`" in message(str(tmp_path / "trf"))
    assert not (tmp_path / "tagger").exists()


def test_the_log_says_once_what_a_pipeline_runs_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruler().to_disk(tmp_path / "mine")
    _say_device.cache_clear()
    for _ in range(2):
        load_pipeline(str(tmp_path / "mine"))
    where = "the GPU" if isinstance(get_current_ops(), CupyOps) else "processors, as spaCy "
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"tagger: the pipeline runs on {where}")


def test_memory_stays_flat_as_words_are_forgotten() -> None:
    """Every sentence has a word that no other has; the vocabulary must not keep them."""
    tagger = SpacyTagger(ruler(), fingerprint="")
    sizes = []
    for turn in range(30):
        text = "\n".join(f"Word{turn}x{n} is new here." for n in range(400))
        tagger.spans(text, split_sentences(text))
        sizes.append(len(tagger._language.vocab.strings))
    assert max(sizes) < 4_000  # 12,000 words were new

"""A spaCy pipeline with the components and sizes of the published small English one, trained on silver labels."""

from collections.abc import Sequence
from typing import Any, Final

from pipelines.tagging.training import Labelled

_WIDTH: Final = 96
_BATCH: Final = 64
_TOK2VEC: Final = {
    "@architectures": "spacy.HashEmbedCNN.v2",
    "pretrained_vectors": None,
    "width": _WIDTH,
    "depth": 4,
    "embed_size": 5000,
    "window_size": 1,
    "maxout_pieces": 3,
    "subword_features": True,
}
_LISTENER: Final = {"@architectures": "spacy.Tok2VecListener.v1", "width": _WIDTH, "upstream": "tok2vec"}


def make_pipeline(lessons: Sequence[Labelled]) -> Any:
    """Trains tagger and entity recogniser for one epoch, which is enough to be measured."""
    import spacy
    from spacy.training import Example
    from thinc.api import fix_random_seed

    fix_random_seed(1)
    language = spacy.blank("en")
    language.add_pipe("tok2vec", config={"model": _TOK2VEC})
    language.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": _LISTENER}})
    language.add_pipe("ner", config={"model": _recogniser()})
    examples = [Example.from_dict(*_lesson(language, one)) for one in lessons]
    language.initialize(lambda: examples)
    for start in range(0, len(examples), _BATCH):
        language.update(examples[start : start + _BATCH])
    return language


def _lesson(language: Any, one: Labelled) -> tuple[Any, dict[str, Any]]:
    from spacy.tokens import Doc

    words = list(one.sentence.words.texts)
    labels = ["-" if label == 0 else "O" if label < 0 else "" for label in one.labels]
    for place, label in enumerate(one.labels):
        if label > 0:
            begins = place == 0 or one.labels[place - 1] != label
            ends = place + 1 == len(labels) or one.labels[place + 1] != label
            labels[place] = ("U" if begins and ends else "B" if begins else "L" if ends else "I") + "-ENTITY"
    return Doc(language.vocab, words=words), {"words": words, "tags": list(one.sentence.rules), "entities": labels}


def _recogniser() -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "tok2vec": _TOK2VEC,
    }

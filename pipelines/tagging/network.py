"""The network of the trained taggers: spaCy's named-entity recogniser over words that we describe ourselves."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from pipelines.tagging.fast import MemoryZone, by_length, fast_operations
from pipelines.tagging.features import Sentence
from realm.constraints import Count
from realm.schema import Span
from realm.storage import read_json, write_json

_ATTRIBUTES: Final = {"LEMMA": 4000, "PREFIX": 500, "SUFFIX": 2000, "SHAPE": 1000, "TAG": 200, "POS": 50}  # to rows
_OF_SPELLING: Final = ("NORM", "PREFIX", "SUFFIX", "SHAPE")
_PIECES: Final = 3
_FOLDER, _SHAPE = "ner", "network.json"


@dataclass(frozen=True)
class NetworkConfig:
    """Sizes of the network.

    Attributes:
        width: of a word's vector.
        depth: convolutions; each lets a word see one more word on either side.
        hidden: units of the layer that decides.
    """

    width: Count
    depth: Count
    hidden: Count


class Network:
    """Words in, entities out. Words of one batch see nothing of each other across sentences.

    It is too small to gain from a GPU, and stays on processors where there is one: spans are the same everywhere.
    """

    def __init__(self, config: NetworkConfig, *, seed: int) -> None:
        import spacy
        from spacy.attrs import intify_attr
        from thinc.api import fix_random_seed

        fix_random_seed(seed)
        self._config = config
        self._language = spacy.blank("xx")
        getters = self._language.vocab.lex_attr_getters
        for attribute in getters.keys() - {intify_attr(name) for name in _OF_SPELLING}:
            del getters[attribute]  # nothing asks for it, and it is worked out for every new word
        self._language.add_pipe("ner", config={"model": _architecture(config)})
        self.recogniser: Any = self._language.get_pipe("ner")
        self._zone = MemoryZone(self._language)

    @staticmethod
    def load(directory: Path) -> "Network":
        """Reads what `save` wrote."""
        network = Network(NetworkConfig(**read_json(directory / _SHAPE)), seed=0)
        network.recogniser.from_disk(directory / _FOLDER, exclude=["vocab"])
        network.make_fast()
        return network

    def save(self, directory: Path) -> None:
        """Writes weights and labels; equal networks give equal bytes."""
        self.recogniser.to_disk(directory / _FOLDER, exclude=["vocab"])
        write_json(directory / _SHAPE, asdict(self._config))

    @property
    def language(self) -> Any:
        """The spaCy pipeline."""
        return self._language

    @property
    def labels(self) -> tuple[str, ...]:
        """What it may call an entity."""
        return tuple(self.recogniser.labels)

    def make_fast(self) -> None:
        """Sets faster arithmetic."""
        self.recogniser.model._to_ops(fast_operations())

    def document(self, sentence: Sentence) -> Any:
        """A spaCy document of one sentence; it must not outlive the call that made it."""
        from spacy.tokens import Doc

        words = sentence.words
        spaces = [words.ends[place - 1] < words.starts[place] for place in range(1, len(words))] + [False]
        return Doc(
            self._language.vocab,
            words=list(words.texts),
            spaces=spaces,
            tags=list(sentence.tags),
            lemmas=list(sentence.lemmas),
            pos=list(sentence.rules),
        )

    def entities(self, sentences: Sequence[Sentence]) -> list[list[Span]]:
        """The entities of each sentence, as ranges of the article's text."""
        self._zone.enter(sum(len(sentence.words) for sentence in sentences))
        found: list[list[Span]] = [[] for _ in sentences]
        documents = [self.document(sentence) for sentence in sentences]
        for places in by_length(documents):
            batch = [documents[place] for place in places]
            self.recogniser.set_annotations(batch, self.recogniser.predict(batch))
            for place, document in zip(places, batch, strict=True):
                words = sentences[place].words
                found[place] = [
                    Span(words.starts[entity.start], words.ends[entity.end - 1], entity.label_)
                    for entity in document.ents
                ]
        return found


def example(
    network: Network, sentence: Sentence, entities: Iterable[tuple[int, int, str]], *, unknown: Sequence[int]
) -> Any:
    """What the network learns from.

    Args:
        network: that will learn from it.
        sentence: as it is given.
        entities: first word, word behind the last, and label of each.
        unknown: words whose label is not known.
    """
    from spacy.tokens import Doc
    from spacy.tokens import Span as Entity
    from spacy.training import Example

    given = network.document(sentence)
    wanted = Doc(given.vocab, words=[word.text for word in given], spaces=[bool(word.whitespace_) for word in given])
    missing = [Entity(wanted, place, place + 1) for place in unknown]
    wanted.set_ents([Entity(wanted, *label) for label in entities], missing=missing, default="outside")
    return Example(given, wanted)


def _architecture(config: NetworkConfig) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "ner",
        "extra_state_tokens": False,
        "hidden_width": config.hidden,
        "maxout_pieces": 2,
        "use_upper": False,
        "nO": None,
        "tok2vec": {
            "@architectures": "spacy.Tok2Vec.v2",
            "embed": {
                "@architectures": "spacy.MultiHashEmbed.v2",
                "width": config.width,
                "attrs": list(_ATTRIBUTES),
                "rows": list(_ATTRIBUTES.values()),
                "include_static_vectors": False,
            },
            "encode": {
                "@architectures": "spacy.MaxoutWindowEncoder.v2",
                "width": config.width,
                "depth": config.depth,
                "window_size": 1,
                "maxout_pieces": _PIECES,
            },
        },
    }

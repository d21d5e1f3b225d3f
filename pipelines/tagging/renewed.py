"""A tagger that is loaded anew now and then, so that memory stays flat over any number of texts."""

from collections.abc import Callable, Sequence
from typing import Final

from pipelines.tagging.spans import Tagger
from realm.schema import Span, TextRange

_CHARACTERS: Final = 10_000_000  # tagged in more than a minute; loading takes a second


class RenewedTagger:
    """Tags as what `load` returns does.

    spaCy forgets the words of a memory zone, but its hash tables keep their slots and double when these are used up:
    some ten bytes a word of ordinary text, for ever. Only a new vocabulary gives them back.
    """

    def __init__(self, load: Callable[[], Tagger], *, characters: int = _CHARACTERS) -> None:
        self._load, self._limit = load, characters
        self._tagger: Tagger | None = load()
        self._characters = 0
        self.fingerprint = self._tagger.fingerprint

    def spans(self, text: str, sentences: Sequence[TextRange]) -> tuple[Span, ...]:
        """Salient spans of `text`: each inside one sentence, in order, never overlapping."""
        if self._tagger is None or self._characters > self._limit:
            self._tagger = None  # its memory goes before the next one's comes
            self._tagger, self._characters = self._load(), 0
        self._characters += len(text)
        return self._tagger.spans(text, sentences)

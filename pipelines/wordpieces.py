"""Wordpieces of prose, several times faster than the library: what a word is cut into is looked up once.

BERT's tokenizer cuts at white space and punctuation before it looks for wordpieces, and what it makes of the
letters between two cuts does not depend on what stands beside them. So a text's wordpieces are those of its
words, one behind the other, and nearly every word of a text was seen before. Offsets are not kept: who needs them
asks the tokenizer itself.
"""

import re
from itertools import chain
from typing import Final

from realm.tokenizer import Tokenizer

# Cuts at ASCII alone, which is fewer than the tokenizer makes, and never inside of what it keeps together: what
# else is white space or punctuation stays in the word, and the tokenizer cuts it there.
_WORD: Final = re.compile(r"[!-/:-@\[-`{-~]|[^ \t\n!-/:-@\[-`{-~]+")
_MAX_WORDS: Final = 200_000  # about 60 MB
_MAX_CHARACTERS: Final = 32  # longer ones hardly come again: addresses, and scripts without spaces


class Wordpieces:
    """The wordpieces of texts that begin and end where words do, by a cache of words that is bounded."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._words = _Words(tokenizer)
        self._whole = not tokenizer.cuts_at_words
        self._mark = re.compile("|".join(map(re.escape, tokenizer.added_tokens)) or r"\Z\A")

    def ids(self, text: str) -> list[int]:
        """Exactly the ids that the tokenizer gives for `text`."""
        if self._whole or self._mark.search(text):
            return self._tokenizer.encode(text).ids
        return list(chain.from_iterable(map(self._words.__getitem__, _WORD.findall(text))))


class _Words(dict[str, tuple[int, ...]]):
    """Word to wordpieces; asks the tokenizer for what is not there, and starts anew when it is full."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        super().__init__()
        self._tokenizer = tokenizer

    def __missing__(self, word: str) -> tuple[int, ...]:
        ids = tuple(self._tokenizer.encode(word).ids)
        if len(word) <= _MAX_CHARACTERS:
            if len(self) >= _MAX_WORDS:
                self.clear()
            self[word] = ids
        return ids

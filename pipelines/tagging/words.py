"""A sentence as the trained taggers see it: words with their places.

One rule of cutting for training and use, in every language: runs of letters and digits with the hyphens and
apostrophes inside them, initials and abbreviations with their full stops, and every other visible character by
itself. Scripts that put no spaces between words are cut into single characters.
"""

import re
from dataclasses import dataclass
from typing import Final
from unicodedata import category

from realm.schema import TextRange

# Han, Hiragana, Thai, Lao, Tibetan, Burmese, Khmer; Katakana stays whole, as it mostly writes foreign names.
_UNSPACED: Final = (
    "\u3005\u3007\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
)
# Combining marks belong to the letter before them, and so do the joiners of Indic and Arabic script.
_MARKS: Final = "".join(chr(code) for code in range(0x300, 0x3100) if category(chr(code))[0] == "M") + "\u200c\u200d"
_PART: Final = rf"(?:[^\W_{_UNSPACED}]|[{_MARKS}])+"
_WORD: Final = re.compile(
    rf"['’][sS]\b|(?:[^\W\d_]\.){{2,}}|[^\W\d_{_UNSPACED}]\.(?= [^\W\d_])"
    rf"|{_PART}(?:[-'’&/.](?![sS]\b){_PART})*(?:\.(?<=\b(?:St|Mt|Jr|Sr|Ft)\.))?"
    rf"|[{_UNSPACED}][{_MARKS}]*|\S"
)


@dataclass(frozen=True)
class Words:
    """The words of one sentence.

    Attributes:
        texts: as they are written.
        starts: their first characters, in the article's text.
        ends: the characters behind them.
    """

    texts: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.texts)

    @property
    def first(self) -> int:
        """Place of the first word that is a word and no mark; the number of words if there is none."""
        return next((place for place, word in enumerate(self.texts) if word[0].isalnum()), len(self))

    def near(self, place: int) -> bool:
        """Whether only a space or nothing stands between the word at `place` and the one before."""
        return place > 0 and self.starts[place] - self.ends[place - 1] <= 1


def cut_words(text: str, sentence: TextRange) -> Words:
    """Cuts one sentence of `text` into words; no visible character is lost."""
    places = [match.span() for match in _WORD.finditer(text, sentence.start, sentence.end)]
    return Words(
        tuple(text[start:end] for start, end in places),
        tuple(start for start, _ in places),
        tuple(end for _, end in places),
    )


def is_capital(word: str) -> bool:
    """Whether a word is written as a name may be: with a capital, or like "iPhone"."""
    return word[0].isupper() or (len(word) > 1 and word[0].islower() and word[1].isupper())


def is_caseless(word: str) -> bool:
    """Whether a word is of a script without capitals."""
    return word[0].isalpha() and word.lower() == word.upper()

"""Chance without state: every choice hangs on the seed and on what it is a choice for.

So a page that says the same in two snapshots is the same to the byte, whatever changed elsewhere.
"""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


class Chance:
    """Repeatable choices; `key` names what is chosen."""

    def __init__(self, seed: int) -> None:
        self._seed = str(seed)

    def number(self, *key: object) -> int:
        """A 64-bit number that `key` and the seed determine."""
        text = "\x1f".join([self._seed, *(str(part) for part in key)])
        return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")

    def between(self, low: int, high: int, *key: object) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + self.number(*key) % (high - low + 1)

    def happens(self, share: float, *key: object) -> bool:
        """True for about `share` of all keys."""
        return self.number(*key) < share * 2**64

    def pick(self, options: Sequence[Item], *key: object) -> Item:
        """One of `options`."""
        return options[self.number(*key) % len(options)]

    def shuffled(self, items: Sequence[Item], *key: object) -> list[Item]:
        """`items` in an order of chance."""
        order = sorted(range(len(items)), key=lambda i: self.number(*key, i))
        return [items[i] for i in order]

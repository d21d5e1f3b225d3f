"""A real dump's beginning, repeated to any size: a multistream dump whose articles are all different.

Copies of an article would be dropped as repeated blocks, and the run would write less than it reads. So copy n of
a page has its own title and id, and behind every "the" stands one more word, drawn from the dump's own lower-case
words: one word in sixteen, several in every block, and hardly any that the dump does not hold.
"""

import bz2
import random
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

_PAGE = re.compile(rb"  <page>.*?</page>\n", re.DOTALL)
_TITLE = re.compile(rb"<title>(.*?)</title>")
_ID = re.compile(rb"<id>(\d+)</id>")
_THE = re.compile(rb"(?<= the )(?=[A-Za-z])")
_WORD = re.compile(rb" ([a-z]{4,12})(?= )")
_ID_STEP = 10_000_000


def write_repeated(head: Path, output: Path, *, megabytes: float, pages_per_stream: int = 100) -> int:
    """Writes a multistream dump of at least `megabytes` of XML and returns its length, uncompressed."""
    xml = bz2.decompress(head.read_bytes())
    pages = _PAGE.findall(xml)
    words = _WORD.findall(xml)
    length = 0
    with output.open("wb") as file:
        file.write(bz2.compress(xml[: xml.index(b"  <page>")]))
        copy = 0
        while length < megabytes * 1e6:
            chance = random.Random(copy)
            changed = (_changed(page, copy, words, chance) for page in pages)
            for stream in _streams(changed, pages_per_stream):
                file.write(bz2.compress(stream))
                length += len(stream)
                if length >= megabytes * 1e6:
                    break
            copy += 1
        file.write(bz2.compress(b"</mediawiki>\n"))
    return length


def _changed(page: bytes, copy: int, words: list[bytes], chance: random.Random) -> bytes:
    if copy:
        page = _TITLE.sub(lambda found: b"<title>%b %d</title>" % (found[1], copy), page, count=1)
        page = _ID.sub(lambda found: b"<id>%d</id>" % (int(found[1]) + copy * _ID_STEP), page, count=1)
        page = _THE.sub(lambda _: chance.choice(words) + b" ", page)
    return page


def _streams(pages: Iterator[bytes], count: int) -> Iterator[bytes]:
    while held := list(islice(pages, count)):
        yield b"".join(held)

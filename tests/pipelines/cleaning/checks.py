"""What holds for every cleaned article, whatever it was made of."""

import re
import unicodedata
from itertools import pairwise

from pipelines.wikitext import CleanArticle

RESIDUE = ("[[", "]]", "{{", "}}", "<ref", "|-", "''")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def check(article: CleanArticle) -> None:
    """No residue, Unicode NFC, no empty or untrimmed line; headings and links are exact slices, in order."""
    text = article.text
    assert not any(residue in text.lower() for residue in RESIDUE)
    assert not _PRIVATE.search(text)
    assert unicodedata.is_normalized("NFC", text)
    lines = text.split("\n") if text else []
    assert all(line and line == line.strip() for line in lines)
    starts = {0} | {place + 1 for place, char in enumerate(text) if char == "\n"}
    for heading in article.headings:
        assert heading.start in starts
        assert text[heading.end : heading.end + 1] == "\n"
        assert "\n" not in text[heading.start : heading.end]
        assert 1 <= heading.level <= 6
    for link in article.links:
        anchor = text[link.start : link.end]
        assert anchor
        assert anchor == anchor.strip()
        assert "\n" not in anchor
        assert link.target
    assert all(left.end <= right.start for left, right in pairwise(article.headings))
    assert all(left.end <= right.start for left, right in pairwise(article.links))

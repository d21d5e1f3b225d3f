"""Plain text to prose: lines that an editor broke are joined to the paragraphs that they were."""

import re
from itertools import pairwise
from typing import Final

_WRAPPED: Final = range(40, 121)  # characters of the longest line, where lines were broken to fit a screen
_ITEM: Final = re.compile(r"(?:[-*+•–]|\d{1,3}[.)])\s")


def unwrapped(text: str) -> str:
    r"""The paragraphs of `text`, each on a line of its own and none empty.

    Two lines of a paragraph belong together if the first word of the second would not have fitted on the first; so
    lists, verses and addresses keep their lines.
    """
    paragraphs = re.split(r"\n\s*\n", text)
    return "\n".join(line for paragraph in paragraphs for line in _joined(paragraph.split("\n")) if line)


def _joined(lines: list[str]) -> list[str]:
    bare = [" ".join(line.split()) for line in lines]
    width = max(map(len, bare))
    if width not in _WRAPPED:
        return bare
    joined = bare[:1]
    for line, following in pairwise(bare):
        broken = line and following and len(line) + 1 + len(following.split(" ", 1)[0]) > width
        if broken and not _ITEM.match(following):
            joined[-1] += f" {following}"
        else:
            joined.append(following)
    return joined

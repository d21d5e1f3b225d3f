"""Markdown to prose: headings are structure, links keep their words; code, tables and front matter are left out."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import yaml

from realm.schema import Heading, Link

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_FRONT: Final = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.{0,65536}?)\n(?:\1|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD: Final = re.compile(r"^([A-Za-z][\w-]*)[ \t]*[:=][ \t]*(.*)$", re.MULTILINE)
_WIKI_LINK: Final = re.compile(r"\[\[([^\[\]|#\n]*)(?:#[^\[\]|\n]*)?(?:\|([^\[\]\n]*))?\]\]")
_EMBEDDED: Final = re.compile(r"!\[\[[^\[\]\n]*\]\]")
_NOTE: Final = re.compile(r"\[\^[^\]\s]{1,80}\]")
_NOTE_TEXT: Final = re.compile(r"\[\^[^\]\s]{1,80}\]:")
_TASK: Final = re.compile(r"\A\[[ xX]\] ")
_DROPPED: Final = {
    "fence": "code", "code_block": "code", "html_block": "elements", "html_inline": "elements", "image": "files",
    "table_open": "tables",
}  # fmt: skip


@dataclass
class MarkdownText:
    """What a Markdown file says.

    Attributes:
        lines: paragraphs, list items and headings; none is empty.
        headings: number of a line and its level.
        links: number of a line, characters in it and the title of the note that it points to (`[[Note|words]]`).
        front: what the front matter says; of YAML, as text.
        mended: the front matter is not the YAML or TOML that it should be, and was read line by line.
        dropped: how much was left out, by reason.
    """

    lines: list[str] = field(default_factory=list)
    headings: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int, int, str]] = field(default_factory=list)
    front: Mapping[str, Any] = field(default_factory=dict)
    mended: bool = False
    dropped: Counter[str] = field(default_factory=Counter)

    def title(self) -> str:
        """The text of the first heading; empty if there is none."""
        return self.lines[self.headings[0][0]] if self.headings else ""

    def joined(self) -> tuple[str, tuple[Heading, ...], tuple[Link, ...]]:
        """The text, with headings and links as ranges of it."""
        starts = [0]
        for line in self.lines:
            starts.append(starts[-1] + len(line) + 1)
        headings = (Heading(starts[row], starts[row] + len(self.lines[row]), level) for row, level in self.headings)
        links = (Link(starts[row] + start, starts[row] + end, target) for row, start, end, target in self.links)
        return "\n".join(self.lines), tuple(headings), tuple(links)


def read_markdown(text: str) -> MarkdownText:
    """Turns Markdown (CommonMark with tables, and the `[[links]]` of notebooks) into prose."""
    found = MarkdownText()
    front = _FRONT.match(text)
    fields = _front_matter(front[1], front[2]) if front else None
    if front is not None and fields is None and _FIELD.match(front[2]):
        fields, found.mended = _line_by_line(front[2]), True
    if front is not None and fields is not None:
        found.front, text = fields, text[front.end() :]
        found.dropped["front matter"] += 1
    _read(_parser().parse(text), found)
    return found


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


def _front_matter(fence: str, text: str) -> Mapping[str, Any] | None:
    """The fields of front matter; None if it is none, or broken.

    Those of YAML as they are written: 2021 is a title and no number, and `no` is Norwegian and not false.
    """
    try:
        fields = tomllib.loads(text) if fence == "+++" else yaml.BaseLoader(text).get_single_data()
    except (ValueError, yaml.YAMLError, RecursionError):
        return None
    return fields if isinstance(fields, dict) else None


def _line_by_line(text: str) -> Mapping[str, str]:
    """The fields of broken front matter that stand on one line each, such as `title: Avern: a history`."""
    return {field[1].lower(): field[2].strip().strip("\"'") for field in _FIELD.finditer(text)}


def _read(tokens: Sequence["Token"], found: MarkdownText) -> None:
    level = 0  # of the heading that the next line is
    tables = 0
    for token in tokens:
        if reason := _DROPPED.get(token.type):
            found.dropped[reason] += 1
        tables += {"table_open": 1, "table_close": -1}.get(token.type, 0)
        if token.type == "heading_open":
            level = int(token.tag[1:])
        elif token.type == "inline" and not tables:
            _add_lines(token, level, found)
            level = 0


def _add_lines(token: "Token", level: int, found: MarkdownText) -> None:
    if _NOTE_TEXT.match(token.content):
        found.dropped["refs"] += 1
        return
    for text in _inline(token.children or [], found.dropped).split("\n"):
        row = len(found.lines)
        line, links = _with_links(" ".join(_TASK.sub("", text).split()))
        if line:
            found.links += [(row, start, end, target) for start, end, target in links]
            found.lines.append(line)
            if level:
                found.headings.append((row, level))


def _inline(tokens: Iterable["Token"], dropped: Counter[str]) -> str:
    parts: list[str] = []
    for token in tokens:
        if reason := _DROPPED.get(token.type):
            dropped[reason] += 1
        elif token.type == "softbreak":
            parts.append(" ")
        elif token.type == "hardbreak":
            parts.append("\n")
        elif token.type == "text":
            bare, notes = _NOTE.subn("", token.content)
            bare, files = _EMBEDDED.subn("", bare)
            dropped.update(refs=notes, files=files)
            parts.append(bare)
        else:
            parts.append(token.content)
    return "".join(parts)


def _with_links(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Puts the words of `[[Note|words]]` in its place."""
    parts: list[str] = []
    links: list[tuple[int, int, str]] = []
    length = place = 0
    for link in _WIKI_LINK.finditer(line):
        words, target = (link[2] or link[1]).strip(), link[1].strip()
        parts += [line[place : link.start()], words]
        length += link.start() - place
        if words and target:
            links.append((length, length + len(words), target))
        length += len(words)
        place = link.end()
    return "".join([*parts, line[place:]]), links

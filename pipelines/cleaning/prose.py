"""One line of prose: quotes, entities, external links, holes, white space, Unicode, and what must not be left."""

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from unicodedata import is_normalized, normalize

from pipelines.cleaning.holes import close_holes, settle_asides
from pipelines.cleaning.links import LINE_LINK, SIMPLE_LINK, Links, shown_text
from pipelines.cleaning.marks import (
    ASIDE_CLOSE,
    ASIDE_OPEN,
    BAR,
    FIRST_NUMBER,
    HOLE,
    INVISIBLE,
    LINK_CLOSE,
    LINK_OPEN,
    LINK_PARTS,
    MAX_LINKS_IN_LINE,
    UNWANTED,
)
from pipelines.cleaning.quotes import strip_quotes

Anchor = tuple[int, int, str]

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EXTERNAL = re.compile(
    r"\[(?:https?://|ftp://|//|mailto:|irc://|news:)[^\s\[\]\ue000-\uf8ff]*+(?:[ ]++([^\[\]\n]*+))?+\]*+", re.IGNORECASE
)
_SWITCH = re.compile(r"__(?=[^\W\d_])((?:(?!__)\w){2,40}+)__")
_RESIDUE = re.compile(r"\[\[+|\]\]+|\{\{+|\}\}+|(?<!<)<++ref|(?<!\|)\|++-|''+|<!--", re.IGNORECASE)
_SPACED_DOTS = re.compile(r"(?<=\.)(?: \.){2,}")
_SPACE_BEFORE = re.compile(rf"(?<=[\w)\]\"”{LINK_CLOSE}]) (?=[,;](?:\s|$)|\.(?:$|\s))")


class LineFinisher:
    """Turns scanned lines into prose with links, which are given as ranges of the prose and titles."""

    def __init__(self, links: Links) -> None:
        self._links = links
        self._titles: list[str] = []

    def finish(self, line: str) -> tuple[str, list[Anchor]]:
        """The prose of a scanned line and its links."""
        if "'" in line and "''" in line:
            line = strip_quotes(line)
        if "  " in line or line[:1] == " " or line[-1:] == " ":
            line = " ".join(line.split())
        return (None if _is_unusual(line) else self._finish_simple(line)) or self._finish_any(line)

    def _finish_simple(self, line: str) -> tuple[str, list[Anchor]] | None:
        """Finishes a line of nothing but text and simple links, as most are; None for any other."""
        if "[" not in line:
            return (line, []) if _is_clean(line) else None
        parts = SIMPLE_LINK.split(line)
        pieces = [parts[0]]
        anchors: list[Anchor] = []
        length = len(parts[0])
        for target, anchor, trail, after in zip(parts[1::4], parts[2::4], parts[3::4], parts[4::4], strict=True):
            shown = (anchor or shown_text(target, anchor)) + trail
            if not shown or shown[0] == " " or shown[-1] == " ":
                return None
            title = self._links.title(target)
            end = length + len(shown)
            if title:
                anchors.append((length, end, title))
            pieces += (shown, after)
            length = end + len(after)
        text = "".join(pieces)
        return (text, anchors) if _is_clean(text) else None

    def _finish_any(self, line: str) -> tuple[str, list[Anchor]]:
        self._titles.clear()
        if "[[" in line or LINK_OPEN in line:
            line = LINE_LINK.sub(self._numbered, line)
        line = _trim(_rendered(line))
        if _has_residue(line):
            line = _trim(_without_residue(line))
        if not self._titles:
            return line, []
        text, anchors = _split_links(line, self._titles)
        return (text, anchors) if _is_clean(text) else (_trim(_without_residue(text)), [])

    def _numbered(self, found: re.Match[str]) -> str:
        target, anchor, trail, marked, shown = found.groups()
        if marked is None:
            shown = (anchor or shown_text(target, anchor)) + trail
        title = self._links.title(target if marked is None else marked)
        if not title or len(self._titles) >= MAX_LINKS_IN_LINE or not shown.strip():
            return shown
        self._titles.append(title)
        return f"{chr(FIRST_NUMBER + len(self._titles) - 1)}{shown}{LINK_CLOSE}"


def _is_unusual(line: str) -> bool:
    """Whether a line may hold more than words and links; marks and odd white space cannot be printed."""
    if not (line.isprintable() or line.isascii()) or "&" in line or "\t" in line:
        return True
    if ("_" in line and "__" in line) or ("/" in line and "//" in line) or ("@" in line and "mailto:" in line):
        return True
    return _has_loose_stop(line)


def _has_loose_stop(line: str) -> bool:
    """Whether white space or a separator stands where a bracket or a stop does not want it; one look for each."""
    if " ," in line or " ." in line or (";" in line and " ;" in line):
        return True
    if ")" not in line and "(" not in line:
        return False
    return "( " in line or " )" in line or ",)" in line or ";)" in line


def _rendered(line: str) -> str:
    """External links, switches, entities and holes."""
    if "[" in line:
        line = _EXTERNAL.sub(_external_label, line)
    if "__" in line:
        line = _SWITCH.sub(lambda found: "" if found.group(1).isupper() else found.group(), line)
    if "&" in line:
        line = _ENTITY.sub(lambda found: _decoded(found.group()), line)
    if ASIDE_OPEN in line or ASIDE_CLOSE in line:
        line = settle_asides(line)
    if HOLE in line:
        line = close_holes(line)
    return line.replace(BAR, "|")


def _trim(line: str) -> str:
    """White space and Unicode."""
    if not line.isascii():
        line = normalize("NFC", INVISIBLE.sub("", line))
    line = " ".join(line.split())
    if not _has_loose_stop(line):
        return line
    if ". ." in line:
        line = _SPACED_DOTS.sub("..", line)
    line = _SPACE_BEFORE.sub("", line).replace(",)", ")").replace(";)", ")")
    return line.replace("( ", "(").replace(" )", ")")


def _is_clean(text: str) -> bool:
    return not _has_residue(text) and (text.isascii() or is_normalized("NFC", text))


def _has_residue(text: str) -> bool:
    if "[" in text or "]" in text or "{" in text or "}" in text or "|" in text or "<" in text:
        return _RESIDUE.search(text) is not None
    return "'" in text and "''" in text


def _without_residue(text: str) -> str:
    """Brackets that come in pairs are shown as single ones, so that no later stage takes them for markup."""
    paired = text.count("[[") == text.count("]]")
    for _ in range(_MAX_PASSES):  # what is left may meet and be residue again
        if not _has_residue(text):
            return text
        text = normalize("NFC", _RESIDUE.sub(_PAIRED if paired else _UNPAIRED, text))
    return _BRACKETS.sub("", text)


_MAX_PASSES = 3
_BRACKETS = re.compile(r"[\[\]{}|<']+")


def _residue_left(*, brackets: bool) -> Callable[[re.Match[str]], str]:
    left = {"{": "{", "}": "}", "'": '"', "|": "-"} | ({"[": "[", "]": "]"} if brackets else {"[": "", "]": ""})

    def replacement(found: re.Match[str]) -> str:
        text = found.group()
        return left.get(text[0], "-" if text.startswith("<!") else "ref")

    return replacement


_PAIRED, _UNPAIRED = _residue_left(brackets=True), _residue_left(brackets=False)


def _external_label(found: re.Match[str]) -> str:
    label = found.group(1)
    return label if label and label.strip() else HOLE


@lru_cache(maxsize=4096)
def _decoded(entity: str) -> str:
    return UNWANTED.sub("", unescape(entity)).replace("\n", " ").replace("\r", " ")


def _split_links(line: str, titles: list[str]) -> tuple[str, list[Anchor]]:
    """Takes the marks out of a line; `titles` are where its links lead, by number."""
    parts = LINK_PARTS.split(line)
    pieces = [parts[0]]
    anchors: list[Anchor] = []
    length = len(parts[0])
    opened, number = -1, 0
    for index in range(1, len(parts), 2):
        mark, part = parts[index], parts[index + 1]
        if mark != LINK_CLOSE:
            opened, number = length, ord(mark) - FIRST_NUMBER
        elif opened >= 0:
            _add_link(anchors, parts[index - 1], (opened, length), titles[number])
            opened = -1
        if part[:1] == " " and (not length or pieces[-1][-1] == " "):
            part = part[1:]  # white space stood on both sides of a mark
        if part:
            pieces.append(part)
            length += len(part)
    return "".join(pieces).rstrip(), anchors


def _add_link(anchors: list[Anchor], anchor: str, where: tuple[int, int], title: str) -> None:
    """Adds a link, the white space around its anchor left out; an empty anchor is none."""
    start, end = where
    anchor = anchor[len(anchor) - (end - start) :] if end > start else ""
    bare = anchor.strip()
    if bare:
        first = start + len(anchor) - len(anchor.lstrip())
        anchors.append((first, first + len(bare), title))

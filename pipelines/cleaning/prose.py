"""One line of prose: quotes, entities, external links, holes, white space, Unicode, and what must not be left."""

import re
import unicodedata
from functools import lru_cache
from html import unescape

from pipelines.cleaning.holes import close_holes
from pipelines.cleaning.marks import BAR, HOLE, LINK_CLOSE, LINK_OPEN, LINK_PARTS, UNWANTED, link_number
from realm.schema import Link

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_EXTERNAL = re.compile(
    r"\[(?:https?://|ftp://|//|mailto:|irc://|news:)[^\s\[\]]*+(?:[ ]++([^\[\]\n]*+))?+(\]?)", re.IGNORECASE
)
_SWITCH = re.compile(r"__(?=[^\W\d_])((?:(?!__)\w){2,40}+)__")
_QUOTES = re.compile(r"('{2,})")
_RESIDUE = re.compile(r"\[\[+|\]\]+|\{\{+|\}\}+|<+ref|\|+-|''+|<!--", re.IGNORECASE)
_RESIDUE_LEFT = {"[": "[", "]": "]", "{": "{", "}": "}", "'": '"', "|": "-"}
_SPACE_BEFORE = re.compile(rf"(?<=[\w)\]\"”{LINK_CLOSE}]) (?=[,;](?:\s|$)|\.(?:$|\s))")
_BOLD, _ITALIC, _BOTH = 3, 2, 5


def finish_line(line: str, targets: list[str]) -> tuple[str, list[Link]]:
    """Turns a scanned line into prose with its links, as ranges of the returned text."""
    line = _plain(line)
    if LINK_OPEN in line or LINK_CLOSE in line:
        text, links = _split_links(line, targets)
    else:
        text, links = line, []
    if unicodedata.is_normalized("NFC", text) and not _has_residue(text):
        return text, links
    return _RESIDUE.sub(_without_residue, unicodedata.normalize("NFC", text)), []


def _plain(line: str) -> str:
    if "''" in line:
        line = _strip_quotes(line)
    if "[" in line:
        line = _EXTERNAL.sub(_external_label, line)
    if "__" in line:
        line = _SWITCH.sub(lambda found: "" if found.group(1).isupper() else found.group(), line)
    if "&" in line:
        line = _ENTITY.sub(_entity, line)
    if HOLE in line:
        line = close_holes(line)
    line = " ".join(line.replace(BAR, "|").split())
    if _has_residue(line):
        line = _RESIDUE.sub(_without_residue, line)
    if " ," in line or " ." in line or " ;" in line:
        line = _SPACE_BEFORE.sub("", line)
    return unicodedata.normalize("NFC", line.replace("( ", "(").replace(" )", ")"))


def _has_residue(text: str) -> bool:
    brackets = "[[" in text or "]]" in text or "{{" in text or "}}" in text
    return brackets or "''" in text or "|-" in text or "<" in text


def _without_residue(found: re.Match[str]) -> str:
    text = found.group()
    return _RESIDUE_LEFT.get(text[0], "-" if text.startswith("<!") else "ref")


def _external_label(found: re.Match[str]) -> str:
    label = found.group(1)
    return label if label and label.strip() else HOLE


def _entity(found: re.Match[str]) -> str:
    return _decoded(found.group())


@lru_cache(maxsize=4096)
def _decoded(entity: str) -> str:
    return UNWANTED.sub("", unescape(entity)).replace("\n", " ").replace("\r", " ")


def _strip_quotes(line: str) -> str:
    """Removes bold and italic marks; where both are unbalanced a ''' is an apostrophe and italics, as in MediaWiki."""
    parts = _QUOTES.split(line)
    runs = range(1, len(parts), 2)
    sizes = [len(parts[index]) for index in runs]
    bold = sum(size in {_BOLD, _BOTH} or size == _BOLD + 1 or size > _BOTH for size in sizes)
    italic = sum(size in {_ITALIC, _BOTH} or size > _BOTH for size in sizes)
    apostrophe = _apostrophe(parts) if bold % 2 and italic % 2 else -1
    for index in runs:
        size = len(parts[index])
        extra = size - _BOTH if size > _BOTH else int(size == _BOLD + 1)
        parts[index] = "'" if extra or index == apostrophe else ""
    return "".join(parts)


def _apostrophe(parts: list[str]) -> int:
    """Which run of three is the apostrophe: behind a single letter, else behind a word, else the first."""
    bold = [index for index in range(1, len(parts), 2) if len(parts[index]) == _BOLD]
    for index in bold:
        before = parts[index - 1]
        if before and not before[-1].isspace() and (len(before) == 1 or before[-2].isspace()):
            return index
    for index in bold:
        if parts[index - 1] and not parts[index - 1][-1].isspace():
            return index
    return bold[0] if bold else -1


def _split_links(line: str, targets: list[str]) -> tuple[str, list[Link]]:
    pieces: list[str] = []
    links: list[Link] = []
    length = 0
    opened: tuple[int, int] | None = None
    for piece in LINK_PARTS.split(line):
        part = piece
        if part.startswith(LINK_OPEN):
            opened = (length, link_number(part))
        elif part == LINK_CLOSE:
            if opened is not None:
                _add_link(links, "".join(pieces[-1:]), (opened[0], length), targets[opened[1]])
            opened = None
        else:
            if part[:1] == " " and (not pieces or pieces[-1][-1] == " "):
                part = part[1:]  # white space stood on both sides of a mark
            if part:
                pieces.append(part)
                length += len(part)
    return "".join(pieces).rstrip(), links


def _add_link(links: list[Link], anchor: str, where: tuple[int, int], target: str) -> None:
    """Adds a link, the white space around its anchor left out; an empty anchor is none."""
    start, end = where
    anchor = anchor[len(anchor) - (end - start) :] if end > start else ""
    bare = anchor.strip()
    if bare:
        first = start + len(anchor) - len(anchor.lstrip())
        links.append(Link(first, first + len(bare), target))

"""What prose an article has, according to mwparserfromhell and a few plain rules that the cleaner knows nothing of.

The oracle keeps sentences; those that a template, a formula or code takes part in are left out, because their text
is a matter of rendering. It is slow, and has no opinion on headings, links or offsets.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import mwparserfromhell
from mwparserfromhell.nodes import Comment, ExternalLink, Heading, HTMLEntity, Tag, Template, Text, Wikilink

UNKNOWN = "\ufffc"  # something that the oracle does not render stood here
_ITEM = "\ufff9"  # a list item begins here
_SECTIONS_LEFT_OUT = re.compile(
    r"references?|external links?|see also|further reading|notes|footnotes|citations|sources|works cited|gallery"
    r"|endnotes|notes and .*|references and .*|.* and references|(?:selected |select )?bibliography"
    r"|further reading and .*"
)
_GONE_TAGS = {"ref", "references", "table", "gallery", "timeline", "imagemap", "includeonly"}
_UNKNOWN_TAGS = {"math", "code", "source", "syntaxhighlight", "pre", "score", "nowiki", "chem", "hiero"}
_LINE_TAGS = {"p", "div", "blockquote", "center", "li", "dt", "dd", "td", "tr", "poem"}
_GONE_LINKS = re.compile(r"\s*(?:file|image|media|category|[a-z]{2,3}(?:-[a-z]+)*)\s*:", re.IGNORECASE)
_FOOTNOTES = re.compile(
    r"(?:sfn|efn|refn|harv|cite|citation|cn$|fact$|citation needed|clarify|who$|when$|dubious|rp$|r$|page needed|ref$)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")
# What the oracle itself could not read, such as references that are never closed, is no evidence.
_UNREAD = re.compile(rf"{UNKNOWN}|</?[a-z]+|\[\[|\{{\||\|-")
_WORD = re.compile(r"\w+")
_LEAST_WORDS = 5


def oracle_text(wikitext: str) -> str:
    """Lines of prose, sections without prose left out, `UNKNOWN` where something is not rendered."""
    walk = _Walk()
    walk.nodes(mwparserfromhell.parse(wikitext).nodes)
    return "".join(walk.kept)


def sentences(text: str) -> Iterator[str]:
    """Sentences of a text: five words and more, and a stop at the end."""
    for line in re.split(rf"\n\s*\n|{_ITEM}+([^\n]*)|\n(?= )", text):
        for sentence in _SENTENCE_END.split(" ".join((line or "").split())):
            ends = sentence.rstrip("\"'”’)").endswith((".", "!", "?"))
            if ends and not _UNREAD.search(sentence) and len(_WORD.findall(sentence)) >= _LEAST_WORDS:
                yield sentence


def normal(text: str) -> str:
    """Words alone, between single spaces: what is left to compare when spaces and punctuation do not count."""
    return f" {' '.join(_WORD.findall(unicodedata.normalize('NFKC', text).lower()))} "


def _plain(nodes: list[Any]) -> str:
    walk = _Walk()
    walk.nodes(nodes)
    return "".join(walk.kept)


class _Walk:
    """Collects the prose of nodes; headings may lie inside of others, where the parser was led astray."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._out_level = 0

    @property
    def kept(self) -> list[str]:
        return self._parts

    def nodes(self, nodes: list[Any]) -> None:
        for node in nodes:
            if isinstance(node, Heading):
                title = _plain(node.title.nodes).strip().lower()
                if not self._out_level or node.level <= self._out_level:
                    self._out_level = node.level if _SECTIONS_LEFT_OUT.fullmatch(title) else 0
                self._keep("\n\n")
            else:
                self._node(node)

    def _keep(self, text: str) -> None:
        if not self._out_level:
            self._parts.append(text)

    def _node(self, node: Any) -> None:
        match node:
            case Text():
                self._keep(str(node.value))
            case HTMLEntity():
                self._keep(node.normalize() or "")
            case Template():
                self._keep("" if _FOOTNOTES.match(str(node.name).strip()) else UNKNOWN)
            case Wikilink() | ExternalLink():
                self._link(node)
            case Tag():
                self._tag(node)
            case Comment():
                pass
            case _:
                self._keep(UNKNOWN)

    def _link(self, node: Wikilink | ExternalLink) -> None:
        if isinstance(node, Wikilink):
            if not _GONE_LINKS.match(str(node.title)):
                self.nodes(node.text.nodes if node.text is not None else node.title.nodes)
        elif node.title:
            self.nodes(node.title.nodes)
        elif not node.brackets:
            self._keep(str(node.url))

    def _tag(self, node: Tag) -> None:
        name = str(node.tag).strip().lower()
        if name in _GONE_TAGS:
            return
        if name in _UNKNOWN_TAGS:
            self._keep(UNKNOWN)
            return
        if node.wiki_markup in {"*", "#", ":", ";"}:
            self._keep(_ITEM)
            return
        around = "\n\n" if name in _LINE_TAGS else " " if name == "br" else ""
        self._keep(around)
        if node.contents is not None:
            self.nodes(node.contents.nodes)
        self._keep(around)

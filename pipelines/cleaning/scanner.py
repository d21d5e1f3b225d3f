"""Nested markup to flat lines: templates, links, comments and tags, in one sweep.

A stack of open brackets and one list of pieces are all the state. A bracket that closes turns the pieces since its
opening into one rendered piece, or into none; one that never closes stays behind as a mark for the line stage.
Headings end every open bracket, so that unclosed markup costs its own section at most. What is rendered is at most
`_MAX_DEPTH` deep, so the work is linear in the input.
"""

import re
from collections import Counter
from html import unescape
from typing import Final

from pipelines.cleaning.marks import ANY_MARK, BAR, BROKEN, HOLE, LINK_CLOSE, MAX_LINKS, link_mark
from pipelines.cleaning.tags import BLOCK_TAGS, OPAQUE_TAGS, OpaqueTags, raised
from pipelines.cleaning.templates import carries_text, drop_reason, render, template_name
from pipelines.site import SiteInfo, normal_prefix
from pipelines.wordlists import words

_MAX_DEPTH: Final = 40
_TEMPLATE, _PARAMETER, _LINK = 2, 3, 0
_PIECE = r"[^\[\]{}<>|\n]*+"
# Each alternative begins with a literal, so that the search skips prose at the speed of a character set, and ends
# with the group that names it.
_TOKEN = re.compile(
    rf"\[\[(?!\[)(?:(?P<target>{_PIECE})(?:\|(?P<anchor>{_PIECE}))?+\]\](?P<trail>[a-zß-öø-ÿ]*+)|(?P<open>))"
    r"|\]\](?P<close>)(?P<tail>[a-zß-öø-ÿ]*+)"
    r"|\{\{(?!\{)(?P<template>[^{}\[\]<]*+)\}\}(?!\})"
    r"|\{\{++(?P<braces>)"
    r"|\}\}++(?P<unbraces>)"
    r"|<(?P<slash>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*+)(?P<attributes>[^<>]*+)>"
    r"|<!--(?P<comment>)"
    r"|\n=(?P<heading>)"
)
_LANGUAGE_LINK = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,12})*|simple|tokipona")
_PROJECTS: Final = words(
    "w wikipedia wikt wiktionary n wikinews b wikibooks q wikiquote s wikisource v wikiversity voy wikivoyage c "
    "commons species wikispecies d wikidata m meta mw mediawiki wmf foundation"
)
_DISAMBIGUATION = re.compile(r" ?\([^()]*\)$")


class Scanner:
    """Flattens one page; `targets` then holds the titles that the link marks refer to by number."""

    def __init__(self, wikitext: str, site: SiteInfo, dropped: Counter[str]) -> None:
        self.targets: list[str] = []
        self._text, self._site, self._dropped = wikitext, site, dropped
        self._pieces: list[str] = []
        self._open: list[tuple[int, int, int]] = []  # kind, index of its own piece, offset behind its bracket
        self._templates_open = 0
        self._opaque = OpaqueTags(wikitext)

    def run(self) -> str:
        """Returns the page as lines of text with marks."""
        text, pieces, search = self._text, self._pieces, _TOKEN.search
        position = 0
        while token := search(text, position):
            start = token.start()
            if start > position:
                pieces.append(text[position:start])
            position = token.end()
            match token.lastgroup:
                case "trail":
                    pieces.append(self._link(token["target"], token["anchor"], token["trail"]))
                case "template":
                    pieces.append(self._template(token["template"]))
                case "attributes":
                    position = self._tag(token)
                case "open":
                    self._push(_LINK, position)
                case "tail":
                    position = self._close_link(token)
                case "braces" | "unbraces":
                    self._braces(position - start, position)
                case _:
                    position = self._comment_or_heading(position, comment=token.lastgroup == "comment")
        pieces.append(text[position:])
        self._break_off()
        return "".join(pieces)

    def _push(self, kind: int, position: int) -> None:
        while self._open and self._open[-1][0] == _LINK and self._is_stale(self._open[-1][2], position):
            self._open.pop()
            self._dropped["unclosed"] += 1
        self._open.append((kind, len(self._pieces), position))
        self._templates_open += kind != _LINK
        self._pieces.append("")

    def _break_off(self) -> None:
        for kind, index, _ in self._open:
            self._dropped["unclosed"] += 1
            if kind != _LINK:
                self._pieces[index] = BROKEN
        self._open.clear()
        self._templates_open = 0

    def _take(self, index: int) -> str:
        content = "".join(self._pieces[index:])
        del self._pieces[index:]
        return content

    def _comment_or_heading(self, position: int, *, comment: bool) -> int:
        if not comment:
            self._break_off()
            self._pieces.append("\n=")
            return position
        end = self._text.find("-->", position)
        self._dropped["comments"] += 1
        return end + 3 if end >= 0 else len(self._text)

    # Templates

    def _braces(self, count: int, position: int) -> None:
        if self._text[position - 1] == "{":
            inner = _PARAMETER if count % 2 else _TEMPLATE
            for _ in range((count - inner) // 2):
                self._push(_TEMPLATE, position)
            self._push(inner, position)
            return
        while count >= _TEMPLATE and self._templates_open:
            while self._open[-1][0] == _LINK:
                self._open.pop()
                self._dropped["unclosed"] += 1
            count -= self._close_template(count)

    def _close_template(self, count: int) -> int:
        kind, index, start = self._open.pop()
        self._templates_open -= 1
        if kind == _PARAMETER and count >= _PARAMETER:
            del self._pieces[index:]
            self._pieces.append(HOLE)
            return _PARAMETER
        name = template_name(self._text, start)
        if carries_text(name) and len(self._open) < _MAX_DEPTH:
            self._pieces.append(self._template(self._take(index)))
        else:
            del self._pieces[index:]
            self._dropped[drop_reason(name)] += 1
            self._pieces.append(HOLE)
        return _TEMPLATE

    def _template(self, content: str) -> str:
        name = template_name(content, 0)
        rendered = render(name, content)
        if rendered is None:
            self._dropped[drop_reason(name)] += 1
            return HOLE
        return rendered.replace("|", BAR) if self._open else rendered

    # Links

    def _close_link(self, token: re.Match[str]) -> int:
        if not self._open or self._open[-1][0] != _LINK:
            return token.start("tail")
        _, index, start = self._open.pop()
        if self._is_file(start):
            del self._pieces[index:]
            self._dropped["files"] += 1
            self._pieces.append(HOLE)
            return token.start("tail")
        if len(self._open) >= _MAX_DEPTH or self._text.find("\n", start, token.start()) >= 0:
            self._dropped["unclosed"] += 1
            return token.start("tail")
        target, bar, anchor = self._take(index).partition("|")
        if ANY_MARK.search(target):
            self._pieces.append((anchor or target) + token["tail"])
        else:
            self._pieces.append(self._link(target, anchor if bar else None, token["tail"]))
        return token.end()

    def _is_stale(self, start: int, position: int) -> bool:
        """Whether an open link can no longer be one, because its line has ended."""
        return self._text.find("\n", start, position) >= 0 and not self._is_file(start)

    def _is_file(self, start: int) -> bool:
        prefix, colon, _ = self._text[start : start + 40].partition(":")
        return bool(colon) and normal_prefix(prefix) in self._site.file_prefixes

    def _link(self, target: str, anchor: str | None, trail: str) -> str:
        prefix, colon, rest = target.partition(":")
        if colon:
            special = self._prefixed(prefix, rest, anchor)
            if special is not None:
                return special + trail
        if anchor is None:
            shown = target
        elif anchor:
            shown = anchor
        else:
            shown = _DISAMBIGUATION.sub("", rest or target)
        if not shown.strip():
            return trail
        title = self._site.normal_title(unescape(target) if "&" in target else target)
        if not title or LINK_CLOSE in shown or len(self.targets) >= MAX_LINKS:
            return shown + trail
        self.targets.append(title)
        return f"{link_mark(len(self.targets) - 1)}{shown}{trail}{LINK_CLOSE}"

    def _prefixed(self, prefix: str, rest: str, anchor: str | None) -> str | None:
        """What a link with a prefix leaves, or None if it is a common link after all."""
        name = normal_prefix(prefix)
        if not name:  # [[:Category:Foo]] is shown
            return anchor or rest
        if name in {"http", "https", "ftp"}:
            return f"[{prefix}:{rest}]"
        if name in _PROJECTS:
            return anchor if anchor is not None else rest
        reason = self._hidden_prefix(name, bare=anchor is None)
        if reason:
            self._dropped[reason] += 1
            return HOLE
        return anchor if _LANGUAGE_LINK.fullmatch(prefix) else None

    def _hidden_prefix(self, name: str, *, bare: bool) -> str | None:
        if name in self._site.file_prefixes:
            return "files"
        if name in self._site.category_prefixes:
            return "categories"
        return "languages" if bare and _LANGUAGE_LINK.fullmatch(name) else None

    # Tags

    def _tag(self, token: re.Match[str]) -> int:
        name, end = token["tag"].lower(), token.end()
        closed = token["attributes"].endswith("/")
        if name == "sup" and not token["slash"]:
            shown, end = raised(self._text, token.start(), end)
            self._pieces.append(shown)
        elif name in OPAQUE_TAGS and not token["slash"]:
            reason = OPAQUE_TAGS[name]
            content_end, after = (end, end) if closed else self._opaque.end(name, end)
            self._dropped[reason] += 1
            self._pieces.append(self._opaque.shown(name, end, content_end) or HOLE)
            return after
        elif name in BLOCK_TAGS:
            self._pieces.append("\n\n")
        elif name in {"br", "hr"}:
            self._pieces.append(" ")
        return end

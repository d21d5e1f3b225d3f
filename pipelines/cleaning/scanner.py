"""Nested markup to flat lines: templates, links, comments and tags, in one sweep.

What is dropped whole is jumped over where that is simple. For the rest a stack of open brackets and one list of
pieces are all the state. A bracket that closes turns the pieces since its opening into one rendered piece, or into
none; one that never closes stays behind as a mark for the line stage. Headings end every open bracket, so that
unclosed markup costs its own section at most. What is rendered is at most `_MAX_DEPTH` deep, so the work is linear in
the input.
"""

import re
from collections import Counter
from typing import Final

from pipelines.cleaning.footnotes import is_footnote
from pipelines.cleaning.links import PREFIXED, SIMPLE, TRAIL, Links, protect_links
from pipelines.cleaning.marks import BAR, BROKEN, HOLE
from pipelines.cleaning.sections import is_left_out, parse_heading, section_end
from pipelines.cleaning.skipping import REFERENCES, Tables, file_end, references_end, template_end
from pipelines.cleaning.tags import BLOCK_TAGS, OPAQUE_TAGS, OpaqueTags, lowered, raised
from pipelines.cleaning.templates import carries_text, drop_reason, render, template_name
from pipelines.site import SiteInfo

_MAX_DEPTH: Final = 40
_TEMPLATE, _PARAMETER, _LINK = 2, 3, 0
# Each alternative begins with a literal, so that the search skips prose at the speed of a character set, and ends
# with the group that names it.
_NO_GROUPS: Final = SIMPLE.removeprefix(r"\[\[").replace("?P<target>", "?:").replace("?P<anchor>", "?:")
_OUTSIDE: Final = (
    r"\{\{(?!\{)(?P<template>[^{}\[\]<]*+)\}\}(?!\})"
    # Most references stand behind a word and before a space, and leave nothing.
    rf"|<(?<=[^\s\x00-/:-@\[-`{{-~]<|[.,:;)?!\]]<){REFERENCES.removeprefix('<')}(?=[ \n])(?P<references>)"
    r"|<(?P<slash>/?)(?P<tag>[a-zA-Z][a-zA-Z0-9]*+)(?P<attributes>[^<>]*+)>"
    rf"|\[\[(?!\[)(?!{_NO_GROUPS})(?P<open>)"
    r"|\{\{++(?P<braces>)"
    r"|\}\}++(?P<unbraces>)"
    r"|\n(?:=(?P<heading>)|[ \t:*#]*+\{\|(?P<table>))"
    r"|<!--(?P<comment>)"
)
_TOKEN = re.compile(_OUTSIDE)
# Inside a link that is more than a simple one, simple ones have to be told from its end.
_TOKEN_IN_LINK = re.compile(rf"{SIMPLE}(?P<simple>)|\]\](?P<close>)(?P<trail>{TRAIL})|{_OUTSIDE}")


class Scanner:
    """Flattens one page."""

    def __init__(self, wikitext: str, site: SiteInfo, links: Links, dropped: Counter[str]) -> None:
        self._text, self._lang, self._links, self._dropped = f"\n{wikitext}", site.lang, links, dropped
        self._pieces: list[str] = []
        self._open: list[tuple[int, int, int]] = []  # kind, index of its own piece, offset behind its bracket
        self._templates_open = 0
        self._opaque, self._tables = OpaqueTags(self._text), Tables(self._text)

    def run(self) -> str:
        """Returns the page as lines of text with marks."""
        text, pieces = self._text, self._pieces
        position = 0
        while token := (_TOKEN_IN_LINK if self._open else _TOKEN).search(text, position):
            start = token.start()
            if start > position:
                pieces.append(text[position:start])
            position = token.end()
            match token.lastgroup:
                case "template":
                    pieces.append(self._template(token["template"], position))
                case "references":
                    self._dropped["refs"] += 1
                case "attributes":
                    position = self._tag(token)
                case "open":
                    position = self._link(start)
                case "simple" | "trail":
                    position = self._in_link(token)
                case "braces":
                    position = self._open_braces(start, position)
                case "unbraces":
                    self._close_braces(position - start)
                case _:
                    position = self._line_start(token)
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

    def _drop(self, reason: str) -> None:
        self._dropped[reason] += 1
        self._pieces.append(HOLE)

    def _comment(self, position: int) -> int:
        end = self._text.find("-->", position)
        self._dropped["comments"] += 1
        return end + 3 if end >= 0 else len(self._text)

    # Lines that begin with a heading or a table

    def _line_start(self, token: re.Match[str]) -> int:
        start, end = token.span()
        if token["comment"] is not None:
            return self._comment(end)
        if token["table"] is not None:
            close = -1 if self._open else self._tables.end(end - 2)
            if close >= 0:
                self._dropped["tables"] += 1
            self._pieces.append("\n\n" if close >= 0 else token.group())
            return close if close >= 0 else end
        line_end = self._text.find("\n", end)
        heading = parse_heading(self._text[start + 1 : line_end if line_end >= 0 else len(self._text)])
        if heading is None:
            self._pieces.append("\n=")
            return end
        self._break_off()
        level, title = heading
        if is_left_out(title, self._lang):
            self._dropped["sections"] += 1
            return section_end(self._text, end, level)
        self._pieces.append("\n=")
        return end

    # Templates

    def _open_braces(self, start: int, position: int) -> int:
        count = position - start
        if count == _TEMPLATE:
            name = template_name(self._text, position)
            end = -1 if carries_text(name) else template_end(self._text, start)
            if end >= 0:
                self._drop_template(name, end)
                return end
        inner = _PARAMETER if count % 2 else _TEMPLATE
        for _ in range((count - inner) // 2):
            self._push(_TEMPLATE, position)
        self._push(inner, position)
        return position

    def _close_braces(self, count: int) -> None:
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
            self._pieces.append(self._template(self._take(index), len(self._text)))
        else:
            del self._pieces[index:]
            self._drop(drop_reason(name))
        return _TEMPLATE

    def _template(self, content: str, end: int) -> str:
        name = template_name(content, 0)
        rendered = render(name, protect_links(content), lang=self._lang)
        if rendered is None:
            self._drop_template(name, end)
            return ""
        return rendered.replace("|", BAR) if self._open else rendered

    def _drop_template(self, name: str, end: int) -> None:
        self._dropped[drop_reason(name)] += 1
        if not is_footnote(name) or not self._leaves_nothing(end):
            self._pieces.append(HOLE)

    def _leaves_nothing(self, end: int) -> bool:
        """Whether what was dropped before `end` stood at the end of a word, so that nothing has to be mended."""
        before = self._pieces[-1][-2:] if self._pieces else ""
        last = before[-1:]
        if last in _QUOTE_MARKS and before[:1] not in _OPEN_BEFORE:
            last = ")"  # it closes what is quoted
        after = self._text[end : end + 1]
        if after in {" ", "\n"} or self._text.startswith(_MARKUP_BEHIND, end):
            return last not in _OPEN_BEFORE
        return last.isalnum() and after in _STOPS

    # Links

    def _link(self, start: int) -> int:
        position = start + 2
        if self._links.is_file(self._text, position):
            end = file_end(self._text, start)
            if end >= 0:
                self._drop("files")
                return end
        elif simple := PREFIXED.match(self._text, start):
            self._pieces.append(self._links.marked(*simple.group("target", "anchor", "trail")))
            return simple.end()
        self._push(_LINK, position)
        return position

    def _in_link(self, token: re.Match[str]) -> int:
        """Goes on behind a simple link inside of another, or behind the end of that other."""
        if token["simple"] is not None:
            self._pieces.append(token.group())
            return token.end()
        if self._open[-1][0] != _LINK:
            return token.start("trail")
        _, index, start = self._open.pop()
        if self._links.is_file(self._text, start):
            del self._pieces[index:]
            self._drop("files")
            return token.start("trail")
        if len(self._open) >= _MAX_DEPTH or self._text.find("\n", start, token.start()) >= 0:
            self._dropped["unclosed"] += 1
            return token.start("trail")
        target, bar, anchor = self._take(index).partition("|")
        self._pieces.append(self._links.marked(target, anchor if bar else None, token["trail"]))
        return token.end()

    def _is_stale(self, start: int, position: int) -> bool:
        """Whether an open link can no longer be one, because its line has ended."""
        return self._text.find("\n", start, position) >= 0 and not self._links.is_file(self._text, start)

    # Tags

    def _tag(self, token: re.Match[str]) -> int:
        name, end = token["tag"].lower(), token.end()
        if name == "ref":
            return self._reference(token.start(), end)
        closed = token["attributes"].endswith("/")
        if name == "sup" and not token["slash"]:
            shown, end = raised(self._text, token.start(), end)
            self._pieces.append(shown)
        elif name == "sub" and not token["slash"]:
            self._pieces.append(lowered(self._text, token.start(), end))
        elif name in OPAQUE_TAGS and not token["slash"]:
            content_end, after = (end, end) if closed else self._opaque.end(name, end)
            self._dropped[OPAQUE_TAGS[name]] += 1
            self._pieces.append(self._opaque.shown(name, end, content_end) or HOLE)
            return after
        elif name in BLOCK_TAGS:
            self._pieces.append("\n\n")
        elif name in {"br", "hr"}:
            self._pieces.append(" ")
        return end

    def _reference(self, start: int, tag_end: int) -> int:
        """Leaves out references that stand one behind the other; of one that is never closed, the tag alone."""
        end = references_end(self._text, start)
        self._dropped["refs"] += 1
        end = end if end >= 0 else tag_end
        if not self._leaves_nothing(end):
            self._pieces.append(HOLE)
        return end


_OPEN_BEFORE: Final = frozenset(" \n([{|\"'“‘«" + HOLE) | {""}
_QUOTE_MARKS: Final = frozenset("\"'”’»")
_STOPS: Final = frozenset(".,;:)")
_MARKUP_BEHIND: Final = ("<ref", "<!--", "{{", "</")  # what decides for itself whether a space is needed

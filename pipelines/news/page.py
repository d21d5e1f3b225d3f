"""One news page: its HTML to main text, title and date, or the reason why it is no article.

resiliparse is the fast path: tens of MB of HTML a second. It tells the language before the dear extraction begins,
so a page in another language costs next to nothing. trafilatura then finds the main text by its own rules; only
where it finds much less than resiliparse did are its fallbacks (readability, jusText) asked as well.

Nothing here depends on the day it runs. Dates come from markup, address and the page's text, none later than the
day of the capture; the extensive search is off, because its parser fills in what a date lacks from today's date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urlsplit

from pipelines.news.config import NewsConfig
from pipelines.news.judge import is_boilerplate, is_error, is_index_text, is_wall, says_not_free
from pipelines.news.title import plain_title

_BLOCKS: Final = frozenset({"body", "p", "head", "item", "ab", "list", "lb", "row", "cell"})
_SOMETIMES_BLOCKS: Final = frozenset({"quote", "code"})  # where they do not stand inside of a paragraph
_PARAGRAPHS: Final = frozenset({"p", "item", "head"})
_ENOUGH: Final = 0.5  # of what the fast path found; with less, the extractor's fallbacks are asked …
_LONG: Final = 1500  # … if that was so many characters: in less, menus and captions make the difference
_NO_LIMIT: Final = "2100-01-01"  # for archives that do not say when a page was fetched
_DECLARED: Final = re.compile(r"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([A-Za-z]{2,3})\b", re.IGNORECASE)
_UNSEEN: Final = " \u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_REPEATABLE: Final = 60  # characters: shorter lines may well stand twice in a text
_CANDIDATES: Final = 3


@dataclass(frozen=True)
class Page:
    """What was found on a page.

    Attributes:
        reason: why it is dropped; empty for an article.
        detail: more about the reason.
        title: of the article, without the outlet's name.
        date: ISO date of publication; empty if the page does not tell.
        lines: of the main text; none is empty.
        boilerplate: how many lines were left out as such.
    """

    reason: str = ""
    detail: str = ""
    title: str = ""
    date: str = ""
    lines: tuple["Line", ...] = ()
    boilerplate: int = 0


@dataclass(frozen=True)
class Line:
    """A line of the main text; `level` is that of a heading and 0 for prose."""

    text: str
    level: int


def read_page(html: str, *, url: str, captured: str, config: NewsConfig) -> Page:
    """Extracts the article of a page, or says why there is none."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse(html)
    main = extract_plain_text(tree, main_content=True, alt_texts=False, comments=False)
    declared = _DECLARED.search(html)
    speaks = declared is not None and declared.group(1).casefold() == config.lang
    if not _is_language(main, config.lang, declared=speaks):
        whole = extract_plain_text(tree, alt_texts=False)  # a main text of names alone looks like any language
        if not _is_language(whole, config.lang, declared=speaks):
            return Page(reason="other language", detail=_languages(whole)[0])
    found = _extracted(html, url=url, captured=captured, expected=len(main))
    if found is None or found.body is None:
        return Page(reason="no main text")
    title = _title(found, tree, url)
    lines = list(_lines(found.body))
    kept = _with_prose_below(_without_boilerplate(lines))
    prose = [line.text for line in kept if not line.level and line.text != title]
    reason, detail = _reason_to_drop(html, prose, title=title, declared=speaks, config=config)
    if reason:
        return Page(reason=reason, detail=detail, title=title)
    if kept[0].text == title:  # the title again
        kept[0] = Line(title, 1)
    published = min(found.date or "", captured or _NO_LIMIT)
    return Page(title=title, date=published, lines=tuple(kept), boilerplate=len(lines) - len(kept))


def _is_language(text: str, lang: str, *, declared: bool) -> bool:
    """Whether `lang` is likeliest; where the page itself declares it, it need only be likely."""
    guesses = _languages(text)
    return lang in (guesses if declared else guesses[:1])


def _languages(text: str) -> list[str]:
    """The likeliest languages, best first; `unknown` where there is too little text."""
    from resiliparse.parse.lang import detect_fast

    found: list[tuple[str, int]] = detect_fast(text, n_results=_CANDIDATES)  # type: ignore[assignment]
    return [name for name, _ in found] or ["unknown"]


def _extracted(html: str, *, url: str, captured: str, expected: int) -> Any:
    from trafilatura import bare_extraction

    settings: dict[str, Any] = {
        "url": url,
        "include_comments": False,
        "include_tables": False,
        "with_metadata": True,
        "date_extraction_params": {
            "original_date": True,
            "extensive_search": False,
            "max_date": _day_after(captured) if captured else _NO_LIMIT,
        },
    }
    found: Any = bare_extraction(html, fast=True, **settings)
    length = len(found.text or "") if found is not None else 0
    if expected < _LONG or length >= _ENOUGH * expected:
        return found
    slow: Any = bare_extraction(html, **settings)
    return slow if slow is not None and len(slow.text or "") > length else found


def _day_after(captured: str) -> str:
    """A page fetched late in the day may be of tomorrow where it was written."""
    return (date.fromisoformat(captured) + timedelta(days=1)).isoformat()


def _title(found: Any, tree: Any, url: str) -> str:
    """The title, or the page's only first heading where all pages of a site have its or its owner's name as title."""
    site, title = (found.sitename or "").strip(), (found.title or "").strip()
    if title.casefold() in {"", site.casefold(), (found.author or "").strip().casefold()}:
        headings = tree.document.query_selector_all("h1")
        if len(headings) == 1 and headings[0].text.strip():
            title = headings[0].text
    return plain_title(title, host=urlsplit(url).hostname or "", site=site)


def _lines(body: Any) -> Iterator[Line]:
    """The lines of trafilatura's body: an element of `_BLOCKS` begins and ends one, everything else is inline."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    levels: list[int] = [0]
    for event, element in iterwalk(body, events=("start", "end")):
        block = _is_block(element)
        if event == "start":
            if block:
                yield from _line(pieces, levels[-1])
                levels.append(_level(element) if element.tag == "head" else levels[-1])
            pieces.append(element.text or "")
            continue
        if block:
            yield from _line(pieces, levels.pop())
        pieces.append(element.tail or "")
    yield from _line(pieces, 0)


def _is_block(element: Any) -> bool:
    if element.tag not in _SOMETIMES_BLOCKS:
        return element.tag in _BLOCKS
    parent = element.getparent()
    return parent is None or parent.tag not in _PARAGRAPHS


def _line(pieces: list[str], level: int) -> Iterator[Line]:
    text = " ".join("".join(pieces).split()).strip(_UNSEEN)
    pieces.clear()
    if text:
        yield Line(text, level)


def _level(element: Any) -> int:
    """2 for `<head rend="h2">`."""
    number = (element.get("rend") or "")[-1:]
    return int(number) if number in tuple("123456") else 2


def _without_boilerplate(lines: Sequence[Line]) -> list[Line]:
    """Leaves out what stands on every page of a site, entries of tables of contents, and what the page repeats."""
    known = {line.text for line in lines if line.level}
    kept: list[Line] = []
    for line in lines:
        if is_boilerplate(line.text) or (line.level == 0 and line.text in known):
            continue
        kept.append(line)
        if len(line.text) >= _REPEATABLE:
            known.add(line.text)
    return kept


def _with_prose_below(lines: Sequence[Line]) -> list[Line]:
    """Leaves out headings that no prose follows before the next heading of the same or a higher level."""
    kept: list[Line] = []
    needed: set[int] = {0}
    for line in reversed(lines):
        if line.level == 0:
            needed = set(range(1, 7))
        elif line.level in needed:
            needed = set(range(1, line.level))
        else:
            continue
        kept.append(line)
    return kept[::-1]


def _reason_to_drop(
    html: str, prose: Sequence[str], *, title: str, declared: bool, config: NewsConfig
) -> tuple[str, str]:
    text = "\n".join(prose)
    words = len(text.split())
    if is_error(title) and words < config.wall_words:
        return "error page", title
    if words < config.wall_words and (is_wall(text) or says_not_free(html)):
        return "paywall", f"{words} words"
    if words < config.min_words:
        return "stub", f"{words} words"
    if is_index_text(prose):
        return "index page", "hardly any whole sentences"
    if not _is_language(text, config.lang, declared=declared):
        return "other language", _languages(text)[0]
    return "", ""

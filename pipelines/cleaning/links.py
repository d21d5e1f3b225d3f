"""Internal links: what they show, where they lead, and which of them are no part of the prose."""

import re
from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Final
from unicodedata import normalize

from pipelines.cleaning.marks import BAR, HOLE, LAST_MARK, LINK_BAR, LINK_CLOSE, LINK_OPEN
from pipelines.site import SiteInfo, normal_prefix
from pipelines.wordlists import words

_PIECE: Final = rf"[^\[\]{{}}<>|\n{LINK_OPEN}-{LAST_MARK}]"
TRAIL: Final = "[a-zß-öø-ÿ]*+"
# A link without a prefix and without markup inside is left to the line stage, so most links cost the scanner nothing.
SIMPLE: Final = rf"\[\[(?P<target>[^\[\]{{}}<>|\n:{LINK_OPEN}-{LAST_MARK}]++)(?:\|(?P<anchor>{_PIECE}*+))?+\]\]"
SIMPLE_LINK = re.compile(f"{SIMPLE}(?P<trail>{TRAIL})")
PREFIXED = re.compile(rf"\[\[(?P<target>{_PIECE}*+)(?:\|(?P<anchor>{_PIECE}*+))?+\]\](?P<trail>{TRAIL})")
LINE_LINK = re.compile(
    rf"{SIMPLE}(?P<trail>{TRAIL})"
    rf"|{LINK_OPEN}(?P<marked>[^{LINK_BAR}]*+){LINK_BAR}(?P<shown>[^{LINK_OPEN}{LINK_CLOSE}]*+){LINK_CLOSE}"
)

_LANGUAGE_LINK = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,12})*|simple|tokipona")
_PROJECTS: Final = words(
    "w wikipedia wikt wiktionary n wikinews b wikibooks q wikiquote s wikisource v wikiversity voy wikivoyage c "
    "commons species wikispecies d wikidata m meta mw mediawiki wmf foundation"
)
# Namespaces have aliases that dumps do not tell; the file's own name does.
_FILE_NAME = re.compile(
    r"[^\[\]{}<>|\n:]{1,40}:[^\[\]{}<>|\n]{1,240}\.(?:jpe?g|png|svg|gif|tiff?|og[agv]|webm|pdf)\s*[|\]]", re.IGNORECASE
)
_NO_ANCHOR = re.compile(r"\[\[|\n")
_NO_TARGET = re.compile(rf"\[\[|\n|[{LINK_OPEN}-{LAST_MARK}]")
_DISAMBIGUATION = re.compile(r" ?\([^()]*\)$")


class Links:
    """The links of one wiki; what is left out is counted in `dropped`."""

    def __init__(self, site: SiteInfo, dropped: Counter[str]) -> None:
        self._site, self._dropped = site, dropped
        self.title = _titles(first_letter_case=site.first_letter_case)  # the title that a target leads to, or ""

    def is_file(self, text: str, start: int) -> bool:
        """Whether the link whose target begins at `start` is a picture or another file."""
        prefix, colon, _ = text[start : start + 40].partition(":")
        if not colon or "]" in prefix or "|" in prefix:
            return False
        return normal_prefix(prefix) in self._site.file_prefixes or _FILE_NAME.match(text, start) is not None

    def marked(self, target: str, anchor: str | None, trail: str) -> str:
        """A link as the line stage reads it, or what stays of it in the prose."""
        prefix, colon, rest = target.partition(":")
        if colon:
            special = self._prefixed(prefix, rest, anchor)
            if special is not None:
                return special + trail
        shown = shown_text(target, anchor)
        if not shown.strip():
            return trail
        if LINK_CLOSE in shown or _NO_ANCHOR.search(shown) or _NO_TARGET.search(target):
            return shown + trail
        return f"{LINK_OPEN}{target}{LINK_BAR}{shown.replace('|', BAR)}{trail}{LINK_CLOSE}"

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


def protect_links(content: str) -> str:
    """Writes simple links so that their bars do not part the arguments of the template they stand in."""
    return SIMPLE_LINK.sub(_protected, content) if "[[" in content else content


def shown_text(target: str, anchor: str | None) -> str:
    """What a reader sees of a link; an empty anchor stands for the target without what tells it from others."""
    if anchor:
        return anchor
    return target if anchor is None else _DISAMBIGUATION.sub("", target.partition(":")[2] or target)


def _protected(found: re.Match[str]) -> str:
    target, anchor, trail = found.group("target", "anchor", "trail")
    shown = shown_text(target, anchor).replace("|", BAR)
    return f"{LINK_OPEN}{target}{LINK_BAR}{shown}{trail}{LINK_CLOSE}"


@lru_cache
def _titles(*, first_letter_case: bool) -> Callable[[str], str]:
    """Targets to titles; most are met again and again, on a page and over pages."""
    site = SiteInfo(
        lang="", name="", database="", base="", first_letter_case=first_letter_case, namespaces={}
    )  # a title does not depend on the rest

    @lru_cache(maxsize=_REMEMBERED)
    def title(target: str) -> str:
        target = unescape(target) if "&" in target else target
        return site.normal_title(target if target.isascii() else normalize("NFC", target))

    return title


_REMEMBERED: Final = 50_000

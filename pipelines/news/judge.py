"""What makes a page no article: index pages, error pages, paywalls, and lines that are on every page of a site.

The words are English ones, as the corpus is; in another language only markup, addresses and lengths decide.
"""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

INDEX_SHARE: Final = 0.4  # of the characters; with fewer in whole sentences, a page lists things
_INDEX_PATH: Final = re.compile(
    r"/?|/(?:index|default|home)\.\w{3,5}|/(?:(?:\w{2}/)?(?:category|categories|tag|tags|author|authors|search|feed)/.*)"
    r"|.*/page/\d+/?|.*/(?:feed|rss)/?",
    re.IGNORECASE,
)
_ERROR_TITLES: Final = (
    r"(?:error\s+)?[45]\d\d\b.*",
    r".*\bnot found\b.*",
    r".*\baccess (?:denied|to this page has been denied)\b.*",
    r"forbidden.*",
    r"just a moment\W*",
    r"attention required\b.*",
    r"are you (?:a )?(?:human|robot)\b.*",
    r".*\bunder (?:maintenance|construction)\b.*",
    r".*\btemporarily unavailable\b.*",
    r"(?:security|robot|browser) check\b.*",
    r"page unavailable.*",
    r"internal server error.*",
)
_NOT_FREE: Final = re.compile(
    r"[\"']?isAccessibleForFree[\"']?\s*[:=]\s*[\"']?false\b"
    r"|article:content_tier[\"']\s+content\s*=\s*[\"'](?:locked|metered)\b",
    re.IGNORECASE,
)
_WALLS: Final = (
    r"(?:subscribe|sign (?:in|up)|log ?in|register)\b[^.]{0,40}\b(?:to|and) (?:continue|keep|read|unlock|access)\b",
    r"(?:to|continue) (?:continue )?reading\b[^.]{0,60}\b(?:subscri|sign in|log ?in|register)",
    r"already a (?:subscriber|member)\b",
    r"for subscribers only\b",
    r"(?:article|story|content) is (?:only )?for (?:our )?(?:subscribers|members)\b",
    r"subscriber[- ]only\b",
    r"become a (?:subscriber|member)\b",
    r"(?:article|story) is (?:only )?(?:available|reserved|exclusive)[^.]{0,20} (?:to|for)[^.]{0,30} subscribers\b",
)
_BOILERPLATES: Final = (
    # what a button or a frame says
    r"share|tweet|e-?mail|print|save|loading|close|menu|skip to (?:main )?content|back to top",
    r"comments?(?: \(?\d+\)?)?|leave a (?:comment|reply)|table of contents|advert(?:isement)?s?|sponsored",
    r"continue reading|story continues below|(?:previous|next)(?: (?:article|post|story))?",
    r"(?:share (?:this|on|via|with)|follow us|like us on|click here|read (?:more|next|also)|see also)\b.*",
    # what leads on to other pages
    r"(?:more|related|recommended|popular|trending|latest) (?:stories|articles|news|posts|topics|content|reading)\b.*",
    r"more (?:from|on|in)\b.*|related(?: links?)?|most (?:read|popular|viewed)\b.*",
    r"you (?:may|might) (?:also )?like\b.*",
    r"(?:sign up|subscribe|register)\b.*\b(?:newsletter|e-?mail|alerts?|inbox)\b.*|get our (?:free )?newsletter\b.*",
    # what is said of the page: rights, credits, dates of its making
    r"(?:all rights reserved|copyright|©|\(c\)).*|.*\ball rights reserved",
    r"(?:(?:first|last) )?(?:published|updated|posted|modified|created)\b.*\d.*",
    r"\d+ (?:min(?:ute)?s?|sec(?:ond)?s?) read",
    r"(?:photo|image|picture|credit|source)s?(?: credits?| by| courtesy)?\s*[:/].*",
    r"(?:getty|reuters|ap|afp)(?: images?)?",
    r"terms (?:of|and)\b.*|privacy policy\b.*|.*\b(?:uses?|accept) cookies\b.*",
)
_ERROR_TITLE: Final = re.compile("|".join(_ERROR_TITLES), re.IGNORECASE)
_WALL: Final = re.compile(rf"\b(?:{'|'.join(_WALLS)})", re.IGNORECASE)
_BOILERPLATE: Final = re.compile(rf"(?:{'|'.join(_BOILERPLATES)})\W*", re.IGNORECASE)
_BOILERPLATE_SPACES: Final = 13  # a longer line is prose, whatever it begins with
_BOILERPLATE_CHARACTERS: Final = 200
_SENTENCE_END: Final = re.compile(r"[.!?…。！？:;][\"'”’»)\]]*$")


def is_index_address(url: str) -> bool:
    """Whether the address is a home page's, a feed's, or one of a category, tag, author or search."""
    return _INDEX_PATH.fullmatch(urlsplit(url).path) is not None


def is_index_text(lines: Sequence[str]) -> bool:
    """Whether hardly any of the prose is in whole sentences: menus, headlines, results, tables."""
    characters = sum(map(len, lines))
    return sum(len(line) for line in lines if _SENTENCE_END.search(line)) < INDEX_SHARE * characters


def is_error(title: str) -> bool:
    """Whether a short page's title says that there is no page, or not for robots."""
    return _ERROR_TITLE.fullmatch(title.strip()) is not None


def says_not_free(html: str) -> bool:
    """Whether the page's markup says that its article is not free to read."""
    return _NOT_FREE.search(html) is not None


def is_wall(text: str) -> bool:
    """Whether the text asks to subscribe or to sign in."""
    return _WALL.search(text) is not None


def is_boilerplate(line: str) -> bool:
    """Whether a short line is one that stands on every page."""
    short = len(line) <= _BOILERPLATE_CHARACTERS and line.count(" ") <= _BOILERPLATE_SPACES
    return short and _BOILERPLATE.fullmatch(line) is not None

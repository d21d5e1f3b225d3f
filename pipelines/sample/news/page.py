"""A page as an archive holds it, and the name of what is on it."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipelines.sample.news.outlets import Outlet

# Only a story is worth keeping; everything else is there because real archives are full of it.
PageKind = Literal["story", "repeat", "reprint", "foreign", "stub", "paywall", "index", "missing", "image"]


@dataclass(frozen=True)
class NewsPage:
    """One crawled page.

    Attributes:
        kind: a story, or what makes it worthless.
        outlet: who printed it.
        url: where it was crawled.
        title: its headline.
        date: of publication.
        crawled: when it was fetched.
        section: of the outlet.
        author: as the byline gives it.
        paragraphs: the text without what surrounds it.
        states: answers that the paragraphs of a story state, by fact id; empty for all other kinds.
        language: ISO 639-1.
    """

    kind: PageKind
    outlet: Outlet
    url: str
    title: str
    date: datetime.date
    crawled: datetime.datetime
    section: str
    author: str
    paragraphs: tuple[str, ...]
    states: Mapping[str, str] = field(default_factory=dict)
    language: str = "en"

    @property
    def text(self) -> str:
        """The paragraphs as a reader gets them."""
        return "\n\n".join(self.paragraphs)


def url_slug(title: str) -> str:
    """The words of a headline, joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower().replace("’s", "s")))[:70].strip("-")

"""Pages as the servers of their outlets send them."""

import datetime
import json
import struct
import zlib
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from html import escape
from string import Template

from pipelines.sample.chance import Chance
from pipelines.sample.news.page import NewsPage, url_slug
from pipelines.sample.news.templates import ARTICLES, BETWEEN, COMMENTS, INDEX, MISSING, READERS, SECTIONS

_RECENT = 40  # pages from which a page picks what it links to
_RELATED, _MOST_READ, _LISTED = 3, 5, 14
_INSERT_BEHIND = 2  # paragraphs
_LOCKED = '\n<meta property="article:content_tier" content="locked">'
_HOURS = datetime.timedelta(hours=4)


class Renderer:
    """Renders pages; what they link to is older than they are, so that later stories leave them as they were."""

    def __init__(self, stories: Sequence[NewsPage], chance: Chance) -> None:
        self._chance = chance
        self._stories: dict[str, list[NewsPage]] = {}
        for story in sorted(stories, key=_age):
            self._stories.setdefault(story.outlet.host, []).append(story)
        self._dates = {host: [story.date for story in group] for host, group in self._stories.items()}

    def body(self, page: NewsPage) -> bytes:
        """What the server sends."""
        if page.kind == "image":
            return _picture(self._chance.between(0, 255, "grey", page.url))
        template = {"index": INDEX, "missing": MISSING}.get(page.kind, ARTICLES[page.outlet.layout])
        html = Template(template).substitute(self._slots(page))
        return html.encode(page.outlet.charset, "xmlcharrefreplace")

    def _slots(self, page: NewsPage) -> dict[str, str]:
        related = self._older(page, _RELATED, "related")
        listed = self._older(page, _LISTED, "listed")
        return {
            **_plain_slots(page),
            **self._numbers(page),
            "body": self._paragraphs(page, related[0] if related else page),
            "comments": self._comments(page),
            "related": _links(related),
            "most_read": _links(self._older(page, _MOST_READ, "most read")),
            "listing": _links(listed),
            "cards": "".join(f'<div class="card"><h3>{_link(one)}</h3></div>' for one in related),
        }

    def _numbers(self, page: NewsPage) -> dict[str, str]:
        """Figures in the frame of a page."""
        between = self._chance.between
        return {
            "comment_count": str(between(2, 41, "comments", page.url)),
            "ticker": f"{between(700, 1300, 'ticker', page.date)}.{between(10, 99, 'points', page.date)}",
            "rate": f"0.{between(811, 989, 'rate', page.date)}",
            "minutes": str(between(2, 6, "minutes", page.url)),
            "seconds": f"{between(0, 59, 'seconds', page.url):02d}",
        }

    def _paragraphs(self, page: NewsPage, other: NewsPage) -> str:
        lines = [f"<p>{escape(one, quote=False)}</p>" for one in page.paragraphs]
        between = BETWEEN[page.outlet.layout]
        if (
            page.kind in {"story", "repeat", "reprint"}
            and other is not page
            and len(lines) > _INSERT_BEHIND
            and between
        ):
            values = {"see_url": other.url, "see_title": escape(other.title), "outlet": escape(page.outlet.name)}
            lines.insert(_INSERT_BEHIND, Template(between).substitute(values))
        return "\n".join(lines)

    def _comments(self, page: NewsPage) -> str:
        said = self._chance.shuffled(COMMENTS, "comment", page.url)[: self._chance.between(1, 4, "said", page.url)]
        readers = self._chance.shuffled(READERS, "reader", page.url)
        return "".join(
            f'<div class="comment"><span class="comment-author">{reader}</span><p>{text}</p>'
            '<a class="reply" href="#">Reply</a></div>'
            for reader, text in zip(readers, said, strict=False)
        )

    def _older(self, page: NewsPage, count: int, purpose: str) -> list[NewsPage]:
        """Some of the last stories of the same outlet before that day."""
        host = page.outlet.host
        end = bisect_left(self._dates.get(host, []), page.date)
        return self._chance.shuffled(self._stories.get(host, [])[max(0, end - _RECENT) : end], purpose, page.url)[
            :count
        ]


def _plain_slots(page: NewsPage) -> dict[str, str]:
    """What the page itself says."""
    published = datetime.datetime.combine(page.date, datetime.time(), tzinfo=datetime.UTC) + _HOURS
    outlet, title = page.outlet, escape(page.title)
    menu = [f'<a href="/{name.lower()}/">{name}</a>' for name in SECTIONS]
    return {
        "lang": page.language,
        "charset": outlet.charset,
        "title": title,
        "outlet": escape(outlet.name),
        "home": outlet.home,
        "url": escape(page.url),
        "summary": escape(page.paragraphs[0][:150]) if page.paragraphs else title,
        "extra": _LOCKED if page.kind == "paywall" else "",
        "data": _linked_data(page, published),
        "section": page.section,
        "section_path": page.section.lower(),
        "author": escape(page.author),
        "author_path": url_slug(page.author),
        "picture": url_slug(page.title),
        "date": page.date.isoformat(),
        "moment": published.isoformat(),
        "long_date": f"{page.date.day} {page.date:%B %Y}",
        "year": str(page.date.year),
        "menu": "".join(f"<li>{one}</li>" for one in menu),
        "menu_inline": " ".join(menu),
    }


def _linked_data(page: NewsPage, published: datetime.datetime) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.title,
        "datePublished": published.isoformat(),
        "author": {"@type": "Person", "name": page.author},
        "publisher": {"@type": "Organization", "name": page.outlet.name},
        "isAccessibleForFree": page.kind != "paywall",
    }
    return json.dumps(data)


def _links(pages: Iterable[NewsPage]) -> str:
    return "".join(f"<li>{_link(one)}</li>" for one in pages)


def _link(page: NewsPage) -> str:
    return f'<a href="{escape(page.url)}">{escape(page.title)}</a>'


def _age(page: NewsPage) -> tuple[datetime.date, str]:
    return page.date, page.url


def _picture(grey: int) -> bytes:
    """A PNG file of one grey pixel."""
    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes((0, grey)))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )

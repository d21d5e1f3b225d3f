"""Writes pages as a MediaWiki multistream dump: several bz2 streams in one file, and an index of them."""

import bz2
import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pipelines.sample.chance import Chance
from pipelines.sample.pages import WikiPage

_NAMESPACES = {
    -2: "Media",
    -1: "Special",
    0: "",
    1: "Talk",
    2: "User",
    3: "User talk",
    4: "Project",
    5: "Project talk",
    6: "File",
    7: "File talk",
    8: "MediaWiki",
    9: "MediaWiki talk",
    10: "Template",
    11: "Template talk",
    12: "Help",
    13: "Help talk",
    14: "Category",
    15: "Category talk",
}
_EXPORT = "http://www.mediawiki.org/xml/export-0.11"
_FIRST_REVISION = 810_000
_EDITORS = ("Clerk", "Reader", "Millrace", "Old Ferry", "Quillpen")
_COMMENTS = ("", "typo", "+ reference", "wording", "/* History */ more", "figures & names checked")
_BASE36 = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Revision:
    """A page as it stands in a dump."""

    page: WikiPage
    page_id: int
    revision_id: int
    parent_id: int
    date: datetime.datetime


def first_revisions(pages: Sequence[WikiPage], chance: Chance, date: datetime.date) -> list[Revision]:
    """Gives pages ids and revisions from the years before `date`, in the order of their ids."""
    revisions = []
    page_id = 0
    for place, page in enumerate(chance.shuffled(pages, "page order")):
        page_id += chance.between(1, 9, "gap", page.title)
        revision_id = _FIRST_REVISION + place * 97 + chance.between(0, 96, "revision", page.title)
        when = _moment(chance, page.title, date - datetime.timedelta(days=2400), date)
        revisions.append(Revision(page, page_id, revision_id, revision_id - 53 * 97, when))
    return revisions


def next_revisions(
    before: Sequence[Revision], pages: Sequence[WikiPage], chance: Chance, dates: tuple[datetime.date, datetime.date]
) -> list[Revision]:
    """The second dump: pages that did not change keep their revision, new ones come last, gone ones are left out."""
    now = {page.title: page for page in pages}
    latest = max(one.revision_id for one in before) + 1000
    revisions: list[Revision] = []
    for old in before:
        page = now.pop(old.page.title, None)
        if page is None:
            continue
        if page.text == old.page.text:
            revisions.append(old)
            continue
        latest += chance.between(20, 400, "later", page.title)
        revisions.append(Revision(page, old.page_id, latest, old.revision_id, _moment(chance, page.title, *dates)))
    page_id = before[-1].page_id
    for page in now.values():
        page_id += chance.between(1, 9, "gap", page.title)
        latest += chance.between(20, 400, "later", page.title)
        revisions.append(Revision(page, page_id, latest, 0, _moment(chance, page.title, *dates)))
    return revisions


def write_dump(folder: Path, revisions: Sequence[Revision], *, date: datetime.date, pages_per_stream: int) -> None:
    """Writes the dump and its index, `offset:page id:title` a line, into `folder`."""
    stem = f"samplewiki-{date:%Y%m%d}-pages-articles-multistream"
    index: list[str] = []
    with (folder / f"{stem}.xml.bz2").open("wb") as file:
        file.write(bz2.compress(_site_info().encode()))
        for first in range(0, len(revisions), pages_per_stream):
            stream = revisions[first : first + pages_per_stream]
            index += [f"{file.tell()}:{one.page_id}:{one.page.title}\n" for one in stream]
            file.write(bz2.compress("".join(map(_page_xml, stream)).encode()))
        file.write(bz2.compress(b"</mediawiki>\n"))
    (folder / f"{stem}-index.txt.bz2").write_bytes(bz2.compress("".join(index).encode()))


def _moment(chance: Chance, title: str, since: datetime.date, until: datetime.date) -> datetime.datetime:
    days, seconds = (until - since).days - 4, 24 * 3600 - 1
    midnight = datetime.datetime.combine(since, datetime.time(), tzinfo=datetime.UTC)
    return midnight + datetime.timedelta(
        days=chance.between(2, days, "day", title, until), seconds=chance.between(0, seconds, "second", title, until)
    )


def _site_info() -> str:
    spaces = "".join(_namespace_xml(key, name) for key, name in _NAMESPACES.items())
    return (
        f'<mediawiki xmlns="{_EXPORT}/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
        f'xsi:schemaLocation="{_EXPORT}/ {_EXPORT}.xsd" version="0.11" xml:lang="en">\n'
        "  <siteinfo>\n    <sitename>Sample Encyclopedia</sitename>\n    <dbname>samplewiki</dbname>\n"
        "    <base>https://sample.example.org/wiki/Main_Page</base>\n    <generator>MediaWiki 1.35.0</generator>\n"
        f"    <case>first-letter</case>\n    <namespaces>\n{spaces}    </namespaces>\n  </siteinfo>\n"
    )


def _namespace_xml(key: int, name: str) -> str:
    start = f'      <namespace key="{key}" case="first-letter"'
    return f"{start}>{name}</namespace>\n" if name else f"{start} />\n"


def _page_xml(one: Revision) -> str:
    page, text = one.page, one.page.text.encode()
    digest = _sha1_base36(text)
    editor = one.revision_id % len(_EDITORS)
    comment = _COMMENTS[one.revision_id % len(_COMMENTS)]
    lines = [
        "  <page>",
        f"    <title>{escape(page.title)}</title>",
        f"    <ns>{page.namespace}</ns>",
        f"    <id>{one.page_id}</id>",
        f"    <redirect title={quoteattr(page.redirect)} />" if page.redirect else "",
        "    <revision>",
        f"      <id>{one.revision_id}</id>",
        f"      <parentid>{one.parent_id}</parentid>" if one.parent_id else "",
        f"      <timestamp>{one.date:%Y-%m-%dT%H:%M:%SZ}</timestamp>",
        "      <contributor>",
        f"        <username>{_EDITORS[editor]}</username>",
        f"        <id>{editor + 11}</id>",
        "      </contributor>",
        f"      <comment>{escape(comment)}</comment>" if comment else "",
        f"      <origin>{one.revision_id}</origin>",
        "      <model>wikitext</model>",
        "      <format>text/x-wiki</format>",
        f'      <text bytes="{len(text)}" sha1="{digest}" xml:space="preserve">{escape(page.text)}</text>',
        f"      <sha1>{digest}</sha1>",
        "    </revision>",
        "  </page>\n",
    ]
    return "\n".join(line for line in lines if line)


def _sha1_base36(data: bytes) -> str:
    """MediaWiki's way to write a SHA-1: 31 digits to base 36."""
    number = int.from_bytes(hashlib.sha1(data, usedforsecurity=False).digest(), "big")
    return "".join(_digits(number)).rjust(31, "0")


def _digits(number: int) -> Iterable[str]:
    digits: list[str] = []
    while number:
        number, last = divmod(number, 36)
        digits.append(_BASE36[last])
    return reversed(digits)

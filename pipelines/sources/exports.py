"""What the beginning of a file tells: whether it is a MediaWiki export, of which wiki, and of which dump."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from lxml import etree

from pipelines.site import SiteInfo
from pipelines.sources.chunks import Damage
from pipelines.sources.dump_files import read_head
from realm.errors import UserError

_HEAD_BYTES: Final = 1 << 18
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_ENCODING: Final = re.compile(rb"""<\?xml[^>]{1,100}encoding=["']([^"']{1,40})["']""")
_NO_EXPORTS: Final = (
    (re.compile(rb"%PDF"), "it is a PDF document"),
    (re.compile(rb"\s*<(?:!doctype )?html", re.IGNORECASE), "it is an HTML page, perhaps a server's error message"),
    (re.compile(rb"7z\xbc\xaf"), "it is a 7z archive, which must be unpacked first"),
    (re.compile(rb"PK\x03\x04"), "it is a zip archive, which must be unpacked first"),
    (re.compile(rb"-- (?:MySQL|MariaDB)"), "it is an SQL table"),
    (re.compile(rb"\d+:\d+:"), "it is the index of a multistream dump, which is not needed"),
    (re.compile(rb"\0{64}"), "it begins with zeros, as a file does whose download was never finished"),
)
_DUMP_NAME: Final = re.compile(
    r"(?P<wiki>[a-z0-9_]+)-(?P<date>\d{8}|latest)-(?P<kind>pages-(?:articles|meta-current|meta-history)(?:-multistream)?)"
    r"(?P<part>\d*)\.xml"
)


@dataclass(frozen=True)
class Export:
    """A dump file by its beginning.

    Attributes:
        site: the wiki; English defaults for a fragment.
        is_whole: the file has the element `<mediawiki>` and so must end with its end tag; a fragment has not.
    """

    site: SiteInfo
    is_whole: bool


def read_export(file: Path) -> Export:
    """Reads what a dump says of its wiki; a fragment without `<siteinfo>` is taken for the English Wikipedia's.

    Raises:
        UserError: the file cannot be read or does not begin like a MediaWiki export.
    """
    status = file.stat()
    return _read_export(file, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=64)
def _read_export(file: Path, _size: int, _changed: int) -> Export:
    """Remembers a file as it is now: each work item asks for it."""
    head, damage = _head(file)
    begin, end = head.find(b"<mediawiki"), head.find(b"</siteinfo>")
    if begin == -1 and b"<page>" not in head:
        if damage is not None:
            raise UserError(f"No page of {file} can be read: {damage.detail}. Fetch the dump again.")
        looks = next((text for pattern, text in _NO_EXPORTS if pattern.match(head)), f"it begins with {head[:30]!r}")
        raise UserError(
            f"{file} does not begin like a MediaWiki export (no <mediawiki>): {looks}. Name a pages-articles dump."
        )
    if begin == -1 or end == -1 or 0 <= head.find(b"<page>") < end:
        return Export(SiteInfo.english(), is_whole=begin != -1)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(head[begin:end] + b"</siteinfo></mediawiki>", parser)
        return Export(SiteInfo.from_element(next(root.iter("{*}siteinfo"))), is_whole=True)
    except (etree.XMLSyntaxError, StopIteration, ValueError) as error:
        raise UserError(f"{file} has a broken <siteinfo> ({error}). Fetch the dump again.") from error


def _head(file: Path) -> tuple[bytes, Damage | None]:
    head, damage = read_head(file, _HEAD_BYTES)
    if not head and damage is None:
        raise UserError(f"{file} is empty. Fetch the dump again.")
    encoding = _ENCODING.match(head)
    if head.startswith(_UTF16):
        raise UserError(f"{file} is UTF-16; dumps are UTF-8. Convert it with `iconv -f UTF-16 -t UTF-8`.")
    if encoding and encoding[1].lower() not in {b"utf-8", b"utf8", b"us-ascii"}:
        name = encoding[1].decode("ascii", "replace")
        raise UserError(f"{file} is {name}; dumps are UTF-8. Convert it with `iconv -f {name} -t UTF-8`.")
    return head, damage


def require_one_dump(exports: Sequence[tuple[str, Export]]) -> None:
    """Refuses files that do not make one dump of one wiki.

    Args:
        exports: relative name and beginning of each file.

    Raises:
        UserError: they come from different wikis, or hold the same pages twice by their names.
    """
    named = [(path, export.site.database) for path, export in exports if export.site.database]
    for path, database in named:
        if database != named[0][1]:
            raise UserError(
                f"{named[0][0]} is a dump of {named[0][1]} and {path} one of {database}: one snapshot holds one wiki. "
                "Remove one of them, or give it a snapshot of its own."
            )
    kinds: dict[tuple[str, str, bool], str] = {}
    for path, _ in exports:
        if found := _DUMP_NAME.match(path.rpartition("/")[2]):
            kinds.setdefault((found["date"], found["kind"], bool(found["part"])), path)
    if len(kinds) > 1:
        first, second, *_ = kinds.values()
        raise UserError(
            f"{first} and {second} are two dumps of one wiki, so pages would be there twice: one snapshot holds one "
            "dump. Remove one of them, or give it a snapshot of its own."
        )

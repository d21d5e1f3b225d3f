"""Wikitext to prose beside WikiExtractor and mwparserfromhell, from the page texts and from the dump file.

`python -m benchmarks.cleaning DUMP` measures all of them in one process, one core, taking turns.
"""

import argparse
import bz2
import importlib
import importlib.util
import io
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from benchmarks.timing import Row, print_table
from pipelines.site import SiteInfo
from pipelines.sources.base import SourceConfig
from pipelines.sources.dump_files import read_range
from pipelines.sources.exports import read_export
from pipelines.sources.mediawiki import parse_page
from pipelines.sources.page_scanner import PageBytes, scan_pages
from pipelines.sources.wikipedia import Wikipedia
from pipelines.wikitext import clean
from realm import params as parameters
from realm.errors import main_guard

HEAD: Final = "wiki/enwiki-201605-head.xml.bz2"
_PARSER, _EXTRACTOR = "mwparserfromhell", "wikiextractor"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dump", type=Path, metavar="DUMP", help="a dump that fits into memory")
    parser.add_argument("--repeats", type=int, default=5, help="the median of so many is shown (default: %(default)s)")
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(f"\nMedians of {args.repeats} after one that warms up, taking turns on one core; the processor's seconds,")
    print("imports excluded.\n")
    for title, rows in measure(args.dump, args.repeats):
        print_table(title, rows)


def measure(dump: Path | None, repeats: int) -> list[tuple[str, list[Row]]]:
    """Two tables: cleaning alone, and from the dump file to text."""
    if dump is None:
        return [
            (
                "Wikitext to prose",
                [Row("our cleaner", None, note=f"{HEAD} is absent; REALM_TEST_DATA names its folder")],
            )
        ]
    return [
        (f"Wikitext to prose, the articles of {dump.name}", _measure_texts(dump, repeats)),
        (f"Dump to prose, {dump.name}", _measure_dump(dump, repeats)),
    ]


def read_pages(dump: Path) -> tuple[SiteInfo, list[str]]:
    """The wiki of a dump, and the wikitext of its articles that are no redirects."""
    sources = _sources()
    items = Wikipedia().work_items([dump], sources)
    found = (
        page for item in items for page in scan_pages(read_range(item.file, item.start, item.end), max_bytes=_LIMIT)
    )
    pages = [parse_page(page.xml) for page in found if isinstance(page, PageBytes)]
    texts = [page.wikitext for page in pages if page.namespace == 0 and page.wikitext and not page.redirect]
    return read_export(dump).site, texts


def _measure_texts(dump: Path, repeats: int) -> list[Row]:
    site, texts = read_pages(dump)
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    contenders: dict[str, Callable[[], Any]] = {
        "our cleaner": lambda: sum(1 for text in texts if clean(text, site=site).text)
    }
    if _is_installed(_EXTRACTOR):
        contenders["WikiExtractor, templates off"] = lambda: sum(
            1 for text in texts if _extracted("", text.splitlines(True))
        )
    if _is_installed(_PARSER):
        parse = importlib.import_module(_PARSER).parse
        contenders["mwparserfromhell strip_code"] = lambda: sum(1 for text in texts if parse(text).strip_code())
    return _rows(contenders, repeats, megabytes, "MB of wikitext")


def _measure_dump(dump: Path, repeats: int) -> list[Row]:
    sources = _sources()
    source = Wikipedia()
    # One range, as of a dump of 150 MB for each worker: what two ranges both read at their border counts only here.
    items = source.work_items([dump], replace(sources, item_bytes_min=_WHOLE, item_bytes_max=_WHOLE))
    contenders: dict[str, Callable[[], Any]] = {
        "our source": lambda: sum(1 for item in items for _ in source.read(item, sources))
    }
    if _is_installed(_EXTRACTOR):
        contenders["WikiExtractor, templates off"] = lambda: _extract_dump(dump)
    contenders["decompression alone"] = lambda: _decompress(dump)
    return _rows(contenders, repeats, _decompress(dump) / 1e6, "MB of XML")


def _rows(contenders: dict[str, Callable[[], Any]], repeats: int, amount: float, unit: str) -> list[Row]:
    """Measures in turns, so that what else the machine does meets all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    for turn in range(repeats + 1):
        for name, work in contenders.items():
            started = time.process_time()
            work()
            if turn:
                seconds[name].append(time.process_time() - started)
    medians = {name: statistics.median(times) for name, times in seconds.items()}
    ours = next(iter(medians.values()))
    rows = [Row(name, median, amount, unit, median / ours) for name, median in medians.items()]
    absent = [name for name in (_EXTRACTOR, _PARSER) if not _is_installed(name)]
    return rows + [Row(name, None, note=f"not installed; `pip install {name}` to compare") for name in absent]


def _is_installed(name: str) -> bool:
    return importlib.util.find_spec(name) is not None


def _extracted(title: str, lines: list[str]) -> str:
    """A page as `python -m wikiextractor.WikiExtractor --no-templates --json` writes it."""
    extractor = importlib.import_module("wikiextractor.extract").Extractor("1", "1", "", title, lines, to_json=True)
    out = io.StringIO()
    extractor.extract(out, True)
    return out.getvalue()


def _extract_dump(dump: Path) -> int:
    module = importlib.import_module("wikiextractor.WikiExtractor")
    vars(module)["templateNamespace"] = "Template:"  # what it reads from the site's information first
    with module.decode_open(str(dump)) as file:
        return sum(1 for page in module.collect_pages(file) if _extracted(page[2], page[-1]))


def _decompress(dump: Path) -> int:
    data = dump.read_bytes()
    return len(bz2.decompress(data)) if dump.suffix == ".bz2" else len(data)


def _sources() -> SourceConfig:
    return parameters.load().section("sources", SourceConfig)


_LIMIT: Final = 1 << 28
_WHOLE: Final = 1 << 40

if __name__ == "__main__":
    main_guard(main)

"""Cleaning the articles of the generated sample, beside mwparserfromhell."""

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.timing import Row, median_seconds
from pipelines import tokenizer as tokenizer_stage
from pipelines.sample import stage as sample_stage
from pipelines.sample.config import SampleConfig
from pipelines.site import SiteInfo
from pipelines.snapshot import snapshot_items
from pipelines.sources.base import SourceConfig, WorkItem
from pipelines.sources.dump_files import read_range
from pipelines.sources.mediawiki import Page, parse_page
from pipelines.sources.page_scanner import PageBytes, scan_pages
from pipelines.sources.wikipedia import read_site
from pipelines.tokenizer import TokenizerConfig
from pipelines.wikitext import clean
from realm import params as parameters
from realm.params import Params
from realm.paths import DataPaths

ALTERNATIVE = "mwparserfromhell"


@dataclass(frozen=True)
class Sample:
    """The sample of `params.yaml`, made anew in a directory that goes with the benchmark."""

    params: Params
    data: DataPaths
    items: list[WorkItem]
    tokenizer: Path

    @property
    def sources(self) -> SourceConfig:
        """Section `sources`."""
        return self.params.section("sources", SourceConfig)

    @staticmethod
    def make(root: Path) -> "Sample":
        """Generates the dump and trains the tokenizer on it."""
        params, data = parameters.load(), DataPaths(root)
        config, sources = params.section("sample", SampleConfig), params.section("sources", SourceConfig)
        sample_stage.run(config=config, data=root)
        items = snapshot_items(data.raw(config.first_snapshot), sources)
        settings = params.section("tokenizer", TokenizerConfig)
        tokenizer_stage.train(settings, items=items, sources=sources, output=data.model("tokenizer"))
        return Sample(params, data, items, data.model("tokenizer"))

    def articles(self) -> tuple[SiteInfo, list[str]]:
        """The wikitext of all articles that are no redirects."""
        dumps = [item for item in self.items if item.source == "wikipedia"]
        site = read_site(dumps[0].file)
        found = [page for item in dumps for page in _pages(item, self.sources) if page.namespace == 0]
        return site, [page.wikitext for page in found if page.wikitext and not page.redirect]


def measure_cleaning(sample: Sample, repeats: int) -> list[Row]:
    """Wikitext to prose: our cleaner beside the parser that most people take."""
    site, texts = sample.articles()
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    ours = median_seconds(lambda: [clean(text, site=site) for text in texts], repeats=repeats)
    rows = [Row("our cleaner", ours, megabytes, "MB", 1.0, "text, headings and links with offsets")]
    if importlib.util.find_spec(ALTERNATIVE) is None:
        return [*rows, Row(ALTERNATIVE, None, note=f"not installed; `pip install {ALTERNATIVE}` to compare")]
    parse: Callable[[str], Any] = importlib.import_module(ALTERNATIVE).parse
    theirs = median_seconds(lambda: [parse(text).strip_code() for text in texts], repeats=repeats)
    return [*rows, Row(ALTERNATIVE, theirs, megabytes, "MB", theirs / ours, "strip_code(): text alone")]


def _pages(item: WorkItem, sources: SourceConfig) -> list[Page]:
    chunks = read_range(item.file, item.start, item.end)
    found = scan_pages(chunks, max_bytes=sources.max_page_bytes)
    return [parse_page(page.xml) for page in found if isinstance(page, PageBytes)]

"""What a source's rows depend on, and what they do not."""

from dataclasses import replace

from pipelines.corpus.job import pipeline_fingerprint
from pipelines.sources import SOURCES as ALL
from pipelines.sources.base import SourceConfig
from tests.pipelines.archives import SOURCES
from tests.pipelines.dumps import BLOCKS


def fingerprints(sources: SourceConfig, *, max_tokens: int = BLOCKS.max_tokens) -> dict[str, str]:
    blocks = replace(BLOCKS, max_tokens=max_tokens)
    return {
        name: pipeline_fingerprint(name, sources=sources, blocks=blocks, tokenizer="a", tagger="rules") for name in ALL
    }


def test_a_setting_of_news_voids_the_pages_of_news_only() -> None:
    assert SOURCES.ccnews is not None
    before = fingerprints(SOURCES)
    after = fingerprints(replace(SOURCES, ccnews=replace(SOURCES.ccnews, min_words=SOURCES.ccnews.min_words + 1)))
    assert {name for name in before if before[name] != after[name]} == {"ccnews"}


def test_every_other_setting_voids_the_pages_of_all() -> None:
    before = fingerprints(SOURCES)
    for after in (
        fingerprints(replace(SOURCES, max_page_bytes=SOURCES.max_page_bytes + 1)),
        fingerprints(SOURCES, max_tokens=BLOCKS.max_tokens + 1),
    ):
        assert all(before[name] != after[name] for name in before)

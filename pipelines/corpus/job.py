"""What a corpus run is: its settings, and the fingerprint under which finished work items are kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from unicodedata import unidata_version

import pipelines
import realm
from pipelines.blocks import SPECIAL_TOKENS, BlockConfig
from pipelines.corpus.previous import Previous
from pipelines.news.config import DuplicateConfig
from pipelines.sources.base import SourceConfig, WorkItem, item_fingerprint
from realm.constraints import Count, Natural
from realm.errors import UserError
from realm.schema import SCHEMA_VERSION
from realm.storage import digest

LOCAL_RUNNER = "FnApiRunner"  # never `DirectRunner`, which looks for a program in the network first
# Code that cannot change what a finished work item holds.
_NOT_OURS = (
    "sample",
    "validation",
    "validate.py",
    "no_articles.py",
    "tokenizer.py",
    "train_tagger.py",
    "tagging/conll.py",
    "tagging/lessons.py",
    "tagging/names.py",
    "tagging/scores.py",
    "tagging/silver.py",
    "tagging/training.py",
    "corpus/__main__.py",
    "corpus/failures.py",
    "corpus/flow.py",
    "corpus/run.py",
    "corpus/summary.py",
    "corpus/worker.py",
)
_GROUND = ("schema.py", "tokenizer.py")
_LIBRARIES = (
    "tokenizers", "pyarrow", "numpy", "spacy", "thinc", "blis", "murmurhash", "preshed", "lxml", "zstandard", "ftfy",
    "wcwidth", "markdown-it-py", "mdurl", "pyyaml",
)  # fmt: skip
# What the pages of this source alone depend on. Where that is in doubt, it belongs to all.
_NEWS = "ccnews"
_NEWS_CODE = ("news/", "sources/ccnews.py")
_NEWS_LIBRARIES = (
    "fastwarc", "brotli", "resiliparse", "trafilatura", "courlan", "justext", "lxml-html-clean", "charset-normalizer",
    "htmldate", "dateparser", "python-dateutil", "regex", "tzlocal", "babel", "tld", "urllib3", "datasketch", "scipy",
    "xxhash",
)  # fmt: skip


@dataclass(frozen=True)
class CorpusConfig:
    """Params section `corpus`.

    Attributes:
        max_block_tokens: wordpieces of a block, with title and special tokens.
        max_title_tokens: wordpieces of a title; the rest is truncated.
        runner: Beam runner; `FnApiRunner` runs on this machine.
        workers: processes of the local runner; 0 takes every core. Changes no byte of the result.
    """

    max_block_tokens: Count
    max_title_tokens: Count
    runner: str
    workers: Natural

    def __post_init__(self) -> None:
        """Refuses blocks that a title fills."""
        taken = self.max_title_tokens + SPECIAL_TOKENS
        if self.max_block_tokens <= taken:
            raise UserError(
                f"max_block_tokens is {self.max_block_tokens}; it must be above {taken}, "
                f"that is max_title_tokens and {SPECIAL_TOKENS} special tokens."
            )

    @property
    def blocks(self) -> BlockConfig:
        """The sizes of blocks."""
        return BlockConfig(max_tokens=self.max_block_tokens, max_title_tokens=self.max_title_tokens)


@dataclass(frozen=True)
class Job:
    """One run, as every worker gets it.

    Attributes:
        items: all work items, in dump order.
        sources: how inputs are read.
        blocks: sizes of blocks.
        tokenizer: directory of the tokenizer.
        tagger: directory of a tagger, or `rules` or `none`.
        cache: directory of finished work items, in a folder for each pipeline.
        pipelines: the pipeline of each source: identity of everything but its inputs that its rows depend on.
        staging: directory that becomes the corpus.
        pages: directory that becomes what the next corpus looks pages up in.
        previous: an earlier corpus that rows are taken from, if any.
    """

    items: tuple[WorkItem, ...]
    sources: SourceConfig
    blocks: BlockConfig
    tokenizer: Path
    tagger: str
    cache: Path
    pipelines: Mapping[str, str]
    staging: Path
    pages: Path
    previous: Previous | None

    @property
    def duplicates(self) -> DuplicateConfig | None:
        """What makes an article a near-duplicate; None where no source needs to know."""
        return None if self.sources.ccnews is None else self.sources.ccnews.duplicates

    def finished(self, item: WorkItem) -> Path:
        """Where the finished work item lies, or will."""
        return self.cache / self.pipelines[item.source] / item_fingerprint(item)

    @property
    def notes(self) -> Path:
        """Scratch folder of this run, removed before the corpus is published."""
        return self.staging / ".notes"


def settings_fingerprint(sources: SourceConfig, blocks: BlockConfig) -> str:
    """Identity of the settings that shape the corpus."""
    return digest(*(f"{key}={value}" for part in (sources, blocks) for key, value in sorted(asdict(part).items())))


def pipeline_fingerprint(
    source: str, *, sources: SourceConfig, blocks: BlockConfig, tokenizer: str, tagger: str
) -> str:
    """Identity of everything that turns bytes of `source` into rows: code, libraries, models, settings.

    What only news depends on is left out elsewhere: a new threshold for news does not void an encyclopedia's pages.
    """
    is_news = source == _NEWS
    settings = settings_fingerprint(sources if is_news else replace(sources, ccnews=None), blocks)
    names = _LIBRARIES + _NEWS_LIBRARIES if is_news else _LIBRARIES
    libraries = [f"{name}=={version(name)}" for name in names]
    code = code_fingerprint(without=() if is_news else _NEWS_CODE)
    return digest(str(SCHEMA_VERSION), unidata_version, *libraries, code, tokenizer, tagger, settings)


def code_fingerprint(*, without: tuple[str, ...] = ()) -> str:
    """Hash of the source files that read, clean, block and tag, but for those whose names begin like `without`."""
    root, ground = Path(pipelines.__file__).parent, Path(realm.__file__).parent
    others = (*_NOT_OURS, *without)
    ours = sorted(path for path in root.rglob("*.py") if not path.relative_to(root).as_posix().startswith(others))
    files = [(path.relative_to(root).as_posix(), path) for path in ours] + [(f"realm/{n}", ground / n) for n in _GROUND]
    return digest(*(part for name, path in files for part in (name, path.read_bytes())))

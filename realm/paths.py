"""Where everything lies below the data root."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from realm.errors import UserError

ARTICLE_PREFIX = "articles-"
DEAD_LETTER_PREFIX = "dead_letters"


def is_block_part(name: str) -> bool:
    """Whether a file of a corpus directory holds blocks, and not articles or dead letters."""
    return name.endswith(".parquet") and not name.startswith((ARTICLE_PREFIX, DEAD_LETTER_PREFIX))


def block_parts(directory: Path) -> list[Path]:
    """The files of a corpus directory that hold blocks, by name, which is dump order."""
    return sorted(path for path in directory.iterdir() if is_block_part(path.name))


def source_of(part: str) -> str:
    """The source whose blocks a file `<source>-<number>.parquet` holds."""
    return part.rpartition("-")[0]


def parts_of_sources(parts: Iterable[str], sources: Sequence[str], *, corpus: Path, key: str) -> list[str]:
    """Those of a corpus's block files that hold blocks of `sources`; all of them if `sources` is empty.

    Args:
        parts: names of the files.
        sources: names of sources, such as `wikipedia`.
        corpus: the corpus, for the message.
        key: the key of `params.yaml` that says so, for the message.

    Raises:
        UserError: the corpus has nothing of any of them.
    """
    names = list(parts)
    kept = [name for name in names if not sources or source_of(name) in sources]
    if names and not kept:
        there = ", ".join(sorted({source_of(name) for name in names}))
        raise UserError(
            f"{corpus} has no blocks of {', '.join(sources)}, only of {there}. Change {key} in params.yaml."
        )
    return kept


@dataclass(frozen=True)
class DataPaths:
    """The layout below the data root, a folder that all machines of a run can see."""

    root: Path

    def raw(self, snapshot: str) -> Path:
        """Raw inputs of a snapshot: one folder a source, such as `wikipedia/` or `text/`."""
        return self.root / "raw" / snapshot

    @property
    def questions(self) -> Path:
        """Question files, a person's own; the sample's are in `sample/`."""
        return self.root / "questions"

    def blocks(self, snapshot: str) -> Path:
        """Blocks, articles and dead letters of a snapshot, in Parquet."""
        return self.root / "blocks" / snapshot

    def pages(self, snapshot: str) -> Path:
        """What became of each page of a snapshot, for the next snapshot to look pages up in."""
        return self.root / "pages" / snapshot

    def validation(self, snapshot: str) -> Path:
        """The gate's result and its data docs."""
        return self.root / "validation" / snapshot

    def model(self, name: str) -> Path:
        """A model directory: `tokenizer`, `tagger`, `bert`, `ict`, `realm`, `qa_realm`, `qa_ict`."""
        return self.root / "models" / name

    def index(self, name: str) -> Path:
        """An index version: a snapshot's, or `ict`."""
        return self.root / "index" / name

    def metrics(self, name: str) -> Path:
        """One stage's metrics file."""
        return self.root / "metrics" / f"{name}.json"

    def plots(self, name: str) -> Path:
        """One stage's plot data, CSV."""
        return self.root / "plots" / f"{name}.csv"

    def cache(self, stage: str, fingerprint: str) -> Path:
        """Finished work items of a stage; disposable and never tracked."""
        return self.root / ".cache" / stage / fingerprint

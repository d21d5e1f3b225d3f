"""The raw inputs of a snapshot, and texts from them to learn a vocabulary or case statistics from."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.sources import SOURCES, get_source
from pipelines.sources.base import SourceConfig, WorkItem
from realm.errors import UserError
from realm.progress import Progress
from realm.schema import Article


def snapshot_items(raw: Path, config: SourceConfig) -> list[WorkItem]:
    """Work items of all sources found in a snapshot's folder: one subfolder each, named after its source.

    Raises:
        UserError: the folder is missing or empty, or a subfolder is no source's.
    """
    if not raw.is_dir():
        raise UserError(f"{raw} does not exist. Put a dump into {raw / 'wikipedia'}, or run the `sample` stage.")
    folders = sorted(path for path in raw.iterdir() if path.is_dir())
    if not folders:
        raise UserError(f"{raw} holds no source's folder. Put inputs into one of {', '.join(SOURCES)} below it.")
    return [item for folder in folders for item in get_source(folder.name).work_items([folder], config)]


def sample_articles(
    items: Sequence[WorkItem], config: SourceConfig, *, characters: int, what: str
) -> Iterator[Article]:
    """Articles from all over the inputs, some `characters` of text in all: each work item gives an equal share."""
    share = max(1, characters // max(1, len(items)))
    progress = Progress(what, total=len(items), unit="work items read")
    for item in items:
        taken = 0
        for record in get_source(item.source).read(item, config):
            if isinstance(record, Article):
                yield record
                taken += len(record.text)
            if taken >= share:
                break
        progress.advance()
    progress.finish()

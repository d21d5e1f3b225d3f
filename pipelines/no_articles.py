"""What is said, and kept, when nothing usable came out of the inputs."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from pipelines.sources import get_source
from pipelines.sources.base import SourceConfig, WorkItem
from pipelines.tables import TableWriter
from realm.errors import UserError
from realm.schema import DEAD_LETTER_SCHEMA, DeadLetter
from realm.storage import publish_file

_NAMED: Final = 3  # files
_DETAIL: Final = 160  # characters; a parser may quote a whole line


def no_articles(items: Sequence[WorkItem], letters: Iterable[DeadLetter], *, kept: Path) -> UserError:
    """The error that says what was dropped of `items`, why, and the first of it; all of it is written to `kept`."""
    files = sorted({item.path for item in items})
    names = ", ".join(files[:_NAMED]) + (f" and {len(files) - _NAMED:,} more" if len(files) > _NAMED else "")
    reasons: Counter[str] = Counter()
    first: DeadLetter | None = None
    with publish_file(kept) as beside, TableWriter(beside, DEAD_LETTER_SCHEMA) as writer:
        writer.write_table(DEAD_LETTER_SCHEMA.empty_table())  # so that there is a file in any case
        for letter in letters:
            first = first or letter
            reasons[letter.reason] += 1
            writer.append(letter)
    if first is None:
        return UserError(f"No article came out of {names} (dropped: nothing). Check the input: it holds no record.")
    counts = ", ".join(f"{reason} {count:,}" for reason, count in reasons.most_common())
    detail = f"{first.reason}, {first.detail}" if first.detail else first.reason
    return UserError(
        f"No article came out of {names} (dropped: {counts}). Check the input: the first is {first.record_id} "
        f"({' '.join(detail.split())[:_DETAIL]}), all are in {kept}."
    )


def dropped_of(items: Iterable[WorkItem], config: SourceConfig) -> Iterator[DeadLetter]:
    """What reading `items` drops."""
    for item in items:
        for record in get_source(item.source).read(item, config):
            if isinstance(record, DeadLetter):
                yield record

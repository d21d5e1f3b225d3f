"""What a run took over from an earlier corpus, and what changed since."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

from pipelines.corpus.changes import changes
from pipelines.corpus.job import Job
from realm.storage import read_json

_NOTED: Final = ("pages", "reused", "finished")


def note_reuse(job: Job, part: str, *, pages: int, reused: int, finished: bool) -> None:
    """Notes of a work item how many pages it has, how many came from an earlier corpus, and whether it was there."""
    counts = dict(zip(_NOTED, (pages, reused, pages if finished else 0), strict=True))
    _note(job, part).write_text(json.dumps(counts), encoding="utf-8")  # lives no longer than the run


def reuse_counts(job: Job, *, earlier: Path) -> dict[str, dict[str, int]]:
    """For each source: pages, those `reused` from the earlier corpus, those of items that were `finished` before.

    And what changed from one corpus to the other, whether or not it could be used: articles added, changed, removed
    and unchanged. A source that only the earlier corpus has is there too, with no pages and all articles removed.

    Args:
        job: the run, all of its items made.
        earlier: what became of the pages of the earlier corpus.
    """
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for item in job.items:
        found[item.source].update(read_json(_note(job, item.part)))
    compared = changes(earlier, job.pages)
    return {
        source: {**{name: found[source][name] for name in _NOTED}, **compared.get(source, {})}
        for source in sorted({*found, *compared})
    }


def _note(job: Job, part: str) -> Path:
    return job.notes / f"{part}.reuse.json"

"""Where the inputs of a corpus were cut."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc

from pipelines.corpus.run import DEAD_LETTERS
from pipelines.sources.chunks import CUT_FILE
from pipelines.tables import row_groups

_SHOWN: Final = 3


def cut_places(blocks: Path, facts: Mapping[str, Any]) -> list[str]:
    """The first few places where a file ends too early, `file@byte` and what is known of it."""
    count = facts["damaged"].get(CUT_FILE, 0)
    places: list[str] = []
    if count:
        for table in row_groups(blocks / DEAD_LETTERS, ["record_id", "reason", "detail"]):
            found = table.filter(pc.equal(table.column("reason"), CUT_FILE)).slice(0, _SHOWN - len(places)).to_pylist()
            places += [f"{one['record_id']} ({one['detail']})" for one in found]
            if len(places) == _SHOWN:
                break
    return [*places, f"and {count - len(places):,} more"] if count > len(places) else places

"""MinHash signatures of a work item's articles, beside its other files: what near-duplicates are found by.

News is reprinted, so one article may lie in a hundred archives; encyclopedias and a person's own text are taken as
they are and have no signatures.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.news.config import DuplicateConfig
from pipelines.tables import row_groups
from realm.storage import digest

if TYPE_CHECKING:
    from datasketch import MinHash

SIGNATURES: Final = "signatures.arrow"
_REPRINTED: Final = frozenset({"ccnews"})
_SEED: Final = 1
_WORD: Final = re.compile(r"\w+")
_UNDATED: Final = int(np.iinfo(np.int32).max)  # behind all that are dated


def write_signatures(articles: Path, *, source: str, config: DuplicateConfig | None) -> None:
    """Writes the signatures of a work item's `articles` beside them, if its source's are ever reprinted."""
    if source not in _REPRINTED or config is None or not articles.exists():
        return
    schema = pa.schema(
        [
            ("doc_id", pa.string()),
            ("day", pa.int32()),
            ("text_hash", pa.uint64()),
            ("minhash", pa.list_(pa.uint32(), config.permutations)),
        ]
    )
    with pa.OSFile(str(articles.with_name(SIGNATURES)), "wb") as file, pa.ipc.new_file(file, schema) as writer:
        for table in row_groups(articles, ["doc_id", "date", "text"]):
            texts = table.column("text").to_pylist()
            values = np.concatenate([signature(text, config) for text in texts])
            columns = [
                table.column("doc_id").combine_chunks(),
                pa.array([_day(value) for value in table.column("date").to_pylist()], type=pa.int32()),
                pa.array([int(digest(text)[:16], 16) for text in texts], type=pa.uint64()),
                pa.FixedSizeListArray.from_arrays(pa.array(values), config.permutations),
            ]
            writer.write_batch(pa.record_batch(columns, schema=schema))


def signature(text: str, config: DuplicateConfig) -> npt.NDArray[np.uint32]:
    """MinHash signature of a text's shingles; case, punctuation and line breaks do not matter."""
    words = _WORD.findall(text.casefold())
    size = config.shingle_words
    shingles = {" ".join(words[start : start + size]).encode() for start in range(max(1, len(words) - size + 1))}
    sketch = _empty_sketch(config.permutations).copy()
    sketch.update_batch(shingles)
    return np.asarray(sketch.hashvalues, dtype=np.uint32)


@cache
def _empty_sketch(permutations: int) -> "MinHash":
    """Drawing the permutations anew for each text would take a third of the time."""
    import xxhash
    from datasketch import MinHash

    return MinHash(num_perm=permutations, seed=_SEED, hashfunc=xxhash.xxh32_intdigest)


def read_signatures(directory: Path) -> pa.Table | None:
    """The signatures of a finished work item, memory-mapped; None if it has none."""
    path = directory / SIGNATURES
    if not path.exists():
        return None
    with pa.ipc.open_file(pa.memory_map(str(path))) as reader:
        return reader.read_all()


def minhashes(table: pa.Table) -> npt.NDArray[np.uint32]:
    """The signatures as an array [articles, permutations]."""
    column = table.column("minhash")
    flat: npt.NDArray[np.uint32] = pc.list_flatten(column).to_numpy()
    return flat.reshape(table.num_rows, column.type.list_size)


def _day(value: str) -> int:
    try:
        return date.fromisoformat(value).toordinal()
    except ValueError:
        return _UNDATED

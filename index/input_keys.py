"""What a block's vector is kept under: its id together with the wordpieces that were embedded.

The id alone names source, title and body. Which wordpieces they come to also depends on the tokenizer and on where the
title was cut, so the same block of two corpora may have two vectors.
"""

from collections.abc import Sequence

import numpy as np

from realm.arrow_rows import ArrowRows

_COLUMNS = ("title_ids", "body_ids")


def keys_of_table(rows: ArrowRows) -> np.ndarray:
    """uint64 `[len(rows)]`: the keys of all rows of a block table."""
    keys = [np.empty(0, dtype=np.uint64)]
    chunks = (rows.column(name).chunks for name in ("block_id", *_COLUMNS))
    for ids, *lists in zip(*chunks, strict=True):
        keys.append(_keys(ids.to_numpy(), [(one.values.to_numpy(), one.offsets.to_numpy()) for one in lists]))
    return np.concatenate(keys)


def keys_of_rows(rows: ArrowRows, chosen: np.ndarray) -> np.ndarray:
    """The keys of these rows, read one by one: `take` would copy the columns of the whole corpus."""
    ids = np.asarray([rows.value("block_id", row) for row in chosen.tolist()], dtype=np.int64)
    lists = []
    for column in _COLUMNS:
        cells = [rows.list(column, row) for row in chosen.tolist()]
        lists.append((np.concatenate(cells), np.cumsum([0, *(len(one) for one in cells)])))
    return _keys(ids, lists)


def _keys(block_ids: np.ndarray, lists: Sequence[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """Ids with a hash of the wordpieces mixed in; two lists share one by chance only, once in 2**64."""
    keys = block_ids.astype(np.uint64)
    for seed, (values, offsets) in enumerate(lists):
        lengths = np.diff(offsets)
        places = np.arange(offsets[0], offsets[-1]) - np.repeat(offsets[:-1], lengths)
        # The raw stream of a bit generator is the same in every version of numpy.
        odd = np.random.PCG64(seed).random_raw(int(lengths.max(initial=0))) | np.uint64(1)
        weighted = (values[offsets[0] : offsets[-1]].astype(np.uint64) + np.uint64(1)) * odd[places]
        sums = np.concatenate([np.zeros(1, dtype=np.uint64), np.cumsum(weighted, dtype=np.uint64)])
        keys ^= sums[offsets[1:] - offsets[0]] - sums[offsets[:-1] - offsets[0]]
    return keys

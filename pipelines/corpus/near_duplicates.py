"""Articles that were published again: the same text, or nearly, in any of the archives. The earliest one stays.

Locality-sensitive hashing of MinHash signatures (datasketch) goes over Beam rather than through an index in memory:
articles with the same hash of a band of their signature meet in one group and are compared with the earliest there
and with the one before them. An article is dropped if an earlier one is like it: earlier by date, then in dump order.
So the number of workers changes nothing, and of each set of copies the first stays.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from pipelines.corpus.signatures import minhashes, read_signatures
from pipelines.news.config import DuplicateConfig

DUPLICATE: Final = "duplicate article"
NEAR_DUPLICATE: Final = "near-duplicate article"
_BUCKETS: Final = 64  # groups of a band, so that one fits a worker's memory
_MARGIN: Final = 0.1  # candidates are sought below the wanted similarity, since each is checked
_WEIGHTS: Final = (0.1, 0.9)  # of a candidate too many, which costs a comparison, and of one missed
_EXACT: Final = 1 << 16  # number of the band that is no band: the hash of the whole text
_ENTRY: Final = np.dtype([("hash", "<u8"), ("row", "<u4"), ("day", "<i4")])
_PAIR: Final = np.dtype([("item", "<u4"), ("other", "<u4"), ("row", "<u4")])  # row `other` of `item`, and a row

Keyed = tuple[int, tuple[int, bytes]]  # group, (number of the work item, packed entries)


@dataclass(frozen=True)
class Duplicate:
    """Row `row` of an item's articles repeats the article `original`, wholly or nearly."""

    row: int
    reason: str
    original: str


def band_keys(number: int, directory: Path, config: DuplicateConfig | None) -> Iterator[Keyed]:
    """For each band of the signatures of a finished work item, and for the whole texts: hash, row and day."""
    table = read_signatures(directory)
    if table is None or config is None:
        return
    hashes = {_EXACT: table.column("text_hash").to_numpy()}
    values = minhashes(table)
    for band, (low, high) in enumerate(_bands(config)):
        hashes[band] = _mixed(values[:, low:high], band)
    entries = np.empty(len(values), dtype=_ENTRY)
    entries["row"], entries["day"] = np.arange(len(values)), table.column("day").to_numpy()
    for band, column in hashes.items():
        entries["hash"] = column
        buckets = column % np.uint64(_BUCKETS)
        for bucket in np.unique(buckets).tolist():
            yield band * _BUCKETS + int(bucket), (number, entries[buckets == bucket].tobytes())


def candidate_pairs(keyed: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
    """For each work item the pairs of one group: an article, and an earlier one with the same hash."""
    packed = [(number, np.frombuffer(data, dtype=_ENTRY)) for number, data in keyed]
    numbers = np.concatenate([np.full(len(entries), number, dtype=np.int64) for number, entries in packed])
    entries = np.concatenate([entries for _, entries in packed])
    order = np.lexsort((entries["row"], numbers, entries["day"], entries["hash"]))
    numbers, rows, hashes = numbers[order], entries["row"][order], entries["hash"][order]
    again = np.concatenate([[False], hashes[1:] == hashes[:-1]])
    places = np.arange(len(order))
    first = np.maximum.accumulate(np.where(again, 0, places))
    later = np.tile(places[again], 2)
    earlier = np.concatenate([places[again] - 1, first[places[again]]])
    pairs = np.empty(len(later), dtype=_PAIR)
    pairs["item"], pairs["other"], pairs["row"] = numbers[earlier], rows[earlier], rows[later]
    for number, part in _by(numbers[later], pairs):
        yield number, part.tobytes()


def find_duplicates(
    directory: Path, packed: Iterable[bytes], directories: Mapping[int, str], config: DuplicateConfig | None
) -> list[Duplicate]:
    """The articles of a finished work item that an earlier one is like, in their order."""
    table = read_signatures(directory)
    pairs = np.unique(np.frombuffer(b"".join(sorted(packed)), dtype=_PAIR))
    if table is None or config is None or not len(pairs):
        return []
    found: defaultdict[int, list[tuple[bool, int, int, int, str]]] = defaultdict(list)
    for item, part in _by(pairs["item"], pairs):
        other = read_signatures(Path(directories[item]))
        if other is not None:
            for row, near, day, place, name in _confirmed(table, other, part, config):
                found[row].append((near, day, item, place, name))
    best = {row: min(several) for row, several in sorted(found.items())}
    return [Duplicate(row, NEAR_DUPLICATE if near else DUPLICATE, name) for row, (near, _, _, _, name) in best.items()]


def _confirmed(
    table: pa.Table, other: pa.Table, pairs: npt.NDArray[Any], config: DuplicateConfig
) -> Iterator[tuple[int, bool, int, int, str]]:
    """The pairs that are alike: row, whether only nearly, and day, row and name of the earlier one."""
    mine, theirs = table.take(pa.array(pairs["row"])), other.take(pa.array(pairs["other"]))
    same = mine.column("text_hash").to_numpy() == theirs.column("text_hash").to_numpy()
    similarity = np.mean(minhashes(mine) == minhashes(theirs), axis=1)
    days, names = theirs.column("day").to_pylist(), theirs.column("doc_id")
    for place in np.flatnonzero(same | (similarity >= config.similarity)).tolist():
        pair = pairs[place]
        yield int(pair["row"]), not same[place], days[place], int(pair["other"]), names[place].as_py()


def _by(keys: npt.NDArray[Any], values: npt.NDArray[Any]) -> Iterator[tuple[int, npt.NDArray[Any]]]:
    """Groups `values` by `keys`, in the order of the keys."""
    if not len(keys):
        return
    order = np.argsort(keys, kind="stable")
    found, starts = np.unique(keys[order], return_index=True)
    ends = np.append(starts[1:], len(order))
    for key, start, end in zip(found.tolist(), starts, ends, strict=True):
        yield key, values[order[start:end]]


def _bands(config: DuplicateConfig) -> list[tuple[int, int]]:
    """Ranges of a signature, as many and as long as datasketch finds best for the wanted similarity."""
    from datasketch import MinHashLSH

    threshold = max(config.similarity - _MARGIN, _MARGIN)
    index = MinHashLSH(threshold=threshold, num_perm=config.permutations, weights=_WEIGHTS)
    return [(int(low), int(high)) for low, high in index.hashranges]


def _mixed(values: npt.NDArray[np.uint32], band: int) -> npt.NDArray[np.uint64]:
    """One 64-bit hash of each row (xor and multiply, as FNV does it, with the high bits folded back)."""
    state = np.full(len(values), 0xCBF29CE484222325 ^ band, dtype=np.uint64)
    for column in values.T:
        state = (state ^ column) * np.uint64(0x100000001B3)
        state ^= state >> np.uint64(32)
    return state

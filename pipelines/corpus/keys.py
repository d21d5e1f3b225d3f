"""The small keys that need all records at once: hashes of bodies, titles, and redirects.

They travel packed, some bytes a block and never a text: per work item and bucket one array. A bucket is small
enough for one worker, and everything in it is decided in dump order, so the number of workers changes nothing.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from pipelines.corpus.dropping import blocks_of
from pipelines.corpus.items import ARTICLES, BLOCKS, REDIRECTS
from pipelines.tables import row_groups

BUCKETS = 64
_ENTRY = np.dtype([("hash", "<u8"), ("row", "<u4")])

Keyed = tuple[int, tuple[int, bytes]]  # bucket, (number of the work item, packed entries)
Redirects = list[tuple[int, str, str]]  # (hash of the target, target, alias)
Aliases = list[tuple[str, str]]  # (title, alias)


def body_keys(number: int, directory: Path, *, without: Sequence[int] = ()) -> Iterator[Keyed]:
    """Hash and row of each body of a finished work item, by bucket, except those of the articles at `without`."""
    gone = list(blocks_of(row_groups(directory / BLOCKS, ["ordinal"]), without)) if without else []
    yield from _packed(number, directory / BLOCKS, "body", salt="", gone=np.concatenate(gone) if gone else None)


def title_keys(number: int, directory: Path, *, source: str) -> Iterator[Keyed]:
    """Hash and row of each article's title, by bucket; titles of different sources never meet."""
    yield from _packed(number, directory / ARTICLES, "title", salt=source)


def redirect_keys(directory: Path, *, source: str) -> Iterator[tuple[int, Redirects]]:
    """The redirects of a finished work item, in the bucket of their target's title."""
    buckets: defaultdict[int, Redirects] = defaultdict(list)
    for table in row_groups(directory / REDIRECTS):
        for row in table.to_pylist():
            value = _hash(source, row["target"])
            buckets[value % BUCKETS].append((value, row["target"], row["alias"]))
    yield from sorted(buckets.items())


def repeated_rows(keyed: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, list[int]]]:
    """For each work item the rows whose body stands earlier in dump order already."""
    numbers, entries = _unpack(keyed)
    order = np.lexsort((entries["row"], numbers, entries["hash"]))
    hashes = entries["hash"][order]
    again = order[1:][hashes[1:] == hashes[:-1]]
    for number in np.unique(numbers[again]).tolist():
        yield number, sorted(entries["row"][again[numbers[again] == number]].tolist())


def title_aliases(titles: Iterable[tuple[int, bytes]], redirects: Iterable[Redirects]) -> Iterator[tuple[int, Aliases]]:
    """For each work item the aliases of its articles, from the titles and redirects of one bucket."""
    numbers, entries = _unpack(titles)
    items: defaultdict[int, set[int]] = defaultdict(set)
    for value, number in zip(entries["hash"].tolist(), numbers.tolist(), strict=True):
        items[value].add(number)
    found: defaultdict[int, set[tuple[str, str]]] = defaultdict(set)
    for value, target, alias in (redirect for several in redirects for redirect in several):
        for number in items.get(value, ()):
            found[number].add((target, alias))
    for number, pairs in sorted(found.items()):
        yield number, sorted(pairs)


def _packed(
    number: int, path: Path, column: str, *, salt: str, gone: npt.NDArray[np.bool_] | None = None
) -> Iterator[Keyed]:
    hashes = [
        np.fromiter((_hash(salt, text) for text in table.column(0).to_pylist()), dtype=np.uint64)
        for table in row_groups(path, [column])
    ]
    if not hashes:
        return
    joined = np.concatenate(hashes)
    entries = np.empty(len(joined), dtype=_ENTRY)
    entries["hash"], entries["row"] = joined, np.arange(len(joined))
    if gone is not None:
        entries = entries[~gone]
    buckets = entries["hash"] % BUCKETS
    for bucket in np.unique(buckets).tolist():
        yield int(bucket), (number, entries[buckets == bucket].tobytes())


def _unpack(keyed: Iterable[tuple[int, bytes]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
    pairs = [(number, np.frombuffer(data, dtype=_ENTRY)) for number, data in keyed]
    if not pairs:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=_ENTRY)
    numbers = np.concatenate([np.full(len(entries), number, dtype=np.int64) for number, entries in pairs])
    return numbers, np.concatenate([entries for _, entries in pairs])


def _hash(salt: str, text: str) -> int:
    state = hashlib.blake2b(text.encode("utf-8"), digest_size=8, salt=salt.encode()[:16])
    return int.from_bytes(state.digest(), "little") >> 1  # Beam's integers are signed

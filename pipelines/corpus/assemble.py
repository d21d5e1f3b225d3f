"""The second pass: a finished work item becomes its parts of the corpus.

Articles that were published before and repeated blocks go out, aliases come in, and everything else is copied, one
row group at a time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.corpus.dropping import blocks_of, without_articles
from pipelines.corpus.items import ARTICLE_ROWS, ARTICLES, BLOCKS, DEAD_LETTERS, item_facts
from pipelines.corpus.job import Job
from pipelines.corpus.keys import Aliases
from pipelines.corpus.left_out import write_pages
from pipelines.corpus.near_duplicates import Duplicate
from pipelines.sources.base import WorkItem, dead_letter
from pipelines.tables import TableWriter, regroup, row_groups
from realm.schema import ARTICLE_SCHEMA, BLOCK_SCHEMA, DEAD_LETTER_SCHEMA
from realm.storage import write_json

REPEATED = "repeated block"
HISTOGRAM_STEP = 16  # wordpieces


def assemble_item(
    job: Job,
    item: WorkItem,
    directory: Path,
    *,
    duplicates: Sequence[Duplicate],
    repeated: Sequence[int],
    aliases: Aliases,
) -> None:
    """Writes the parts of `item` and its note: the counters of what is in them."""
    dropped = [one.row for one in duplicates]
    names = _alias_lists(aliases)
    counts = item_facts(directory)
    counts["aliases"] += sum(map(len, names.values()))
    with TableWriter(job.notes / f"{item.part}.parquet", DEAD_LETTER_SCHEMA) as letters:
        for table in row_groups(directory / DEAD_LETTERS):
            letters.write_table(table)
        _drop_articles(item, directory, duplicates, letters=letters, counts=counts)
        gone = blocks_of(row_groups(directory / BLOCKS, ["ordinal"]), dropped)
        blocks = _kept_blocks(
            item, directory / BLOCKS, gone=gone, repeated=frozenset(repeated), letters=letters, counts=counts
        )
        with TableWriter(job.staging / f"{item.part}.parquet", BLOCK_SCHEMA) as writer:
            for table in regroup(_with_aliases(table, names) for table in blocks):
                _count_blocks(table, counts)
                writer.write_table(table)
    with TableWriter(job.staging / f"articles-{item.part}.parquet", ARTICLE_SCHEMA, rows=ARTICLE_ROWS) as writer:
        for table in regroup(without_articles(row_groups(directory / ARTICLES), dropped), ARTICLE_ROWS):
            writer.write_table(_with_aliases(table, names))
    write_pages(directory, job.pages, part=item.part, articles=dropped, repeated=repeated)
    write_json(job.notes / f"{item.part}.json", dict(counts))


def _alias_lists(aliases: Aliases) -> dict[str, list[str]]:
    names: defaultdict[str, list[str]] = defaultdict(list)
    for title, alias in aliases:
        names[title].append(alias)
    return dict(names)


def _drop_articles(
    item: WorkItem, directory: Path, duplicates: Sequence[Duplicate], *, letters: TableWriter, counts: Counter[str]
) -> None:
    reasons = {one.row: one for one in duplicates}
    first = 0
    for table in row_groups(directory / ARTICLES, ["doc_id", "title"]):
        for row in (row for row in range(first, first + table.num_rows) if row in reasons):
            entry = table.slice(row - first, 1).to_pylist()[0]
            reason, detail = reasons[row].reason, f"of {reasons[row].original}"
            letters.append(
                dead_letter(item, record_id=entry["doc_id"], title=entry["title"], reason=reason, detail=detail)
            )
            counts[f"dropped: {reason}"] += 1
        first += table.num_rows
    counts["articles"] -= len(duplicates)


def _kept_blocks(
    item: WorkItem,
    path: Path,
    *,
    gone: Iterator[npt.NDArray[np.bool_]],
    repeated: frozenset[int],
    letters: TableWriter,
    counts: Counter[str],
) -> Iterator[pa.Table]:
    first = 0
    for table, of_dropped in zip(row_groups(path), gone, strict=True):
        rows = [row for row in range(table.num_rows) if first + row in repeated]
        for row in rows:
            entry = table.select(["doc_id", "ordinal", "title"]).slice(row, 1).to_pylist()[0]
            record_id = f"{entry['doc_id']}#{entry['ordinal']}"
            letters.append(dead_letter(item, record_id=record_id, title=entry["title"], reason=REPEATED, detail=""))
            counts[f"dropped: {REPEATED}"] += 1
        first += table.num_rows
        out = of_dropped.copy()
        out[rows] = True
        lost = pc.sum(pc.list_value_length(table.column("sentences").filter(pa.array(of_dropped))))
        counts["sentences"] -= lost.as_py() or 0
        yield table.filter(pa.array(~out)) if out.any() else table


def _with_aliases(table: pa.Table, names: Mapping[str, list[str]]) -> pa.Table:
    if not names:
        return table
    column = table.schema.get_field_index("aliases")
    found = [names.get(title, []) for title in table.column("title").to_pylist()]
    field = table.schema.field(column)
    return table.set_column(column, field, pa.array(found, type=field.type))


def _count_blocks(table: pa.Table, counts: Counter[str]) -> None:
    counts["blocks"] += table.num_rows
    lengths = pc.add(pc.list_value_length(table.column("body_ids")), pc.list_value_length(table.column("title_ids")))
    for length, number in Counter(lengths.to_pylist()).items():
        counts[f"length: {(length + 3) // HISTOGRAM_STEP * HISTOGRAM_STEP:03d}"] += number
        counts["wordpieces"] += (length + 3) * number
    labels = pc.struct_field(pc.list_flatten(table.column("spans")), "label")
    for label, number in Counter(labels.to_pylist()).items():
        counts[f"spans: {label}"] += number

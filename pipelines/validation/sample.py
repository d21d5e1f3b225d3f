"""A seeded sample of row groups, with what is too dear to find out about every block."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.validation.languages import looks_like
from pipelines.validation.suite import OWN_IDS, OWN_LANGUAGE
from realm.paths import block_parts
from realm.schema import BLOCK_SCHEMA
from realm.tokenizer import Tokenizer


def draw_sample(
    blocks: Path, *, tokenizer: Tokenizer, languages: Sequence[str], row_groups: int, seed: int
) -> pd.DataFrame:
    """Draws `row_groups` row groups and adds two columns: `own_ids` and `own_language`.

    A text that is not declared to be in any language may look like any of `languages`. Where a part has fewer or
    more columns than the schema, so has the sample; a column of another type is left out.
    """
    groups = [(path, number) for path in block_parts(blocks) for number in range(pq.read_metadata(path).num_row_groups)]
    count = min(row_groups, len(groups))
    drawn = sorted(np.random.default_rng(seed).choice(len(groups), size=count, replace=False).tolist())
    tables = [_read(*groups[number]) for number in drawn] or [BLOCK_SCHEMA.empty_table()]
    frame: pd.DataFrame = pa.concat_tables(tables, promote_options="default").to_pandas()
    frame[OWN_IDS] = _own_ids(frame, tokenizer)
    frame[OWN_LANGUAGE] = [
        _own_language(body, lang, languages)
        for body, lang in zip(_texts(frame, "body"), _texts(frame, "lang"), strict=True)
    ]
    return frame


def _read(path: Path, number: int) -> pa.Table:
    table = pq.ParquetFile(path).read_row_group(number)
    wrong = [
        field.name
        for field in table.schema
        if field.name in BLOCK_SCHEMA.names and field.type != BLOCK_SCHEMA.field(field.name).type
    ]
    return table.drop_columns(wrong)


def _texts(frame: pd.DataFrame, column: str) -> list[str]:
    if column not in frame:
        return [""] * len(frame)
    return [text if isinstance(text, str) else "" for text in frame[column].tolist()]


def _own_ids(frame: pd.DataFrame, tokenizer: Tokenizer) -> list[bool]:
    ids = frame["body_ids"].tolist() if "body_ids" in frame else [None] * len(frame)
    encodings = tokenizer.encode_batch(_texts(frame, "body"))
    return [there is not None and one.ids == list(there) for one, there in zip(encodings, ids, strict=True)]


def _own_language(text: str, declared: str, languages: Sequence[str]) -> bool | None:
    found = [looks_like(text, lang) for lang in ([declared] if declared else languages)]
    return True if True in found else False if False in found else None

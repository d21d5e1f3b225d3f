"""An index of a corpus in which 1 % of the blocks changed: beside a full build of the same."""

import statistics
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.timing import Row
from index.build import build_index
from index.config import IndexConfig
from index.ray_runtime import connect
from realm import params as parameters
from realm.manifest import write_manifest
from realm.schema import BLOCK_SCHEMA, block_id
from realm.storage import digest
from realm.tokenizer import Tokenizer, train_wordpiece

BLOCKS: Final = 20_000
CHANGED: Final = 0.01
CHANGED_COSTS, UPDATE_COSTS_S = 0.03, 2.0  # an update may take this share of a full build, and so many seconds more
WHAT: Final = f"{BLOCKS:,} blocks of 120 wordpieces, BERT of 2 layers of 128, {CHANGED:.0%} changed"
_WORDS, _LENGTH, _PART_ROWS = 900, 120, 2_000


def measure(repeats: int) -> list[Row]:
    """A full build and an update, in turns; nothing but the previous version is there to take vectors from."""
    seconds: defaultdict[str, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch, connect():
        root = Path(scratch)
        config = parameters.load(Path("params.yaml")).section("index", IndexConfig)
        config = replace(config, sources=())
        _write_model(root)
        _write_corpus(root / "old", root / "tokenizer", changed=0)
        _write_corpus(root / "new", root / "tokenizer", changed=round(BLOCKS * CHANGED))
        _build(root, config, blocks="old", name="old", previous=None)
        for turn in range(repeats):
            for name, previous in (("full", None), ("update", root / "index" / "old")):
                started = time.perf_counter()
                _build(root, config, blocks="new", name=f"{name}-{turn}", previous=previous)
                seconds[name].append(time.perf_counter() - started)
        same = _bytes(root / "index" / "full-0") == _bytes(root / "index" / "update-0")
    full, update = (statistics.median(seconds[name]) for name in ("full", "update"))
    allowed = CHANGED_COSTS * full + UPDATE_COSTS_S
    note = f"{'the same bytes' if same else 'OTHER BYTES than the full build'} (to reach: {allowed:.2f} s)"
    return [
        Row("full build", full, BLOCKS, "blocks", 1.0),
        Row("update from the previous version", update, BLOCKS, "blocks", update / full, note),
    ]


def _build(root: Path, config: IndexConfig, *, blocks: str, name: str, previous: Path | None) -> None:
    build_index(
        blocks=root / blocks,
        model=root / "model",
        tokenizer=root / "tokenizer",
        previous=previous,
        output=root / "index" / name,
        config=config,
        cache=root / "cache" / name,
    )


def _bytes(version: Path) -> str:
    return digest(*(path.read_bytes() for path in sorted(version.iterdir())))


def _word(number: int) -> str:
    return "".join("abcdefghij"[int(digit)] for digit in f"{number:04d}")


def _write_model(root: Path) -> None:
    import torch

    from realm.model import Embedder, RealmConfig, Retriever

    train_wordpiece(
        (_word(number) for number in range(_WORDS)), vocab_size=2_000, lowercase=True, output=root / "tokenizer"
    )
    torch.manual_seed(1)
    config = RealmConfig(
        vocab_size=Tokenizer.load(root / "tokenizer").vocab_size,
        hidden_size=128,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=512,
        pooling="mean",
        initializer_range=0.2,  # an untrained embedder whose vectors differ
    )
    embedder = Embedder(config)
    Retriever(embedder, embedder).save(root / "model")


def _write_corpus(directory: Path, tokenizer: Path, *, changed: int) -> None:
    """Blocks of random words; the first `changed` of them are others."""
    directory.mkdir()
    loaded, chance, other = Tokenizer.load(tokenizer), np.random.default_rng(1), np.random.default_rng(2)
    for part, first in enumerate(range(0, BLOCKS, _PART_ROWS)):
        rows = []
        for number in range(first, first + _PART_ROWS):
            words = chance.integers(_WORDS, size=_LENGTH // 2)
            body = " ".join(map(_word, other.integers(_WORDS, size=_LENGTH // 2) if number < changed else words))
            rows.append(
                {field.name: None for field in BLOCK_SCHEMA}
                | {"block_id": block_id(source="text", title="", body=body), "source": "text", "date": "", "outlet": ""}
                | {"title": "", "body": body, "title_ids": [], "body_ids": loaded.encode(body).ids[:_LENGTH]}
            )
        pq.write_table(pa.Table.from_pylist(rows, schema=BLOCK_SCHEMA), directory / f"text-{part:03d}.parquet")
    write_manifest(directory, kind="corpus", made_from={"tokenizer": loaded.fingerprint}, facts={})

"""A tiny corpus, tokenizer and retriever, as the stages before the index would leave them."""

import dataclasses
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from index.build import build_index
from index.config import EmbedConfig, GateConfig, IndexConfig
from index.service.config import ServiceConfig
from index.version import IndexVersion
from realm.manifest import read_manifest, write_manifest
from realm.schema import BLOCK_SCHEMA, block_id
from realm.tokenizer import Tokenizer

WORDS = [
    "river",
    "mountain",
    "empire",
    "painter",
    "engine",
    "treaty",
    "harvest",
    "violin",
    "comet",
    "senate",
    "glacier",
    "poet",
    "harbour",
    "circuit",
    "saint",
]
NO_SERVICE = ServiceConfig(shards=0, cpus_per_shard=0, threads=1, max_batch=64, lease_s=60.0, placement_timeout_s=60.0)
CONFIG = IndexConfig(
    sources=(),
    factory="Flat",
    probes=4,
    shard_blocks=10_000,
    train_blocks=10_000,
    bucket_blocks=64,
    embed=EmbedConfig(
        actors=0,
        cpus_per_actor=1.0,
        gpus_per_actor=0.0,
        threads=1,
        lengths=(16, 48),
        batch_size=8,
        item_blocks=20,
        dtype="float32",
        max_restarts=3,
        placement_timeout_s=60.0,
    ),
    gate=GateConfig(probes=16, min_cosine=0.999, queries=32, k=5, recall_floor=0.99),
    service=NO_SERVICE,
)


def with_actors(count: int, **changes: Any) -> IndexConfig:
    """The configuration with so many actors; one long shape (`lengths=(256,)`) makes embedding take its time."""
    return dataclasses.replace(CONFIG, embed=dataclasses.replace(CONFIG.embed, actors=count, **changes))


@dataclass(frozen=True)
class World:
    """What an index is built from."""

    root: Path
    tokenizer: Path
    model: Path

    def corpus(
        self, name: str, bodies: Iterable[str], *, source: str = "wikipedia", date: str = "2018-01-01", outlet: str = ""
    ) -> Path:
        """Writes a corpus of one part with row groups of 10; a body's first word is its title."""
        loaded = Tokenizer.load(self.tokenizer)
        rows = []
        for number, body in enumerate(bodies):
            title = body.split()[0]
            values = {field.name: None for field in BLOCK_SCHEMA} | {
                "block_id": block_id(source=source, title=title, body=body),
                "source": source,
                "doc_id": str(number),
                "date": date,
                "outlet": outlet,
                "title": title,
                "body": body,
                "title_ids": loaded.encode(title).ids,
                "body_ids": loaded.encode(body).ids,
            }
            rows.append(values)
        return self.corpus_of(name, rows)

    def build(self, blocks: Path, name: str, *, config: IndexConfig = CONFIG, **changes: Any) -> dict[str, Any]:
        """Builds index `name`; every build has a cache of its own unless `changes` names one."""
        arguments = {"model": self.model, "previous": None, "cache": self.root / "cache" / name} | changes
        return build_index(blocks=blocks, tokenizer=self.tokenizer, output=self.index(name), config=config, **arguments)

    def index(self, name: str) -> Path:
        return self.root / "index" / name

    def joined_index(self, name: str, corpora: list[Path], *, config: IndexConfig = CONFIG) -> IndexVersion:
        """The index of the blocks of several corpora."""
        rows = [row for one in corpora for row in pq.read_table(one / "wikipedia-0.parquet").to_pylist()]
        self.build(self.corpus_of(name, rows), name, config=config)
        return IndexVersion.open(self.index(name))

    def corpus_of(self, name: str, rows: list[dict[str, object]]) -> Path:
        directory = self.root / "blocks" / name
        directory.mkdir(parents=True)
        table = pa.Table.from_pylist(rows, schema=BLOCK_SCHEMA)
        pq.write_table(table, directory / "wikipedia-0.parquet", row_group_size=10)
        pq.write_table(table, directory / "articles-0.parquet")  # not blocks: must not be read as such
        (directory / "pages").mkdir()
        pq.write_table(table.select(["title"]), directory / "pages" / "pages-0.parquet")  # nor this
        tokenizer = Tokenizer.load(self.tokenizer).fingerprint
        write_manifest(directory, kind="corpus", made_from={"tokenizer": tokenizer}, facts={})
        return directory


def bodies(count: int, first: int = 0) -> list[str]:
    """Distinct texts of different lengths."""
    return [
        " ".join(WORDS[(number * step + step) % len(WORDS)] for step in range(1, 4 + number % 30)) + f" {number}"
        for number in range(first, first + count)
    ]


def put_into(version: Path, file: Path) -> None:
    """Puts a file in the place of the version's own, under a manifest with its checksum and the same facts."""
    shutil.copyfile(file, version / file.name)
    manifest = read_manifest(version, kind="index")
    write_manifest(version, kind="index", made_from=manifest.made_from, facts=manifest.facts)

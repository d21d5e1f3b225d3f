"""The table that the versions of a corpus share is made once, whoever makes it and whoever was killed meanwhile."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import index.block_table
from index.block_table import cached_table, write_block_table
from realm.manifest import Manifest, read_manifest
from tests.index.world import World, bodies


def test_builders_of_two_versions_of_a_corpus_wait_for_each_other_and_sort_its_blocks_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocks, folder = world.corpus("a", bodies(60)), world.root / "tables"
    manifest, made = read_manifest(blocks, kind="corpus"), []

    def slowly(blocks: Path, manifest: Manifest, output: Path, **settings: Any) -> int:
        made.append(output)
        time.sleep(0.3)  # so that the other one comes meanwhile
        return write_block_table(blocks, manifest, output, **settings)

    monkeypatch.setattr(index.block_table, "write_block_table", slowly)
    with ThreadPoolExecutor(2) as threads:
        calls = [threads.submit(cached_table, blocks, manifest, folder, bucket_blocks=4, sources=()) for _ in range(2)]
        one, other = (call.result() for call in calls)
    assert one == other
    assert made == [one]
    write_block_table(blocks, manifest, world.root / "alone.arrow", bucket_blocks=4, sources=())
    assert one.read_bytes() == (world.root / "alone.arrow").read_bytes()


def test_buckets_of_a_killed_builder_are_removed_and_are_in_no_table(world: World) -> None:
    blocks, folder = world.corpus("a", bodies(60)), world.root / "tables"
    manifest = read_manifest(blocks, kind="corpus")
    table = cached_table(blocks, manifest, folder, bucket_blocks=4, sources=())
    whole = table.read_bytes()
    left = table.with_name(f".{table.name}.buckets")
    left.mkdir()
    (left / "3.arrow").write_bytes(b"half a bucket")
    table.with_suffix(".json").unlink()  # it was killed before it had noted anything
    assert cached_table(blocks, manifest, folder, bucket_blocks=4, sources=()) == table
    assert table.read_bytes() == whole
    assert not left.exists()

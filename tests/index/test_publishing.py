"""A build that is killed or finds the disk full leaves the published version whole, and another build goes on."""

import dataclasses
import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from index.version import IndexVersion
from realm.errors import UserError
from realm.storage import sole_writer
from tests.index.world import CONFIG, World, bodies


def builds(
    world: World, blocks: Path, ends: list[tuple[int, int]], *, factory: str = "Flat"
) -> tuple[list[dict[str, Any]], str]:
    """Runs `killed_builds`; returns what it tells of each moment, and its standard error."""
    arguments = [world.root, world.tokenizer, world.model, blocks, factory, json.dumps(ends)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.index.killed_builds", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


@pytest.fixture
def published(world: World) -> Path:
    """A corpus that differs from the one that version `a` was built from; version `wanted` is what it shall give."""
    world.build(world.corpus("old", bodies(40)), "a")
    new = world.corpus("new", bodies(40, first=5))
    world.build(new, "wanted")
    return new


def test_a_build_killed_at_any_touch_of_what_it_publishes_leaves_a_whole_version(world: World, published: Path) -> None:
    told, _ = builds(world, published, [(moment, 0) for moment in range(1, 60)])
    *killed, whole = told
    assert {one["status"] for one in killed} == {-signal.SIGKILL}
    assert len(killed) >= 10, "there are more moments than that"
    assert (whole["status"], whole["published"]) == (0, ["new"]), "a build that nothing ends goes through"
    kept = [one["published"] for one in killed]
    assert set(map(tuple, kept)) == {("old",), ("new",)}, "it is killed before and after the swap"
    assert kept == sorted(kept, reverse=True), "before it the old version is published, after it the new one"


@pytest.mark.parametrize(("factory", "name"), [("Flat", "blocks.arrow"), ("HNSW64", "index.faiss")])
@pytest.mark.parametrize("short_of", [1, 2_000])
def test_a_full_disk_is_a_sentence_and_the_published_version_stays(
    world: World, factory: str, name: str, short_of: int
) -> None:
    world.build(world.corpus("old", bodies(40)), "a")
    blocks = world.corpus("new", bodies(40, first=5))
    world.build(blocks, "wanted", config=dataclasses.replace(CONFIG, factory=factory))
    sizes = {path.name: path.stat().st_size for path in world.index("wanted").iterdir()}
    assert max(sizes, key=lambda one: sizes[one]) == name, "so that it is the first that does not fit"
    told, errors = builds(world, blocks, [(0, sizes[name] - short_of)], factory=factory)
    assert [(one["status"], one["published"]) for one in told] == [(2, ["old"])]
    assert "error: The disk is full, or the file too large for it" in errors
    assert "Traceback" not in errors


def test_two_builders_of_one_version_are_told_apart(world: World, published: Path) -> None:
    before = IndexVersion.open(world.index("a")).manifest
    with (
        sole_writer(world.index("a")),
        pytest.raises(UserError, match=r"Another process is making .*index/a at this moment"),
    ):
        world.build(published, "a")
    assert IndexVersion.open(world.index("a")).manifest == before

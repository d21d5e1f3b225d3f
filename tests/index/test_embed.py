"""Embedding by real Ray actors: how many there are, and which of them dies, changes nothing."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from index.ray_session import SESSION_VARIABLE, Session
from realm.errors import UserError
from tests.index.world import World, bodies, with_actors


def kill_an_actor_after(items: int, cache: Path, session: Session, killed: list[int]) -> None:
    """Kills one embedding actor as soon as `items` work items are on disk."""
    limit = time.monotonic() + 100
    while time.monotonic() < limit:
        if len(list(cache.rglob("vectors/*/*.arrow"))) >= items:
            actors = [one for one in session.processes() if "EmbeddingActor" in " ".join(one.cmdline())]
            os.kill(actors[0].pid, signal.SIGKILL)
            killed.append(len(list(cache.rglob("vectors/*/*.arrow"))))
            return
        time.sleep(0.005)


def test_killing_an_actor_at_work_loses_no_block_doubles_none_and_changes_no_byte(
    world: World, session: Session
) -> None:
    blocks = world.corpus("a", bodies(500))
    alone = world.build(blocks, "alone", config=with_actors(0, lengths=(256,)))
    killed: list[int] = []
    killer = threading.Thread(target=kill_an_actor_after, args=(3, world.root / "cache" / "shared", session, killed))
    killer.start()
    shared = world.build(blocks, "shared", config=with_actors(2, lengths=(256,)), cache=world.root / "cache" / "shared")
    killer.join()
    assert killed
    assert killed[0] < 25, "the actor was killed too late to matter"
    assert shared["embedded"] == alone["embedded"] == 500
    for name in ("index.faiss", "vectors.arrow", "blocks.arrow", "manifest.json"):
        assert (world.index("alone") / name).read_bytes() == (world.index("shared") / name).read_bytes()


def test_an_actor_that_finds_no_room_is_an_error_that_says_why(world: World, session: Session) -> None:
    greedy = with_actors(1, lengths=(256,), cpus_per_actor=1_000.0, placement_timeout_s=1.0)
    with pytest.raises(UserError, match=r"1 embedding actors with 1000.0 CPUs .* not up after 1 s; Ray has .*'CPU'"):
        world.build(world.corpus("a", bodies(30)), "a", config=greedy)
    assert session.ready.exists()


def test_where_nothing_has_to_be_embedded_ray_is_not_started(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = world.corpus("a", bodies(30))
    world.build(blocks, "a")
    untouched = Session.create()
    monkeypatch.setenv(SESSION_VARIABLE, str(untouched.root))
    metrics = world.build(blocks, "b", config=with_actors(2), previous=world.index("a"))
    assert metrics["reused"] == 30
    assert not untouched.ready.exists()
    untouched.end()

"""The long run of `make faults`: embedding actors die at random moments, again and again."""

import contextlib
import os
import random
import signal
import threading

import pytest

from index.ray_session import Session
from tests.files import contents
from tests.index.mortal import ITEMS, MOMENTS, disturbed_build_gives_the_same_bytes
from tests.index.processes import actors
from tests.index.world import World, bodies, with_actors

BLOCKS, KILLS = 500, 6
_LONGEST_S = 2.0  # between two kills
_LOOK_S = 0.02


def kill_at_random(seed: int, session: Session, finished: threading.Event, killed: list[int]) -> None:
    """Kills actors chosen by `seed` until there were KILLS of them, or the build has finished."""
    chance = random.Random(seed)
    while len(killed) < KILLS and not finished.wait(chance.uniform(0.0, _LONGEST_S)):
        victims = actors(session, "EmbeddingActor")
        while not victims and not finished.wait(_LOOK_S):
            victims = actors(session, "EmbeddingActor")
        if victims:
            victim = chance.choice(victims)
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)


@pytest.mark.fault
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_actors_killed_at_random_moments_change_no_byte_of_the_index(world: World, session: Session, seed: int) -> None:
    blocks = world.corpus("a", bodies(BLOCKS))
    world.build(blocks, "undisturbed", config=with_actors(0, lengths=(256,)))
    finished, killed = threading.Event(), list[int]()
    killer = threading.Thread(target=kill_at_random, args=(seed, session, finished, killed))
    killer.start()
    try:
        metrics = world.build(blocks, "disturbed", config=with_actors(2, lengths=(256,), max_restarts=2 * KILLS))
    finally:
        finished.set()
        killer.join()
    assert len(killed) >= 2, "the build was over before it was disturbed"
    assert metrics["embedded"] == BLOCKS
    assert contents(world.index("disturbed")) == contents(world.index("undisturbed"))


@pytest.mark.fault
@pytest.mark.usefixtures("session")
@pytest.mark.parametrize(
    ("moment", "item", "actors"),
    [
        *((moment, 0, actors) for moment in MOMENTS for actors in (1, 2)),
        # Which of two actors comes to a later item, chance decides.
        *((moment, item, 1) for moment in MOMENTS if moment != "starting" for item in (1, ITEMS - 1)),
    ],
)
def test_an_actor_killed_at_a_moment_changes_no_byte_of_the_index(
    world: World, monkeypatch: pytest.MonkeyPatch, moment: str, item: int, actors: int
) -> None:
    disturbed_build_gives_the_same_bytes(world, monkeypatch, actors=actors, deaths=[(moment, item)] * actors)

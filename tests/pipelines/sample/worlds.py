"""Small worlds for the tests of what is written about them."""

from dataclasses import dataclass, fields
from typing import Any

from pipelines.sample.bonds import add_bonds
from pipelines.sample.builder import Builder
from pipelines.sample.chance import Chance
from pipelines.sample.change import change_world
from pipelines.sample.config import SampleConfig
from pipelines.sample.events import add_events
from pipelines.sample.names import NameSource
from pipelines.sample.people import add_people
from pipelines.sample.places import add_places
from pipelines.sample.ventures import add_ventures
from pipelines.sample.world import World


@dataclass(frozen=True)
class Worlds:
    """A world at two dates, without its articles."""

    config: SampleConfig
    chance: Chance
    names: NameSource
    first: World
    second: World


def two_worlds(*, articles: int, seed: int = 3) -> Worlds:
    """A world of about so many articles; settings that do not touch it are left to chance."""
    values: dict[str, Any] = {field.name: 0.1 for field in fields(SampleConfig)}
    values |= {"seed": seed, "articles": articles, "removed_fraction": 0.01, "notes": 12}
    values |= {"pages_per_stream": 20, "first_snapshot": "2018-12-20", "second_snapshot": "2020-01-20"}
    config = SampleConfig(**values)
    builder = Builder.start(config)
    for add in (add_places, add_people, add_ventures, add_bonds, add_events):
        add(builder)
    first = builder.world()
    change_world(builder)
    return Worlds(config, builder.chance, builder.names, first, builder.world())

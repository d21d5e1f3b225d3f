"""Runs the benchmarks: `python -m benchmarks` all of them, `python -m benchmarks embedding serving` these.

Those that need a real dump's beginning say so where it is absent.
"""

import argparse
import os
from collections.abc import Callable
from typing import Final

from benchmarks import (
    cleaning,
    embedding,
    factories,
    reuse,
    serving,
    stage,
    swapping,
    tagger_quality,
    tagging,
    updating,
)
from benchmarks.real_inputs import real_input
from benchmarks.timing import print_table
from realm.errors import main_guard

_FEW = 3  # repeats of what takes minutes


def _cleaning(repeats: int) -> None:
    for title, rows in cleaning.measure(real_input(cleaning.HEAD), repeats):
        print_table(title, rows)


def _corpus(repeats: int) -> None:
    print_table(f"Corpus stage, {stage.WHAT}, tagging off, start-up taken off", stage.measure(min(repeats, _FEW)))


def _reuse(repeats: int) -> None:
    for tagger in reuse.MEGABYTES:
        rows = reuse.measure(min(repeats, _FEW - 1), tagger=tagger)
        print_table(f"Reuse, {reuse.WHAT}, tagger: {tagger}, processor seconds", rows)


def _tagging(repeats: int) -> None:
    rows = tagging.measure(min(repeats, _FEW))
    print_table("Tagging, processor seconds: words/s are those of one core", rows)


def _names(_repeats: int) -> None:
    print("Names of WikiGold's sentences, found by what was learnt from the beginning of an English dump alone")
    tagger_quality.print_scores(real_input(tagger_quality.GOLD), real_input(tagger_quality.DUMP))
    print()


def _embedding(repeats: int) -> None:
    print_table(f"Embedding, {embedding.WHAT}, processor seconds", embedding.measure(min(repeats, _FEW)))
    print_table("Embedding by Ray actors, start-up taken off", embedding.measure_actors(min(repeats, _FEW)))


def _serving(repeats: int) -> None:
    for tables in (serving.measure(repeats), swapping.measure()):
        for title, rows in tables:
            print_table(title, rows)


def _updating(repeats: int) -> None:
    print_table(f"Updating an index, {updating.WHAT}", updating.measure(min(repeats, _FEW)))


def _factories(_repeats: int) -> None:
    factories.print_factories()


def _memory(_repeats: int) -> None:
    print_table("Memory of the corpus stage, the most of any of its processes", stage.measure_memory())
    print_table("Memory of tagging", tagging.measure_memory())


SECTIONS: Final[dict[str, Callable[[int], None]]] = {
    "cleaning": _cleaning,
    "corpus": _corpus,
    "reuse": _reuse,
    "tagging": _tagging,
    "names": _names,
    "embedding": _embedding,
    "serving": _serving,
    "updating": _updating,
    "factories": _factories,
    "memory": _memory,
}
UNASKED: Final = tuple(name for name in SECTIONS if name != "memory")  # it takes a quarter of an hour by itself


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=5, help="the median of so many is shown (default: %(default)s)")
    chosen = f"of {', '.join(SECTIONS)} (default: all but memory)"
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=chosen)
    arguments = parser.parse_args()
    unknown = [name for name in arguments.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"there is no section '{unknown[0]}', only {', '.join(SECTIONS)}")
    print(f"\nMedians of {arguments.repeats} after one that warms up; {os.cpu_count()} cores.\n")
    for name in arguments.sections or UNASKED:
        SECTIONS[name](arguments.repeats)


if __name__ == "__main__":
    main_guard(main)

"""Runs the benchmarks, in some minutes: `python -m benchmarks`.

Those that need a real dump's beginning say so where it is absent.
"""

import argparse
import os

from benchmarks import cleaning, embedding, reuse, searching, stage, tagger_quality, tagging
from benchmarks.real_inputs import real_input
from benchmarks.timing import print_table
from realm.errors import main_guard


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="the median of so many is shown (default: %(default)s)")
    parser.add_argument("--memory", action="store_true", help="the corpus stage's memory too, on up to 1 GB: minutes")
    arguments = parser.parse_args()
    repeats = arguments.repeats
    print(f"\nMedians of {repeats} after one that warms up; {os.cpu_count()} cores.\n")
    for title, rows in cleaning.measure(real_input(cleaning.HEAD), repeats):
        print_table(title, rows)
    print_table(f"Corpus stage, {stage.WHAT}, tagging off, start-up taken off", stage.measure(min(repeats, 3)))
    for tagger in reuse.MEGABYTES:
        rows = reuse.measure(min(repeats, 2), tagger=tagger)
        print_table(f"Reuse, {reuse.WHAT}, tagger: {tagger}, processor seconds", rows)
    if arguments.memory:
        print_table("Memory of the corpus stage, the most of any of its processes", stage.measure_memory())
    print_table("Tagging, processor seconds: words/s are those of one core", tagging.measure(min(repeats, 3)))
    print("Names of WikiGold's sentences, found by what was learnt from the beginning of an English dump alone")
    tagger_quality.print_scores(real_input(tagger_quality.GOLD), real_input(tagger_quality.DUMP))
    print()
    if arguments.memory:
        print_table("Memory of tagging", tagging.measure_memory())
    title = f"Exact search, {searching.QUERIES} queries at once, best {searching.K} of {searching.VECTORS:,} vectors"
    print_table(f"{title} of {searching.DIMENSION}", searching.measure(repeats))
    print_table(f"Embedding, {embedding.WHAT}, processor seconds", embedding.measure(min(repeats, 3)))
    print_table("Embedding by Ray actors, start-up taken off", embedding.measure_actors(min(repeats, 3)))


if __name__ == "__main__":
    main_guard(main)

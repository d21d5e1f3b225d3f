"""Runs the benchmarks that need nothing but the embedded sample: `python -m benchmarks`, in about a minute."""

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks import corpus, searching
from benchmarks.timing import print_table
from realm.errors import main_guard


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=5, help="the median of so many is shown (default: %(default)s)")
    repeats = parser.parse_args().repeats
    with tempfile.TemporaryDirectory(prefix="realm-bench-") as scratch:
        sample = corpus.Sample.make(Path(scratch))
        cleaning, stage = corpus.measure_cleaning(sample, repeats), corpus.measure_stage(sample, repeats)
    print(f"\nMedians of {repeats} after one that warms up; {os.cpu_count()} cores.\n")
    print_table("Wikitext to prose, articles of the generated sample", cleaning)
    print_table("Corpus stage, generated sample", stage)
    title = f"Exact search, {searching.QUERIES} queries at once, best {searching.K} of {searching.VECTORS:,} vectors"
    print_table(f"{title} of {searching.DIMENSION}", searching.measure(repeats))


if __name__ == "__main__":
    main_guard(main)

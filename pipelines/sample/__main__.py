"""Runs the stage: `python -m pipelines.sample`."""

from pipelines.sample.stage import main
from realm.errors import main_guard

if __name__ == "__main__":
    main_guard(main)

"""The world of params.yaml: large and hard enough, and frozen, so that results stay comparable."""

import bz2
import gzip
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.sample.config import SampleConfig
from pipelines.sample.difficulty import BOUNDS
from pipelines.sample.stage import Metrics, run
from realm import params
from realm.storage import directory_files

# It changes only if the world does, and then every result on it is another one.
FROZEN = "82801790fbb3884e9e012fd74fdf6e6cad2732ffa74ef90ebc3f0cf4c7d10376"
OPENERS = {".bz2": bz2.decompress, ".gz": gzip.decompress}


def fingerprint(root: Path) -> str:
    """Of raw inputs and questions: names and contents, without compression, whose bytes depend on the library."""
    state = hashlib.sha256()
    for path in (path for part in ("questions", "raw") for path in directory_files(root / part)):
        content = OPENERS.get(path.suffix, bytes)(path.read_bytes())
        state.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode() + content)
    return state.hexdigest()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Metrics]:
    root = tmp_path_factory.mktemp("world")
    return root, run(config=params.load().section("sample", SampleConfig), data=root)


def test_the_world_is_frozen(world: tuple[Path, Metrics]) -> None:
    root, _ = world
    assert fingerprint(root) == FROZEN


def test_another_process_with_another_hash_seed_writes_the_same_world(
    world: tuple[Path, Metrics], tmp_path: Path
) -> None:
    root, _ = world
    code = (
        "import sys; from pathlib import Path; from realm import params; from pipelines.sample.stage import run; "
        "from pipelines.sample.config import SampleConfig; "
        "run(config=params.load().section('sample', SampleConfig), data=Path(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=True, env=environment)
    assert fingerprint(tmp_path) == fingerprint(root)


def test_it_has_the_size_of_a_world_worth_learning(world: tuple[Path, Metrics]) -> None:
    _, metrics = world
    assert 1150 <= metrics["articles"] <= 1300
    assert metrics["articles_of_three_passages"] >= 1 / 3
    assert 0.06 <= metrics["articles_changed"] / metrics["articles"] <= 0.1
    assert metrics["articles_new"] > 10
    assert metrics["articles_gone"] > 10
    least = {"train": 3000, "dev": 500, "test": 800, "changed": 300, "unanswerable": 200, "disputed": 50}
    assert {name: metrics[f"questions_{name}"] >= count for name, count in least.items()} == dict.fromkeys(least, True)
    assert metrics["test_names_seen_in_train"] < 0.05


def test_no_shortcut_answers_its_questions(world: tuple[Path, Metrics]) -> None:
    _, metrics = world
    for name, bound in BOUNDS.items():
        assert metrics[name] < bound

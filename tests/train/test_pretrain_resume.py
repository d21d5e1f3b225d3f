"""Pre-training killed with SIGKILL, at every moment that could matter, ends with the bytes of a run that was not."""

import dataclasses
import resource
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import train.refresh
from index.build import build_index
from index.build import run as run_index
from index.config import IndexConfig
from realm.errors import UserError
from realm.paths import DataPaths
from realm.storage import read_json
from realm.tokenizer import Tokenizer
from tests.files import contents, flip_a_byte
from tests.train.killed_pretraining import SERVED, TOGETHER, Moment, dying, run, run_until
from tests.train.qa_world import INDEX, OLD
from tests.train.test_candidates import new_retriever
from tests.train.test_pretrain import prepared
from train.versions import Version

BETWEEN_SAVES = [Moment("train.pretrain", "draw_queries", call) for call in (8, 1, 2, 4, 5, 7, 10)]
SAVING = [
    Moment("train.resume", "_write_tensors", 3),
    Moment("train.resume", "write_manifest", 4),
    Moment("train.refresh:Refresher", "needs", 1),
    Moment("train.refresh:Refresher", "saved", 5),  # after a state, before what it does not need is removed
]
REFRESHING = [
    Moment("index.embed", "write_item", 2),
    Moment("train.versions", "write_manifest", 2),
    Moment("train.versions:Version", "take_snapshot", 1),
    Moment("train.refresh", "build_index", 3),
    Moment("index.vectors", "write_vectors", 2),
    Moment("index.build", "_stamp", 2),
]
SWAPPING = [
    Moment("train.refresh:Refresher", "_swap_in", 2),
    Moment("train.refresh:Refresher", "_announce", 1),
    Moment("train.refresh:Refresher", "_announce", 3),
    Moment("train.candidates:StaleRetriever", "open", 3),
    Moment("train.candidates:StaleRetriever", "overlap", 2),
    Moment("train.candidates:StaleRetriever", "close", 2),
]
ENDING = [
    Moment("train.pretrain", "publish_model", 1),
    Moment("train.pretrain", "discard_states", 1),
]
CHEAP = [moments[0] for moments in (BETWEEN_SAVES, SAVING, REFRESHING, SWAPPING)]
LONG = [one for part in (BETWEEN_SAVES, SAVING, REFRESHING, SWAPPING, ENDING) for one in part if one not in CHEAP]
LATE = Moment("train.pretrain", "draw_queries", 8)  # before step 7: the states of steps 4 and 6 need step 3


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> DataPaths:
    return prepared(tmp_path_factory.mktemp("pretrain") / "data")


@pytest.fixture(scope="module")
def undisturbed(started: DataPaths, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    root = tmp_path_factory.mktemp("undisturbed") / "data"
    shutil.copytree(started.root, root)
    return made(run(root))


@pytest.fixture
def root(started: DataPaths, tmp_path: Path) -> Path:
    shutil.copytree(started.root, tmp_path / "data")
    return tmp_path / "data"


def made(data: DataPaths) -> dict[str, Any]:
    """What a run leaves, but for the seconds it took; a finished one leaves nothing for another to go on from."""
    assert not data.cache("pretrain", "states").exists()
    assert not data.cache("pretrain", "versions").exists()
    metrics = read_json(data.metrics("pretrain"))
    assert [one["step"] for one in metrics["refreshes"]] == [3, 6, 9]
    metrics["refreshes"] = [{**one, "seconds": None} for one in metrics["refreshes"]]
    return {**contents(data.model("realm")), "curve": data.plots("pretrain").read_bytes(), "metrics": metrics}


def versions(root: Path) -> set[str]:
    return {path.name for path in DataPaths(root).cache("pretrain", "versions").glob("step-*")}


@pytest.mark.parametrize("moment", [*CHEAP, *(pytest.param(one, marks=pytest.mark.fault) for one in LONG)], ids=str)
def test_a_killed_run_goes_on_and_publishes_the_same_bytes(
    moment: Moment, root: Path, undisturbed: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    run_until(root, moment)
    saved = sorted(DataPaths(root).cache("pretrain", "states").glob("*/step-*"))
    assert made(run(root)) == undisturbed
    said = capfd.readouterr().err
    assert f"goes on from step {int(saved[-1].name[-1])}, where" in said if saved else "goes on" not in said
    assert "built again" not in said


@pytest.mark.fault
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_bytes(root: Path, undisturbed: dict[str, Any]) -> None:
    for moment in (LATE, SWAPPING[1], REFRESHING[2], SAVING[2], BETWEEN_SAVES[2], ENDING[0]):
        run_until(root, moment)
    assert made(run(root)) == undisturbed


def test_a_full_disk_while_a_refresh_begins_is_a_sentence_and_leaves_nothing(
    started: DataPaths, tmp_path: Path
) -> None:
    retriever = new_retriever(Tokenizer.load(started.model("tokenizer")), seed=1)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, before[1]))
    try:
        with pytest.raises(UserError, match=f"weights cannot be written to {tmp_path}/step-3 .* Make room on the disk"):
            Version(tmp_path, 3).take_snapshot(retriever, tokenizer="f00")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "step-3").iterdir()) == []


def test_a_refresh_that_was_broken_off_embeds_nothing_twice(
    root: Path, undisturbed: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    run_until(root, Moment("index.vectors", "write_vectors", 2))  # the refresh of step 6 has all its vectors
    capfd.readouterr()
    assert made(run(root)) == undisturbed
    assert capfd.readouterr().err.count("embedding: ") == 1  # in that of step 9


def test_what_no_state_needs_is_removed(root: Path) -> None:
    run_until(root, LATE)
    assert versions(root) == {"step-3", "step-6"}  # the state of step 6 was saved before the refresh of step 6
    run_until(root, Moment("train.refresh:Refresher", "_swap_in", 1))
    assert versions(root) == {"step-3"}


@pytest.mark.parametrize(
    "damage",
    [
        shutil.rmtree,
        lambda path: flip_a_byte(path / "index.faiss"),
        pytest.param(lambda path: (path / "manifest.json").unlink(), marks=pytest.mark.fault),
    ],
)
def test_an_index_that_is_gone_or_damaged_is_built_again_from_the_weights_it_was_made_with(
    damage: Callable[[Path], None], root: Path, undisturbed: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    run_until(root, LATE)
    damage(DataPaths(root).cache("pretrain", "versions") / "step-3" / "index")
    assert made(run(root)) == undisturbed
    said = capfd.readouterr().err
    assert "goes on from step 6, where a run broke off" in said
    assert "the index of step 3 is built again" in said


def test_an_index_that_comes_out_otherwise_when_it_is_built_again_is_refused(
    root: Path, undisturbed: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    run_until(root, LATE)
    data = DataPaths(root)
    index = data.cache("pretrain", "versions") / "step-3" / "index"
    index.rename(root / "aside")
    with monkeypatch.context() as patch:
        patch.setattr(
            train.refresh, "build_index", lambda **named: build_index(**{**named, "model": data.model("ict")})
        )
        with pytest.raises(UserError, match=f"{index}, is gone or damaged, and built again it is another one"):
            run(root)
    shutil.rmtree(index)
    (root / "aside").rename(index)
    assert made(run(root)) == undisturbed


def test_a_state_whose_weights_are_damaged_is_left_out(
    root: Path, undisturbed: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    run_until(root, Moment("train.pretrain", "draw_queries", 10))  # states 6 and 8, of versions 3 and 6
    kept = DataPaths(root).cache("pretrain", "versions")
    assert versions(root) == {"step-3", "step-6", "step-9"}
    flip_a_byte(kept / "step-6" / "weights" / "embedder" / "model.safetensors")
    assert made(run(root)) == undisturbed
    said = capfd.readouterr().err
    assert "the state of step 8 is damaged and is left out" in said
    assert "goes on from step 6, where a run broke off" in said


def test_without_the_versions_training_starts_anew(
    root: Path, undisturbed: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    run_until(root, LATE)
    shutil.rmtree(DataPaths(root).cache("pretrain", "versions"))
    assert made(run(root)) == undisturbed
    assert "goes on from" not in capfd.readouterr().err


@pytest.mark.fault
def test_another_index_to_start_from_begins_anew(root: Path, capfd: pytest.CaptureFixture[str]) -> None:
    run_until(root, LATE)
    data = DataPaths(root)
    shutil.rmtree(data.index("ict"))
    run_index(dataclasses.replace(INDEX, factory="SQ8"), data, snapshot=OLD, name="ict", model="ict", previous=None)
    run(root)
    assert "pretrain: inputs, settings or code changed since a run broke off at step 6; anew." in capfd.readouterr().err


@pytest.mark.fault
@pytest.mark.parametrize("moment", [LATE, REFRESHING[0], SWAPPING[0], SWAPPING[1], SWAPPING[3], SWAPPING[5]], ids=str)
def test_a_killed_run_with_its_index_in_service_publishes_the_same_bytes(
    moment: Moment, root: Path, undisturbed: dict[str, Any]
) -> None:
    run_until(root, moment, SERVED)
    assert made(run(root, SERVED)) == undisturbed


@pytest.mark.fault
@pytest.mark.parametrize(
    ("rank", "moment", "index"),
    [
        pytest.param(0, SAVING[0], INDEX, id="saving"),
        pytest.param(0, REFRESHING[0], INDEX, id="refreshing"),
        pytest.param(0, SWAPPING[1], INDEX, id="swapping"),
        pytest.param(0, SWAPPING[1], SERVED, id="swapping-served"),
        pytest.param(1, SWAPPING[3], INDEX, id="the other one, swapping"),
        pytest.param(1, LATE, INDEX, id="the other one, between saves"),
    ],
)
def test_two_workers_of_which_one_is_killed_go_on_to_the_same_bytes(
    rank: int,
    moment: Moment,
    index: IndexConfig,
    root: Path,
    alike: dict[str, Any],
    capfd: pytest.CaptureFixture[str],
) -> None:
    with dying(rank, moment), pytest.raises(Exception, match=r"SIGKILL|died|connection|closed"):
        run(root, index, TOGETHER)
    assert list(DataPaths(root).cache("pretrain", "states").glob("*/step-*"))
    assert made(run(root, index, TOGETHER)) == alike
    assert "goes on from step" in "".join(capfd.readouterr())


@pytest.fixture(scope="module")
def alike(started: DataPaths, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What two workers make that nothing disturbs."""
    root = tmp_path_factory.mktemp("alike") / "data"
    shutil.copytree(started.root, root)
    return made(run(root, cluster=TOGETHER))

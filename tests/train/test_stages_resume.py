"""Stages killed with SIGKILL in mid-training publish the same bytes when they are run again (ICT: test_ict_stage)."""

import dataclasses
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from realm.paths import DataPaths
from tests.files import contents
from tests.train.qa_world import FINETUNE, OLD, build_world
from tests.train.stages import BERT, HERE
from train import bert, finetune

DEADLY = """
import os, signal, sys
from pathlib import Path
from tests.train import test_stages_resume
from train import steps

note = steps._Loop.note

def deadly(loop, step, scalars):
    if step == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
    note(loop, step, scalars)

steps._Loop.note = deadly
test_stages_resume.run(sys.argv[2], Path(sys.argv[1]))
"""


def run(stage: str, root: Path) -> Path:
    """Runs a stage below a data root and returns what it published."""
    data = DataPaths(root)
    if stage == "bert":
        schedule = dataclasses.replace(BERT.schedule, steps=12, save_every=4)
        bert.run(dataclasses.replace(BERT, schedule=schedule), snapshot=OLD, data=data, cluster=HERE)
        return data.model("bert")
    schedule = dataclasses.replace(FINETUNE.schedule, steps=12, save_every=4)
    config = dataclasses.replace(FINETUNE, schedule=schedule)
    finetune.run(config, name="realm", snapshot=OLD, data=data, cluster=HERE)
    return data.model("qa_realm")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_world(tmp_path_factory.mktemp("world") / "data").root


@pytest.mark.parametrize("stage", ["bert", "finetune"])
def test_a_killed_stage_goes_on_and_publishes_the_same_bytes(
    stage: str, world: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("undisturbed", "killed"):
        shutil.copytree(world, tmp_path / name)
    expected = contents(run(stage, tmp_path / "undisturbed"))
    command = [sys.executable, "-c", DEADLY, str(tmp_path / "killed"), stage, "10"]
    doomed = subprocess.run(command, check=False, capture_output=True)
    assert doomed.returncode == -signal.SIGKILL, doomed.stderr
    assert contents(run(stage, tmp_path / "killed")) == expected
    assert "goes on from step 8, where a run broke off" in capfd.readouterr().err

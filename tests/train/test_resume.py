"""Runs that are killed with SIGKILL, at every moment that could matter, end with the bytes of one that was not."""

import multiprocessing
import os
import resource
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from realm.errors import UserError
from tests.files import flip_a_byte
from tests.train.stages import HERE
from train import resume
from train.resume import discard_states, states_of
from train.steps import Extras, Schedule, train_steps

SCHEDULE = Schedule(steps=23, learning_rate=0.05, weight_decay=0.01, seed=3, log_every=4, save_every=5)


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """A forked child has none of the threads that torch may have started before, and would wait for them for ever."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def new_modules() -> list[nn.Module]:
    """Two modules that share a layer, with dropout, and a layer that never has a gradient."""
    torch.manual_seed(0)
    shared = nn.Linear(64, 64)
    return [nn.Sequential(shared, nn.Dropout(0.3), nn.Linear(64, 1)), nn.Sequential(shared, nn.Linear(2, 2))]


def trained(folder: Path | None, at_step: Callable[[int], None] = lambda _: None) -> tuple[list[bytes], object]:
    """Trains to the end; returns all weights, and what the stage remembers and shows."""
    modules = new_modules()
    memory = {"drawn": 0}

    def compute(step: int, generator: np.random.Generator) -> dict[str, torch.Tensor]:
        at_step(step)
        memory["drawn"] += 1
        inputs = torch.from_numpy(generator.normal(size=(8, 64)).astype("float32"))
        loss = (modules[0](inputs) - inputs.sum(1, keepdim=True)).square().mean()
        return {"loss": loss, "sometimes": torch.tensor(float(step) if step % 8 > 3 else float("nan"))}

    curve = train_steps("toy", modules, SCHEDULE, compute, Extras(states=folder, memory=memory))
    return [one.detach().numpy().tobytes() for module in modules for one in module.parameters()], (repr(curve), memory)


def in_child(work: Callable[[], object]) -> int | None:
    """Does `work` in a process of its own and returns how it ended."""
    child = multiprocessing.get_context("fork").Process(target=work)
    child.start()
    child.join()
    return child.exitcode


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def killed_at_step(folder: Path, step: int) -> None:
    trained(folder, lambda now: die() if now == step else None)


def killed_inside(folder: Path, name: str, call: int) -> None:
    """Dies at the `call`-th call of a function that saves states, before it does anything."""
    inner, calls = getattr(resume, name), []

    def deadly(*arguments: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == call:
            die()
        return inner(*arguments, **named)

    setattr(resume, name, deadly)
    trained(folder)


@pytest.fixture(scope="module")
def undisturbed() -> tuple[list[bytes], object]:
    return trained(None)


@pytest.mark.parametrize("step", [0, 4, 5, 12, 22])
def test_a_run_killed_between_two_states_ends_with_the_same_bytes(
    step: int, tmp_path: Path, undisturbed: object, capfd: pytest.CaptureFixture[str]
) -> None:
    assert in_child(lambda: killed_at_step(tmp_path, step)) == -signal.SIGKILL
    assert trained(tmp_path) == undisturbed
    assert (f"goes on from step {step // 5 * 5}," in capfd.readouterr().err) == (step >= 5)


@pytest.mark.parametrize(
    ("name", "call"), [("_write_tensors", 1), ("_write_tensors", 3), ("write_manifest", 2), ("write_manifest", 4)]
)
def test_a_run_killed_while_it_saves_a_state_goes_on_from_the_one_before(
    name: str, call: int, tmp_path: Path, undisturbed: object, capfd: pytest.CaptureFixture[str]
) -> None:
    assert in_child(lambda: killed_inside(tmp_path, name, call)) == -signal.SIGKILL
    assert list(tmp_path.glob(".step-*.tmp"))
    assert trained(tmp_path) == undisturbed
    assert (f"goes on from step {5 * (call - 1)}," in capfd.readouterr().err) == (call > 1)
    assert not list(tmp_path.glob(".step-*.tmp"))


def test_a_run_that_is_killed_again_and_again_ends_with_the_same_bytes(tmp_path: Path, undisturbed: object) -> None:
    for step in (7, 7, 13, 21):
        in_child(lambda step=step: killed_at_step(tmp_path, step))  # type: ignore[misc]
    assert trained(tmp_path) == undisturbed


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-7])


@pytest.mark.parametrize("damage", [flip_a_byte, cut, Path.unlink])
@pytest.mark.parametrize("name", ["tensors.safetensors", "memory.json", "manifest.json"])
def test_a_damaged_state_is_left_out_and_the_one_before_is_used(
    damage: Callable[[Path], None],
    name: str,
    tmp_path: Path,
    undisturbed: object,
    capfd: pytest.CaptureFixture[str],
) -> None:
    in_child(lambda: killed_at_step(tmp_path, 16))
    assert [path.name for path in sorted(tmp_path.iterdir())] == ["step-00000010", "step-00000015"]
    damage(tmp_path / "step-00000015" / name)
    assert trained(tmp_path) == undisturbed
    said = capfd.readouterr().err
    assert "the state of step 15 is damaged and is left out" in said
    assert "goes on from step 10," in said


def test_with_every_state_damaged_training_starts_anew(tmp_path: Path, undisturbed: object) -> None:
    in_child(lambda: killed_at_step(tmp_path, 16))
    for path in tmp_path.glob("step-*/tensors.safetensors"):
        cut(path)
    assert trained(tmp_path) == undisturbed


def test_a_full_disk_gets_a_sentence_and_the_state_before_stays(tmp_path: Path, undisturbed: object) -> None:
    in_child(lambda: killed_at_step(tmp_path / "states", 6))

    def on_a_full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, resource.RLIM_INFINITY))
        try:
            trained(tmp_path / "states")
        except UserError as error:
            (tmp_path / "said.txt").write_text(str(error))

    assert in_child(on_a_full_disk) == 0
    said = (tmp_path / "said.txt").read_text()
    assert said.startswith("The state of training cannot be written to")
    assert "Make room on the disk" in said
    assert [path.name for path in (tmp_path / "states").iterdir()] == ["step-00000005"]
    assert trained(tmp_path / "states") == undisturbed


def test_states_of_other_settings_are_told_and_removed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    first = states_of(tmp_path, stage="toy", made_from={"params": "a"}, cluster=HERE)
    in_child(lambda: killed_at_step(first, 6))
    assert states_of(tmp_path, stage="toy", made_from={"params": "a"}, cluster=HERE) == first
    assert capfd.readouterr().err == ""
    second = states_of(tmp_path, stage="toy", made_from={"params": "b"}, cluster=HERE)
    assert second != first
    assert not first.exists()
    assert "changed since a run broke off at step 5" in capfd.readouterr().err
    discard_states(second)


def test_nothing_is_pickled(tmp_path: Path) -> None:
    in_child(lambda: killed_at_step(tmp_path, 6))
    found = {path.name for path in (tmp_path / "step-00000005").iterdir()}
    assert found == {"manifest.json", "memory.json", "tensors.safetensors"}

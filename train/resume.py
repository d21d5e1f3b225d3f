"""Training that goes on where it was: the state of a run, saved every so many steps.

A state is a directory `step-00000120` below `data/.cache/<stage>/states/<fingerprint>`: safetensors for weights and
optimizer, JSON for the rest, checksums beside them. It appears whole, so a run that is killed while it saves one finds
the one before. What a step draws at random depends on (seed, step, rank) only, so no state of a random generator is
needed, and a run that was broken off ends with the bytes of one that was not.
"""

import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

import index
import realm
import train
from realm.errors import UserError
from realm.manifest import read_manifest, verify_files, write_manifest
from realm.storage import digest, publish_directory, read_json, remove_leftovers
from train import distributed
from train.trainer import TrainCluster

_KIND = "training state"
_KEPT = 2  # the newest may turn out to be damaged
_PREFIX = "step-"
_NONE = -1  # in place of a step, where there is no state


class Artefacts(Protocol):
    """What a stage makes on the way, too large to be in every state, that its states need."""

    def needs(self) -> dict[str, str]:
        """Names and fingerprints of what a state that is saved now needs."""

    def require(self, needs: dict[str, str]) -> None:
        """Finds what a state needs, or what it can be made from again; rank 0 asks.

        Raises:
            UserError: it is gone or damaged, so that the state is of no use.
        """

    def resume(self) -> None:
        """Takes up what the restored state needs; called by all ranks, which may wait here as long as it takes.

        Raises:
            UserError: it cannot be made again as it was.
        """

    def saved(self) -> None:
        """Removes what no state needs any more; rank 0 calls it after each state."""


@dataclass(frozen=True)
class States:
    """Where a run's states lie.

    Attributes:
        folder: of this run alone; all ranks see it, and rank 0 writes.
        every: steps from one state to the next.
        artefacts: what they need beside themselves, if anything.
    """

    folder: Path
    every: int
    artefacts: Artefacts | None = None

    def due(self, step: int) -> bool:
        """Whether a state is to be saved when `step` steps are done."""
        return step % self.every == 0


@dataclass(frozen=True)
class Training:
    """What a run trains."""

    modules: Sequence[nn.Module]
    optimizer: torch.optim.Optimizer

    def parameters(self) -> list[nn.Parameter]:
        """Every parameter once, in an order that the code alone decides."""
        return list({id(one): one for module in self.modules for one in module.parameters()}.values())


def states_of(folder: Path, *, stage: str, made_from: Mapping[str, str], cluster: TrainCluster) -> Path:
    """The folder for a run's states below `folder`, which holds those of one stage and nothing else.

    It is named after everything that the run's bytes depend on. States of other inputs, settings or code are of no use
    any more: they are removed, and that is said.
    """
    torch_version = str(torch.__version__)
    facts = (*(f"{name}={value}" for name, value in sorted(made_from.items())), repr(sorted(asdict(cluster).items())))
    own = folder / digest(_code_fingerprint(), torch_version, *facts)
    for other in sorted(folder.glob("*")):
        if other != own:
            steps = [_step_of(path) for path in _saved(other)]
            if steps:
                say(f"{stage}: inputs, settings or code changed since a run broke off at step {max(steps)}; anew.")
            shutil.rmtree(other)
    return own


def needed_by(folder: Path) -> list[dict[str, str]]:
    """What each of the states in a folder needs (`Artefacts.needs`).

    A state that cannot be read needs nothing: it will be left out.
    """
    found = []
    for path in _saved(folder):
        with suppress(UserError):
            found.append(dict(read_manifest(path, kind=_KIND).facts["needs"]))
    return found


def discard_states(folder: Path) -> None:
    """Removes a run's states, when what it made is published."""
    shutil.rmtree(folder, ignore_errors=True)


def save_state(states: States, training: Training, *, step: int, memory: Mapping[str, Any]) -> None:
    """Saves the state after `step` steps, from rank 0.

    Args:
        states: where.
        training: its weights and moments.
        step: steps done.
        memory: whatever else the run has to know, as JSON.

    Raises:
        UserError: it cannot be written.
    """
    if distributed.rank():
        return
    tensors = {f"parameter.{i}": one.detach() for i, one in enumerate(training.parameters())}
    for i, moments in training.optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{i}.{name}": value for name, value in moments.items()}
    final = states.folder / f"{_PREFIX}{step:08d}"
    with publish_directory(final) as beside:
        _write_tensors(tensors, beside / "tensors.safetensors")
        # In the order it was made, unlike `write_json`: it decides the order of a curve's columns.
        (beside / "memory.json").write_text(json.dumps(dict(memory), allow_nan=False), encoding="utf-8")
        needs = states.artefacts.needs() if states.artefacts else {}
        write_manifest(beside, kind=_KIND, made_from={}, facts={"step": step, "needs": needs})
    for old in _saved(states.folder)[:-_KEPT]:
        shutil.rmtree(old)
    if states.artefacts:
        states.artefacts.saved()


def restore_state(states: States, training: Training, *, stage: str) -> tuple[int, dict[str, Any]] | None:
    """Brings the newest sound state back on every rank; returns its step and memory, None if there is none."""
    if distributed.rank() == 0:
        remove_leftovers(states.folder)
    step = distributed.agree(_newest(states, stage=stage) if distributed.rank() == 0 else _NONE)
    if step == _NONE:
        return None
    folder = states.folder / f"{_PREFIX}{step:08d}"
    tensors = load_file(folder / "tensors.safetensors")
    moments: dict[int, dict[str, Tensor]] = {}
    with torch.no_grad():
        for i, parameter in enumerate(training.parameters()):
            parameter.copy_(tensors[f"parameter.{i}"])
    for name, value in tensors.items():
        kind, _, rest = name.partition(".")
        if kind == "optimizer":
            number, _, key = rest.partition(".")
            moments.setdefault(int(number), {})[key] = value
    groups = training.optimizer.state_dict()["param_groups"]
    training.optimizer.load_state_dict({"state": moments, "param_groups": groups})
    return step, dict(read_json(folder / "memory.json"))


def _newest(states: States, *, stage: str) -> int:
    """Step of the newest state that is whole; damaged ones are removed, and that is said."""
    for path in reversed(_saved(states.folder)):
        try:
            manifest = read_manifest(path, kind=_KIND)
            verify_files(path, manifest)
            if states.artefacts:
                states.artefacts.require(manifest.facts["needs"])
        except UserError as error:
            say(f"{stage}: the state of step {_step_of(path)} is damaged and is left out ({error})")
            shutil.rmtree(path)
        else:
            say(f"{stage}: goes on from step {_step_of(path)}, where a run broke off")
            return _step_of(path)
    return _NONE


def _saved(folder: Path) -> list[Path]:
    """The states in a folder, oldest first."""
    return sorted(folder.glob(f"{_PREFIX}*"))


def _step_of(state: Path) -> int:
    return int(state.name.removeprefix(_PREFIX))


def _write_tensors(tensors: Mapping[str, Tensor], path: Path) -> None:
    try:
        save_file({name: tensor.contiguous().cpu() for name, tensor in tensors.items()}, path)
    except SafetensorError as error:
        raise UserError(
            f"The state of training cannot be written to {path.parent.parent} ({error}). Make room on the disk and run "
            "the same command again; it goes on from the state before."
        ) from error


def _code_fingerprint() -> str:
    """Hash of the sources that training runs."""
    roots = [Path(str(package.__file__)).parent for package in (realm, index, train)]
    files = [(path.relative_to(root.parent).as_posix(), path) for root in roots for path in sorted(root.rglob("*.py"))]
    return digest(*(part for name, path in files for part in (name, path.read_bytes())))


def say(line: str) -> None:
    """Tells the person who runs the stage."""
    print(line, file=sys.stderr, flush=True)

"""Runs that are killed with SIGKILL, or run out of disk, and what the next run makes of what they left."""

import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest

from pipelines.sources import get_source
from pipelines.sources.base import SourceConfig
from realm.manifest import write_manifest
from tests.files import contents
from tests.pipelines.dumps import page, town, write_multistream, write_tokenizer

ROOT = Path(__file__).parents[3]
ITEM_BYTES = 4_000
PARAMS = """data: {data}
sources: {{items_per_dump: 64, item_bytes_min: {item_bytes}, item_bytes_max: 150000000, max_page_bytes: 100000}}
tokenizer: {{checkpoint: null, vocab_size: 300, lowercase: true, train_characters: 100000}}
corpus: {{max_block_tokens: 48, max_title_tokens: 12, runner: FnApiRunner, workers: {workers}}}
"""
Files = dict[str, bytes]


@dataclass(frozen=True)
class World:
    """A dump of some forty work items, and the corpus that a run makes of it which nobody disturbs."""

    dump: Path
    tokenizer: Path
    whole: Files

    def command(self, folder: Path, *, workers: int) -> list[str]:
        """The command that makes the corpus in `folder`."""
        folder.mkdir(exist_ok=True)
        params = folder / "params.yaml"
        params.write_text(PARAMS.format(data=folder / "data", item_bytes=ITEM_BYTES, workers=workers))
        command = [sys.executable, "-m", "pipelines.corpus", "--params", str(params), "--source", "wikipedia"]
        command += ["--input", str(self.dump), "--output", str(folder / "blocks")]
        return [*command, "--tokenizer", str(self.tokenizer), "--tagger", "rules"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("world")
    texts = ["\n\n".join(town(several * 60 + n) for n in range(60)) for several in range(160)]
    bodies = [page(f"Towns {number}", text, number=number) for number, text in enumerate(texts)]
    dump = write_multistream(folder / "towns.xml.bz2", bodies)
    items = get_source("wikipedia").work_items([dump], SourceConfig(64, ITEM_BYTES, 150_000_000, 100_000))
    assert len(items) > 30
    made = World(dump, write_tokenizer(folder / "tokenizer"), {})
    subprocess.run(made.command(folder / "whole", workers=1), cwd=ROOT, check=True, capture_output=True)
    return World(dump, made.tokenizer, contents(folder / "whole" / "blocks"))


def finished(folder: Path) -> dict[Path, int]:
    """The finished work items and when they were."""
    return {
        path: path.stat().st_mtime_ns for path in (folder / "data" / ".cache" / "corpus").glob("*/[!.]*/facts.json")
    }


def half_written(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.name.endswith((".tmp", ".old"))]


@contextmanager
def started(command: list[str]) -> Iterator[psutil.Process]:
    """A run of which nothing is left at the end: workers end soon after the process that started them."""
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        yield psutil.Process(process.pid)
    finally:
        process.kill()
        process.communicate()
        left = [one for one in psutil.process_iter() if session_of(one) == process.pid]
        assert not psutil.wait_procs(left, timeout=10)[1]


def end(process: psutil.Process) -> None:
    with suppress(psutil.NoSuchProcess):
        process.kill()


def session_of(process: psutil.Process) -> int | None:
    with suppress(ProcessLookupError):
        return os.getsid(process.pid)
    return None


def wait_for(items: int, folder: Path, run: psutil.Process) -> None:
    """Waits until so many work items are finished and the run is in the middle of the next."""
    while len(finished(folder)) < items:
        assert run.is_running(), "the run ended by itself"
        assert run.status() != psutil.STATUS_ZOMBIE, "the run ended by itself"
        time.sleep(0.002)


def wait_for_items_begun(folder: Path, run: psutil.Process) -> None:
    while not list((folder / "data" / ".cache" / "corpus").glob("*/.*")):
        assert run.status() != psutil.STATUS_ZOMBIE, "the run ended by itself"
        time.sleep(0.002)


def worker_of(run: psutil.Process) -> psutil.Process:
    return min(run.children(), key=lambda one: one.pid)


def go_on(world: World, folder: Path, *, workers: int) -> None:
    """Runs the command again and checks what it makes of what is there."""
    before = finished(folder)
    subprocess.run(world.command(folder, workers=workers), cwd=ROOT, check=True, capture_output=True)
    assert contents(folder / "blocks") == world.whole
    after = finished(folder)
    assert {path: after[path] for path in before} == before  # not made again
    assert not half_written(folder)


def test_a_run_whose_process_is_killed_goes_on_where_it_was(world: World, tmp_path: Path) -> None:
    with started(world.command(tmp_path, workers=1)) as run:
        wait_for(3, tmp_path, run)
        run.kill()
        assert run.wait(10) in {-signal.SIGKILL, None}
    assert 3 <= len(finished(tmp_path)) < 30
    assert half_written(tmp_path)
    go_on(world, tmp_path, workers=1)


@pytest.mark.parametrize("items", [None, 0, 3], ids=["as it starts", "as it begins", "in the middle"])
def test_a_run_that_loses_a_worker_says_so_and_goes_on_where_it_was(
    items: int | None, world: World, tmp_path: Path
) -> None:
    command = world.command(tmp_path, workers=2)
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    run = psutil.Process(process.pid)
    while not run.children():
        time.sleep(0.002)
    if items is not None:
        wait_for_items_begun(tmp_path, run)
        wait_for(items, tmp_path, run)
    worker_of(run).kill()
    complaint = process.communicate(timeout=60)[1]
    assert process.returncode == 2
    assert complaint.strip().splitlines()[-1].startswith("error: A worker process died")
    assert "Traceback" not in complaint, complaint
    assert not run.is_running()
    assert not (tmp_path / "blocks").exists()
    go_on(world, tmp_path, workers=1)


def test_a_full_disk_is_named_and_what_was_there_stays(world: World, tmp_path: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    folder = tmp_path / "run"
    command = world.command(folder, workers=1)
    (folder / "blocks").mkdir()
    (folder / "blocks" / "older").write_text("kept")
    write_manifest(folder / "blocks", kind="corpus", made_from={}, facts={})  # so that it is an earlier corpus
    before = contents(folder / "blocks")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limit)
    assert done.returncode == 2
    message = done.stderr.strip().splitlines()[-1]
    assert message.startswith(f"error: The disk of {folder} or ")
    assert "the same command goes on from there" in message
    assert contents(folder / "blocks") == before
    assert not half_written(folder)


def test_a_killed_run_that_reuses_an_earlier_corpus_ends_in_the_same_bytes(world: World, tmp_path: Path) -> None:
    previous = world.dump.parent / "whole" / "blocks"  # of the very same pages
    with started([*world.command(tmp_path, workers=1), "--previous", str(previous)]) as run:
        wait_for(3, tmp_path, run)
        run.kill()
        run.wait(10)
    assert 3 <= len(finished(tmp_path)) < 30
    go_on(world, tmp_path, workers=1)  # and without the earlier corpus


@pytest.mark.fault
@pytest.mark.timeout(900)
def test_runs_killed_at_random_moments_end_in_the_same_bytes(world: World, tmp_path: Path) -> None:
    chance = random.Random(17)
    for attempt in range(25):
        workers = chance.choice((1, 2))
        with started(world.command(tmp_path, workers=workers)) as run:
            time.sleep(chance.uniform(0.5, 6.0))
            if run.is_running() and run.status() != psutil.STATUS_ZOMBIE:
                end(worker_of(run) if chance.random() < 0.5 and len(run.children()) == workers > 1 else run)
        if attempt % 5 == 4:
            go_on(world, tmp_path, workers=chance.choice((1, 2)))
            for path in chance.sample(sorted(finished(tmp_path)), k=10):
                path.unlink()  # the mark of a finished item
    go_on(world, tmp_path, workers=1)

"""Builds a version again and again in children that end at one moment each; run by test_publishing.py.

A moment is the n-th time that the child touches what it is publishing: makes the directory beside the version, opens
a file there to force it to disk, renames one, changes places with the published version. A child is forked before
FAISS, Arrow and torch have threads, and ends itself with SIGKILL. Prints a line of JSON for each, and ends after the
first build that nothing ended.
"""

import dataclasses
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import faiss  # noqa: F401 - imported once for all children, as the next three are
import pyarrow.compute  # noqa: F401

import index.collect
import index.embed  # noqa: F401
import realm.embedding
import realm.model  # noqa: F401
from realm.errors import main_guard
from tests.files import contents
from tests.index.world import CONFIG, World


def touches(name: str, arguments: tuple[Any, ...], output: Path) -> bool:
    """Whether an audited event concerns what is being published."""
    if name == "ctypes.dlsym":
        return "renameat2" in arguments
    if name not in {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "open"}:
        return False
    beside = f"{output.parent}/.{output.name}."
    return any(os.fsdecode(one).startswith(beside) for one in arguments if isinstance(one, str | bytes | Path))


def child(world: World, blocks: Path, factory: str, *, ends_at: int, largest: int) -> None:
    """Builds version `a`; at the `ends_at`-th touch the process is no more."""
    seen = 0

    def hook(name: str, arguments: tuple[Any, ...]) -> None:
        nonlocal seen
        if touches(name, arguments, world.index("a")):
            seen += 1
            if seen == ends_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    if largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    def build() -> None:
        config = dataclasses.replace(CONFIG, factory=factory)
        world.build(blocks, "a", cache=world.root / "cache", config=config)

    main_guard(build)


def main() -> None:
    """Arguments: the world's paths, the new corpus, and as JSON the moment and the largest file of each child, or 0."""
    root, tokenizer, model, blocks, factory, ends = sys.argv[1:]
    world = World(root=Path(root), tokenizer=Path(tokenizer), model=Path(model))
    known = {"old": contents(world.index("a")), "new": contents(world.index("wanted"))}
    status = None
    for moment, largest in json.loads(ends):
        number = os.fork()
        if number == 0:
            code = 0
            try:
                child(world, Path(blocks), factory, ends_at=moment, largest=largest)
            except SystemExit as end:
                code = int(str(end.code))
            sys.stdout.flush()
            os._exit(code)
        status = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
        found = contents(world.index("a"))
        here = [name for name, files in known.items() if files == found]
        print(json.dumps({"moment": moment, "largest": largest, "status": status, "published": here}), flush=True)
        if status == 0:
            break


if __name__ == "__main__":
    main()

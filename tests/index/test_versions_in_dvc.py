"""Versions come and go with `git checkout` and `dvc checkout`, as any other result does."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from index.version import IndexVersion
from realm.errors import UserError
from realm.manifest import verify_files
from tests.files import contents, flip_a_byte
from tests.index.world import World, bodies

HERE = Path(__file__).parents[2]
NAME = "2020-01-20"
# A stage as in the repository's dvc.yaml: what it publishes, if it publishes, takes the place of what was there.
PUBLISH = f"""
import pathlib, shutil
from realm.storage import publish_directory

with publish_directory(pathlib.Path("data/index/{NAME}")) as beside:
    shutil.copytree("built", beside, dirs_exist_ok=True)
    if pathlib.Path("built/refused").exists():
        raise SystemExit("it does not pass the gate")
"""
DVC_YAML = f"""
stages:
  index:
    cmd: {sys.executable} publish.py
    deps: [built]
    outs:
      - data/index/{NAME}: {{persist: true}}
"""


class Repository:
    """A repository of git and DVC, with nothing of this machine's settings."""

    def __init__(self, root: Path) -> None:
        self.root, self.version = root, root / "data" / "index" / NAME
        self.version.parent.mkdir(parents=True)
        names = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b.c", "GIT_COMMITTER_NAME": "a"}
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "DVC_"))},
            **names,
            "GIT_COMMITTER_EMAIL": "a@b.c",
            "PYTHONPATH": str(HERE),
            "GIT_CONFIG_GLOBAL": os.devnull,
            "DVC_NO_ANALYTICS": "1",
            "DVC_SITE_CACHE_DIR": str(root / ".site"),
        }
        self("git", "init", "-q")
        self.dvc("init", "-q")
        (root / "dvc.yaml").write_text(DVC_YAML)
        (root / "publish.py").write_text(PUBLISH)
        (root / ".gitignore").write_text("/built\n/.site\n.*.verified.json\n")

    def __call__(self, *command: str) -> None:
        subprocess.run(command, cwd=self.root, env=self._environment, check=True)

    def dvc(self, *arguments: str) -> None:
        self(sys.executable, "-m", "dvc", *arguments)

    def commit(self, built: Path) -> dict[str, bytes]:
        """Makes what lies in `built` the version of a new commit; returns its bytes."""
        shutil.rmtree(self.root / "built", ignore_errors=True)
        shutil.copytree(built, self.root / "built")
        self.dvc("repro", "-q")
        self("git", "add", "-A")
        self("git", "commit", "-q", "-m", "a version")
        return contents(self.version)


def test_an_older_version_returns_with_git_and_dvc_checkout_and_answers(world: World, tmp_path: Path) -> None:
    for name, first in (("old", 0), ("new", 5)):
        world.build(world.corpus(name, bodies(40, first=first)), name)
    queries = np.random.default_rng(5).standard_normal((4, 16), dtype=np.float32)
    wanted = IndexVersion.open(world.index("old")).search(queries, 5)
    repository = Repository(tmp_path / "repository")
    old, new = (repository.commit(world.index(name)) for name in ("old", "new"))
    assert IndexVersion.open(repository.version).manifest == IndexVersion.open(world.index("new")).manifest
    assert old != new == contents(repository.version)
    flip_a_byte(repository.version / "vectors.arrow")
    with pytest.raises(UserError, match=r"vectors\.arrow is damaged: .* Restore it with `dvc checkout`"):
        IndexVersion.open(repository.version)

    repository("git", "checkout", "-q", "HEAD~1")
    repository.dvc("checkout", "-q", "--force")

    assert contents(repository.version) == old == contents(world.index("old"))
    version = IndexVersion.open(repository.version)
    verify_files(repository.version, version.manifest)
    found = version.search(queries, 5)
    assert (found.rows.tolist(), found.scores.tobytes()) == (wanted.rows.tolist(), wanted.scores.tobytes())


@pytest.mark.parametrize("link", ["copy", "hardlink"])
def test_a_stage_that_fails_leaves_the_version_that_was_published(world: World, tmp_path: Path, link: str) -> None:
    world.build(world.corpus("old", bodies(40)), "old")
    repository = Repository(tmp_path / "repository")
    repository.dvc("config", "cache.type", link)
    old = repository.commit(world.index("old"))
    repository.dvc("checkout", "-q", "--relink")
    (repository.root / "built" / "refused").touch()

    with pytest.raises(subprocess.CalledProcessError):
        repository.dvc("repro", "-q")

    assert contents(repository.version) == old
    (repository.root / "built" / "refused").rename(repository.root / "built" / "more")
    repository.dvc("repro", "-q")
    assert contents(repository.version) == {**old, "more": b""}


def test_no_index_of_the_pipeline_is_removed_before_another_one_is_published() -> None:
    stages = yaml.safe_load((HERE / "dvc.yaml").read_text())["stages"]
    outs = [out for stage in stages.values() for out in stage.get("do", stage).get("outs", []) if "/index/" in str(out)]
    assert len(outs) == 2
    assert all(settings == {"persist": True} for out in outs for settings in out.values())

"""What a job looks at on the cluster before its stage runs."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from jobs import stage
from realm.errors import UserError

ROOT = Path(__file__).parents[2]


def run(python: Path | str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [str(python), "-m", "jobs.stage", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_a_stage_runs_in_the_same_process_and_keeps_its_arguments_and_exit_code(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text(f"data: {tmp_path}\n")
    done = run(sys.executable, "pipelines.tokenizer", "--params", str(tmp_path / "some.yaml"))
    assert done.returncode == 2
    assert "some.yaml has no section 'tokenizer'" in done.stderr


def test_a_python_without_the_packages_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    venv.create(tmp_path / "bare", with_pip=False)
    python = tmp_path / "bare" / "bin" / "python"
    done = run(python, "index.build", "--snapshot", "2020-01-20")
    assert done.returncode == 2
    assert done.stderr.startswith(f"error: The cluster runs {python}, which lacks apache-beam, pyarrow,")
    assert done.stderr.count("\n") == 1


def test_another_python_is_refused_before_anything_is_imported_that_it_cannot_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 18))
    monkeypatch.setattr(sys, "version", "3.9.18 (main)")
    with pytest.raises(SystemExit) as stopped:
        stage._guarded()
    assert stopped.value.code == 2
    assert (
        f"error: The cluster runs {sys.executable}, which is Python 3.9.18; REALM needs 3.11."
        in capsys.readouterr().err
    )
    assert 'requires-python = ">=3.11,<3.12"' in (ROOT / "pyproject.toml").read_text()


def test_other_versions_than_those_of_the_lock_are_told_and_do_not_stop_the_stage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "pyproject.toml").write_text('[project]\ndependencies = ["numpy>=1", "pyyaml", "psutil"]\n')
    (tmp_path / "requirements.lock").write_text(f"numpy==0.1\npsutil=={stage._installed('psutil')}\n")
    (tmp_path / "requirements.lock").open("a").write(f"pyyaml=={stage._installed('pyyaml')}\n")
    stage._require_packages(tmp_path)
    assert capsys.readouterr().err == (
        f"note: requirements.lock has other versions than the cluster: numpy {stage._installed('numpy')}\n"
    )


def test_data_that_the_machine_does_not_see_is_refused(tmp_path: Path) -> None:
    (tmp_path / "some.yaml").write_text(f"data: {tmp_path}/unmounted\n")
    with pytest.raises(UserError, match=f"'data' in .*some.yaml is {tmp_path}/unmounted.*{os.uname().nodename}.*Mount"):
        stage._require_data(tmp_path / "some.yaml")

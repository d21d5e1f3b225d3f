"""What stops a stage is said in a sentence."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from realm.errors import UserError, first_line, main_guard, printed_sentence, sentence_of


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (RuntimeError("\nNo room for 2.5 GiB.\nGPU 0 is full.\n"), "No room for 2.5 GiB"),
        (ValueError("Expected one of:\n  a\n  b"), "Expected one of"),
        (ConnectionError(), "ConnectionError"),
        (RuntimeError(" \n"), "RuntimeError"),
    ],
)
def test_of_what_a_library_says_the_first_line_is_told_without_its_full_stop(error: Exception, said: str) -> None:
    assert first_line(error) == said


def fails(error: Exception) -> Callable[[], None]:
    def main() -> None:
        raise error

    return main


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (UserError("Bad input. Mend it."), "error: Bad input. Mend it."),
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "out.parquet"), "The disk is full.* while writing out.parq"),
        (OSError(errno.EFBIG, os.strerror(errno.EFBIG)), "The disk is full.*Make room"),
        (PermissionError(errno.EACCES, os.strerror(errno.EACCES), "raw/a.xml"), "raw/a.xml may not be read or written"),
        (IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), "a.json"), "a.json is not the file.*Remove it"),
        (OSError(errno.EIO, os.strerror(errno.EIO), "a.arrow"), "a.arrow cannot be read.*Check the disk"),
    ],
)
def test_what_a_person_can_mend_is_said_in_one_line(
    error: Exception, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main_guard(fails(error))
    said = capsys.readouterr().err
    assert caught.value.code == 2
    assert said.count("\n") == 1
    assert re.search(words, said)


def test_the_last_sentence_of_a_process_is_found_among_what_else_it_said(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main_guard(fails(UserError("Bad input. Mend it.")))
    said = capsys.readouterr().err
    assert printed_sentence(f"a warning\nerror: of before\n{said}Exception ignored\n") == "Bad input. Mend it."
    assert printed_sentence("Traceback\nRuntimeError: error: inside a line\n") is None


def test_a_file_that_arrow_may_not_use_is_named(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="local file") as caught:
        pa.OSFile(str(tmp_path / "a.parquet"))
    assert caught.value.filename is None
    forbidden = PermissionError(errno.EACCES, str(caught.value))  # as it says it of one without permission
    assert f"{tmp_path}/a.parquet may not be read or written (Permission denied)." in str(sentence_of(forbidden))


def test_other_errors_keep_their_traceback() -> None:
    for error in (OSError(errno.EIO, "input/output error"), ValueError("a fault of ours")):
        with pytest.raises(type(error)):
            main_guard(fails(error))


def test_a_disk_without_room_is_said_by_a_real_write(tmp_path: Path) -> None:
    code = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from realm.errors import main_guard\n"
        "from realm.storage import write_json\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "main_guard(lambda: write_json(Path(sys.argv[1]), list(range(10_000))))\n"
    )
    path = tmp_path / "out.json"
    done = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("error: The disk is full, or the file too large for it")
    assert list(tmp_path.iterdir()) == []

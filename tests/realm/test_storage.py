import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from realm.errors import UserError
from realm.storage import (
    digest,
    publish_directory,
    publish_file,
    read_json,
    remove_leftovers,
    sole_writer,
    write_json,
)


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_json(path, {"b": 1, "a": "ü"})
    with pytest.raises(IsADirectoryError), publish_file(path) as beside:
        beside.write_text("half") and tmp_path.read_text()
    assert read_json(path) == {"a": "ü", "b": 1}
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


def test_a_published_directory_replaces_the_old_one_whole(tmp_path: Path) -> None:
    final = tmp_path / "out"
    for name in ("old", "new"):
        with publish_directory(final) as beside:
            (beside / name).write_text(name)
    assert [one.name for one in final.iterdir()] == ["new"]
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_a_reader_finds_a_whole_directory_at_every_moment_of_many_replacements(tmp_path: Path) -> None:
    final = tmp_path / "out"
    with publish_directory(final) as beside:
        (beside / "number").write_text("0")
    reading, ended = list[str](), threading.Event()

    def read() -> None:
        while not ended.is_set():
            reading.append((final / "number").read_text())  # an error if it is not there for a moment

    with ThreadPoolExecutor(1) as pool:
        reader = pool.submit(read)
        for number in range(1, 100):
            with publish_directory(final) as beside:
                (beside / "number").write_text(str(number))
        ended.set()
        reader.result()
    assert len(set(reading)) > 10
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


def test_only_one_process_at_a_time_makes_a_thing_and_a_killed_one_no_longer_does(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from realm.storage import sole_writer\n"
        "with sole_writer(Path(sys.argv[1])):\n"
        "    print('mine', flush=True); time.sleep(60)\n"
    )
    final = tmp_path / "out"
    with subprocess.Popen([sys.executable, "-c", script, str(final)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"mine\n"
        with pytest.raises(UserError, match=r"Another process is making .*out at this moment"), sole_writer(final):
            pass
        other.kill()
    with sole_writer(final):
        pass


def test_a_process_killed_while_writing_leaves_the_published_directory_whole(tmp_path: Path) -> None:
    final = tmp_path / "out"
    with publish_directory(final) as beside:
        (beside / "old").write_text("old")
    script = (
        "import sys, time; from pathlib import Path; from realm.storage import publish_directory\n"
        "with publish_directory(Path(sys.argv[1])) as beside:\n"
        "    (beside / 'half').write_text('half'); print('writing', flush=True); time.sleep(60)\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script, str(final)], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"writing\n"
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert [one.name for one in final.iterdir()] == ["old"]


def test_a_digest_tells_where_one_part_ends() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert digest("ab", b"c") == digest(b"ab", "c")


def test_what_a_killed_process_left_goes_away_and_what_it_had_moved_aside_comes_back(tmp_path: Path) -> None:
    dead = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    number = int(dead.stdout)
    for name in (
        f".corpus.{number}.tmp",
        f".corpus.{number}.old",
        f".other.{number}.tmp",
        f".corpus.{os.getpid()}.tmp",
    ):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    (tmp_path / f".metrics.json.{number}.tmp").write_text("half")
    remove_leftovers(tmp_path, "corpus")
    assert (tmp_path / "corpus" / "file").read_text() == f".corpus.{number}.old"
    left = {f".other.{number}.tmp", f".corpus.{os.getpid()}.tmp", f".metrics.json.{number}.tmp", "corpus"}
    assert {path.name for path in tmp_path.iterdir()} == left
    (tmp_path / f".corpus.{number}.old").mkdir()
    remove_leftovers(tmp_path)
    remove_leftovers(tmp_path / "absent")
    assert {path.name for path in tmp_path.iterdir()} == {f".corpus.{os.getpid()}.tmp", "corpus"}

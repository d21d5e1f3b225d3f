"""The parent's side of the extraction process: one page in, one page out, whatever the page does to the process."""

import atexit
import select
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import IO, Final

from pipelines.news.config import NewsConfig
from pipelines.news.frames import read_frame, write_frame
from pipelines.news.page import Line, Page

COMMAND: Final = (sys.executable, "-m", "pipelines.news.worker")
_PATIENCE: Final = 10  # wall clock per CPU time: a busy machine must not decide what is dropped
_START_SECONDS: Final = 120
_TOO_SLOW: Final = "extraction too slow"
_FAILED: Final = "extraction failed"
EXTRACTION_DAMAGE: Final = frozenset({_TOO_SLOW, _FAILED})


class Extractor:
    """An extraction process that is started when needed and again after a page has ended it."""

    def __init__(self, config: NewsConfig) -> None:
        self.config = config
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None

    def read(self, html: str, *, url: str, captured: str) -> Page:
        """Extracts a page; one that the process does not survive comes back with the reason."""
        process = self._running()
        stdin, stdout = process.stdin, process.stdout
        if stdin is None or stdout is None:
            raise RuntimeError("the extraction process has no pipes")
        try:
            write_frame(stdin, {"url": url, "captured": captured}, html)
            ready, _, _ = select.select([stdout], [], [], self.config.cpu_seconds * _PATIENCE + _START_SECONDS)
            frame = read_frame(stdout) if ready else None
        except BrokenPipeError:
            frame = None
        if frame is None:
            return self._ended()
        fields = frame[0]
        return Page(**{**fields, "lines": tuple(Line(**line) for line in fields["lines"])})

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None
        if self._errors is not None:
            self._errors.close()
            self._errors = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the process, whose words it takes
            self._process = subprocess.Popen(
                COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
            )
            if self._process.stdin is not None:
                write_frame(self._process.stdin, asdict(self.config))
        return self._process

    def _ended(self) -> Page:
        """Says why the process ended, and makes way for another."""
        process, errors = self._process, self._errors
        if process is None or errors is None:
            raise RuntimeError("no extraction process was started")
        try:
            status: int | None = process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            status = None  # it hangs without using the CPU
        errors.seek(0)
        words = errors.read().decode("utf-8", "replace").strip().splitlines()
        self.close()
        if status is None or status == -signal.SIGXCPU:
            return Page(reason=_TOO_SLOW, detail=f"more than {self.config.cpu_seconds} s")
        return Page(reason=_FAILED, detail=words[-1][:200] if words else f"exit status {status}")


_idle: list[Extractor] = []


@contextmanager
def borrowed_extractor(config: NewsConfig) -> Iterator[Extractor]:
    """An extractor for `config`; the process goes on living for the next work item of this process."""
    mine = None
    while _idle and mine is None:
        mine = _idle.pop()
        if mine.config != config:
            mine.close()
            mine = None
    extractor = mine or Extractor(config)
    try:
        yield extractor
    finally:
        _idle.append(extractor)


@atexit.register
def _close_all() -> None:
    while _idle:
        _idle.pop().close()

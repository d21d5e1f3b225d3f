"""A cluster's job server: hand a job in, show its log, stop it; every failure is a sentence."""

import asyncio
import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from realm.errors import UserError, first_line

SUCCEEDED, STOPPED = "SUCCEEDED", "STOPPED"

_ENDED = (SUCCEEDED, STOPPED, "FAILED")
_POLL_S = 0.5
_STOP_S = 60.0
_GIVE_A_TOKEN = "Set RAY_AUTH_MODE=token, and RAY_AUTH_TOKEN_PATH to a file with the cluster's token."
_NAME_THE_DASHBOARD = "Name its dashboard, such as http://host:8265; a head without ray[default] has none."
_UNKNOWN_JOB = "status code 404"


@dataclass(frozen=True)
class Ending:
    """How a job ended.

    Attributes:
        status: SUCCEEDED, FAILED or STOPPED.
        exit_code: of its command; None if it never ran or was stopped.
        message: what the job server says of it.
    """

    status: str
    exit_code: int | None
    message: str


class JobServer:
    """The job server at `address`, such as http://host:8265.

    Raises:
        UserError: the address is of another kind, nothing answers there, or it asks for a token.
    """

    def __init__(self, address: str) -> None:
        self.address = _checked(address)
        if find_spec("aiohttp") is None:
            raise UserError("Handing in jobs needs ray[default]. Install the packages of requirements.lock: make setup")
        with self._told():
            from ray.job_submission import JobSubmissionClient

            logging.disable(logging.INFO)  # the client tells of every file that it looks at
            self._client = JobSubmissionClient(self.address)

    def running(self, metadata: dict[str, str]) -> str | None:
        """The name of a job that has not ended and was handed in with this metadata, if there is one."""
        with self._told():
            jobs = self._client.list_jobs()
        alike = (job for job in jobs if job.metadata == metadata and job.status.value not in _ENDED)
        return next((str(job.submission_id) for job in alike), None)

    def submit(self, entrypoint: str, *, runtime_env: dict[str, Any], metadata: dict[str, str]) -> str:
        """Hands a job in and returns its name."""
        with self._told():
            return str(self._client.submit_job(entrypoint=entrypoint, runtime_env=runtime_env, metadata=metadata))

    def follow(self, name: str, *, show: Callable[[str], None], patience_s: float) -> Ending:
        """Shows the log of a job as it grows, and returns how the job ended.

        Raises:
            UserError: the server has not answered for `patience_s`, or has forgotten the job.
        """
        return asyncio.run(self._followed(_Log(self._client, name, show), patience_s))

    async def _followed(self, log: "_Log", patience_s: float) -> Ending:
        answered = time.monotonic()
        growing = asyncio.create_task(log.grow())
        try:
            while True:
                try:
                    ending = await asyncio.to_thread(self._ending, log.name)
                    if ending is not None:
                        growing.cancel()  # the server lets seconds pass before it says that a log has ended
                        log.show(await asyncio.to_thread(self._client.get_job_logs, log.name))
                        return ending
                    answered = time.monotonic()
                except _unreachable() as error:
                    self._give_up(log.name, error, away_s=time.monotonic() - answered, patience_s=patience_s)
                await asyncio.wait({growing}, timeout=_POLL_S)
                if growing.done():
                    await asyncio.sleep(_POLL_S)
                    growing = asyncio.create_task(log.grow())
        finally:
            growing.cancel()

    def _give_up(self, name: str, error: Exception, *, away_s: float, patience_s: float) -> None:
        """Raises unless the server may still come back."""
        if _UNKNOWN_JOB in str(error):
            raise UserError(
                f"The Ray cluster at {self.address} no longer knows {name}: its head was started anew and has lost the "
                "job. Submit it again; what was finished is kept."
            ) from error
        if away_s > patience_s:
            raise UserError(
                f"The Ray cluster at {self.address} has not answered for {away_s:.0f} s. {name} "
                f"may go on: ask with `{self.command('status', name)}`. If it does not, submit it again; what was "
                "finished is kept."
            ) from error

    def stop(self, name: str) -> None:
        """Stops a job and returns when it has ended."""
        limit = time.monotonic() + _STOP_S
        with self._told():
            self._client.stop_job(name)
        while time.monotonic() < limit:
            with self._told():
                if self._ending(name) is not None:
                    return
            time.sleep(_POLL_S)
        raise UserError(
            f"{name} was told to stop and has not ended within {_STOP_S:.0f} s. Look at it in {self.address}."
        )

    def command(self, verb: str, name: str) -> str:
        """Ray's own command for a job, such as `ray job stop`."""
        return f"ray job {verb} --address {self.address} {name}"

    def _ending(self, name: str) -> Ending | None:
        details = self._client.get_job_info(name)
        status = str(details.status.value)
        if status not in _ENDED:
            return None
        return Ending(status=status, exit_code=details.driver_exit_code, message=details.message or "")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except _unreachable() as error:
            said = first_line(error).partition(". ")[0]
            asks_for_token = type(error).__name__ == "AuthenticationError"
            mend = _GIVE_A_TOKEN if asks_for_token else _NAME_THE_DASHBOARD
            raise UserError(f"The Ray cluster at {self.address} takes no job ({said}). {mend}") from error


class _Log:
    """A job's log and how much of it has been shown."""

    def __init__(self, client: Any, name: str, write: Callable[[str], None]) -> None:
        self.name = name
        self._client = client
        self._write = write
        self._shown = 0

    async def grow(self) -> None:
        """Shows what comes, until the job or the connection ends. The server always begins at the first line."""
        received = 0
        with suppress(*_unreachable()):  # then whoever asks for the job's status learns it, too
            async for text in self._client.tail_job_logs(self.name):
                received += len(text)
                self._show_end(text, received)

    def show(self, whole: str) -> None:
        """Shows what of the whole log has not been shown yet."""
        self._show_end(whole, len(whole))

    def _show_end(self, text: str, received: int) -> None:
        new = received - self._shown
        if new > 0:
            self._write(text[-new:])
            self._shown = received


def _checked(address: str) -> str:
    """The address as a URL; `host:8265` is one, too."""
    found = re.fullmatch(r"(?:(?P<scheme>https?)://)?(?P<host>[^\s/:]+|\[[^\s/]+\])(?P<port>:\d+)?/*", address)
    if found is None:
        raise UserError(
            f"The address '{address}' is not that of a Ray dashboard, to which jobs go. Name it like http://host:8265."
        )
    return f"{found['scheme'] or 'http'}://{found['host']}{found['port'] or ''}"


def _unreachable() -> tuple[type[Exception], ...]:
    """What Ray's client raises when a cluster is away or refuses; requests' own errors are OSErrors."""
    from aiohttp import ClientError
    from ray.exceptions import AuthenticationError

    return (OSError, RuntimeError, ValueError, ClientError, AuthenticationError)

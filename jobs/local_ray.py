"""Run a command in which all stages share one local Ray: `python -m jobs.local_ray -- dvc repro`.

Ray starts when the first stage needs it, so a command that has nothing to do costs nothing. When the command ends,
however it ends, everything it started is ended too: Ray, its workers, and stages that outlived a killed command.
"""

import argparse
import os
import signal
import subprocess
import sys

from index.ray_session import SESSION_VARIABLE, Session

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_POLL_S = 0.5
_USAGE_EXIT_CODE = 2
_NOT_FOUND_EXIT_CODE = 127


def run(command: list[str]) -> int:
    """Runs `command` in a session and returns its exit code (128 + n after signal n).

    Where a session or a cluster is given already, the command simply uses that.
    """
    if os.environ.get(SESSION_VARIABLE) or os.environ.get("RAY_ADDRESS"):
        return _exit_code(subprocess.call(command))
    previous = {number: signal.signal(number, _ignore) for number in _SIGNALS}
    session = Session.create()
    try:
        return _run_in(session, command)
    except FileNotFoundError:
        print(f"error: the command '{command[0]}' was not found. Give one that is on the PATH.", file=sys.stderr)
        return _NOT_FOUND_EXIT_CODE
    finally:
        session.end()  # still deaf to signals, so that an impatient second Ctrl-C leaves nothing behind
        for number, handler in previous.items():
            signal.signal(number, handler)


def _ignore(_number: int, _frame: object) -> None:
    """A handler, unlike SIG_IGN, is not inherited by the command."""


def _run_in(session: Session, command: list[str]) -> int:
    child = subprocess.Popen(command, env={**os.environ, **session.environment()})
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {*_SIGNALS, signal.SIGCHLD})
    try:
        while child.poll() is None:
            _wait_and_pass_on(child)
        return _exit_code(child.returncode)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _wait_and_pass_on(child: "subprocess.Popen[bytes]") -> None:
    """Waits for a signal. One that a process sent is passed on; a terminal has sent its own to the child too."""
    received = signal.sigtimedwait((*_SIGNALS, signal.SIGCHLD), _POLL_S)
    if received is None or received.si_signo == signal.SIGCHLD:
        return
    if received.si_pid:
        child.send_signal(received.si_signo)


def _exit_code(returncode: int) -> int:
    return 128 - returncode if returncode < 0 else returncode


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("command", nargs=argparse.REMAINDER, metavar="-- COMMAND …")
    command: list[str] = parser.parse_args().command
    command = command[1:] if command[:1] == ["--"] else command
    if not command:
        parser.print_usage(sys.stderr)
        raise SystemExit(_USAGE_EXIT_CODE)
    raise SystemExit(run(command))


if __name__ == "__main__":
    main()

"""One process under the supervisor: its own group, dead when the supervisor is."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

# A child that lived shorter than this died "at once": the next start waits a little longer.
SETTLED_AFTER_S = 5.0
FIRST_PAUSE_S = 0.25
LONGEST_PAUSE_S = 10.0

_PR_SET_PDEATHSIG = 1


def die_with_parent(parent_id: int, *, number: int = signal.SIGKILL) -> None:
    """Have the kernel end this process when its parent ends (Linux; elsewhere a no-op)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent_id:
        os._exit(1)


class Child:
    """A command that is to run always. It inherits the descriptors that it `keeps`."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str],
        keeps: Sequence[int] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._keeps = keeps
        self._command = command
        self._env = env
        self._clock = clock
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self.sudden_deaths = 0
        self.may_start_at = 0.0

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the command in a session, and so a group, of its own."""
        supervisor = os.getpid()

        def prepare() -> None:
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            die_with_parent(supervisor)

        self._started_at = self._clock()
        self._process = subprocess.Popen(  # noqa: S603 -- our own commands
            self._command,
            env=self._env,
            start_new_session=True,
            pass_fds=self._keeps,
            preexec_fn=prepare,  # noqa: PLW1509 -- the supervisor has one thread
        )

    def is_due(self) -> bool:
        """Tell whether the command does not run and may be started."""
        return self._process is None and self._clock() >= self.may_start_at

    def bury(self) -> int | None:
        """If the command died, end its whole group; return its exit code (negative: a signal)."""
        process = self._process
        if process is None or not _has_ended(process.pid):
            return None
        # While its leader is not reaped, the number of the group cannot be anybody else's.
        self._signal_group(signal.SIGKILL)
        code = process.wait()
        self._process = None
        self._plan_next_start()
        return code

    def ask_to_end(self) -> None:
        """Send SIGTERM to the command, which ends its own children."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                self._process.send_signal(signal.SIGTERM)

    def end(self, *, deadline: float) -> bool:
        """Wait until `deadline`, then kill the group; return whether it ended by itself."""
        if self._process is None:
            return True
        while not _has_ended(self._process.pid) and self._clock() < deadline:
            time.sleep(0.02)
        ended = _has_ended(self._process.pid)
        self._signal_group(signal.SIGKILL)
        self._process.wait()
        self._process = None
        return ended

    def _signal_group(self, number: int) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, number)

    def _plan_next_start(self) -> None:
        now = self._clock()
        if now - self._started_at >= SETTLED_AFTER_S:
            self.sudden_deaths = 0
            self.may_start_at = now
            return
        pause = min(FIRST_PAUSE_S * 2**self.sudden_deaths, LONGEST_PAUSE_S)
        self.sudden_deaths += 1
        self.may_start_at = now + pause


def _has_ended(pid: int) -> bool:
    """Look without reaping, so that the process id stays taken."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None

"""Keeps the children running until it is told to stop."""

import signal
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from .child import Child

# Together below the ten seconds within which everything has to be over.
KILLED_AFTER_S = 8.0
TICK_S = 0.1

_ENDINGS = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
_WATCHED = {*_ENDINGS, signal.SIGCHLD}


class Supervisor:
    """Starts children, restarts those that die, ends all; `say` prints one line for a person."""

    def __init__(self, children: Sequence[Child], *, say: Callable[[str], None]) -> None:
        self._children = children
        self._say = say

    def __enter__(self) -> Self:
        # Blocked signals are waited for below: no handler interrupts a restart half-way.
        signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _WATCHED)

    def run(self, *, on_tick: Callable[[], None] = lambda: None) -> None:
        """Tend the children until a signal asks for the end."""
        while True:
            self.tend()
            on_tick()
            received = signal.sigtimedwait(_WATCHED, TICK_S)
            if received is not None and received.si_signo in _ENDINGS:
                return

    def tend(self) -> None:
        """Bury who died, start who is due."""
        for child in self._children:
            code = child.bury()
            if code is not None:
                self._say(f"{child.name} ended ({_reason(code)}) and is started again.")
            if child.is_due():
                child.start()

    def hopeless(self, *, after: int) -> str | None:
        """Name a child that died at once so many times in a row, if there is one."""
        names = (child.name for child in self._children if child.sudden_deaths >= after)
        return next(names, None)

    def restart(self) -> None:
        """End all children and start them anew, as after a change of the source."""
        self.stop()
        for child in self._children:
            child.start()

    def stop(self) -> None:
        """End all children: politely, and after a while by force."""
        for child in self._children:
            child.ask_to_end()
        deadline = time.monotonic() + KILLED_AFTER_S
        for child in self._children:
            if not child.end(deadline=deadline):
                self._say(f"{child.name} did not end in {KILLED_AFTER_S:.0f} s and was killed.")


def _reason(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"

"""How many connections are being set up at once.

More would wait for this processor and not for a target, and that would look like response times.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

from .loop import Loop

# One that is unfinished after this long, although this thread had nothing to do meanwhile, waits
# for its peer: it keeps nobody else waiting, so that dead targets do not delay living ones.
LEASE_S = 0.025
_LOOK_S = 0.002
MOST_PLAIN = 64
MOST_TLS = 16


class Lane:
    """A bound on what is being set up; the rest waits here, and its time is not measured."""

    def __init__(self, loop: Loop, most: int) -> None:
        self._loop = loop
        self._most = most
        self._numbers = 0
        self._held: dict[int, float] = {}  # in order of time
        self._waiting: deque[Callable[[int], Any]] = deque()
        self._is_timed = False

    def enter(self, go: Callable[[int], Any]) -> None:
        """Call `go(ticket)` when there is room, now if there is; `leave(ticket)` makes room."""
        if self._waiting or len(self._held) >= self._most:
            self._waiting.append(go)
            self._watch_leases()
        else:
            self._let_in(go)

    def leave(self, ticket: int) -> None:
        if self._held.pop(ticket, None) is not None and self._waiting:
            self._let_in(self._waiting.popleft())

    def leave_soon(self, ticket: int) -> None:
        """Leave when libcurl, which called, has returned: from inside it takes no transfer."""
        self._loop.at(self._loop.now, self.leave, ticket)

    def __len__(self) -> int:
        return len(self._waiting)

    def clear(self) -> None:
        self._waiting.clear()

    def _let_in(self, go: Callable[[int], Any]) -> None:
        self._numbers += 1
        self._held[self._numbers] = self._loop.now
        go(self._numbers)

    def _watch_leases(self) -> None:
        if not self._is_timed:
            self._is_timed = True
            oldest = next(iter(self._held.values()), self._loop.now)
            # After a busy time a lease is overdue, and may end only when there was rest.
            self._loop.at(max(oldest + LEASE_S, self._loop.now + _LOOK_S), self._end_leases)

    def _end_leases(self) -> None:
        self._is_timed = False
        oldest_counted = min(self._loop.now - LEASE_S, self._loop.rested_at)
        for ticket, begun in list(self._held.items()):
            if begun >= oldest_counted:
                break
            self.leave(ticket)
        if self._waiting:
            self._watch_leases()

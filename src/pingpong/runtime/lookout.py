"""The engine's eye on the rows: notices a commit and asks for a look, one at a time."""

import threading
import time
from collections.abc import Callable
from contextlib import closing
from typing import Protocol

import structlog

log = structlog.get_logger(__name__)

# A look that nobody took by then is lost (a broker restarted): ask anew.
ASKED_FOR_AT_MOST_S = 2.0
LONGEST_WAIT_S = 1.0
RETRY_S = 1.0


class Watch(Protocol):
    """Something that knows when rows may have changed."""

    def wait(self, timeout_s: float) -> bool:
        """Wait at most that long; True when something was committed since the last call."""

    def close(self) -> None: ...


class Requests:
    """Whether a look is asked for: shared by who asks and by the task that looks."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._asked_at: float | None = None
        self._due_at: float | None = None

    def take(self) -> None:
        """Say that a look begins: what is committed from here on needs another one."""
        with self._lock:
            self._asked_at = None

    def postpone(self, seconds: float) -> None:
        """Have a look asked for in so many seconds, whatever happens."""
        due_at = self._clock() + seconds
        with self._lock:
            self._due_at = due_at if self._due_at is None else min(due_at, self._due_at)

    def patience_s(self) -> float:
        """Return how long one may wait for a change."""
        with self._lock:
            if self._due_at is None:
                return LONGEST_WAIT_S
            return min(max(0.0, self._due_at - self._clock()), LONGEST_WAIT_S)

    def should_ask(self, *, changed: bool) -> bool:
        """Tell whether to ask now, and note that it was done; never while one is waiting."""
        now = self._clock()
        with self._lock:
            if self._due_at is not None and self._due_at <= now:
                self._due_at = None
                changed = True
            is_waiting = self._asked_at is not None and now - self._asked_at < ASKED_FOR_AT_MOST_S
            if not changed or is_waiting:
                return False
            self._asked_at = now
            return True


requests = Requests()


def keep_watch(
    open_watch: Callable[[], Watch],
    ask: Callable[[], object],
    *,
    requests: Requests = requests,
    stop: threading.Event,
) -> None:
    """Ask for a look after every commit until `stop` is set; outlives the database and broker."""
    is_lost = False
    while not stop.is_set():
        try:
            with closing(open_watch()) as watch:
                if is_lost:
                    is_lost = False
                    log.info("watch_back")
                _follow(watch, ask, requests=requests, stop=stop)
        except Exception as problem:  # noqa: BLE001 -- the watch outlives any fault
            if not is_lost:
                is_lost = True
                log.warning("watch_lost", problem=type(problem).__name__)
            requests.take()
            stop.wait(RETRY_S)


def _follow(
    watch: Watch, ask: Callable[[], object], *, requests: Requests, stop: threading.Event
) -> None:
    changed = True
    while not stop.is_set():
        if requests.should_ask(changed=changed):
            ask()
        changed = watch.wait(requests.patience_s())

"""One thread that waits for many sockets: epoll, timers, and calls from other threads."""

import contextlib
import heapq
import os
import select
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

import structlog

READ = select.EPOLLIN
WRITE = select.EPOLLOUT
_MOST_EVENTS = 512
_LONGEST_WAIT_S = 1.0
_RESTED_S = 0.0002

log = structlog.get_logger(__name__)

OnEvent = Callable[[int, int], Any]
_Call = tuple[Callable[..., Any], tuple[Any, ...]]


class Loop:
    """Everything but `call` and `stop` belongs to the thread that is in `run`."""

    def __init__(self) -> None:
        self.now = time.monotonic()
        # When there was last nothing to do: what is unfinished since then waits for its peer.
        self.rested_at = self.now
        self._epoll = select.epoll()
        self._handlers: dict[int, OnEvent] = {}
        # Instants, each once, and what is to be done at each: much is due together.
        self._timers: list[float] = []
        self._due: dict[float, deque[_Call]] = {}
        self._calls: deque[_Call] = deque()
        self._wake_fd = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        # Its number may be another file's once it is closed. A signal may call in the middle.
        self._wake_lock = threading.RLock()
        self._is_woken = False
        self._is_stopped = False
        self._is_closed = False
        self._after_each: list[Callable[[], Any]] = []
        self.watch(self._wake_fd, READ, self._woken)

    def call(self, function: Callable[..., Any], *arguments: Any) -> None:
        """Have a function called by the loop's thread; any thread may ask."""
        self._calls.append((function, arguments))
        if not self._is_woken:
            self._wake()

    def stop(self) -> None:
        """Make `run` return after what it is doing; any thread may ask."""
        self.call(self._stop)

    def at(self, when: float, function: Callable[..., Any], *arguments: Any) -> None:
        """Have a function called at an instant of the monotonic clock. It cannot be recalled."""
        due = self._due.get(when)
        if due is None:
            due = self._due[when] = deque()
            heapq.heappush(self._timers, when)
        due.append((function, arguments))

    def after_each_round(self, function: Callable[[], Any]) -> None:
        self._after_each.append(function)

    def watch(self, fd: int, events: int, handler: OnEvent) -> None:
        """Have `handler(fd, events)` called when a descriptor is ready; again, to change events."""
        if fd in self._handlers:
            self._epoll.modify(fd, events)
        else:
            self._handlers[fd] = handler
            try:
                self._epoll.register(fd, events)
            except FileExistsError:  # unwatched, and open all the time
                self._epoll.modify(fd, events)

    def unwatch(self, fd: int) -> None:
        """Forget a descriptor: when it is closed next, as nearly always, that costs no call."""
        self._handlers.pop(fd, None)

    def run(self) -> None:
        """Work until `stop`. A fault of one thing is logged and does not end the others."""
        while not self._is_stopped:
            try:
                self._round()
            except Exception:
                log.exception("probe_fault")

    def close(self) -> None:
        """Let go; calls that come later are never made."""
        self._epoll.close()
        with self._wake_lock:
            self._is_closed = True
            os.close(self._wake_fd)

    def _wake(self) -> None:
        with self._wake_lock:
            if not self._is_closed:
                self._is_woken = True
                os.eventfd_write(self._wake_fd, 1)

    def _round(self) -> None:
        handlers = self._handlers
        began = time.monotonic()
        wait_s = self._wait_s(began)
        events = self._epoll.poll(wait_s, _MOST_EVENTS)
        self.now = time.monotonic()
        if wait_s > 0 and self.now - began > _RESTED_S:
            self.rested_at = began
        for fd, mask in events:
            # An event before it may have closed this one's socket.
            if handler := handlers.get(fd):
                handler(fd, mask)
            else:
                self._leave(fd)
        timers = self._timers
        while timers and timers[0] <= self.now:
            self._ring()
        for function in self._after_each:
            function()

    def _ring(self) -> None:
        """Do what is due at the earliest instant; where one of it fails, the rest comes after."""
        when = heapq.heappop(self._timers)
        due = self._due.pop(when)
        try:
            while due:
                function, arguments = due.popleft()
                function(*arguments)
        finally:
            for function, arguments in due:
                self.at(when, function, *arguments)

    def _leave(self, fd: int) -> None:
        with contextlib.suppress(OSError):  # a closed one left by itself
            self._epoll.unregister(fd)

    def _wait_s(self, now: float) -> float:
        if self._timers:
            return min(max(self._timers[0] - now, 0.0), _LONGEST_WAIT_S)
        return _LONGEST_WAIT_S

    def _woken(self, _fd: int, _events: int) -> None:
        os.eventfd_read(self._wake_fd)
        self._is_woken = False  # before the calls are taken: a later one writes again
        calls = self._calls
        try:
            for _ in range(len(calls)):
                function, arguments = calls.popleft()
                function(*arguments)
        finally:
            if calls:  # some are left, or have come meanwhile
                self._wake()

    def _stop(self) -> None:
        self._is_stopped = True

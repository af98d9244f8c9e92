"""libcurl's multi handle on our loop: `socket_action`, no select, any number of sockets."""

from collections.abc import Callable

import pycurl

from pingpong.kit.egress import Gate

from .line import Line
from .loop import READ, WRITE, Loop

_EVENTS = {
    pycurl.POLL_IN: READ,
    pycurl.POLL_OUT: WRITE,
    pycurl.POLL_INOUT: READ | WRITE,
}
_NEVER = float("inf")
_MOST_IDLE_LINES = 1024

OnEnd = Callable[[Line, int], None]


class CurlDriver:
    """Runs transfers. `on_end(line, code)` is called for each, with libcurl's code."""

    def __init__(self, loop: Loop, gate: Gate, ca_file: str, on_end: OnEnd) -> None:
        self._loop = loop
        self._gate = gate
        self._ca_file = ca_file
        self._on_end = on_end
        self._idle: list[Line] = []
        self._running: set[Line] = set()
        self._due_at = _NEVER
        self._timed_for = _NEVER
        self._is_touched = False
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
        self._multi.setopt(pycurl.M_TIMERFUNCTION, self._on_timer)
        self._multi.setopt(pycurl.M_PIPELINING, pycurl.PIPE_NOTHING)
        loop.after_each_round(self._settle)

    def line(self) -> Line:
        return self._idle.pop() if self._idle else Line(self._gate, self._ca_file)

    def start(self, line: Line) -> None:
        self._running.add(line)
        self._multi.add_handle(line.curl)

    def give_back(self, line: Line) -> None:
        """Take a line whose transfer has ended and was looked at."""
        if len(self._idle) < _MOST_IDLE_LINES:
            line.clear()
            self._idle.append(line)
        else:
            line.curl.close()

    def close(self) -> None:
        for line in self._running:
            self._multi.remove_handle(line.curl)
            line.curl.close()
        self._running.clear()
        self._multi.close()

    def _on_socket(self, what: int, fd: int, _multi: object, _data: object) -> None:
        if what == pycurl.POLL_REMOVE:
            self._loop.unwatch(fd)
        else:
            self._loop.watch(fd, _EVENTS[what], self._on_ready)

    def _on_timer(self, timeout_ms: int) -> None:
        self._due_at = _NEVER if timeout_ms < 0 else self._loop.now + timeout_ms / 1000

    def _on_ready(self, fd: int, events: int) -> None:
        # An error or a hang-up is found by reading.
        bits = pycurl.CSELECT_OUT if events & WRITE else 0
        if events & ~WRITE:
            bits |= pycurl.CSELECT_IN
        self._multi.socket_action(fd, bits)
        self._is_touched = True

    def _settle(self) -> None:
        """Do what libcurl's clock asks for, hear what has ended, and be woken in time."""
        loop = self._loop
        while True:
            if self._due_at <= loop.now:
                self._due_at = _NEVER
                self._multi.socket_action(pycurl.SOCKET_TIMEOUT, 0)
            elif not self._is_touched:
                break
            self._is_touched = False
            self._hear()
        if self._due_at < self._timed_for or self._timed_for <= loop.now:
            self._timed_for = self._due_at
            if self._due_at < _NEVER:
                loop.at(self._due_at, _nothing)

    def _hear(self) -> None:
        multi = self._multi
        more = 1
        while more:
            more, done, failed = multi.info_read()
            for curl in done:
                self._ended(curl.line, 0)
            for curl, code, _text in failed:
                self._ended(curl.line, code)

    def _ended(self, line: Line, code: int) -> None:
        self._multi.remove_handle(line.curl)
        self._running.discard(line)
        self._on_end(line, code)


def _nothing() -> None:
    """Be a reason for the loop to wake up."""

"""libcurl's multi handle on our loop: `socket_action`, no select, any number of sockets."""

import time
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
_BITS = {READ: pycurl.CSELECT_IN, WRITE: pycurl.CSELECT_OUT}
_MOST_IDLE_LINES = 1024

_REMOVE = pycurl.POLL_REMOVE

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
        self._woken_at = float("inf")
        self._has_ended = False
        self._when_ready = self._on_ready
        self._multi = pycurl.CurlMulti()
        self._multi.setopt(pycurl.M_SOCKETFUNCTION, self._on_socket)
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
        if what == _REMOVE:
            self._loop.unwatch(fd)
        else:
            self._loop.watch(fd, _EVENTS[what], self._when_ready)

    def _on_ready(self, fd: int, events: int) -> None:
        _, running = self._multi.socket_action(fd, _BITS.get(events) or _bits(events))
        if running < len(self._running):
            self._has_ended = True

    def _act(self, fd: int, bits: int) -> None:
        _, running = self._multi.socket_action(fd, bits)
        if running < len(self._running):
            self._has_ended = True

    def _settle(self) -> None:
        """Do what libcurl's clock asks for, hear what has ended, and be woken in time.

        Its clock is read once a round: a callback for each change would cost more than that.
        """
        multi = self._multi
        while True:
            if self._has_ended:
                self._has_ended = False
                self._hear()
            timeout_ms = multi.timeout()
            if timeout_ms:
                break
            self._act(pycurl.SOCKET_TIMEOUT, 0)
        if timeout_ms > 0:
            self._wake_at(time.monotonic() + timeout_ms / 1000)

    def _wake_at(self, when: float) -> None:
        if when < self._woken_at or self._woken_at <= self._loop.now:
            self._woken_at = when
            self._loop.at(when, _nothing)

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


def _bits(events: int) -> int:
    """Translate; an error or a hang-up is found by reading."""
    bits = pycurl.CSELECT_OUT if events & WRITE else 0
    return bits | pycurl.CSELECT_IN if events & ~WRITE else bits


def _nothing() -> None:
    """Be a reason for the loop to wake up."""

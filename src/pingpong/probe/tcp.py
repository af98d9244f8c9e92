"""TCP checks: whether a port takes a connection."""

import errno
import socket
import time
from collections.abc import Callable

from pingpong.kit.egress import Gate, Target, TargetInvalidError, host_target

from .curl_words import connect_word
from .finder import Finder, Found, literal_version
from .job import Job, Seen
from .loop import WRITE, Loop

OnSeen = Callable[[Job, Seen], None]


class TcpChecks:
    """Begins TCP checks and hands over what was seen."""

    def __init__(self, loop: Loop, gate: Gate, finder: Finder, on_seen: OnSeen) -> None:
        self.loop = loop
        self.gate = gate
        self.on_seen = on_seen
        self.open: set[_Connection] = set()
        self._finder = finder

    def begin(self, job: Job) -> None:
        check = job.check
        try:
            target = host_target(check.url, needs_port=True)
        except TargetInvalidError:
            self.on_seen(job, Seen("blocked_by_policy", "address not valid"))
            return
        connection = _Connection(self, job, target)
        self._finder.find(target, check.ip_version, check.timeout_ms, connection.found)

    def close(self) -> None:
        for connection in list(self.open):
            connection.close()


class _Connection:
    """One attempt, at the addresses of a target in turn, in the time of the check."""

    def __init__(self, checks: TcpChecks, job: Job, target: Target) -> None:
        self._checks = checks
        self._job = job
        self._target = target
        self._addresses: list[str] = []
        self._socket: socket.socket | None = None
        self._seen = Seen("", host=target.host)

    def found(self, found: Found) -> None:
        seen = self._seen
        seen.dns_us = seen.total_us = found.dns_us
        if found.word:
            self._finish(found.word, found.detail)
            return
        self._addresses = found.addresses
        left_s = max(self._job.check.timeout_ms / 1000 - found.dns_us / 1e6, 0.001)
        self._checks.open.add(self)
        self._checks.loop.at(time.monotonic() + left_s, self._expired)
        self._next()

    def close(self) -> None:
        self._checks.open.discard(self)
        if self._socket is not None:
            self._checks.loop.unwatch(self._socket.fileno())
            self._socket.close()
            self._socket = None

    def _next(self) -> None:
        address = self._addresses.pop(0)
        self._seen.address = address
        if not self._checks.gate.may_connect(self._target, address, self._target.port):
            self._finish("blocked_by_policy", "")
            return
        family = socket.AF_INET6 if literal_version(address) == 6 else socket.AF_INET  # noqa: PLR2004
        self._began_at = time.monotonic()
        try:
            self._socket = socket.socket(family, socket.SOCK_STREAM | socket.SOCK_NONBLOCK)
            error = self._socket.connect_ex((address, self._target.port))
        except OSError as problem:
            error = problem.errno or errno.EIO
        if error != errno.EINPROGRESS or self._socket is None:
            self._ended(error)
            return
        self._checks.loop.watch(self._socket.fileno(), WRITE, self._ready)

    def _ready(self, _fd: int, _events: int) -> None:
        if self._socket is not None:
            self._ended(self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR))

    def _ended(self, error: int) -> None:
        seen = self._seen
        seen.connect_us = round((time.monotonic() - self._began_at) * 1e6)
        seen.total_us += seen.connect_us
        if error and self._addresses:
            self.close()
            self._checks.open.add(self)
            self._next()
            return
        seen.is_answered = error in (0, errno.ECONNREFUSED)
        word, detail = connect_word(error) if error else ("up", "")
        self._finish(word, detail)

    def _expired(self) -> None:
        if self in self._checks.open:
            self._seen.total_us += round((time.monotonic() - self._began_at) * 1e6)
            self._finish("connect_timeout", "")

    def _finish(self, word: str, detail: str) -> None:
        self.close()
        self._seen.word = word
        self._seen.detail = detail
        self._checks.on_seen(self._job, self._seen)

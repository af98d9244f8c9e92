"""ICMP checks: whether a host answers an echo request."""

import secrets
import socket
import time
from collections.abc import Callable

from pingpong.kit.egress import Gate, Target, TargetInvalidError, host_target

from .curl_words import connect_word
from .echo import EchoSocket, is_reply, open_echo, request
from .finder import Finder, Found, literal_version
from .job import Job, Seen
from .loop import READ, Loop

_PAYLOAD_BYTES = 32
_LARGEST_PACKET = 2048

OnSeen = Callable[[Job, Seen], None]


class IcmpChecks:
    """Begins ICMP checks and hands over what was seen."""

    def __init__(self, loop: Loop, gate: Gate, finder: Finder, on_seen: OnSeen) -> None:
        self.loop = loop
        self.gate = gate
        self.on_seen = on_seen
        self.open: set[_Echo] = set()
        self._finder = finder

    def begin(self, job: Job) -> None:
        check = job.check
        try:
            target = host_target(check.url, needs_port=False)
        except TargetInvalidError:
            self.on_seen(job, Seen("blocked_by_policy", "address not valid"))
            return
        echo = _Echo(self, job, target)
        self._finder.find(target, check.ip_version, check.timeout_ms, echo.found)

    def close(self) -> None:
        for echo in list(self.open):
            echo.close()


class _Echo:
    """One request, to the first address, and the wait for its reply."""

    def __init__(self, checks: IcmpChecks, job: Job, target: Target) -> None:
        self._checks = checks
        self._job = job
        self._target = target
        self._payload = secrets.token_bytes(_PAYLOAD_BYTES)
        self._socket: EchoSocket | None = None
        self._seen = Seen("", host=target.host)

    def found(self, found: Found) -> None:
        seen = self._seen
        seen.dns_us = seen.total_us = found.dns_us
        if found.word:
            self._finish(found.word, found.detail)
            return
        seen.address = found.addresses[0]
        left_s = max(self._job.check.timeout_ms / 1000 - found.dns_us / 1e6, 0.001)
        self._checks.open.add(self)
        self._began_at = time.monotonic()
        self._checks.loop.at(self._began_at + left_s, self._expired)
        self._send(seen.address)

    def close(self) -> None:
        self._checks.open.discard(self)
        if self._socket is not None:
            self._checks.loop.unwatch(self._socket.socket.fileno())
            self._socket.socket.close()
            self._socket = None

    def _send(self, address: str) -> None:
        if not self._checks.gate.may_connect(self._target, address, self._target.port):
            self._finish("blocked_by_policy", "")
            return
        family = socket.AF_INET6 if literal_version(address) == 6 else socket.AF_INET  # noqa: PLR2004
        try:
            self._socket = open_echo(family)
            self._socket.socket.connect((address, 0))
            self._checks.loop.watch(self._socket.socket.fileno(), READ, self._ready)
            self._socket.socket.send(request(family, secrets.randbits(16), self._payload))
        except PermissionError:
            self._finish("probe_fault", "icmp not permitted")
        except OSError as problem:
            self._finish(*connect_word(problem.errno or 0))

    def _ready(self, _fd: int, _events: int) -> None:
        one = self._socket
        if one is None:
            return
        try:
            packet = one.socket.recv(_LARGEST_PACKET)
        except BlockingIOError:
            return
        except OSError as problem:  # a router said that there is no way
            self._finish(*connect_word(problem.errno or 0))
            return
        if is_reply(one, packet, self._payload):
            seen = self._seen
            seen.first_byte_us = round((time.monotonic() - self._began_at) * 1e6)
            seen.total_us += seen.first_byte_us
            seen.is_answered = True
            self._finish("up", "")

    def _expired(self) -> None:
        if self in self._checks.open:
            self._seen.total_us += round((time.monotonic() - self._began_at) * 1e6)
            self._finish("read_timeout", "no answer")

    def _finish(self, word: str, detail: str) -> None:
        self.close()
        self._seen.word = word
        self._seen.detail = detail
        self._checks.on_seen(self._job, self._seen)

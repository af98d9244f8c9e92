"""From a target to addresses that may be connected to, in the time that a check has."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import ip_address
from typing import Protocol

from pingpong.kit.egress import (
    Asked,
    Gate,
    HostUnknownError,
    IpVersion,
    NotAskedError,
    ResolverUnavailableError,
    Target,
    TargetBlockedError,
    has_waited,
)

from .loop import Loop

WAITED_HERE = "waited here"
# More would only be tried when all of these fail.
_MOST_TRIED = 4


@dataclass(slots=True)
class Found:
    """Vetted addresses, or a word that says why there are none. `host` may have been asked for."""

    addresses: list[str] = field(default_factory=list)
    dns_us: int = 0
    word: str = ""
    detail: str = ""


class Lookup(Protocol):
    """What a resolver is to a probe."""

    def lookup(self, host: str, ip_version: IpVersion) -> Asked:
        """Return what will be the answer."""

    def close(self) -> None:
        """Let go; nobody is asked any more."""


Then = Callable[[Found], None]


class Finder:
    """Looks up and vets; calls back on the loop's thread, at once where nothing is to wait for."""

    def __init__(self, loop: Loop, gate: Gate, resolver: Lookup) -> None:
        self._loop = loop
        self._gate = gate
        self._resolver = resolver

    def find(self, target: Target, ip_version: IpVersion, timeout_ms: int, then: Then) -> None:
        try:
            self._gate.precheck(target)
        except TargetBlockedError:
            then(Found(word="blocked_by_policy"))
            return
        version = literal_version(target.host)
        if version:  # which the gate has vetted just now
            fits = ip_version in (0, version)
            then(
                Found([target.host])
                if fits
                else Found(word="dns_failed", detail=f"no IPv{ip_version} address")
            )
            return
        future = self._resolver.lookup(target.host, ip_version)
        if future.done():
            self._found(target, future, then)
            return
        waiting = _Waiting(self, target, then, future)
        future.add_done_callback(lambda done: self._loop.call(waiting.answered, done))
        self._loop.at(self._loop.now + timeout_ms / 1000, waiting.expired, timeout_ms)

    def _found(self, target: Target, future: Asked, then: Then) -> None:
        try:
            resolved = future.result()
            addresses = self._gate.vet(target, resolved.addresses)
        except HostUnknownError:
            then(Found(word="dns_failed", detail="no address"))
        except NotAskedError:
            then(Found(word="probe_fault", detail=WAITED_HERE))
        except ResolverUnavailableError:
            then(Found(word="dns_failed", detail="no answer"))
        except TargetBlockedError:
            then(Found(word="blocked_by_policy"))
        else:
            then(Found(addresses[:_MOST_TRIED], resolved.took_us))


class _Waiting:
    """A lookup that may come too late for its check."""

    __slots__ = ("_asked", "_finder", "_queued_at", "_target", "_then")

    def __init__(self, finder: Finder, target: Target, then: Then, asked: Asked) -> None:
        self._finder = finder
        self._asked = asked
        self._queued_at = time.monotonic()
        self._target = target
        self._then: Then | None = then

    def answered(self, future: Asked) -> None:
        then, self._then = self._then, None
        if then is not None:
            self._finder._found(self._target, future, then)  # noqa: SLF001 -- its other half

    def expired(self, timeout_ms: int) -> None:
        then, self._then = self._then, None
        if then is None:
            return
        if has_waited(self._queued_at, self._asked.begun_at, timeout_ms / 1000):
            then(Found(word="probe_fault", detail=WAITED_HERE))
        else:
            then(Found(dns_us=timeout_ms * 1000, word="dns_failed", detail="no answer"))


@lru_cache(maxsize=65536)
def literal_version(host: str) -> int:
    """Return 4 or 6 for an address, 0 for a name."""
    try:
        return ip_address(host).version
    except ValueError:
        return 0

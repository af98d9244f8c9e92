"""Watches this machine's own network, so that its outage turns nothing red."""

import secrets
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import structlog

from pingpong.kit.egress import host_target, is_public

from .evidence import NEVER, Belief, Evidence, Failure, believe
from .finder import literal_version
from .loop import Loop

# An answer of somebody else settles most doubts within this time, and nothing has to be asked.
HELD_S = 0.3
LOOKED_EVERY_S = 2.0
LOOK_TIMEOUT_S = 2.0
_DISCARD_PORT = 9

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Answer:
    host: str = ""
    began_at: float = NEVER
    ended_at: float = NEVER


@dataclass(slots=True, eq=False)
class _Suspect:
    failure: Failure
    then: Callable[[bool], None]


Look = Callable[[], bool]


class Witness:
    """Belongs to the loop's thread; looks run on threads of their own.

    Canaries are `host:port` between commas, to which a connection is made. Without any, the
    system's resolver is asked for a name that does not exist.
    """

    def __init__(self, loop: Loop, canaries: str) -> None:
        self.is_connected = True
        self._loop = loop
        self._look = look_for(canaries)
        self._latest = _Answer()
        self._before = _Answer()  # the last one of another host than the latest
        self._looked_at = NEVER
        self._found = False
        self._gone_at = NEVER
        self._suspects: list[_Suspect] = []
        self._is_looking = False

    def answered(self, host: str, address: str, began_at: float) -> None:
        """Hear that something came back from a host."""
        if not address or not is_public(address):
            return
        if host != self._latest.host:
            self._before, self._latest = self._latest, self._before
            self._latest.host = host
        self._latest.began_at = began_at
        self._latest.ended_at = self._loop.now
        if self._suspects:
            self._review()

    def suspect(
        self, host: str, address: str, began_at: float, then: Callable[[bool], None]
    ) -> None:
        """Call `then(True)` when a failure that ended now is the target's, `then(False)` if not."""
        now = self._loop.now
        failure = Failure(host, not address or is_public(address), began_at, now)
        evidence = self._evidence(failure, has_route=not address or has_route(address))
        belief = believe(failure, evidence)
        if belief is Belief.OPEN:
            self._suspects.append(_Suspect(failure, then))
            self._look_later(max(now + HELD_S, self._looked_at + LOOKED_EVERY_S))
        else:
            then(belief is Belief.TARGET)

    def _evidence(self, failure: Failure, *, has_route: bool = True) -> Evidence:
        other = self._before if self._latest.host == failure.host else self._latest
        return Evidence(
            has_route,
            other.began_at,
            other.ended_at,
            self._looked_at,
            self._found,
            self._gone_at,
        )

    def _review(self) -> None:
        suspects, self._suspects = self._suspects, []
        for one in suspects:
            belief = believe(one.failure, self._evidence(one.failure))
            if belief is Belief.OPEN:
                self._suspects.append(one)
            else:
                self._say(connected=belief is Belief.TARGET)
                one.then(belief is Belief.TARGET)

    def _look_later(self, when: float) -> None:
        if not self._is_looking:
            self._is_looking = True
            self._loop.at(when, self._begin_look)

    def _begin_look(self) -> None:
        if not self._suspects:
            self._is_looking = False
            return
        began_at = self._loop.now

        def work() -> None:
            try:
                found = self._look()
            except Exception:
                log.exception("look_failed")
                found = False
            self._loop.call(self._looked, began_at, found)

        try:
            threading.Thread(target=work, name="witness", daemon=True).start()
        except RuntimeError:  # no more threads here: that says nothing for the network
            log.exception("look_failed")
            self._looked(began_at, found=False)

    def _looked(self, began_at: float, found: bool) -> None:
        self._is_looking = False
        self._looked_at = began_at
        self._found = found
        if not found:
            self._gone_at = self._loop.now
        self._review()
        if self._suspects:
            self._look_later(began_at + LOOKED_EVERY_S)

    def _say(self, *, connected: bool) -> None:
        if connected != self.is_connected:
            self.is_connected = connected
            log.warning("network_is_back" if connected else "network_is_gone")


def has_route(address: str) -> bool:
    """Tell whether this machine knows a way to an address; nothing is sent."""
    family = socket.AF_INET6 if literal_version(address) == 6 else socket.AF_INET  # noqa: PLR2004
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as one:
            one.connect((address, _DISCARD_PORT))
    except OSError:
        return False
    return True


def look_for(canaries: str) -> Look:
    """Return the look at the network that an operator wants; raises TargetInvalidError."""
    texts = [text.strip() for text in canaries.split(",") if text.strip()]
    targets = [host_target(text, needs_port=True) for text in texts]
    if not targets:
        return asks_resolver
    return partial(reaches_any, [(target.host, target.port) for target in targets])


def reaches_any(places: list[tuple[str, int]]) -> bool:
    """Connect to one after the other, until one takes the connection."""
    for place in places:
        try:
            socket.create_connection(place, timeout=LOOK_TIMEOUT_S).close()
        except OSError:
            continue
        return True
    return False


def asks_resolver() -> bool:
    """Ask for a name that nobody has: a definite answer came over the network.

    Its registry has to be asked, as no cache can know the name.
    """
    import dns.exception
    import dns.resolver

    name = f"{secrets.token_hex(12)}.com."
    try:
        resolver = dns.resolver.Resolver()
        resolver.resolve(name, "A", lifetime=LOOK_TIMEOUT_S, raise_on_no_answer=False)
    except dns.resolver.NXDOMAIN:
        return True
    except (dns.exception.DNSException, OSError):
        return False
    return True

"""The judgement on every address to which a target leads, before a packet goes there."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from pingpong.kit.egress.addresses import is_metadata, is_public, parse
from pingpong.kit.egress.allow import AllowList
from pingpong.kit.egress.own import own_addresses
from pingpong.kit.egress.ports import is_for_web
from pingpong.kit.egress.targets import DEFAULT_PORTS, Target

# RFC 6761, RFC 6762, RFC 8375 and ICANN's private name: nobody's public server has such a name.
_INTERNAL = ("localhost", "local", "internal", "home.arpa")


class TargetBlockedError(Exception):
    """A target that policy forbids. One sentence, which never tells to what a name resolved."""


class Gate:
    """Judges targets by one allow-list; safe to share between threads."""

    def __init__(self, allow: AllowList, own: Callable[[], frozenset[str]] = own_addresses) -> None:
        self.allow = allow
        self._own = own
        # A target is judged three times for each check of it; the list never changes.
        self._permits = lru_cache(maxsize=65536)(allow.permits)

    def precheck(self, target: Target) -> None:
        """Judge what is known without a lookup; raises TargetBlockedError."""
        if target.scheme in DEFAULT_PORTS and not (
            is_for_web(target.port) or self.allow.names_port(target.host, target.port)
        ):
            raise TargetBlockedError(f"Port {target.port} is not open to web requests.")
        if parse(target.host) is not None:
            if not self._is_allowed(target, target.host):
                raise _leads_astray(target)
        elif _is_internal(target.host) and not self.allow:
            raise TargetBlockedError(f"{target.host} is not a name of a public server.")

    def vet(self, target: Target, addresses: Iterable[str]) -> list[str]:
        """Return the addresses of a lookup, each once, when all may be connected to.

        One that may not be refuses them all: raises TargetBlockedError.
        """
        found = list(dict.fromkeys(addresses))
        if not all(self._is_allowed(target, address) for address in found):
            raise _leads_astray(target)
        return found

    def may_connect(self, target: Target, address: str, port: int) -> bool:
        """Judge the address that a socket is about to be connected to."""
        return port == target.port and self._is_allowed(target, address)

    def _is_allowed(self, target: Target, address: str) -> bool:
        if is_metadata(address):
            return False
        if is_public(address) and _canonical(address) not in self._own():
            return True
        return self._permits(target.host, address, target.port)


def _leads_astray(target: Target) -> TargetBlockedError:
    return TargetBlockedError(f"{target.host} leads to an address that is not public.")


@lru_cache(maxsize=65536)
def _canonical(address: str) -> str:
    return str(parse(address))


def _is_internal(host: str) -> bool:
    return "." not in host or host.endswith(tuple(f".{name}" for name in _INTERNAL))

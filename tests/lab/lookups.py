"""Looks names up inside a namespace: `{"names": [[host, ip_version], ...], ...}`.

With `through` "resolver" by one Resolver, all at once and `rounds` times; otherwise one by one.
"""

import time
from concurrent.futures import Future
from typing import Any

from lab.programs import answer, read_payload
from pingpong.kit.egress import (
    HostUnknownError,
    IpVersion,
    Resolved,
    Resolver,
    ResolverUnavailableError,
    resolve_now,
)


class Asked:
    """A lookup under way."""

    def __init__(self, resolver: Resolver, host: str, ip_version: IpVersion) -> None:
        self._began_at = self._ended_at = time.monotonic()
        self._found = resolver.lookup(host, ip_version)
        self._found.add_done_callback(self._ended)

    def outcome(self) -> list[Any]:
        """Return the addresses or an error's name, and what it took by its own and by our clock."""
        problem = self._found.exception(60)
        waited_s = self._ended_at - self._began_at
        if problem is not None:
            return [type(problem).__name__, 0, waited_s]
        found = self._found.result()
        return [list(found.addresses), found.took_us, waited_s]

    def _ended(self, _found: "Future[Resolved]") -> None:
        self._ended_at = time.monotonic()


def one_by_one(names: list[list[Any]], timeout_s: float) -> list[Any]:
    outcomes: list[Any] = []
    for host, ip_version in names:
        began = time.monotonic()
        found: Any
        try:
            found = resolve_now(host, ip_version=ip_version, timeout_s=timeout_s)
        except (HostUnknownError, ResolverUnavailableError) as problem:
            found = type(problem).__name__
        outcomes.append([found, time.monotonic() - began])
    return outcomes


def all_at_once(names: list[list[Any]], rounds: int, ttl_s: float) -> list[Any]:
    resolver = Resolver(threads=8, ttl_s=ttl_s)
    told = []
    for _ in range(rounds):
        waiting = [Asked(resolver, host, ip_version) for host, ip_version in names]
        told.append([one.outcome() for one in waiting])
    resolver.close()
    return told


def main() -> None:
    wanted = read_payload()
    if wanted.get("through") == "resolver":
        answer(all_at_once(wanted["names"], wanted.get("rounds", 1), wanted.get("ttl_s", 30)))
    else:
        answer(one_by_one(wanted["names"], wanted.get("timeout_s", 10)))


if __name__ == "__main__":
    main()

"""Looks names up inside a namespace: `{"names": [[host, ip_version], ...], ...}`.

With `through` "resolver" by one Resolver, all at once and `rounds` times; otherwise one by one.
"""

import time
from concurrent.futures import Future
from typing import Any

from lab.programs import answer, read_payload
from pingpong.kit.egress import (
    HostUnknownError,
    Resolved,
    Resolver,
    ResolverUnavailableError,
    resolve_now,
)


def outcome(found: "Future[Resolved]") -> list[Any]:
    problem = found.exception(60)
    if problem is not None:
        return [type(problem).__name__, 0]
    return [list(found.result().addresses), found.result().took_us]


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
        waiting = [resolver.lookup(host, ip_version) for host, ip_version in names]
        told.append([outcome(one) for one in waiting])
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

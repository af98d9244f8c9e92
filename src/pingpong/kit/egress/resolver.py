"""Many lookups at once, each name asked for once, answers kept for a while."""

import math
import random
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass

from pingpong.kit.egress.addresses import parse
from pingpong.kit.egress.lanes import Lanes
from pingpong.kit.egress.resolve import (
    HostUnknownError,
    IpVersion,
    ResolverUnavailableError,
    ask,
    literal,
)

MOST_KEPT = 20_000

Question = tuple[str, IpVersion]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Addresses in the order to try them. `took_us` is 0 for an answer that was at hand."""

    addresses: tuple[str, ...]
    took_us: int


class Asked(Future[Resolved]):
    """An answer that is to come. Nobody may cancel it: it is shared.

    `begun_at` is when a thread began to ask, by the monotonic clock, and infinite until then.
    """

    begun_at = math.inf

    def cancel(self) -> bool:
        return False


class NotAskedError(ResolverUnavailableError):
    """Nobody was asked, or not to the end: the reason is here and not with the name."""


class Resolver:
    """Lookups on threads of its own. Safe to use from any thread."""

    def __init__(self, threads: int = 16, ttl_s: float = 30) -> None:
        self._ttl_s = ttl_s
        self._lock = threading.Lock()
        self._kept: OrderedDict[Question, tuple[float, Asked]] = OrderedDict()
        self._waiting: dict[Question, Asked] = {}
        self._is_closed = False
        self._lanes = Lanes(self.answer, "resolver", threads=threads)

    def lookup(self, host: str, ip_version: IpVersion) -> Asked:
        """Return what will be the answer, or raises when asked for its result.

        That is HostUnknownError, ResolverUnavailableError, or its NotAskedError.
        """
        if parse(host):
            return _at_once(host, ip_version)
        question = (host, ip_version)
        with self._lock:
            kept = self._kept.get(question)
            if kept and kept[0] > time.monotonic():
                return kept[1]
            if question in self._waiting:
                return self._waiting[question]
            asked = Asked()
            if self._is_closed:
                asked.set_exception(NotAskedError("The resolver was closed."))
                return asked
            self._waiting[question] = asked
        self._lanes.put(question, question)
        return asked

    def close(self) -> None:
        """End the threads; who still waits gets NotAskedError."""
        with self._lock:
            self._is_closed = True
            waiting = list(self._waiting.values())
            self._waiting.clear()
        for future in waiting:
            future.set_exception(NotAskedError("The resolver was closed."))
        self._lanes.close()

    def answer(self, question: Question) -> None:
        """Ask the system, on the calling thread, and tell who waits."""
        began = time.monotonic()
        with self._lock:
            if question in self._waiting:
                self._waiting[question].begun_at = began
        found: Resolved | Exception
        try:
            addresses = tuple(ask(*question))
            found = Resolved(addresses, max(1, round((time.monotonic() - began) * 1e6)))
        except Exception as problem:  # noqa: BLE001 -- whatever it is, who waits has to hear of it
            found = problem
        ended = time.monotonic()
        self._lanes.took(question, ended - began)
        with self._lock:
            if isinstance(found, Resolved):
                self._keep(question, found, ended)
            future = self._waiting.pop(question, None)
        if future is None:
            return
        if isinstance(found, Resolved):
            future.set_result(found)
        else:
            future.set_exception(found)

    def _keep(self, question: Question, found: Resolved, now: float) -> None:
        # Names that were asked for together would otherwise be asked for together ever after.
        lives_s = self._ttl_s * random.uniform(0.75, 1)  # noqa: S311 -- spreads load, no secret
        self._kept[question] = (now + lives_s, _done(Resolved(found.addresses, 0)))
        self._kept.move_to_end(question)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)


def _done(found: Resolved) -> Asked:
    asked = Asked()
    asked.set_result(found)
    return asked


def _at_once(host: str, ip_version: IpVersion) -> Asked:
    try:
        return _done(Resolved(tuple(literal(host, ip_version)), 0))
    except HostUnknownError as problem:
        asked = Asked()
        asked.set_exception(problem)
        return asked

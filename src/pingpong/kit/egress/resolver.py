"""Many lookups at once, each name asked for once, answers kept for a while."""

import random
import threading
import time
from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import dataclass
from queue import SimpleQueue

from pingpong.kit.egress.addresses import parse
from pingpong.kit.egress.resolve import (
    HostUnknownError,
    IpVersion,
    ResolverUnavailableError,
    ask,
    literal,
)

MOST_KEPT = 20_000
SLOW_S = 0.5
_SLOW_SHARE = 4  # one thread in four is for names that were slow before

Question = tuple[str, IpVersion]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Addresses in the order to try them. `took_us` is 0 for an answer that was at hand."""

    addresses: tuple[str, ...]
    took_us: int


class Resolver:
    """Lookups on threads of its own. Safe to use from any thread.

    Names that were slow get few threads among themselves, so that somebody's silent name server
    does not keep everybody else's names waiting.
    """

    def __init__(self, threads: int = 16, ttl_s: float = 30) -> None:
        self._ttl_s = ttl_s
        self._lock = threading.Lock()
        self._kept: OrderedDict[Question, tuple[float, Future[Resolved]]] = OrderedDict()
        self._waiting: dict[Question, Future[Resolved]] = {}
        self._slow: OrderedDict[Question, None] = OrderedDict()
        self._is_closed = False
        slow = max(1, threads // _SLOW_SHARE)
        self._lanes = (_Lane(self, max(1, threads - slow)), _Lane(self, slow))

    def lookup(self, host: str, ip_version: IpVersion) -> "Future[Resolved]":
        """Return what will be the answer, or raises when asked for its result.

        That is HostUnknownError or ResolverUnavailableError. Nobody may cancel it: it is shared.
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
            future: Future[Resolved] = Future()
            future.set_running_or_notify_cancel()
            if self._is_closed:
                future.set_exception(ResolverUnavailableError("The resolver was closed."))
                return future
            self._waiting[question] = future
            lane = self._lanes[question in self._slow]
        lane.put(question)
        return future

    def close(self) -> None:
        """End the threads; who still waits gets ResolverUnavailableError."""
        with self._lock:
            self._is_closed = True
            waiting = list(self._waiting.values())
            self._waiting.clear()
        for future in waiting:
            future.set_exception(ResolverUnavailableError("The resolver was closed."))
        for lane in self._lanes:
            lane.close()

    def answer(self, question: Question) -> None:
        """Ask the system, on the calling thread, and tell who waits."""
        began = time.monotonic()
        found: Resolved | Exception
        try:
            addresses = tuple(ask(*question))
            found = Resolved(addresses, max(1, round((time.monotonic() - began) * 1e6)))
        except Exception as problem:  # noqa: BLE001 -- whatever it is, who waits has to hear of it
            found = problem
        ended = time.monotonic()
        with self._lock:
            self._remember_pace(question, is_slow=ended - began > SLOW_S)
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

    def _remember_pace(self, question: Question, *, is_slow: bool) -> None:
        self._slow.pop(question, None)
        if is_slow:
            self._slow[question] = None
        while len(self._slow) > MOST_KEPT:
            self._slow.popitem(last=False)


class _Lane:
    """Threads that share a queue; they start with the first question."""

    def __init__(self, resolver: Resolver, threads: int) -> None:
        self._resolver = resolver
        self._threads = threads
        self._started = 0
        self._lock = threading.Lock()
        self._questions: SimpleQueue[Question | None] = SimpleQueue()

    def put(self, question: Question) -> None:
        with self._lock:
            if self._started < self._threads:
                self._started += 1
                # Daemons: a lookup that hangs must not hold up the end of the process.
                threading.Thread(target=self._work, name="resolver", daemon=True).start()
        self._questions.put(question)

    def close(self) -> None:
        with self._lock:
            for _ in range(self._started):
                self._questions.put(None)

    def _work(self) -> None:
        while (question := self._questions.get()) is not None:
            self._resolver.answer(question)


def _done(found: Resolved) -> "Future[Resolved]":
    future: Future[Resolved] = Future()
    future.set_result(found)
    return future


def _at_once(host: str, ip_version: IpVersion) -> "Future[Resolved]":
    try:
        return _done(Resolved(tuple(literal(host, ip_version)), 0))
    except HostUnknownError as problem:
        future: Future[Resolved] = Future()
        future.set_exception(problem)
        return future

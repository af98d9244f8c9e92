"""Takes batches, begins each check in its time, and hands outcomes over."""

import resource
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import certifi
import structlog

from pingpong.kit.egress import Gate

from .contract import UP, Assignment, Batch, Outcome
from .evidence import may_be_ours
from .finder import Finder, Lookup
from .http import HttpChecks
from .icmp import IcmpChecks
from .job import Job, Seen, Taken
from .loop import Loop
from .pace import OLDEST_S, CoreClock, begin_at
from .records import DnsChecks
from .tcp import TcpChecks
from .witness import Witness

# Descriptors for everything that is no check: files, pipes, the broker, the resolver's threads.
_KEPT_DESCRIPTORS = 256
MOST_IN_FLIGHT = 16_000
_MOST_DONE = 65536
_DONE_FOR_S = 180.0
_CLEANED_EVERY_S = 1.0
_SWEPT_EVERY_S = 10.0
_GIVEN_UP_AFTER_S = 30.0

log = structlog.get_logger(__name__)

Key = tuple[int, int]
OnOutcome = Callable[[Job, Outcome | None], None]


class Checks(Protocol):
    """One kind of check."""

    def begin(self, job: Job) -> None:
        """Begin; what was seen is told to the runner, later or at once."""

    def close(self) -> None:
        """Drop what is under way."""


@dataclass(frozen=True, slots=True)
class Limits:
    """`ca_file` is the bundle of authorities to trust, "" the usual one; `canaries`: Witness."""

    ca_file: str = ""
    canaries: str = ""
    most_in_flight: int = MOST_IN_FLIGHT


class Runner:
    """The probe's one thread. `on_outcome(job, outcome)` is called there, for each check once.

    A check that is asked for again while it runs is not begun again; where it is done already,
    `on_outcome(job, None)` says so; and also where it should have begun too long ago.
    """

    def __init__(
        self, gate: Gate, resolver: Lookup, on_outcome: OnOutcome, limits: Limits | None = None
    ) -> None:
        limits = limits or Limits()
        self.loop = Loop()
        self.most_in_flight = min(limits.most_in_flight, raise_descriptors())
        self._on_outcome = on_outcome
        self._resolver = resolver
        self._clock = CoreClock()
        self._jobs: dict[Key, Job] = {}
        self._done: OrderedDict[Key, float] = OrderedDict()
        self._ready: OrderedDict[Key, Job] = OrderedDict()
        self._cleaned_at = 0.0
        self._running = 0
        self._is_dropping = False
        self._witness = Witness(self.loop, limits.canaries)
        finder = Finder(self.loop, gate, resolver)
        ca_file = limits.ca_file or certifi.where()
        self._kinds: dict[str, Checks] = {
            "http": HttpChecks(self.loop, gate, finder, self._seen, ca_file=ca_file),
            "tcp": TcpChecks(self.loop, gate, finder, self._seen),
            "icmp": IcmpChecks(self.loop, gate, finder, self._seen),
            "dns": DnsChecks(self.loop, gate, self._seen),
        }

    @property
    def in_flight(self) -> int:
        """Count the checks that were taken and have no outcome; any thread may ask."""
        return len(self._jobs)

    @property
    def is_connected(self) -> bool:
        """Tell whether this machine's network works, as far as anybody had to ask."""
        return self._witness.is_connected

    def take(self, batch: Batch, taken: Taken) -> None:
        """Take a batch that arrived now; any thread may give one."""
        self.loop.call(self._take, batch, taken, time.monotonic())

    def run(self) -> None:
        """Work until `loop.stop()`; then drop what is left, and close the resolver."""
        self.loop.at(self.loop.now + _SWEPT_EVERY_S, self._sweep)
        self.loop.run()
        self._resolver.close()
        for checks in self._kinds.values():
            checks.close()
        self.loop.close()

    def drop_unbegun(self) -> None:
        """Begin nothing more, on the loop's thread: who sent it will hear nothing of it."""
        self._is_dropping = True
        for job in list(self._jobs.values()):
            if not job.began_at:
                del self._jobs[job.watch, job.slot]
        self._ready.clear()

    def _take(self, batch: Batch, taken: Taken, arrived_at: float) -> None:
        zero = self._clock.zero(batch.sent_at, arrived_at)
        for one in batch.assignments:
            self._assign(one, zero, batch.location, taken)

    def _assign(self, one: Assignment, zero: float, location: str, taken: Taken) -> None:
        if self._is_dropping:
            return
        key = (one.watch, one.slot)
        running = self._jobs.get(key)
        if running is not None:
            running.batches.append(taken)
            return
        job = Job(one.watch, one.slot, location, one.check, zero + one.slot, [taken])
        is_old = self.loop.now - job.slot_at > OLDEST_S
        if is_old:
            log.debug("check_too_old", watch=one.watch, slot=one.slot)
        if is_old or key in self._done:
            self._on_outcome(job, None)
            return
        self._jobs[key] = job
        self.loop.at(begin_at(one.watch, job.slot_at, self.loop.now), self._begin, job)

    def _begin(self, job: Job) -> None:
        if self._is_dropping:
            return
        if self._running >= self.most_in_flight:
            self._ready[job.watch, job.slot] = job
            return
        self._running += 1
        job.is_running = True
        job.began_at = self.loop.now
        kind = self._kinds.get(job.check.kind)
        if kind is None:
            self._seen(job, Seen("probe_fault", "kind not known"))
            return
        try:
            kind.begin(job)
        except Exception:
            log.exception("check_failed", kind=job.check.kind)
            self._seen(job, Seen("probe_fault", "internal"))

    def _seen(self, job: Job, seen: Seen) -> None:
        if not job.is_running:  # it was given up
            return
        job.is_running = False
        self._running -= 1
        if seen.is_answered:
            self._witness.answered(seen.host, seen.address, job.began_at)
        if may_be_ours(seen):
            then = partial(self._doubted, job, seen)
            self._witness.suspect(seen.host, seen.address, job.began_at, then)
        else:
            self._finish(job, seen)
        if self._ready and self._running < self.most_in_flight:
            self._begin(self._ready.popitem(last=False)[1])

    def _doubted(self, job: Job, seen: Seen, is_believed: bool) -> None:
        if not is_believed:
            seen = replace(seen, word="probe_fault", detail="no network here")
        self._finish(job, seen)

    def _finish(self, job: Job, seen: Seen) -> None:
        key = (job.watch, job.slot)
        if self._jobs.pop(key, None) is None:
            return
        self._remember(key)
        self._on_outcome(job, outcome_of(job, seen))

    def _sweep(self) -> None:
        """Give up what should have ended long ago: a fault here must not keep a watch waiting."""
        now = self.loop.now
        for job in list(self._jobs.values()):
            latest = job.began_at + job.check.timeout_ms / 1000 + _GIVEN_UP_AFTER_S
            if job.began_at and latest < now:
                log.error("check_lost", kind=job.check.kind)
                seen = Seen("probe_fault", "internal")
                self._seen(job, seen)
                self._finish(job, seen)
        self.loop.at(now + _SWEPT_EVERY_S, self._sweep)

    def _remember(self, key: Key) -> None:
        done, now = self._done, self.loop.now
        done[key] = now
        if len(done) > _MOST_DONE or now - self._cleaned_at > _CLEANED_EVERY_S:
            self._cleaned_at = now
            while len(done) > _MOST_DONE or next(iter(done.values())) < now - _DONE_FOR_S:
                done.popitem(last=False)


def outcome_of(job: Job, seen: Seen) -> Outcome:
    return Outcome(
        job.watch,
        job.slot,
        seen.word,
        seen.total_us,
        seen.dns_us,
        seen.connect_us,
        seen.tls_us,
        seen.first_byte_us,
        seen.status,
        max(round((job.began_at - job.slot_at) * 1000), 0),
        seen.certificate_until,
        seen.detail if seen.word != UP else "",
    )


def raise_descriptors() -> int:
    """Allow this process all the descriptors it may have; return how many checks may use one."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return max(hard - _KEPT_DESCRIPTORS, 16)

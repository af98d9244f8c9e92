"""A runner in a thread of the test, and a resolver whose names the test makes up."""

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address

from pingpong.kit.egress import AllowList, Asked, Gate, HostUnknownError, IpVersion, Resolved
from pingpong.probe.contract import Assignment, Batch, Check, Outcome
from pingpong.probe.job import Job, Taken
from pingpong.probe.runner import Limits, Runner

LOOPBACK = "127.0.0.0/8,::1"
PATIENCE_S = 30


class Names:
    """Names of the test: a name that is not here is unknown, one of None never gets an answer."""

    def __init__(self, known: dict[str, Sequence[str] | Exception | None] | None = None) -> None:
        self.known = known or {}
        self.asked: list[str] = []

    def lookup(self, host: str, ip_version: IpVersion) -> Asked:
        self.asked.append(host)
        future = Asked()
        future.begun_at = time.monotonic()
        addresses = self.known.get(host, HostUnknownError(host))
        if isinstance(addresses, Exception):
            future.set_exception(addresses)
        elif addresses is not None:
            wanted = [one for one in addresses if ip_version in (0, ip_address(one).version)]
            future.set_result(Resolved(tuple(wanted), 150))
        return future

    def close(self) -> None:
        """Do nothing: there are no threads."""


@dataclass
class Bench:
    """What came out of a runner; `ask` waits for the outcomes of some checks."""

    runner: Runner = field(init=False)
    outcomes: list[Outcome] = field(default_factory=list)
    again: list[Job] = field(default_factory=list)
    _news: threading.Condition = field(default_factory=threading.Condition)
    _watch: int = 0

    def hear(self, job: Job, outcome: Outcome | None) -> None:
        with self._news:
            if outcome is None:
                self.again.append(job)
            else:
                self.outcomes.append(outcome)
            self._news.notify_all()

    def give(self, assignments: list[Assignment], sent_at: float | None = None) -> Taken:
        sent_at = time.time() if sent_at is None else sent_at
        batch = Batch("b", "US West", sent_at, assignments)
        taken = Taken("b", len(assignments))
        self.runner.take(batch, taken)
        return taken

    def wait(self, number: int, *, within_s: float = PATIENCE_S) -> list[Outcome]:
        with self._news:
            arrived = self._news.wait_for(lambda: len(self.outcomes) >= number, within_s)
        assert arrived, f"{len(self.outcomes)} of {number} outcomes came"
        return self.outcomes

    def ask(self, *checks: Check) -> list[Outcome]:
        """Do checks at once; return their outcomes in the order of the checks."""
        first = self.give_now(*checks)
        self.wait(self._watch)
        mine = [one for one in self.outcomes if one.watch >= first]
        return sorted(mine, key=lambda one: one.watch)

    def give_now(self, *checks: Check) -> int:
        """Have checks done at once; return the first one's watch."""
        slot = int(time.time()) - 5
        first = self._watch
        self._watch += len(checks)
        self.give([Assignment(first + n, slot, check) for n, check in enumerate(checks)])
        return first

    def one(self, check: Check) -> Outcome:
        return self.ask(check)[0]


@contextmanager
def bench(
    *, allow: str = LOOPBACK, names: Names | None = None, limits: Limits | None = None
) -> Iterator[Bench]:
    one = Bench()
    one.runner = Runner(Gate(AllowList.parse(allow)), names or Names(), one.hear, limits)
    thread = threading.Thread(target=one.runner.run)
    thread.start()
    try:
        yield one
    finally:
        one.runner.loop.stop()
        thread.join(PATIENCE_S)

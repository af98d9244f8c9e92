"""Gathers outcomes into messages, keeps them, and sends them until they have arrived."""

import threading
import time
import uuid
from collections import defaultdict, deque
from dataclasses import dataclass

import structlog

from pingpong import __version__

from .contract import Outcome, Outcomes, Report, encode
from .job import Job, Taken
from .outbox import Outbox
from .runner import Runner
from .spool import Spool
from .transport import Handed, Transport

# The core takes ten outcomes in nearly as quickly as one.
GATHERED_S = 0.9
MOST_GATHERED = 500
REPORTED_EVERY_S = 10.0
_RETRIED_AFTER_S = 1.0
_LONGEST_WAIT_S = 1.0

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sender:
    """Who the core hears from."""

    agent: str
    vantage: str
    locations: list[str]


class Courier:
    """A thread of its own; `hear` is called by the runner's.

    A batch is settled when all its outcomes are on disk, or with the core.
    """

    def __init__(self, sender: Sender, transport: Transport, spool: Spool) -> None:
        self._sender = sender
        self._transport = transport
        self._outbox = Outbox(spool, time.monotonic())
        self._heard: deque[tuple[Job, Outcome | None]] = deque()
        self._since: float | None = None  # when the oldest of what was heard was
        self._started_at = time.time()
        self._reported_at = float("-inf")
        self._refused_at = float("-inf")
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier")
        self.is_gone = threading.Event()

    def start(self, runner: Runner) -> None:
        self._runner = runner
        self._transport.start(runner.take, lambda receipt: self._outbox.arrived(receipt.ids))
        self._thread.start()

    def hear(self, job: Job, outcome: Outcome | None) -> None:
        """Take an outcome; None says that an earlier one answers this job, too."""
        self._heard.append((job, outcome))
        if self._since is None:
            self._since = time.monotonic()
            self._transport.wake()
        elif len(self._heard) == MOST_GATHERED:
            self._transport.wake()

    def stop_taking(self) -> None:
        """Let no more batches in; any thread may ask."""
        self._transport.stop_taking()

    def close(self) -> None:
        """Keep and send what was heard, and end. The runner has ended before."""
        self._is_stopping.set()
        self._transport.wake()
        self._thread.join()
        self._transport.close()
        self._outbox.close()

    def _run(self) -> None:
        while not self._is_stopping.is_set():
            try:
                if not self._transport.wait(self._wait_s()):
                    self.is_gone.set()
                    self._is_stopping.wait(_LONGEST_WAIT_S)
                self._work(is_last=False)
            except Exception:
                log.exception("courier_failed")
                self._is_stopping.wait(_LONGEST_WAIT_S)
        self._work(is_last=True)

    def _wait_s(self) -> float:
        since = self._since
        if since is None:
            return _LONGEST_WAIT_S
        return min(since + GATHERED_S - time.monotonic(), _LONGEST_WAIT_S)

    def _work(self, *, is_last: bool) -> None:
        now = time.monotonic()
        since = self._since
        is_time = since is not None and now - since >= GATHERED_S
        if is_last or is_time or len(self._heard) >= MOST_GATHERED:
            self._since = None  # before taking: what is heard from here on wakes us again
            self._gather(now)
        self._send(now)
        if now - self._reported_at >= REPORTED_EVERY_S:
            self._report(now)
        self._outbox.sync_when_due(now)

    def _gather(self, now: float) -> None:
        """Make messages of what was heard, and only then settle the batches that it answers."""
        heard = self._heard
        found: defaultdict[str, list[Outcome]] = defaultdict(list)
        answered: list[Taken] = []
        for _ in range(len(heard)):
            job, outcome = heard.popleft()
            answered += job.batches
            if outcome is not None:
                found[job.location].append(outcome)
        for location, outcomes in found.items():
            for first in range(0, len(outcomes), MOST_GATHERED):
                self._keep(location, outcomes[first : first + MOST_GATHERED], now)
        for batch in answered:
            batch.left -= 1
            if batch.left == 0:
                self._transport.settle(batch)

    def _keep(self, location: str, outcomes: list[Outcome], now: float) -> None:
        agent, vantage = self._sender.agent, self._sender.vantage
        name = uuid.uuid4().hex
        self._outbox.add(Outcomes(name, agent, vantage, location, time.time(), outcomes), now)

    def _send(self, now: float) -> None:
        if now - self._refused_at < _RETRIED_AFTER_S and not self._is_stopping.is_set():
            return
        while (due := self._outbox.next_due(now)) is not None:
            name, payload = due
            handed = self._transport.send(payload)
            if handed is Handed.REFUSED:
                self._refused_at = now
                return
            self._outbox.sent(name, now)
            if handed is Handed.ARRIVED:
                self._outbox.arrived([name])

    def _report(self, now: float) -> None:
        """Say that this probe lives; a report that cannot be sent is not kept."""
        self._reported_at = now
        report = Report(
            self._sender.agent,
            self._sender.vantage,
            self._sender.locations,
            __version__,
            self._started_at,
            time.time(),
            self._runner.in_flight,
            len(self._outbox),
            self._runner.is_connected,
        )
        self._transport.send(encode(report))

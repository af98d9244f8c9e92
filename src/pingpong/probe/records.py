"""DNS checks: whether a name has a record of a type, and the right one."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Any

import dns.exception
import dns.rdatatype
import dns.resolver

from pingpong.kit.egress import Gate, TargetBlockedError, TargetInvalidError, host_target

from .job import Job, Seen
from .loop import Loop

RECORD_TYPES = ("A", "AAAA", "CNAME", "MX", "NS", "TXT", "SRV", "SOA", "CAA")
THREADS = 8

OnSeen = Callable[[Job, Seen], None]


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask, by when; instants are the monotonic clock's."""

    name: str
    record_type: str
    record_value: str
    until: float


class DnsChecks:
    """Asks the system's resolvers on a few threads; answers are judged and told to nobody."""

    def __init__(self, loop: Loop, gate: Gate, on_seen: OnSeen) -> None:
        self._loop = loop
        self._gate = gate
        self._on_seen = on_seen
        self._questions: SimpleQueue[tuple[Job, Question] | None] = SimpleQueue()
        self._threads = 0
        self._waiting: set[Job] = set()

    def begin(self, job: Job) -> None:
        check = job.check
        try:
            target = host_target(check.url, needs_port=False)
            self._gate.precheck(target)
        except (TargetInvalidError, TargetBlockedError):
            self._on_seen(job, Seen("blocked_by_policy"))
            return
        if check.record_type not in RECORD_TYPES:
            self._on_seen(job, Seen("probe_fault", "record type not known"))
            return
        until = time.monotonic() + check.timeout_ms / 1000
        question = Question(target.host, check.record_type, check.record_value, until)
        self._waiting.add(job)
        self._questions.put((job, question))
        if self._threads < THREADS:
            self._threads += 1
            # Daemons: a question that hangs must not hold up the end of the process.
            threading.Thread(target=self._work, name="records", daemon=True).start()
        self._loop.at(until, self._expired, job)

    def close(self) -> None:
        self._waiting.clear()
        for _ in range(self._threads):
            self._questions.put(None)

    def _work(self) -> None:
        while (one := self._questions.get()) is not None:
            job, question = one
            self._loop.call(self._answered, job, ask(question))

    def _answered(self, job: Job, seen: Seen) -> None:
        if job in self._waiting:
            self._waiting.discard(job)
            self._on_seen(job, seen)

    def _expired(self, job: Job) -> None:
        total_us = job.check.timeout_ms * 1000
        self._answered(
            job, Seen("dns_failed", "no answer", job.check.url, total_us=total_us, dns_us=total_us)
        )


def ask(question: Question) -> Seen:
    """Ask the system's resolvers, on the calling thread."""
    began = time.monotonic()
    word, detail, is_answered = _ask(question)
    took_us = max(round((time.monotonic() - began) * 1e6), 1)
    return Seen(
        word,
        detail,
        question.name,
        is_answered=is_answered,
        total_us=took_us,
        dns_us=took_us,
    )


def _ask(question: Question) -> tuple[str, str, bool]:
    try:
        resolver = dns.resolver.Resolver()
        resolver.cache = None
        left_s = max(question.until - time.monotonic(), 0.001)
        answer = resolver.resolve(
            f"{question.name}.", question.record_type, lifetime=left_s, search=False
        )
    except dns.resolver.NXDOMAIN:
        return "dns_failed", "no such name", True
    except dns.resolver.NoAnswer:
        return "record_mismatch", "no record", True
    except (dns.exception.DNSException, OSError):
        return "dns_failed", "no answer", False
    if question.record_value and not matches(answer, question.record_value):
        return "record_mismatch", "", True
    return "up", "", True


def matches(answer: Any, wanted: str) -> bool:
    """Tell whether one of the records is the wanted one, written as in a zone file.

    Text has to be the very same, its parts joined; names may differ in case and a final dot.
    """
    return any(_is_record(record, wanted.strip()) for record in answer)


def _is_record(record: Any, wanted: str) -> bool:
    if record.rdtype == dns.rdatatype.TXT:
        text = b"".join(record.strings).decode(errors="replace")
        return wanted in (text, record.to_text())
    return _usual(record.to_text()) == _usual(wanted)


def _usual(text: str) -> str:
    return " ".join(word.removesuffix(".") for word in text.lower().split())

"""DNS checks: whether a name has a record of a type, and the right one."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import dns.exception
import dns.rdatatype
import dns.resolver
import structlog

from pingpong.kit.egress import (
    Gate,
    Lanes,
    TargetBlockedError,
    TargetInvalidError,
    has_waited,
    host_target,
)

from .finder import WAITED_HERE
from .job import Job, Seen
from .loop import Loop

RECORD_TYPES = ("A", "AAAA", "CNAME", "MX", "NS", "TXT", "SRV", "SOA", "CAA")
THREADS = 8

log = structlog.get_logger(__name__)

Key = tuple[str, str]
OnSeen = Callable[[Job, Seen], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the name servers said. `records` are all spellings; an empty `word` is a success."""

    word: str
    detail: str
    is_answered: bool
    took_us: int = 0
    records: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class _Waiting:
    """A check that waits, since when, and until when; instants are the monotonic clock's."""

    job: Job
    queued_at: float
    until: float
    is_over: bool = False


@dataclass(slots=True, eq=False)
class Question:
    """What to ask, by when, and for whom. `begun_at` is infinite until a thread takes it."""

    name: str
    record_type: str
    until: float = 0.0
    begun_at: float = math.inf
    waiting: list[_Waiting] = field(default_factory=list)

    @property
    def key(self) -> Key:
        return self.name, self.record_type


class DnsChecks:
    """Asks the system's resolvers on a few threads, about each name and type once at a time."""

    def __init__(self, loop: Loop, gate: Gate, on_seen: OnSeen) -> None:
        self._loop = loop
        self._gate = gate
        self._on_seen = on_seen
        self._asked: dict[Key, Question] = {}
        self._lanes = Lanes(self._work, "records", threads=THREADS)

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
        now = time.monotonic()
        waiting = _Waiting(job, now, now + check.timeout_ms / 1000)
        self._loop.at(waiting.until, self._expired, waiting, (target.host, check.record_type))
        self._ask((target.host, check.record_type), [waiting])

    def close(self) -> None:
        self._asked.clear()
        self._lanes.close()

    def _ask(self, key: Key, waiting: list[_Waiting]) -> None:
        question = self._asked.get(key)
        is_new = question is None
        if question is None:
            question = self._asked[key] = Question(*key)
        question.waiting += waiting
        question.until = max(question.until, *(one.until for one in waiting))
        if is_new:
            self._lanes.put(key, question)

    def _work(self, question: Question) -> None:
        began = question.begun_at = time.monotonic()
        if question.until > began:
            answer = ask(question)
            self._lanes.took(question.key, time.monotonic() - began)
        else:  # it waited too long: nobody wants to know any more
            answer = Answer("probe_fault", WAITED_HERE, is_answered=False)
        self._loop.call(self._answered, question, answer)

    def _answered(self, question: Question, answer: Answer) -> None:
        if self._asked.get(question.key) is question:
            del self._asked[question.key]
        again = []
        for waiting in question.waiting:
            if waiting.is_over:
                continue
            if answer.is_answered or waiting.queued_at <= question.begun_at:
                self._tell(waiting, question, answer)
            else:  # it came in the middle, and has time for a question of its own
                waiting.queued_at = time.monotonic()
                again.append(waiting)
        if again:
            self._ask(question.key, again)

    def _expired(self, waiting: _Waiting, key: Key) -> None:
        if not waiting.is_over and (question := self._asked.get(key)):
            total_us = waiting.job.check.timeout_ms * 1000
            self._tell(waiting, question, Answer("dns_failed", "no answer", False, total_us))

    def _tell(self, waiting: _Waiting, question: Question, answer: Answer) -> None:
        waiting.is_over = True
        job = waiting.job
        timeout_s = job.check.timeout_ms / 1000
        word, detail = answer.word, answer.detail
        if not answer.is_answered and has_waited(waiting.queued_at, question.begun_at, timeout_s):
            self._on_seen(job, Seen("probe_fault", WAITED_HERE, question.name))
            return
        if not word:
            is_right = matches(answer.records, job.check.record_type, job.check.record_value)
            word = "up" if is_right else "record_mismatch"
        self._on_seen(
            job,
            Seen(
                word,
                detail,
                question.name,
                is_answered=answer.is_answered,
                total_us=answer.took_us,
                dns_us=answer.took_us,
            ),
        )


def ask(question: Question) -> Answer:
    """Ask the system's resolvers, on the calling thread."""
    began = time.monotonic()
    try:
        answer = _ask(question)
    except Exception:
        log.exception("check_failed", kind="dns")
        answer = Answer("probe_fault", "internal", is_answered=False)
    return replace(answer, took_us=max(round((time.monotonic() - began) * 1e6), 1))


def _ask(question: Question) -> Answer:
    try:
        resolver = dns.resolver.Resolver()
        resolver.cache = None
        left_s = max(question.until - time.monotonic(), 0.001)
        found = resolver.resolve(
            f"{question.name}.", question.record_type, lifetime=left_s, search=False
        )
    except dns.resolver.NXDOMAIN:
        return Answer("dns_failed", "no such name", is_answered=True)
    except dns.resolver.NoAnswer:
        return Answer("record_mismatch", "no record", is_answered=True)
    except (dns.exception.DNSException, OSError):
        return Answer("dns_failed", "no answer", is_answered=False)
    records = frozenset(text for record in found for text in _spellings(record))
    return Answer("", "", is_answered=True, records=records)


def matches(records: frozenset[str], record_type: str, wanted: str) -> bool:
    """Tell whether one of the records is the wanted one, written as in a zone file.

    Text has to be the very same, its parts joined; names may differ in case and a final dot.
    """
    text = wanted.strip() if record_type == "TXT" else _usual(wanted)
    return not wanted or text in records


def _spellings(record: Any) -> list[str]:
    if record.rdtype == dns.rdatatype.TXT:
        return [b"".join(record.strings).decode(errors="replace"), record.to_text()]
    return [_usual(record.to_text())]


def _usual(text: str) -> str:
    return " ".join(word.removesuffix(".") for word in text.lower().split())

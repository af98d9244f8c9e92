"""Writing down what was seen, as the intake would have: sums, the last days in full, verdicts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from pingpong.monitors import histogram
from pingpong.monitors.deadlines import expect_beat
from pingpong.monitors.intake import KEPT_FOR_S
from pingpong.monitors.judging import COVERED_INTERVALS
from pingpong.monitors.models import (
    Monitor,
    MonitorKind,
    MonitorState,
    Verdict,
    VerdictSpan,
    Watch,
)
from pingpong.probe.contract import UP

from .measured import HOUR_S, Seen, checks_of
from .stage import Stage
from .watches import MEASURED_DAYS, WATCHES
from .watches import Watch as Plan

DAY_S = 24 * HOUR_S
# What the probe beside the engine calls its machine.
_VANTAGE = "local"
_FAILED_STATUS = 503
# The server that is looked at has to start first.
_LOOKS_AGAIN_AFTER_S = 20

Row = dict[str, int | str | bytes]


@dataclass(slots=True)
class _Sums:
    """What a rollup adds up, with its histogram still open."""

    n: int = 0
    ok: int = 0
    sum_us: int = 0
    min_us: int = 0
    max_us: int = 0
    bins: dict[int, int] = field(default_factory=dict)

    def add(self, seen: Seen) -> None:
        self.n += 1
        if seen.word != UP:
            return
        self.min_us = min(self.min_us, seen.total_us) if self.ok else seen.total_us
        self.max_us = max(self.max_us, seen.total_us)
        self.ok += 1
        self.sum_us += seen.total_us
        place = histogram.bin_of(seen.total_us)
        self.bins[place] = self.bins.get(place, 0) + 1

    def take(self, other: "_Sums") -> None:
        if other.ok:
            self.min_us = min(self.min_us, other.min_us) if self.ok else other.min_us
            self.max_us = max(self.max_us, other.max_us)
        self.n += other.n
        self.ok += other.ok
        self.sum_us += other.sum_us
        for place, count in other.bins.items():
            self.bins[place] = self.bins.get(place, 0) + count

    def row(self, watch: Watch, start: int) -> Row:
        return {
            "watch_id": watch.pk,
            "start": start,
            "n": self.n,
            "ok": self.ok,
            "degraded": 0,
            "gaps": 0,
            "sum_us": self.sum_us,
            "min_us": self.min_us,
            "max_us": self.max_us,
            "bins": histogram.pack(self.bins),
        }


def store_measured_past(stage: Stage) -> None:
    """Give the demo's monitors their past, and have them look again in a moment."""
    hours: list[Row] = []
    days: list[Row] = []
    raw: list[Row] = []
    verdicts: list[Verdict] = []
    spans: list[VerdictSpan] = []
    for plan in WATCHES:
        if not plan.is_measured:
            continue
        monitor = stage.monitors[plan.name]
        watches = Watch.objects.filter(monitor=monitor, is_active=True).order_by("pk")
        seen_by = {watch: list(_checks(plan, watch, stage.now)) for watch in watches}
        for watch, checks in seen_by.items():
            by_hour = _by_hour(checks)
            hours += [sums.row(watch, at) for at, sums in by_hour.items()]
            days += [sums.row(watch, at) for at, sums in _by_day(by_hour).items()]
            _look_again(monitor, watch, checks, stage.now)
            raw += _raw(watch, checks, stage.now)
        # From every location the same troubles are seen: the first one speaks for all.
        past = list(_spans(monitor, next(iter(seen_by.values())), watches[0].interval_s))
        over, verdict = _verdict(monitor, past)
        spans += over
        verdicts.append(verdict)
    _insert("monitors_hourrollup", hours)
    _insert("monitors_dayrollup", days)
    _insert("monitors_rawoutcome", raw)
    VerdictSpan.objects.bulk_create(spans)
    Verdict.objects.bulk_create(verdicts)


def _insert(table: str, rows: Sequence[Row]) -> None:
    """Insert rows of one form as they are: an object for each would take half of the filling."""
    names = ", ".join(rows[0])
    places = ", ".join(["%s"] * len(rows[0]))
    statement = f"INSERT INTO {table} ({names}) VALUES ({places})"  # noqa: S608 -- names of ours
    with connection.cursor() as cursor:
        cursor.executemany(statement, [list(row.values()) for row in rows])


def _checks(plan: Plan, watch: Watch, now: datetime) -> Iterator[Seen]:
    return checks_of(
        plan,
        location=watch.location,
        interval_s=watch.interval_s,
        phase_s=watch.phase_s,
        since=now - timedelta(days=MEASURED_DAYS),
        until=now - timedelta(days=plan.paused_days_ago or 0),
        now=now,
    )


def _by_hour(checks: Iterable[Seen]) -> dict[int, _Sums]:
    found: dict[int, _Sums] = defaultdict(_Sums)
    for seen in checks:
        found[seen.slot - seen.slot % HOUR_S].add(seen)
    return found


def _by_day(by_hour: Mapping[int, _Sums]) -> dict[int, _Sums]:
    found: dict[int, _Sums] = defaultdict(_Sums)
    for start, sums in by_hour.items():
        found[start - start % DAY_S].take(sums)
    return found


def _raw(watch: Watch, checks: Iterable[Seen], now: datetime) -> Iterator[Row]:
    oldest = now.timestamp() - KEPT_FOR_S
    for seen in checks:
        if seen.slot < oldest:
            continue
        is_up = seen.word == UP
        yield {
            "watch_id": watch.pk,
            "slot": seen.slot,
            "word": seen.word,
            "total_us": seen.total_us,
            "dns_us": 0,
            "connect_us": seen.total_us // 10,
            "tls_us": 0,
            "first_byte_us": seen.total_us * 9 // 10,
            "status": 200 if is_up else _FAILED_STATUS,
            "delay_ms": 0,
            "detail": "" if is_up else f"HTTP {_FAILED_STATUS}",
            "vantage": watch.vantage,
        }


def _spans(monitor: Monitor, checks: Iterable[Seen], interval_s: int) -> Iterator[VerdictSpan]:
    """Yield stretches of up and down; after silence one ends where it was still believed."""
    believed_s = int(COVERED_INTERVALS * interval_s)
    span: VerdictSpan | None = None
    for seen in checks:
        state = MonitorState.UP if seen.word == UP else MonitorState.DOWN
        if span is not None and (span.state != state or seen.slot > span.end):
            span.end = min(span.end, seen.slot)
            yield span
            span = None
        if span is None:
            span = VerdictSpan(monitor=monitor, state=state, start=seen.slot)
        span.end = seen.slot + believed_s
    if span is not None:
        yield span


def _verdict(monitor: Monitor, past: list[VerdictSpan]) -> tuple[list[VerdictSpan], Verdict]:
    """Return the spans that are over, and what holds now: of a paused monitor nothing."""
    last = past[-1]
    if monitor.paused_at is not None:
        return past, Verdict(
            monitor=monitor, state=MonitorState.UNKNOWN, since=last.end, covered_until=last.end
        )
    return past[:-1], Verdict(
        monitor=monitor, state=last.state, since=last.start, covered_until=last.end
    )


def _look_again(monitor: Monitor, watch: Watch, checks: Sequence[Seen], now: datetime) -> None:
    last = checks[-1]
    alike = 0
    for seen in reversed(checks):
        if seen.word != last.word:
            break
        alike += 1
    watch.last_slot, watch.last_word = last.slot, last.word
    watch.is_up, watch.streak = last.word == UP, alike
    watch.streak_slot = checks[-alike].slot
    watch.vantage = "" if monitor.kind == MonitorKind.HEARTBEAT else _VANTAGE
    if watch.next_slot is not None:
        watch.next_slot = int(now.timestamp()) + _LOOKS_AGAIN_AFTER_S
    watch.save()
    if monitor.kind == MonitorKind.HEARTBEAT:
        expect_beat(monitor, now=now)

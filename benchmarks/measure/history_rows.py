"""Ninety days of many monitors, written in bulk as the intake would have left them."""

import random
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from pingpong.components.models import Component, Effect
from pingpong.components.status import Source, Status
from pingpong.kit.ids import new_id
from pingpong.monitors import histogram
from pingpong.monitors.models import Location, Monitor, Showcase, Verdict, Watch
from pingpong.monitors.rollups import DAY_S, HOUR_S
from pingpong.pages.models import Page

DAYS = 90
CHECKS_AN_HOUR = 60
OUTAGES, GAPS = 3, 3
KEPT_S = 72 * HOUR_S
WITH_CHECKS = 20
_POOL = 64
_ROLLUP = ("watch_id", "start", "n", "ok", "degraded", "gaps", "sum_us", "min_us", "max_us", "bins")
_SPAN = ("monitor_id", "state", "start", '"end"')
_OUTCOME = (
    *("watch_id", "slot", "word", "total_us", "dns_us", "connect_us", "tls_us", "first_byte_us"),
    *("status", "delay_ms", "detail", "vantage"),
)
# One in so many monitors belongs to a component that had a maintenance each month.
_EACH_MAINTAINED = 10


class Past:
    """What is written, and when it ends."""

    def __init__(self, monitors: int, now: datetime) -> None:
        self.now = int(now.timestamp())
        self.start = self.now - self.now % DAY_S - (DAYS - 1) * DAY_S
        self._random = random.Random(3)  # noqa: S311 -- the same past each time
        with transaction.atomic():
            self.watches = self._make(monitors, now)
        self.monitor_ids = list(self.watches)

    def _make(self, count: int, now: datetime) -> dict[str, int]:
        born = now - timedelta(days=DAYS)
        page = Page.objects.create(name="Benchmark", slug=new_id().lower(), created_at=born)
        component = Component.objects.create(
            page=page, name="One", own_status=Status.OPERATIONAL, position=0, created_at=born
        )
        monitors = Monitor.objects.bulk_create(
            Monitor(
                page=page,
                component=None if place % _EACH_MAINTAINED else component,
                name=f"Monitor {place}",
                url="https://example.com/",
                frequency="minute",
                location=Location.JAPAN,
                showcased=Showcase.UPTIME_AND_RESPONSE_TIME,
                created_at=born,
                position=place,
            )
            for place in range(count)
        )
        for ago in (10, 40, 70):
            start = now - timedelta(days=ago)
            Effect.objects.create(
                page=page,
                component=component,
                source=Source.MAINTENANCE,
                event_id=new_id(),
                status=Status.MAINTENANCE,
                starts_at=start,
                ends_at=start + timedelta(hours=2),
            )
        Watch.objects.bulk_create(
            Watch(
                monitor=one,
                location=Location.JAPAN,
                interval_s=60,
                phase_s=0,
                last_slot=self.now - 30,
                is_up=True,
                streak=1000,
                streak_slot=self.now - 60_000,
                vantage="local",
            )
            for one in monitors
        )
        rows = Watch.objects.filter(monitor__page=page).order_by("monitor__position")
        return dict(rows.values_list("monitor_id", "pk"))

    def write_spans(self) -> None:
        """Three outages of minutes, each another's time, and three stops that all have."""
        stops = [self.start + (n + 1) * DAYS * DAY_S // (GAPS + 1) for n in range(GAPS)]
        rows, verdicts = [], []
        for monitor_id in self.watches:
            begun = self.start
            *past, last = sorted(
                [(stop, stop + 1800, "") for stop in stops]
                + [self._outage() for _ in range(OUTAGES)]
            )
            for start, end, state in (*past, last):
                if start <= begun:
                    continue
                rows.append((monitor_id, "up", begun, start))
                if state:
                    rows.append((monitor_id, state, start, end))
                begun = end
            verdicts.append(
                Verdict(monitor_id=monitor_id, state="up", since=begun, covered_until=self.now + 60)
            )
        write("monitors_verdictspan", _SPAN, rows)
        Verdict.objects.bulk_create(verdicts)

    def _outage(self) -> tuple[int, int, str]:
        start = self._random.randrange(self.start + DAY_S, self.now - DAY_S)
        return start, start + self._random.randrange(180, 3600), "down"

    def write_hours(self) -> None:
        write("monitors_hourrollup", _ROLLUP, self._rollups(HOUR_S))

    def write_days(self) -> None:
        write("monitors_dayrollup", _ROLLUP, self._rollups(DAY_S))

    def _rollups(self, length_s: int) -> Iterator[tuple[Any, ...]]:
        count = CHECKS_AN_HOUR * length_s // HOUR_S
        pool = [self._sums(count) for _ in range(_POOL)]
        for start in range(self.start, self.now, length_s):
            for place, watch_id in enumerate(self.watches.values()):
                yield watch_id, start, *pool[(start // length_s + place) % _POOL]

    def _sums(self, count: int) -> tuple[Any, ...]:
        times = [self._time_us() for _ in range(count)]
        bins = b""
        for one in times:
            bins = histogram.add(bins, one)
        return count, count, 0, 0, sum(times), min(times), max(times), bins

    def _time_us(self) -> int:
        return int(self._random.lognormvariate(11.5, 0.4))

    def write_checks(self) -> None:
        """Write the 72 hours of single checks that are kept, of a few of the monitors."""
        write("monitors_rawoutcome", _OUTCOME, self._checks())

    def _checks(self) -> Iterator[tuple[Any, ...]]:
        watches = list(self.watches.values())[:WITH_CHECKS]
        for slot in range(self.now - KEPT_S, self.now, 60):
            for watch_id in watches:
                total = self._time_us()
                yield watch_id, slot, "up", total, 900, 8000, 16000, total, 200, 3, "", "local"


def write(table: str, names: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows the fastest way that each database has."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({', '.join(names)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["?"] * len(names))
            statement = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places})"  # noqa: S608
            connection.connection.executemany(statement, rows)


def size_of(table: str) -> int:
    """Return bytes that grow with a table and its indexes alone, while nothing else is written."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_total_relation_size(%s)", [table])
            return int(cursor.fetchone()[0])
        cursor.execute("PRAGMA page_count")
        pages = int(cursor.fetchone()[0])
        cursor.execute("PRAGMA page_size")
        return pages * int(cursor.fetchone()[0])

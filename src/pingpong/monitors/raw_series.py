"""Single checks, summed by steps that are shorter than an hour."""

from collections import defaultdict
from collections.abc import Collection
from math import ceil
from typing import Any, NamedTuple

from django.db import connection

from pingpong.probe.contract import GAPS, UP

from .asking import among
from .models import Monitor
from .stored_options import readable_options

_FROM = (
    "FROM monitors_watch watch JOIN monitors_rawoutcome seen ON seen.watch_id = watch.id "
    "WHERE watch.monitor_id {chosen}{place} AND seen.slot >= %s AND seen.slot < %s"
)
_CHECKS = "SELECT {key}, watch.monitor_id, seen.slot, seen.word, seen.total_us " + _FROM
_UP = "seen.word = 'up'"
_GAP = "seen.word IN ('blocked_by_policy', 'probe_fault')"
_SUMMED = (
    "SELECT {key}, seen.slot - seen.slot %% %s AS step, "
    f"SUM(CASE WHEN {_GAP} THEN 0 ELSE 1 END), "
    f"SUM(CASE WHEN {_UP} THEN 1 ELSE 0 END), "
    f"SUM(CASE WHEN {_UP} AND seen.total_us > {{slow}} THEN 1 ELSE 0 END), "
    f"SUM(CASE WHEN {_GAP} THEN 1 ELSE 0 END), "
    f"SUM(CASE WHEN {_UP} THEN seen.total_us ELSE 0 END), "
    f"MIN(CASE WHEN {_UP} THEN seen.total_us END), "
    f"MAX(CASE WHEN {_UP} THEN seen.total_us ELSE 0 END) " + _FROM + " GROUP BY 1, 2 ORDER BY 2"
)
_NEVER_SLOW = "2147483647"

Window = tuple[int, int]


class Asked(NamedTuple):
    """Whose checks, summed by which column, from which slot until before which."""

    key: str
    monitor_ids: Collection[str]
    window: Window
    step: int
    location: str | None

    def written(self, statement: str, **parts: str) -> tuple[str, list[Any]]:
        """Return the statement with its parts, and the parameters of its condition."""
        chosen, values = among(self.monitor_ids)
        place = "" if self.location is None else " AND watch.location = %s"
        places = [] if self.location is None else [self.location]
        text = statement.format(key=self.key, chosen=chosen, place=place, **parts)
        return text, [*values, *places, *self.window]


class Checks:
    """The checks of one step, one by one."""

    def __init__(self) -> None:
        self.n = self.ok = self.degraded = self.gaps = 0
        self._times_us: list[int] = []

    def add(self, word: str, total_us: int, slow_after_us: int) -> None:
        if word in GAPS:
            self.gaps += 1
            return
        self.n += 1
        if word == UP:
            self.ok += 1
            self.degraded += 0 < slow_after_us < total_us
            self._times_us.append(total_us)

    @property
    def sums(self) -> tuple[int, int, int, int, int, int, int]:
        """Return n, ok, degraded, gaps, and sum, lowest and highest time in microseconds."""
        times = self._times_us
        low, high = min(times, default=0), max(times, default=0)
        return self.n, self.ok, self.degraded, self.gaps, sum(times), low, high

    def percentiles(self, shares: Collection[float]) -> list[int | None]:
        times = sorted(self._times_us)
        if not times:
            return [None] * len(shares)
        return [times[max(ceil(len(times) * share), 1) - 1] for share in shares]


def summed(asked: Asked) -> list[tuple[Any, ...]]:
    """Return rows of key, start and the sums of :class:`Checks`, in order. Two queries."""
    slow = {key: after_us for key, after_us in _slow_after_us(asked).items() if after_us}
    cases = " ".join(["WHEN %s THEN %s"] * len(slow))
    limit = f"CASE watch.monitor_id {cases} ELSE {_NEVER_SLOW} END" if slow else _NEVER_SLOW
    statement, parameters = asked.written(_SUMMED, slow=limit)
    limits = [value for pair in slow.items() for value in pair]
    with connection.cursor() as cursor:
        cursor.execute(statement, [asked.step, *limits, *parameters])
        return list(cursor.fetchall())


def one_by_one(asked: Asked) -> dict[tuple[str, int], Checks]:
    """Return the checks by key and step, in order. Two queries."""
    slow = _slow_after_us(asked)
    found: dict[tuple[str, int], Checks] = defaultdict(Checks)
    statement, parameters = asked.written(_CHECKS)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for key, monitor_id, slot, word, total_us in cursor.fetchall():
            found[key, slot - slot % asked.step].add(word, total_us, slow.get(monitor_id, 0))
    return dict(sorted(found.items()))


def _slow_after_us(asked: Asked) -> dict[str, int]:
    """Return what is called slow; how it was when a check was made is not kept."""
    rows = Monitor.objects.filter(pk__in=asked.monitor_ids).order_by()
    return {
        monitor_id: readable_options(options).degraded_after_ms * 1000
        for monitor_id, options in rows.values_list("pk", "options")
    }

"""Measurements over time: points of equal length, from days, hours or single checks."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from operator import add
from typing import Any, NamedTuple

from django.db import connection

from . import histogram
from .asking import among
from .raw_series import Asked, one_by_one, summed
from .rollups import DAY_S, HOUR_S, Sums

_ROLLUPS = (
    "SELECT {key}, sums.start, sums.n, sums.ok, sums.degraded, sums.gaps, sums.sum_us, "
    "sums.min_us, sums.max_us, sums.bins "
    "FROM monitors_watch watch JOIN monitors_{level}rollup sums ON sums.watch_id = watch.id "
    "WHERE watch.monitor_id {chosen}{place} AND sums.start >= %s AND sums.start < %s"
)
# Grouped by the watch, in whose order they are read; by the monitor takes SQLite twice as long.
# Grouped by the watch, in whose order they are read; by the monitor takes SQLite twice as long.
_TOTALS = (
    "SELECT watch.monitor_id, one.n, one.ok, one.sum_us FROM (SELECT sums.watch_id, "
    "SUM(sums.n) AS n, SUM(sums.ok) AS ok, SUM(sums.sum_us) AS sum_us "
    "FROM monitors_hourrollup sums WHERE sums.watch_id IN "
    "(SELECT id FROM monitors_watch WHERE monitor_id {chosen}) "
    "AND sums.start >= %s AND sums.start < %s GROUP BY sums.watch_id) one "
    "JOIN monitors_watch watch ON watch.id = one.watch_id"
)
_SHARES = (0.5, 0.95, 0.99)
_MONITOR, _LOCATION = "watch.monitor_id", "watch.location"


class Point(NamedTuple):
    """What was measured from `start` on for one step; seconds since 1970, times in microseconds.

    `n` checks count, `ok` of them were up, `degraded` of those slow; `gaps` stand outside `n`.
    Times are those of what was up, None where nothing was. Percentiles are None too where they
    would have cost too much.
    """

    start: int
    n: int
    ok: int
    degraded: int
    gaps: int
    mean_us: int | None = None
    min_us: int | None = None
    max_us: int | None = None
    p50_us: int | None = None
    p95_us: int | None = None
    p99_us: int | None = None


class Total(NamedTuple):
    """What was measured in all: `ok` of `n` checks were up, their mean in microseconds."""

    n: int
    ok: int
    mean_us: int | None


def series(
    monitor_ids: Collection[str], *, start: int, end: int, step: int, location: str | None = None
) -> dict[str, list[Point]]:
    """Return the points of each monitor from `start` until before `end`, in order.

    Points stand on multiples of `step`; empty ones are left out. From a day on they come from the
    sums of days, from an hour on from those of hours: the first one is whole where `start` is
    inside it. Shorter ones come from single checks, which are kept for 72 hours; of these,
    percentiles are known when one monitor is asked for. All locations together, or one. One query,
    of single checks two.
    """
    return _points(Asked(_MONITOR, monitor_ids, (start, end), step, location))


def by_location(monitor_id: str, *, start: int, end: int, step: int) -> dict[str, list[Point]]:
    """Return what :func:`series` does of one monitor, but each location by itself."""
    return _points(Asked(_LOCATION, [monitor_id], (start, end), step, None))


def totals(monitor_ids: Collection[str], *, start: int, end: int) -> dict[str, Total]:
    """Return the sums of each monitor over whole hours, all locations together. One query."""
    if not monitor_ids:
        return {}
    chosen, values = among(monitor_ids)
    found: dict[str, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS.format(chosen=chosen), [*values, start - start % HOUR_S, end])
        for key, *sums in cursor.fetchall():
            known = found.get(key)
            found[key] = sums if known is None else list(map(add, known, sums))
    return {
        key: Total(n, ok, round(sum_us / ok) if ok else None)
        for key, (n, ok, sum_us) in found.items()
    }


def _total(start: int, sums: Sequence[Any]) -> Point:
    n, ok, degraded, gaps, sum_us, min_us, max_us = sums
    if not ok:
        return Point(start, n, ok, degraded, gaps)
    return Point(start, n, ok, degraded, gaps, round(sum_us / ok), min_us, max_us)


def _points(asked: Asked) -> dict[str, list[Point]]:
    if not asked.monitor_ids:
        return {}
    if asked.step < HOUR_S:
        return _of_checks(asked)
    name, unit = ("day", DAY_S) if asked.step >= DAY_S else ("hour", HOUR_S)
    statement, parameters = asked.written(_ROLLUPS, level=name)
    *chosen, start, end = parameters
    groups: dict[str, dict[int, list[Sums]]] = defaultdict(lambda: defaultdict(list))
    with connection.cursor() as cursor:
        cursor.execute(statement, [*chosen, start - start % unit, end])
        for key, at, *sums in cursor.fetchall():
            groups[key][at - at % asked.step].append(Sums(*sums))
    return {
        key: [_point(at, some) for at, some in sorted(steps.items())]
        for key, steps in groups.items()
    }


def _point(start: int, some: list[Sums]) -> Point:
    n, ok, degraded, gaps, sum_us = (sum(column) for column in list(zip(*some, strict=True))[:5])
    if not ok:
        return Point(start, n, ok, degraded, gaps)
    low = min(one.min_us for one in some if one.ok)
    high = max(one.max_us for one in some)
    bins = some[0].bins if len(some) == 1 else histogram.merge(bytes(one.bins) for one in some)
    shares = histogram.percentiles(bytes(bins), _SHARES)
    # No percentile is beyond what was really measured, wherever in its bin that was.
    inside = [None if one is None else min(max(one, low), high) for one in shares]
    return Point(start, n, ok, degraded, gaps, round(sum_us / ok), low, high, *inside)


def _of_checks(asked: Asked) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    if len(asked.monitor_ids) > 1:
        for key, at, *sums in summed(asked):
            found[key].append(_total(at, sums))
        return dict(found)
    for (key, at), checks in one_by_one(asked).items():
        p50, p95, p99 = checks.percentiles(_SHARES)
        point = _total(at, checks.sums)
        found[key].append(point._replace(p50_us=p50, p95_us=p95, p99_us=p99))
    return dict(found)

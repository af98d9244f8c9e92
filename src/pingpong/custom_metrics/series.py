"""Custom metrics over time: points of equal length, each rolled up as the metric says."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db import connection
from django.db.models import Max

from .models import CustomMetric, DataPoint, Rollup
from .series_sql import FROM_HOURS, FROM_POINTS
from .writing import HOUR_S


class Point(NamedTuple):
    """The rolled up value of one step that begins at `start`, seconds since 1970."""

    start: int
    value: float


class Newest(NamedTuple):
    """The value that was fed last, and its minute."""

    minute: int
    value: float


class Bucket(NamedTuple):
    """All that was fed in one step that begins at `start`, seconds since 1970; `n` is never 0."""

    start: int
    n: int
    total: float
    low: float
    high: float

    def rolled_up(self, rollup: str) -> float:
        """Return the one value that stands for all; halves are rounded to even numbers."""
        if rollup == Rollup.SUM:
            return self.total
        if rollup == Rollup.MINIMUM:
            return self.low
        if rollup == Rollup.MAXIMUM:
            return self.high
        mean = self.total / self.n
        return float(round(mean)) if rollup == Rollup.ROUNDED_MEAN else mean


def series(metric: CustomMetric, *, start: int, end: int, step: int) -> list[Point]:
    """Return the points from `start` until before `end`, in order; empty ones are left out.

    They stand on multiples of `step` seconds. One query.
    """
    return series_of([metric], start=start, end=end, step=step)[metric.pk]


def series_of(
    metrics: Iterable[CustomMetric], *, start: int, end: int, step: int
) -> dict[str, list[Point]]:
    """Return :func:`series` of several metrics by their ids; of none fed, an empty list.

    Steps of whole hours reach 13 months back, others 30 days. One query.
    """
    known = {metric.pk: metric.rollup for metric in metrics}
    found = buckets_of(known, start=start, end=end, step=step)
    return {
        metric_id: [Point(one.start, one.rolled_up(rollup)) for one in found.get(metric_id, ())]
        for metric_id, rollup in known.items()
    }


def buckets_of(
    metric_ids: Collection[str], *, start: int, end: int, step: int
) -> dict[str, list[Bucket]]:
    """Return what was fed, by metric and step, from `start` until before `end`.

    Hours that are whole come out of their sums where `step` is a multiple of an hour; hours that
    are cut come out of points, which are 30 days old at most. One query.
    """
    if not metric_ids or start >= end:
        return {}
    ids = list(metric_ids)
    named = ", ".join(["%s"] * len(ids))
    if step % HOUR_S:
        statement, values = FROM_POINTS, [*ids, start, end]
    else:
        first = -(-start // HOUR_S) * HOUR_S
        last = max(first, end // HOUR_S * HOUR_S)
        whole = [*ids, first, last]
        lead, tail = [*ids, start, min(first, end)], [*ids, last, end]
        statement, values = FROM_HOURS, [*whole, *whole, *lead, *tail]
    found: dict[str, list[Bucket]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement.format(ids=named, step=int(step)), values)
        for metric_id, at, n, total, low, high in cursor.fetchall():
            found.setdefault(metric_id, []).append(Bucket(at, int(n), total, low, high))
    return found


def newest(metric_ids: Collection[str]) -> dict[str, Newest]:
    """Return what was fed last of each metric that has anything. Two queries."""
    rows = DataPoint.objects.filter(metric__in=metric_ids).order_by()
    minutes = dict(
        rows.values("metric_id").annotate(last=Max("minute")).values_list("metric_id", "last")
    )
    last = DataPoint.objects.filter(pk__in=list(minutes.items())).order_by()
    return {
        metric_id: Newest(minute, value)
        for metric_id, minute, value in last.values_list("metric_id", "minute", "value")
    }

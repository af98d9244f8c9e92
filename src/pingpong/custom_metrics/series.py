"""Custom metrics over time: points of equal length, each rolled up as the metric says."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Avg, F, Max, Min, Sum
from django.db.models.aggregates import Aggregate

from .models import CustomMetric, DataPoint, Rollup

_AGGREGATES: dict[str, type[Aggregate]] = {
    Rollup.MEAN: Avg,
    Rollup.ROUNDED_MEAN: Avg,
    Rollup.SUM: Sum,
    Rollup.MINIMUM: Min,
    Rollup.MAXIMUM: Max,
}


class Point(NamedTuple):
    """The rolled up value of one step that begins at `start`, seconds since 1970."""

    start: int
    value: float


class Newest(NamedTuple):
    """The value that was fed last, and its minute."""

    minute: int
    value: float


def series(metric: CustomMetric, *, start: int, end: int, step: int) -> list[Point]:
    """Return the points from `start` until before `end`, in order; empty ones are left out.

    They stand on multiples of `step` seconds. One query.
    """
    rows = (
        DataPoint.objects.filter(metric=metric, minute__gte=start, minute__lt=end)
        .order_by()
        .values(at=F("minute") - F("minute") % step)
        .annotate(rolled=_AGGREGATES[metric.rollup]("value"))
        .values_list("at", "rolled")
    )
    return [Point(at, _as_told(metric.rollup, value)) for at, value in sorted(rows)]


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


def _as_told(rollup: str, value: float) -> float:
    return float(round(value)) if rollup == Rollup.ROUNDED_MEAN else float(value)

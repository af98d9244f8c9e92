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
# Where each stands among mean, sum, minimum and maximum.
_PLACES = {
    Rollup.MEAN.value: 0,
    Rollup.ROUNDED_MEAN.value: 0,
    Rollup.SUM.value: 1,
    Rollup.MINIMUM.value: 2,
    Rollup.MAXIMUM.value: 3,
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


def series_of(
    metrics: Collection[CustomMetric], *, start: int, end: int, step: int
) -> dict[str, list[Point]]:
    """Return what :func:`series` returns of each metric, by its id. One query for all."""
    kinds = {one.pk: one.rollup for one in metrics}
    rows = (
        DataPoint.objects.filter(metric__in=list(kinds), minute__gte=start, minute__lt=end)
        .order_by()
        .values("metric_id", at=F("minute") - F("minute") % step)
        .annotate(mean=Avg("value"), total=Sum("value"), least=Min("value"), most=Max("value"))
        .values_list("metric_id", "at", "mean", "total", "least", "most")
    )
    found: dict[str, list[Point]] = {metric_id: [] for metric_id in kinds}
    for metric_id, at, *sums in sorted(rows):
        rollup = kinds[metric_id]
        found[metric_id].append(Point(at, _as_told(rollup, sums[_PLACES[rollup]])))
    return found

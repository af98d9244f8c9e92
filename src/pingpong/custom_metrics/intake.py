"""Data points: floored to the minute, one value a minute, kept for 30 days."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from .models import CustomMetric, DataPoint

MINUTE_S = 60
KEPT_FOR = timedelta(days=30)
Points = Sequence[tuple[int, float]]
"""Pairs of (seconds since 1970, value)."""

_UPSERT = (
    "INSERT INTO custom_metrics_datapoint (metric_id, minute, value) {rows} "
    "ON CONFLICT (metric_id, minute) DO UPDATE SET value = excluded.value"
)
_ONE_ROW = _UPSERT.format(rows="VALUES (%s, %s, %s)")
# One statement for all rows; executemany would cost PostgreSQL a round trip for each. WHERE true
# keeps the parser from reading ON CONFLICT as a join's condition.
_ALL_ROWS = _UPSERT.format(
    rows="SELECT * FROM unnest(%s::text[], %s::bigint[], %s::float8[]) WHERE true"
)


class UnknownMetricError(Exception):
    """One of the ids is no custom metric of the page; nothing was written."""

    def __init__(self, metric_ids: Sequence[str]) -> None:
        super().__init__(", ".join(metric_ids))
        self.metric_ids = metric_ids


def settled(points: Points, *, now: datetime) -> dict[int, float]:
    """Floor to minutes, drop what is older than 30 days, let the last of a minute win."""
    oldest = int((now - KEPT_FOR).timestamp())
    return {
        timestamp - timestamp % MINUTE_S: value
        for timestamp, value in points
        if timestamp >= oldest
    }


@transaction.atomic
def store_points(
    page_id: str, data: Mapping[str, Points], *, now: datetime
) -> dict[str, dict[int, float]]:
    """Store points of several custom metrics, all or none; return what is stored, by minute.

    Raises UnknownMetricError when an id is not one of the page's.
    """
    known = set(
        CustomMetric.objects.filter(page_id=page_id, pk__in=data).values_list("pk", flat=True)
    )
    unknown = [metric_id for metric_id in data if metric_id not in known]
    if unknown:
        raise UnknownMetricError(unknown)
    stored = {metric_id: settled(points, now=now) for metric_id, points in data.items()}
    # In one order for all: writers that meet on the same rows wait, and do not deadlock.
    _upsert(
        sorted(
            (metric_id, minute, float(value))
            for metric_id, minutes in stored.items()
            for minute, value in minutes.items()
        )
    )
    return stored


def _upsert(rows: list[tuple[str, int, float]]) -> None:
    if not rows:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_ALL_ROWS, [list(column) for column in zip(*rows, strict=True)])
        else:
            cursor.executemany(_ONE_ROW, rows)


def forget_old(now: datetime, *, batch: int = 10_000) -> int:
    """Delete points older than 30 days, a batch a transaction; return how many went."""
    oldest = int((now - KEPT_FOR).timestamp()) - MINUTE_S
    gone = 0
    while True:
        minutes = DataPoint.objects.filter(minute__lt=oldest).order_by("minute")
        edge = list(minutes.values_list("minute", flat=True)[:batch])
        if not edge:
            return gone
        deleted, _ = DataPoint.objects.filter(minute__lte=edge[-1], minute__lt=oldest).delete()
        gone += deleted

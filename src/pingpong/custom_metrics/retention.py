"""Forgetting points and hours that are too old, a little at a time."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from .hours import sum_up
from .models import DataPoint, HourOfPoints
from .writing import HOUR_S

POINTS_KEPT_FOR = timedelta(days=30)
HOURS_KEPT_FOR = timedelta(days=396)  # 13 months


def forget_old(now: datetime, *, batch: int = 10_000) -> int:
    """Delete points older than 30 days and hours older than 13 months; return how many went.

    Each batch is a transaction of its own. Points go by whole hours: while one of them can still
    be written, the hour can be summed up again.
    """
    sum_up(now)
    # A minute more, for a request that came just before.
    oldest = int((now - POINTS_KEPT_FOR).timestamp()) - 60
    gone = _forget(DataPoint.objects.all(), "minute", oldest - oldest % HOUR_S, batch)
    oldest_hour = int((now - HOURS_KEPT_FOR).timestamp())
    return gone + _forget(HourOfPoints.objects.all(), "hour", oldest_hour, batch)


def _forget(rows: QuerySet[Any], column: str, oldest: int, batch: int) -> int:
    gone = 0
    old = rows.filter(**{f"{column}__lt": oldest}).order_by()
    while True:
        edge = list(old.order_by(column).values_list(column, flat=True)[:batch])
        if not edge:
            return gone
        deleted, _ = old.filter(**{f"{column}__lte": edge[-1]}).delete()
        gone += deleted

"""What was fed last, found by one look into the index for each metric."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from .models import CustomMetric, DataPoint
from .series import Newest


class Mark(NamedTuple):
    """What was fed last on a page: the newest minute, and a stamp of all newest values."""

    minute: int
    stamp: int


def latest(metric_ids: Collection[str]) -> dict[str, Newest]:
    """Return what :func:`newest` returns: by one look into the index for each metric. One query."""
    points = DataPoint.objects.filter(metric=OuterRef("pk")).order_by("-minute")
    rows = CustomMetric.objects.filter(pk__in=metric_ids).order_by()
    told = rows.annotate(
        minute=Subquery(points.values("minute")[:1]), value=Subquery(points.values("value")[:1])
    )
    found = told.filter(minute__isnull=False).values_list("pk", "minute", "value")
    return {metric_id: Newest(minute, value) for metric_id, minute, value in found}


def marks_by_page() -> dict[str, Mark]:
    """Return of each page with showcased metrics what moves when one of them is fed. One query.

    A number that comes late, below a newer one, moves nothing.
    """
    points = DataPoint.objects.filter(metric=OuterRef("pk")).order_by("-minute")
    rows = CustomMetric.objects.filter(showcased=True).order_by()
    told = rows.annotate(
        minute=Subquery(points.values("minute")[:1]), value=Subquery(points.values("value")[:1])
    )
    found: dict[str, Mark] = {}
    for page_id, *newest_one in told.values_list("page_id", "pk", "minute", "value"):
        before = found.get(page_id, Mark(0, 0))
        minute = max(before.minute, newest_one[1] or 0)
        found[page_id] = Mark(minute, before.stamp ^ hash(tuple(newest_one)))
    return found

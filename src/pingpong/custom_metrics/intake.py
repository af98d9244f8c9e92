"""Data points: floored to the minute, one value a minute, kept for 30 days."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from .group_commit import GroupCommit
from .models import CustomMetric
from .retention import POINTS_KEPT_FOR as KEPT_FOR
from .retention import forget_old
from .writing import write_points

__all__ = ["KEPT_FOR", "MINUTE_S", "UnknownMetricError", "forget_old", "settled", "store_points"]

MINUTE_S = 60
Points = Sequence[tuple[int, float]]
"""Pairs of (seconds since 1970, value)."""
Settled = dict[str, dict[int, float]]
"""Values by metric and minute."""
# So many points are written within a blink.
_MOST_IN_A_COMMIT = 30_000


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


def store_points(
    page_id: str, data: Mapping[str, Points], *, now: datetime
) -> dict[str, dict[int, float]]:
    """Store points of several custom metrics, all or none; return what is stored, by minute.

    What comes from several threads at once shares a transaction, except where the caller has
    opened one: then the points are part of that. Raises UnknownMetricError when an id is not one
    of the page's.
    """
    stored = {metric_id: settled(points, now=now) for metric_id, points in data.items()}
    job = _Job(page_id, stored)
    if connection.in_atomic_block:
        _write_together([job])
    else:
        _together.perform(job, size=sum(map(len, stored.values())))
    if job.unknown:
        raise UnknownMetricError(job.unknown)
    return stored


@dataclass(eq=False, slots=True)
class _Job:
    page_id: str
    points: Settled
    unknown: Sequence[str] = ()


def _write_jobs(jobs: Sequence[_Job]) -> None:
    try:
        _write_together(jobs)
    except IntegrityError:
        # A metric was deleted meanwhile: whose it was is told so, the others do without.
        if len(jobs) == 1:
            raise
        for job in jobs:
            _write_alone(job)


def _write_alone(job: _Job) -> None:
    try:
        _write_together([job])
    except IntegrityError:
        job.unknown = list(job.points)


@transaction.atomic
def _write_together(jobs: Sequence[_Job]) -> None:
    pages = _pages_of({metric_id for job in jobs for metric_id in job.points})
    merged: Settled = {}
    for job in jobs:
        job.unknown = [one for one in job.points if pages.get(one) != job.page_id]
        if not job.unknown:
            _merge(merged, job.points)
    write_points(merged)


def _merge(merged: Settled, points: Settled) -> None:
    for metric_id, minutes in points.items():
        known = merged.get(metric_id)
        merged[metric_id] = minutes if known is None else known | minutes


def _pages_of(metric_ids: Collection[str]) -> dict[str, str]:
    return dict(CustomMetric.objects.filter(pk__in=metric_ids).values_list("pk", "page_id"))


_together = GroupCommit(_write_jobs, most=_MOST_IN_A_COMMIT)

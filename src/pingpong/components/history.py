"""The ledger of effective statuses, kept in step with what it is derived from."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Max, OuterRef, Q, Subquery

from pingpong.kit.actor import Actor

from .models import Component, Effect, Interval, OwnStatus, Revision
from .status import Influence
from .timeline import Segment, Setting, derive, splice
from .uptime import Span


def sync(
    component_ids: Collection[str],
    *,
    since: datetime,
    cause: str,
    cause_id: str,
    by: Actor,
    now: datetime,
) -> None:
    """Bring the ledger of some components in step from `since` on.

    Call it in the transaction of the change. The number of queries does not depend on the number
    of components. Rows that the change contradicts are superseded by a revision that names
    `cause`, `cause_id` and the actor; the rest is only closed and continued.
    """
    if since > now or not component_ids:
        return
    births = dict(Component.objects.filter(pk__in=component_ids).values_list("pk", "created_at"))
    settings = _settings(births.keys(), since)
    influences = _influences(births.keys(), since)
    in_force = _in_force(births.keys(), since)
    changes = _Changes()
    for component_id, born_at in births.items():
        rows = in_force[component_id]
        # What a faster request has written with a later clock is known too.
        known_until = max([now, *(row.started_at for row in rows)])
        derived = derive(
            settings[component_id],
            influences[component_id],
            start=max(since, born_at),
            until=known_until,
        )
        target = splice([_as_segment(row) for row in rows], derived)
        changes.compare(component_id, rows, target)
    changes.write(since=since, cause=cause, cause_id=cause_id, by=by, now=now)


class _Changes:
    """What has to be written, gathered over many components and written in four statements."""

    def __init__(self) -> None:
        self._closed: dict[datetime | None, list[Interval]] = defaultdict(list)
        self._superseded: dict[str, list[Interval]] = defaultdict(list)
        self._new: list[tuple[str, Segment]] = []

    def compare(self, component_id: str, rows: list[Interval], target: list[Segment]) -> None:
        matching = 0
        for row, segment in zip(rows, target, strict=False):
            if row.started_at != segment.start or not _as_segment(row).is_like(segment):
                break
            if row.ended_at != segment.end:
                if row.ended_at is not None:
                    break  # what is closed is never altered
                self._closed[segment.end].append(row)
            matching += 1
        if rows[matching:]:
            self._superseded[component_id] = rows[matching:]
        self._new += [(component_id, segment) for segment in target[matching:]]

    def write(
        self, *, since: datetime, cause: str, cause_id: str, by: Actor, now: datetime
    ) -> None:
        revisions = [
            Revision(
                component_id=component_id,
                at=now,
                since=since,
                cause=cause,
                cause_id=cause_id,
                actor=by.name,
            )
            for component_id in self._superseded
        ]
        Revision.objects.bulk_create(revisions)
        if revisions:
            replaced = [row.pk for rows in self._superseded.values() for row in rows]
            newest = Revision.objects.filter(component_id=OuterRef("component_id"))
            Interval.objects.filter(pk__in=replaced).update(
                superseded_by=Subquery(newest.order_by("-pk").values("pk")[:1])
            )
        # An event ends at one instant for all its components: one statement, as a rule.
        for ended_at, rows in self._closed.items():
            Interval.objects.filter(pk__in=[row.pk for row in rows]).update(ended_at=ended_at)
        Interval.objects.bulk_create(
            Interval(
                component_id=component_id,
                status=segment.status,
                source=segment.source,
                cause_id=segment.cause_id,
                actor=by.name,
                started_at=segment.start,
                ended_at=segment.end,
            )
            for component_id, segment in self._new
        )


def _as_segment(row: Interval) -> Segment:
    return Segment(row.status, row.source, row.cause_id, row.started_at, row.ended_at)


def _settings(component_ids: Iterable[str], since: datetime) -> dict[str, list[Setting]]:
    """Return the settings in force at `since` and after it."""
    in_force = (
        OwnStatus.objects.filter(component_id__in=component_ids, since__lte=since)
        .order_by()
        .values("component_id")
        .annotate(latest=Max("since"))
    )
    latest = {row["component_id"]: row["latest"] for row in in_force}
    earliest = min(latest.values(), default=since)
    rows = OwnStatus.objects.filter(component_id__in=component_ids, since__gte=earliest)
    found: dict[str, list[Setting]] = defaultdict(list)
    for row in rows:
        if row.since >= latest.get(row.component_id, row.since):
            found[row.component_id].append(Setting(row.status, row.since))
    return found


def _influences(component_ids: Iterable[str], since: datetime) -> dict[str, list[Influence]]:
    rows = Effect.objects.filter(component_id__in=component_ids).filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=since)
    )
    found: dict[str, list[Influence]] = defaultdict(list)
    for row in rows:
        found[row.component_id].append(
            Influence(row.source, row.event_id, row.status, row.starts_at, row.ends_at)
        )
    return found


def _in_force(component_ids: Iterable[str], since: datetime) -> dict[str, list[Interval]]:
    """Return what reaches `since`: what ends just there may turn out to go on."""
    rows = (
        Interval.objects.filter(component_id__in=component_ids, superseded_by__isnull=True)
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gte=since))
        .order_by("started_at")
    )
    found: dict[str, list[Interval]] = defaultdict(list)
    for row in rows:
        found[row.component_id].append(row)
    return found


def intervals_since(
    component_ids: Collection[str], start: datetime, *, now: datetime
) -> dict[str, list[Span]]:
    """Return the ledger in force from `start` on, per component in order; the open span ends now.

    One query. A component without intervals is missing from the answer.
    """
    rows = (
        Interval.objects.filter(component_id__in=component_ids, superseded_by__isnull=True)
        .filter(Q(ended_at__isnull=True) | Q(ended_at__gt=start))
        .order_by("started_at")
        .values_list("component_id", "status", "started_at", "ended_at")
    )
    found: dict[str, list[Span]] = defaultdict(list)
    for component_id, status, started_at, ended_at in rows:
        found[component_id].append(Span(status, started_at, ended_at or max(now, started_at)))
    return dict(found)

"""What happened and what is planned: incidents and maintenance as a public page tells them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from django.db.models import F, Q, QuerySet

from pingpong.components.days import Days
from pingpong.components.status import Status, color_of
from pingpong.incidents import queries as incident_queries
from pingpong.incidents.models import Incident, Postmortem
from pingpong.maintenance import queries as maintenance_queries
from pingpong.maintenance.models import Maintenance, MaintenanceStatus

PAST_DAYS = 15
# A script run wild must not make a page that takes seconds to render, at each change.
MOST_INCIDENTS = 100


@dataclass(frozen=True, slots=True)
class AffectedSummary:
    """A showcased component and what the event makes of it."""

    id: str
    name: str
    status: str
    color: str


@dataclass(frozen=True, slots=True)
class UpdateSummary:
    id: str
    status: str
    message: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """An incident; `updates` are newest first, `message` is sanitised HTML.

    `postmortem` is such HTML too, empty until one is published. `next_update_by` is when the next
    update was promised; `is_late` tells that this has passed.
    """

    id: str
    title: str
    status: str
    message: str
    occurred_at: datetime
    resolved_at: datetime | None
    updates: Sequence[UpdateSummary]
    affected: Sequence[AffectedSummary]
    postmortem: str = ""
    next_update_by: datetime | None = None
    is_late: bool = False

    @property
    def duration(self) -> timedelta | None:
        """Return how long it took; None while it goes on."""
        if self.resolved_at is None:
            return None
        return max(self.resolved_at - self.occurred_at, timedelta())


@dataclass(frozen=True, slots=True)
class MaintenanceSummary:
    id: str
    title: str
    status: str
    message: str
    scheduled_for: datetime
    ends_at: datetime
    affected: Sequence[AffectedSummary]


@dataclass(frozen=True, slots=True)
class PastDay:
    """What began on one day (or ended, where it began before the first day); may be nothing."""

    date: date
    ongoing: Sequence[IncidentSummary]
    incidents: Sequence[IncidentSummary]
    maintenance: Sequence[MaintenanceSummary]


@dataclass(frozen=True, slots=True)
class Chronicle:
    """`edges` are when planned work starts or ends, or an update is due: in the past or to come."""

    ongoing: Sequence[IncidentSummary]
    in_progress: Sequence[MaintenanceSummary]
    upcoming: Sequence[MaintenanceSummary]
    past_days: Sequence[PastDay]
    omitted_incidents: int
    has_incident_touching_nothing: bool
    has_maintenance_touching_nothing: bool
    edges: Sequence[datetime]


def chronicle_of(page_id: str, *, now: datetime, zone: tzinfo) -> Chronicle:
    """Read what goes on, what is planned, and what the last 15 days brought (today first)."""
    days = Days.until(now, zone=zone, count=PAST_DAYS)
    recent = Q(began_at__gte=days.start) | Q(resolved_at__gte=days.start)
    incidents, omitted = _newest(
        incident_queries.full(page_id)
        .filter(Q(resolved_at__isnull=True) | recent)
        .select_related("postmortem")
    )
    windows = list(
        maintenance_queries.full(page_id)
        .filter(ends_at__gt=days.start)
        .order_by("scheduled_for", "id")
    )
    ongoing = [one for one in incidents if one.resolved_at is None]
    by_status: dict[str, list[Maintenance]] = defaultdict(list)
    for window in windows:
        by_status[window.status_at(now)].append(window)
    running = by_status[MaintenanceStatus.IN_PROGRESS]
    return Chronicle(
        ongoing=[tell_incident(one, now) for one in ongoing],
        in_progress=[tell_maintenance(one, now) for one in running],
        upcoming=[tell_maintenance(one, now) for one in by_status[MaintenanceStatus.UPCOMING]],
        past_days=_past_days(
            days,
            [tell_incident(one, now) for one in incidents],
            [tell_maintenance(one, now) for one in by_status[MaintenanceStatus.COMPLETE]],
            zone,
        ),
        omitted_incidents=omitted,
        has_incident_touching_nothing=any(not one.affected.all() for one in ongoing),
        has_maintenance_touching_nothing=any(not one.affected.all() for one in running),
        edges=[
            *(edge for one in windows for edge in (one.scheduled_for, one.ends_at)),
            *(one.next_update_by for one in ongoing if one.next_update_by),
        ],
    )


def _newest(rows: QuerySet[Incident]) -> tuple[list[Incident], int]:
    """Return the incidents that have a place, what goes on first, and how many have none."""
    told_first = rows.order_by(F("resolved_at").desc(nulls_first=True), "-id")
    some = list(told_first[: MOST_INCIDENTS + 1])
    omitted = rows.count() - MOST_INCIDENTS if len(some) > MOST_INCIDENTS else 0
    kept = some[:MOST_INCIDENTS]
    return sorted(kept, key=lambda one: (one.began_at, one.pk), reverse=True), omitted


def tell_incident(row: Incident, now: datetime | None = None) -> IncidentSummary:
    """Return an incident as the page tells it; its relations should be fetched already.

    What was promised is told only where it is said what time it is.
    """
    is_promised = now is not None and row.resolved_at is None
    promised = row.next_update_by if is_promised else None
    return IncidentSummary(
        id=row.pk,
        title=row.title,
        status=row.status,
        message=row.message,
        occurred_at=row.began_at,
        resolved_at=row.resolved_at,
        updates=[
            UpdateSummary(one.pk, one.status, one.message, one.created_at)
            for one in list(row.updates.all())[::-1]
        ],
        affected=[
            AffectedSummary(one.component_id, one.component.name, one.status, color_of(one.status))
            for one in row.affected.all()
            if one.component.showcased
        ],
        postmortem=_postmortem(row),
        next_update_by=promised,
        is_late=promised is not None and now is not None and promised <= now,
    )


def _postmortem(row: Incident) -> str:
    try:
        written = row.postmortem
    except Postmortem.DoesNotExist:
        return ""
    return written.text if written.is_published else ""


def tell_maintenance(row: Maintenance, now: datetime) -> MaintenanceSummary:
    """Return a window as the page tells it; its relations should be fetched already."""
    status = Status.MAINTENANCE.value
    return MaintenanceSummary(
        id=row.pk,
        title=row.title,
        status=row.status_at(now),
        message=row.message,
        scheduled_for=row.scheduled_for,
        ends_at=row.ends_at,
        affected=[
            AffectedSummary(one.component_id, one.component.name, status, color_of(status))
            for one in row.affected.all()
            if one.component.showcased
        ],
    )


def _past_days(
    days: Days,
    incidents: Iterable[IncidentSummary],
    windows: Iterable[MaintenanceSummary],
    zone: tzinfo,
) -> list[PastDay]:
    """File what happened under days, today first."""
    first, last = days.dates[0], days.dates[-1]
    ongoing: dict[date, list[IncidentSummary]] = defaultdict(list)
    resolved: dict[date, list[IncidentSummary]] = defaultdict(list)
    complete: dict[date, list[MaintenanceSummary]] = defaultdict(list)

    def day_of(began_at: datetime, ended_at: datetime) -> date:
        began = began_at.astimezone(zone).date()
        return min(began if began >= first else ended_at.astimezone(zone).date(), last)

    for incident in incidents:
        if incident.resolved_at is None:
            ongoing[day_of(incident.occurred_at, incident.occurred_at)].append(incident)
        else:
            resolved[day_of(incident.occurred_at, incident.resolved_at)].append(incident)
    for window in windows:
        complete[day_of(window.scheduled_for, window.ends_at)].append(window)
    return [
        PastDay(day, ongoing[day], resolved[day], complete[day]) for day in reversed(days.dates)
    ]

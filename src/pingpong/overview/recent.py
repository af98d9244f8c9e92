"""What happened lately on a page, further back than it shows: for feeds and for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from pingpong.components.models import Component, Interval
from pingpong.incidents import queries as incident_queries
from pingpong.incidents.models import Incident, IncidentStatus, Postmortem
from pingpong.maintenance import queries as maintenance_queries
from pingpong.maintenance.cancellations import recently_cancelled
from pingpong.maintenance.models import Maintenance, MaintenanceStatus

from .chronicle import (
    IncidentSummary,
    MaintenanceSummary,
    incident_summary,
    maintenance_summary,
)

MOST_INCIDENTS = 50
MOST_PAST_WINDOWS = 50
MOST_COMING_WINDOWS = 150
# Of work that repeats, windows beyond are in the calendar, and no news yet.
_SERIES_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class RecentIncident:
    """An incident and when things happened to it. `updated_at` is when readers last heard more."""

    told: IncidentSummary
    published_at: datetime
    updated_at: datetime
    verifying_at: datetime | None
    postmortem_at: datetime | None


@dataclass(frozen=True, slots=True)
class RecentMaintenance:
    """A window, with what calendars need to tell a newer version from an older one.

    `updated_at` moves with its edges too; `is_far` is set for one of a series that is far ahead.
    """

    told: MaintenanceSummary
    created_at: datetime
    changed_at: datetime
    updated_at: datetime
    revision: int
    is_far: bool


@dataclass(frozen=True, slots=True)
class RecentCancellation:
    """A window that was deleted before it was over."""

    id: str
    title: str
    scheduled_for: datetime
    ends_at: datetime
    created_at: datetime
    cancelled_at: datetime
    revision: int
    component_ids: Sequence[str]


@dataclass(frozen=True, slots=True)
class ComponentFacts:
    """`since`: when its status became what it is."""

    created_at: datetime
    since: datetime


@dataclass(frozen=True, slots=True)
class Recent:
    """Incidents newest first, what goes on first of all; windows, the coming in their order."""

    incidents: Sequence[RecentIncident]
    coming: Sequence[RecentMaintenance]
    past: Sequence[RecentMaintenance]
    cancelled: Sequence[RecentCancellation]
    components: dict[str, ComponentFacts]


def recent_of(page_id: str, *, showcased: Iterable[str], now: datetime) -> Recent:
    """Read the newest. Eleven queries, however much there is; `showcased` are component ids."""
    shown = set(showcased)
    incidents = (
        incident_queries.full(page_id)
        .select_related("postmortem")
        .order_by(F("resolved_at").desc(nulls_first=True), "-id")[:MOST_INCIDENTS]
    )
    windows = maintenance_queries.full(page_id).select_related("occurrence")
    coming = windows.filter(ends_at__gt=now).order_by("scheduled_for", "id")
    past = windows.filter(ends_at__lte=now).order_by("-ends_at", "-id")
    return Recent(
        incidents=[_incident(one) for one in incidents],
        coming=[_maintenance(one, now) for one in coming[:MOST_COMING_WINDOWS]],
        past=[_maintenance(one, now) for one in past[:MOST_PAST_WINDOWS]],
        cancelled=[
            RecentCancellation(
                id=one.pk,
                title=one.title,
                scheduled_for=one.scheduled_for,
                ends_at=one.ends_at,
                created_at=one.created_at,
                cancelled_at=one.cancelled_at,
                revision=one.revision,
                component_ids=[each for each in one.component_ids.split() if each in shown],
            )
            for one in recently_cancelled(page_id, now=now)
        ],
        components=_components(page_id),
    )


def _incident(row: Incident) -> RecentIncident:
    updates = list(row.updates.all())
    verifying = [one.created_at for one in updates if one.status == IncidentStatus.VERIFYING]
    published_at = row.published_at or row.created_at
    # Of an incident that goes on again the page does not tell it either.
    postmortem_at = _postmortem_at(row) if row.resolved_at else None
    heard = [published_at, *(one.created_at for one in updates)]
    return RecentIncident(
        told=incident_summary(row),
        published_at=published_at,
        updated_at=max([*heard, postmortem_at] if postmortem_at else heard),
        verifying_at=verifying[-1] if verifying else None,
        postmortem_at=postmortem_at,
    )


def _postmortem_at(row: Incident) -> datetime | None:
    try:
        return row.postmortem.published_at
    except Postmortem.DoesNotExist:
        return None


def _maintenance(row: Maintenance, now: datetime) -> RecentMaintenance:
    changed_at = row.changed_at or row.created_at
    passed = [edge for edge in (row.scheduled_for, row.ends_at) if edge <= now]
    is_of_series = hasattr(row, "occurrence")
    is_coming = row.status_at(now) == MaintenanceStatus.UPCOMING
    return RecentMaintenance(
        told=maintenance_summary(row, now),
        created_at=row.created_at,
        changed_at=changed_at,
        updated_at=max(changed_at, *passed) if passed else changed_at,
        revision=row.revision,
        is_far=is_of_series and is_coming and row.scheduled_for > now + _SERIES_AHEAD,
    )


def _components(page_id: str) -> dict[str, ComponentFacts]:
    rows = Component.objects.filter(page_id=page_id, showcased=True).order_by()
    known = Interval.objects.filter(
        component__page_id=page_id, ended_at__isnull=True, superseded_by__isnull=True
    )
    since = dict(known.values_list("component_id", "started_at"))
    return {
        pk: ComponentFacts(created_at, since.get(pk, created_at))
        for pk, created_at in rows.values_list("pk", "created_at")
    }

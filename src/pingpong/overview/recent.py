"""What happened lately on a page, further back than it shows: for feeds and for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import F

from pingpong.events.models import Event
from pingpong.incidents import queries as incident_queries
from pingpong.incidents.models import Incident, IncidentStatus, Postmortem
from pingpong.maintenance import queries as maintenance_queries
from pingpong.maintenance.cancellations import recently_cancelled
from pingpong.maintenance.models import Maintenance, MaintenanceStatus

from .chronicle import (
    IncidentSummary,
    MaintenanceSummary,
    tell_incident,
    tell_maintenance,
)

MOST_INCIDENTS = 50
MOST_PAST_WINDOWS = 50
MOST_COMING_WINDOWS = 150
# Of work that repeats, windows beyond are in the calendar, and no news yet.
_SERIES_AHEAD = timedelta(days=14)
# What machines write by the thousand, and what is about people, tells nothing of the past.
_NO_NEWS = (
    "monitor.", "custom_metric.", "component.status_set", "component.moved", "group.",
    "member.", "invitation.", "token.", "person.",
)  # fmt: skip
_LOOKED_AT = 300


@dataclass(frozen=True, slots=True)
class RecentIncident:
    """An incident and when things happened to it. `updated_at` is when readers last heard more.

    It is hashable, as windows are: what was made of it need not be made again.
    """

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
class Recent:
    """Incidents newest first, what goes on first of all; windows, the coming in their order."""

    incidents: Sequence[RecentIncident]
    coming: Sequence[RecentMaintenance]
    past: Sequence[RecentMaintenance]
    cancelled: Sequence[RecentCancellation]


def recent_of(page_id: str, *, showcased: Iterable[str], now: datetime) -> Recent:
    """Read the newest. Eight queries, however much there is; `showcased` are component ids."""
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
    )


def news_of(page_id: str) -> Sequence[int]:
    """Stand for what :func:`recent_of` reads: it is the same while no event says otherwise.

    One query, of the newest events; those of kinds that are news to nobody here do not count.
    """
    events = Event.objects.filter(page_id=page_id).order_by("-at", "-id")
    newest = events.values_list("pk", "kind")[:_LOOKED_AT]
    return [pk for pk, kind in newest if not kind.startswith(_NO_NEWS)]


def _incident(row: Incident) -> RecentIncident:
    updates = list(row.updates.all())
    verifying = [one.created_at for one in updates if one.status == IncidentStatus.VERIFYING]
    published_at = row.published_at or row.created_at
    # Of an incident that goes on again the page does not tell it either.
    postmortem_at = _postmortem_at(row) if row.resolved_at else None
    told = tell_incident(row)
    heard = [published_at, *(one.created_at for one in updates)]
    return RecentIncident(
        told=replace(told, updates=tuple(told.updates), affected=tuple(told.affected)),
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
    told = tell_maintenance(row, now)
    is_of_series = hasattr(row, "occurrence")
    is_coming = row.status_at(now) == MaintenanceStatus.UPCOMING
    return RecentMaintenance(
        told=replace(told, affected=tuple(told.affected)),
        created_at=row.created_at,
        changed_at=changed_at,
        updated_at=max(changed_at, *passed) if passed else changed_at,
        revision=row.revision,
        is_far=is_of_series and is_coming and row.scheduled_for > now + _SERIES_AHEAD,
    )

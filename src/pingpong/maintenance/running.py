"""Verbs for a window that goes on, or should: start it now, let it last longer, finish it."""

from datetime import datetime, timedelta

from django.db import transaction

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.versions import touch

from .lifecycle import WindowInvalidError, change_maintenance
from .models import Maintenance, MaintenanceStatus

MOST_MINUTES = 60 * 24 * 30


class WindowMovedOnError(Exception):
    """The window has begun, ended or been moved since somebody looked at it."""


@transaction.atomic
def start_now(maintenance: Maintenance, *, by: Actor, now: datetime) -> Maintenance:
    """Begin a window at once; it lasts as long as was planned. Raises WindowMovedOnError."""
    _require(maintenance, MaintenanceStatus.UPCOMING, now=now)
    lasts = maintenance.ends_at - maintenance.scheduled_for
    changes = {"scheduled_for": now, "ends_at": now + lasts}
    change_maintenance(maintenance, changes, by=by, now=now)
    _record_edge(Kind.MAINTENANCE_STARTED, maintenance, by=by, now=now)
    return maintenance


@transaction.atomic
def finish_now(maintenance: Maintenance, *, by: Actor, now: datetime) -> Maintenance:
    """End a window that goes on. Raises WindowMovedOnError."""
    _require(maintenance, MaintenanceStatus.IN_PROGRESS, now=now)
    try:
        change_maintenance(maintenance, {"ends_at": now}, by=by, now=now)
    except WindowInvalidError as problem:
        raise WindowMovedOnError from problem
    _record_edge(Kind.MAINTENANCE_COMPLETED, maintenance, by=by, now=now)
    return maintenance


@transaction.atomic
def extend(maintenance: Maintenance, *, minutes: int, by: Actor, now: datetime) -> Maintenance:
    """Let a window that is not over end later. Raises WindowMovedOnError."""
    touch(maintenance.page_id)
    maintenance.refresh_from_db()
    if maintenance.ends_at <= now:
        raise WindowMovedOnError
    ends_at = maintenance.ends_at + timedelta(minutes=minutes)
    return change_maintenance(maintenance, {"ends_at": ends_at}, by=by, now=now)


@transaction.atomic
def take_back(
    maintenance: Maintenance,
    *,
    seen: tuple[datetime, datetime],
    before: tuple[datetime, datetime],
    by: Actor,
    now: datetime,
) -> Maintenance:
    """Give a window the times that it had `before`, if they are still those that were `seen`.

    Raises WindowMovedOnError, WindowInvalidError.
    """
    touch(maintenance.page_id)
    maintenance.refresh_from_db()
    if (maintenance.scheduled_for, maintenance.ends_at) != seen:
        raise WindowMovedOnError
    changes = {"scheduled_for": before[0], "ends_at": before[1]}
    return change_maintenance(maintenance, changes, by=by, now=now)


def _require(maintenance: Maintenance, status: MaintenanceStatus, *, now: datetime) -> None:
    touch(maintenance.page_id)
    maintenance.refresh_from_db()
    if maintenance.status_at(now) != status:
        raise WindowMovedOnError


def _record_edge(kind: Kind, maintenance: Maintenance, *, by: Actor, now: datetime) -> None:
    # The clock finds no edge any more: this is it.
    record(
        kind,
        page_id=maintenance.page_id,
        subject_id=maintenance.pk,
        by=by,
        now=now,
        data={"at": now.isoformat(), "notify_subscribers": maintenance.notify_subscribers},
    )

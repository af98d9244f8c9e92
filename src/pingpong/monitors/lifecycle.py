"""Verbs for monitors."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from pingpong.components.models import Component
from pingpong.components.ordering import next_position
from pingpong.events.differences import differences, stored_values, values_of
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from .columns import ADDED_TO, set_fields
from .deadlines import expect_beat
from .hold import settle_hold
from .models import (
    Frequency,
    IncidentWhenDown,
    Location,
    Monitor,
    MonitorKind,
    Showcase,
)
from .watches import look_anew, sync_watches
from .writing import alone

# What may hold passwords, headers and bodies: the log says that it changed, and no more.
_UNTOLD = frozenset({"options", "secrets"})
# What moves the deadline of a heartbeat.
_OF_DEADLINE = frozenset({"kind", "frequency", "location", "locations", "options"})


@transaction.atomic
def create_monitor(
    page: Page,
    *,
    name: str,
    url: str = "",
    description: str | None = None,
    component: Component | None = None,
    frequency: str = Frequency.EVERY_5_MINUTES,
    location: str | None = None,
    locations: Sequence[str] = (),
    showcased: str = Showcase.UPTIME_AND_RESPONSE_TIME,
    kind: str = MonitorKind.HTTP,
    options: Mapping[str, Any] | None = None,
    secrets: Mapping[str, Any] | None = None,
    status_when_down: str | None = None,
    incident_when_down: str = IncidentWhenDown.NONE,
    paused: bool = False,
    created_at: datetime | None = None,
    by: Actor,
    now: datetime,
) -> Monitor:
    """Add a monitor; it is idle until it has a `url` (contract A4), a heartbeat listens at once.

    `location`, `locations`, `options` and `secrets` are those of `columns.set_fields`.
    """
    touch(page.pk)
    monitor = Monitor(
        page=page,
        name=name,
        url=url,
        description=description,
        component=component,
        frequency=frequency,
        location=Location.US_WEST,
        showcased=showcased,
        status_when_down=status_when_down,
        incident_when_down=incident_when_down,
        paused_at=now if paused else None,
        created_at=created_at or now,
        position=next_position(Monitor.objects.filter(page=page)),
    )
    first = [location] if location is not None else []
    wanted = [*first, *locations] or [Location.US_WEST.value]
    set_fields(monitor, {"kind": kind, "locations": wanted, "options": options, "secrets": secrets})
    monitor.save(force_insert=True)
    _record(Kind.MONITOR_CREATED, monitor, by=by, now=now)
    _watch(monitor, is_deadline_new=True, now=now)
    return monitor


@transaction.atomic
def change_monitor(
    monitor: Monitor, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Monitor:
    """Change any of the fields that :func:`create_monitor` takes; what is not named stays.

    What was measured stays too, whatever is looked at from now on. `paused` does what
    :func:`pause_monitor` and :func:`resume_monitor` do.
    """
    fields = {name: value for name, value in changes.items() if name != "paused"}
    touch(monitor.page_id)
    monitor.refresh_from_db(fields=ADDED_TO)
    before = stored_values(monitor, _told(fields))
    written = set_fields(monitor, fields)
    monitor.save(update_fields=written)
    if fields or not changes:
        data = {"changed": sorted(fields), **_differences(before, monitor, fields)}
        _record(Kind.MONITOR_CHANGED, monitor, data, by=by, now=now)
    _set_paused(monitor, changes.get("paused", monitor.paused_at is not None), by=by, now=now)
    if not {"url", "kind"}.isdisjoint(fields):
        look_anew(monitor)
    _watch(monitor, is_deadline_new=not _OF_DEADLINE.isdisjoint(fields), now=now)
    if not {"component", "status_when_down", "url", "kind"}.isdisjoint(fields):
        settle_hold(monitor, cause=Kind.MONITOR_CHANGED, by=by, now=now)
    return monitor


def pause_monitor(monitor: Monitor, *, by: Actor, now: datetime) -> Monitor:
    """Look no more, and let go of its component; a paused monitor stays paused."""
    return _pause(monitor, True, by=by, now=now)


def resume_monitor(monitor: Monitor, *, by: Actor, now: datetime) -> Monitor:
    """Look again; a monitor that is not paused goes on as it does."""
    return _pause(monitor, False, by=by, now=now)


@transaction.atomic
def delete_monitor(monitor: Monitor, *, by: Actor, now: datetime) -> None:
    """Delete a monitor with all that it has measured; what it did to its component ends now."""
    touch(monitor.page_id)
    monitor.refresh_from_db()  # of two that delete it, one is told that it is gone
    with alone():  # nobody adds an outcome to what is being deleted
        _delete(monitor, by=by, now=now)


def _delete(monitor: Monitor, *, by: Actor, now: datetime) -> None:
    _record(Kind.MONITOR_DELETED, monitor, by=by, now=now)
    settle_hold(monitor, cause=Kind.MONITOR_DELETED, is_gone=True, by=by, now=now)
    monitor.delete()


@transaction.atomic
def _pause(monitor: Monitor, paused: bool, *, by: Actor, now: datetime) -> Monitor:
    touch(monitor.page_id)
    monitor.refresh_from_db(fields=ADDED_TO)
    if _set_paused(monitor, paused, by=by, now=now):
        _watch(monitor, is_deadline_new=True, now=now)
    return monitor


def _set_paused(monitor: Monitor, paused: bool, *, by: Actor, now: datetime) -> bool:
    """Pause or resume, unless it is so; tell whether anything changed."""
    if paused == (monitor.paused_at is not None):
        return False
    monitor.paused_at = now if paused else None
    monitor.save(update_fields=["paused_at"])
    kind = Kind.MONITOR_PAUSED if paused else Kind.MONITOR_RESUMED
    _record(kind, monitor, by=by, now=now)
    settle_hold(monitor, cause=kind, by=by, now=now)
    return True


def _watch(monitor: Monitor, *, is_deadline_new: bool, now: datetime) -> None:
    sync_watches(monitor, now=now)
    if monitor.kind == MonitorKind.HEARTBEAT and is_deadline_new:
        expect_beat(monitor, now=now)


def _record(
    kind: str,
    monitor: Monitor,
    data: dict[str, Any] | None = None,
    *,
    by: Actor,
    now: datetime,
) -> None:
    known = {"name": monitor.name, **(data or {})}
    record(kind, page_id=monitor.page_id, subject_id=monitor.pk, by=by, now=now, data=known)


def _told(fields: Mapping[str, Any]) -> list[str]:
    """Return the columns whose values the event tells, of the fields that a change names."""
    places = {
        "location": ["location", "more_locations"],
        "locations": ["location", "more_locations"],
    }
    return [one for name in fields if name not in _UNTOLD for one in places.get(name, [name])]


def _differences(
    before: Mapping[str, Any], monitor: Monitor, fields: Mapping[str, Any]
) -> dict[str, Any]:
    after = values_of(monitor, _told(fields))
    return differences(before, after, hidden=sorted(_UNTOLD & set(fields)))

"""Verbs for monitors."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from pingpong.components.models import Component
from pingpong.components.ordering import next_position
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.changes import change_row, delete_row
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from .models import Frequency, Location, Monitor, Showcase


@transaction.atomic
def create_monitor(
    page: Page,
    *,
    name: str,
    url: str = "",
    description: str | None = None,
    component: Component | None = None,
    frequency: str = Frequency.EVERY_5_MINUTES,
    location: str = Location.US_WEST,
    showcased: str = Showcase.UPTIME_AND_RESPONSE_TIME,
    created_at: datetime | None = None,
    by: Actor,
    now: datetime,
) -> Monitor:
    """Add a monitor; it is idle until it has a `url` (contract A4)."""
    touch(page.pk)
    monitor = Monitor.objects.create(
        page=page,
        name=name,
        url=url,
        description=description,
        component=component,
        frequency=frequency,
        location=location,
        showcased=showcased,
        created_at=created_at or now,
        position=next_position(Monitor.objects.filter(page=page)),
    )
    record(Kind.MONITOR_CREATED, page_id=page.pk, subject_id=monitor.pk, by=by, now=now)
    return monitor


@transaction.atomic
def change_monitor(
    monitor: Monitor, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Monitor:
    """Change any of the fields that :func:`create_monitor` takes; what is not named stays."""
    change_row(monitor, changes, kind=Kind.MONITOR_CHANGED, by=by, now=now)
    return monitor


@transaction.atomic
def delete_monitor(monitor: Monitor, *, by: Actor, now: datetime) -> None:
    """Delete a monitor with all that it has measured."""
    delete_row(monitor, kind=Kind.MONITOR_DELETED, by=by, now=now)

"""Verbs for planned work, and the clock that starts and ends it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from pingpong.components.effects import EffectSpan, replace_effects
from pingpong.components.models import Component
from pingpong.components.status import Source, Status
from pingpong.events.differences import differences, values_of
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from .cancellations import remember_cancelled
from .clock import catch_up, next_edge
from .models import AffectedComponent, Maintenance, MaintenanceSeries


class WindowInvalidError(Exception):
    """The window would end before it begins, with what another request has changed."""


@transaction.atomic
def schedule_maintenance(
    page: Page,
    *,
    title: str,
    message: str = "",
    scheduled_for: datetime,
    ends_at: datetime,
    notify_subscribers: bool = True,
    affected: Sequence[Component] = (),
    reported_by: str | None = None,
    is_announced: bool = True,
    by: Actor,
    now: datetime,
) -> Maintenance:
    """Plan a window; its components are in "Maintenance mode" from start to end, by the clock.

    `is_announced`: subscribers hear that it was planned, besides that it begins and ends.
    """
    touch(page.pk)
    maintenance = Maintenance.objects.create(
        page=page,
        title=title,
        message=message,
        scheduled_for=scheduled_for,
        ends_at=ends_at,
        notify_subscribers=notify_subscribers,
        reported_by=by.name if reported_by is None else reported_by,
        created_at=now,
        next_edge_at=next_edge(scheduled_for, ends_at, now),
    )
    _affect(maintenance, affected)
    is_told = notify_subscribers and is_announced
    _record(Kind.MAINTENANCE_SCHEDULED, maintenance, is_told, by=by, now=now)
    _replace(maintenance, cause=Kind.MAINTENANCE_SCHEDULED, by=by, now=now)
    return maintenance


@transaction.atomic
def change_maintenance(
    maintenance: Maintenance,
    changes: Mapping[str, Any],
    *,
    affected: Sequence[Component] | None = None,
    notify: bool = False,
    by: Actor,
    now: datetime,
) -> Maintenance:
    """Change `title`, `message`, the window or the flag, and who is affected (None: as it was).

    Raises WindowInvalidError.
    """
    touch(maintenance.page_id)
    maintenance.refresh_from_db()
    catch_up(maintenance, now=now)
    before = values_of(maintenance, changes) | told_components(maintenance, affected)
    for field, value in changes.items():
        setattr(maintenance, field, value)
    if maintenance.ends_at <= maintenance.scheduled_for:
        raise WindowInvalidError
    maintenance.next_edge_at = next_edge(maintenance.scheduled_for, maintenance.ends_at, now)
    maintenance.revision += 1
    maintenance.changed_at = now
    maintenance.save(update_fields=[*changes, "next_edge_at", "revision", "changed_at"])
    if affected is not None:
        maintenance.affected.all().delete()
        _affect(maintenance, affected)
    after = values_of(maintenance, changes) | told_components(maintenance, affected)
    data = differences(before, after)
    _record(Kind.MAINTENANCE_CHANGED, maintenance, notify, data, by=by, now=now)
    _replace(maintenance, cause=Kind.MAINTENANCE_CHANGED, by=by, now=now)
    return maintenance


@transaction.atomic
def delete_maintenance(maintenance: Maintenance, *, by: Actor, now: datetime) -> None:
    """Delete a window: the ledger is told anew as if it had never been.

    Of a series it leaves out this one time; the engine looks whether another has to be planned.
    """
    touch(maintenance.page_id)
    maintenance.refresh_from_db()
    going_on = MaintenanceSeries.objects.filter(next_look_at__isnull=False)
    going_on.filter(occurrences__maintenance=maintenance).update(next_look_at=now)
    _record(Kind.MAINTENANCE_DELETED, maintenance, False, by=by, now=now)
    remember_cancelled(maintenance, now=now)
    maintenance.affected.all().delete()
    _replace(maintenance, cause=Kind.MAINTENANCE_DELETED, by=by, now=now)
    maintenance.delete()


def _affect(maintenance: Maintenance, affected: Sequence[Component]) -> None:
    AffectedComponent.objects.bulk_create(
        AffectedComponent(maintenance=maintenance, component=component, position=position)
        for position, component in enumerate(affected)
    )


def told_components(
    maintenance: Maintenance, affected: Sequence[Component] | None
) -> dict[str, Any]:
    """Return the names of the components, for the event of a change that touches them."""
    if affected is None:
        return {}
    names = maintenance.affected.values_list("component__name", flat=True)
    return {"affected_components": list(names.order_by("position"))}


def _record(
    kind: str,
    maintenance: Maintenance,
    notify: bool,
    data: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    now: datetime,
) -> None:
    record(
        kind,
        page_id=maintenance.page_id,
        subject_id=maintenance.pk,
        by=by,
        now=now,
        data={"title": maintenance.title, "notify_subscribers": notify, **(data or {})},
    )


def _replace(maintenance: Maintenance, *, cause: str, by: Actor, now: datetime) -> None:
    spans = [
        EffectSpan(
            component_id, Status.MAINTENANCE.value, maintenance.scheduled_for, maintenance.ends_at
        )
        for component_id in maintenance.affected.values_list("component_id", flat=True)
    ]
    replace_effects(
        maintenance.page_id,
        source=Source.MAINTENANCE,
        event_id=maintenance.pk,
        spans=spans,
        cause=cause,
        by=by,
        now=now,
    )

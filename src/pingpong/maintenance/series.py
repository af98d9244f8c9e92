"""Verbs for work that repeats: begin it, change or end it from one window on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from pingpong.components.days import zone_named
from pingpong.components.models import Component
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.placeholders import fill_in
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from .lifecycle import change_maintenance, delete_maintenance
from .models import (
    TITLE_LENGTH,
    Maintenance,
    MaintenanceSeries,
    Occurrence,
    SeriesComponent,
)
from .planning import begins_with, plan_ahead, recurrence_in, slot_text
from .recurrence import Recurrence
from .rule_text import with_count
from .wall_time import wall_time_of


class WindowBegunError(Exception):
    """What has begun stays: only windows that are still to come follow a series."""


@dataclass(frozen=True, slots=True)
class SeriesPlan:
    """What somebody says of work that repeats; `minutes` is how long each window lasts."""

    title: str
    message: str
    notify_subscribers: bool
    recurrence: Recurrence
    minutes: int


@transaction.atomic
def begin_series(
    page: Page,
    plan: SeriesPlan,
    *,
    affected: Sequence[Component] = (),
    by: Actor,
    now: datetime,
) -> MaintenanceSeries:
    """Plan windows that repeat: those of the next weeks at once, the others by the engine."""
    touch(page.pk)
    series = _create(page, plan, affected, follows="", by=by, now=now)
    plan_ahead(series, by=by, now=now)
    return series


@transaction.atomic
def change_following(
    occurrence: Occurrence,
    plan: SeriesPlan,
    *,
    affected: Sequence[Component] = (),
    by: Actor,
    now: datetime,
) -> MaintenanceSeries:
    """Let a new series go on from this window; return it.

    Windows that fall on a day of the new rule keep their id; what was left out stays left out.
    Raises WindowBegunError.
    """
    before = occurrence.series
    following = _following(occurrence, now=now)
    series = _create(before.page, plan, affected, follows=before.pk, by=by, now=now)
    clock = plan.recurrence.start.strftime("T%H:%M")
    horizon = max((datetime.fromisoformat(one.slot) for one in following), default=None)
    until = (horizon or plan.recurrence.start) + timedelta(days=1)
    days = {slot.date().isoformat() for slot in plan.recurrence.slots(until=until)}
    for one in following:
        day = one.slot.partition("T")[0]
        if one.maintenance is None or day in days:
            _move(one, series, day + clock, affected, by=by, now=now)
        else:
            delete_maintenance(one.maintenance, by=by, now=now)
            one.delete()
    _cut(before, occurrence.slot, by=by, now=now)
    plan_ahead(series, by=by, now=now)
    return series


@transaction.atomic
def delete_following(occurrence: Occurrence, *, by: Actor, now: datetime) -> None:
    """Delete this window and all that follow it. Raises WindowBegunError."""
    for one in _following(occurrence, now=now):
        if one.maintenance is not None:
            delete_maintenance(one.maintenance, by=by, now=now)
    _cut(occurrence.series, occurrence.slot, by=by, now=now)


@transaction.atomic
def end_series(series: MaintenanceSeries, *, by: Actor, now: datetime) -> int:
    """Delete the windows that are still to come and plan no more; return how many they were."""
    touch(series.page_id)
    coming = [
        one.maintenance
        for one in series.occurrences.select_related("maintenance")
        if one.maintenance is not None and one.maintenance.scheduled_for > now
    ]
    for window in coming:
        delete_maintenance(window, by=by, now=now)
    series.refresh_from_db()
    cut = slot_text(wall_time_of(now, zone_named(series.time_zone)) + timedelta(minutes=1))
    _cut(series, min(filter(None, (series.ends_before, cut))), by=by, now=now)
    return len(coming)


def rule_from(occurrence: Occurrence) -> str:
    """Return the rule of a series as it is from one of its windows on: less is left to count."""
    recurrence = recurrence_in(occurrence.series)
    if recurrence.rule.count is None:
        return recurrence.rule.text
    slot = datetime.fromisoformat(occurrence.slot)
    passed = sum(one < slot for one in recurrence.slots(until=slot))
    return with_count(recurrence.rule.text, max(1, recurrence.rule.count - passed))


def _following(occurrence: Occurrence, *, now: datetime) -> list[Occurrence]:
    """Return this and all later slots, in order; the page is locked from here on."""
    series = occurrence.series
    touch(series.page_id)
    if occurrence.maintenance is None:
        raise WindowBegunError
    occurrence.maintenance.refresh_from_db()
    if occurrence.maintenance.scheduled_for <= now:
        raise WindowBegunError
    rows = series.occurrences.filter(slot__gte=occurrence.slot).order_by("slot")
    found = list(rows.select_related("maintenance"))
    return [one for one in found if one.maintenance is None or one.maintenance.scheduled_for > now]


def _create(
    page: Page,
    plan: SeriesPlan,
    affected: Sequence[Component],
    *,
    follows: str,
    by: Actor,
    now: datetime,
) -> MaintenanceSeries:
    recurrence = plan.recurrence
    series = MaintenanceSeries.objects.create(
        page=page,
        title=plan.title,
        message=plan.message,
        notify_subscribers=plan.notify_subscribers,
        rule=recurrence.rule.text,
        time_zone=recurrence.zone_name,
        starts=slot_text(recurrence.start),
        is_later=recurrence.is_later,
        minutes=plan.minutes,
        reported_by=by.name,
        created_at=now,
        next_look_at=now,
    )
    SeriesComponent.objects.bulk_create(
        SeriesComponent(series=series, component=component, position=position)
        for position, component in enumerate(affected)
    )
    record(
        Kind.MAINTENANCE_SERIES_STARTED,
        page_id=page.pk,
        subject_id=series.pk,
        by=by,
        now=now,
        data={
            "rule": series.rule,
            "time_zone": series.time_zone,
            "starts": series.starts,
            "follows": follows,
        },
    )
    return series


def _move(
    one: Occurrence,
    series: MaintenanceSeries,
    slot: str,
    affected: Sequence[Component],
    *,
    by: Actor,
    now: datetime,
) -> None:
    one.series, one.slot = series, slot
    one.save(update_fields=["series", "slot"])
    if one.maintenance is None:
        return
    begins = recurrence_in(series).instant(datetime.fromisoformat(slot))
    values = begins_with(begins, series.page.time_zone)
    changes = {
        "title": fill_in(series.title, values)[:TITLE_LENGTH],
        "message": fill_in(series.message, values),
        "scheduled_for": begins,
        "ends_at": begins + timedelta(minutes=series.minutes),
        "notify_subscribers": series.notify_subscribers,
    }
    change_maintenance(one.maintenance, changes, affected=affected, by=by, now=now)


def _cut(series: MaintenanceSeries, slot: str, *, by: Actor, now: datetime) -> None:
    """Let a series have no slots from this one on; nothing is left to plan then."""
    series.ends_before, series.next_look_at = slot, None
    series.save(update_fields=["ends_before", "next_look_at"])
    record(
        Kind.MAINTENANCE_SERIES_ENDED,
        page_id=series.page_id,
        subject_id=series.pk,
        by=by,
        now=now,
        data={"ends_before": slot},
    )


def windows_to_come(series: MaintenanceSeries, *, now: datetime) -> list[Maintenance]:
    """Return what is planned of a series, in order. One query."""
    rows = Maintenance.objects.filter(occurrence__series=series, scheduled_for__gt=now)
    return list(rows.order_by("scheduled_for", "pk"))

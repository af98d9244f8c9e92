"""The windows of a series, made ahead of time as ordinary maintenance."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from pingpong.components.days import zone_named
from pingpong.components.models import Component
from pingpong.kit.actor import Actor
from pingpong.kit.placeholders import fill_in
from pingpong.pages.versions import touch

from .lifecycle import schedule_maintenance
from .models import TITLE_LENGTH, MaintenanceSeries, Occurrence
from .recurrence import SEARCHED_YEARS, Recurrence
from .rule_text import read_rule
from .wall_time import wall_time_of

AHEAD = timedelta(days=60)
BATCH = 50


def slot_text(slot: datetime) -> str:
    """Write a wall time as rows hold it; the order of such texts is that of the times."""
    return slot.strftime("%Y-%m-%dT%H:%M")


def recurrence_in(series: MaintenanceSeries) -> Recurrence:
    """Return what a series' rule says."""
    ends = datetime.fromisoformat(series.ends_before) if series.ends_before else None
    rule = read_rule(series.rule, zone_named(series.time_zone))
    start = datetime.fromisoformat(series.starts)
    return Recurrence(rule, series.time_zone, start, series.is_later, ends)


def begins_with(begins: datetime, zone_name: str) -> dict[str, str]:
    """Return what the placeholders of a window's texts stand for, in any language."""
    local = begins.astimezone(zone_named(zone_name))
    return {"date": local.strftime("%Y-%m-%d"), "time": local.strftime("%H:%M %Z")}


def plan_due(now: datetime) -> list[str]:
    """Plan what has come near; return the pages touched.

    Safe to call from many engines at once: each look is claimed by compare-and-swap.
    """
    due = MaintenanceSeries.objects.filter(next_look_at__lte=now).select_related("page")
    due = due.order_by("next_look_at")[:BATCH]
    return sorted({one.page_id for one in due if plan_ahead(one, now=now)})


@transaction.atomic
def plan_ahead(series: MaintenanceSeries, *, by: Actor | None = None, now: datetime) -> bool:
    """Plan the windows of the next :data:`AHEAD`, and in any case one that is still to come.

    Answers False when another engine was faster, or nothing is left to plan. `by` is None where
    the engine does it; whoever begins a series announces its first window, and no other.
    """
    touch(series.page_id)
    looked_at = series.next_look_at
    if looked_at is None:
        return False
    taken = dict(series.occurrences.values_list("slot", "maintenance_id"))
    outlook = _look(recurrence_in(series), taken, series.minutes, now)
    mine = MaintenanceSeries.objects.filter(pk=series.pk, next_look_at=looked_at)
    if not mine.update(next_look_at=outlook.next_look_at):
        return False
    series.next_look_at = outlook.next_look_at
    components = [row.component for row in series.affected.select_related("component")]
    for number, (slot, begins) in enumerate(outlook.missing.items()):
        is_announced = by is not None and number == 0 and not taken
        _plan(series, slot, begins, components, is_announced=is_announced, by=by, now=now)
    return True


@dataclass(frozen=True, slots=True)
class _Outlook:
    """The slots that are to be planned, with their instants, and when to look again."""

    missing: Mapping[str, datetime]
    next_look_at: datetime | None


def _look(
    recurrence: Recurrence, taken: Mapping[str, str | None], minutes: int, now: datetime
) -> _Outlook:
    lasts = timedelta(minutes=minutes)
    today = wall_time_of(now, zone_named(recurrence.zone_name))
    until = max(today, recurrence.start) + timedelta(days=366 * SEARCHED_YEARS)
    missing: dict[str, datetime] = {}
    last_to_come: datetime | None = None
    for wall in recurrence.slots(until=until):
        slot, begins = slot_text(wall), recurrence.instant(wall)
        if last_to_come is not None and begins > now + AHEAD:
            return _Outlook(missing, min(begins - AHEAD, last_to_come))
        if slot not in taken and begins + lasts > now:
            missing[slot] = begins
        if begins > now and (slot in missing or taken.get(slot) is not None):
            last_to_come = begins
    return _Outlook(missing, None)


def _plan(
    series: MaintenanceSeries,
    slot: str,
    begins: datetime,
    components: list[Component],
    *,
    is_announced: bool,
    by: Actor | None,
    now: datetime,
) -> None:
    values = begins_with(begins, series.page.time_zone)
    window = schedule_maintenance(
        series.page,
        title=fill_in(series.title, values)[:TITLE_LENGTH],
        message=fill_in(series.message, values),
        scheduled_for=begins,
        ends_at=begins + timedelta(minutes=series.minutes),
        notify_subscribers=series.notify_subscribers,
        affected=components,
        reported_by=series.reported_by,
        is_announced=is_announced,
        by=by or Actor(series.page.name),
        now=now,
    )
    Occurrence.objects.create(series=series, slot=slot, maintenance=window)

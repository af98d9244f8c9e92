"""Consumers of the events that concern monitors."""

from datetime import datetime

from pingpong.events.models import Event
from pingpong.maintenance.models import AffectedComponent
from pingpong.monitors import automation


def on_went_down(event: Event, now: datetime) -> None:
    automation.went_down(event.subject_id, since=event.data["since"], now=now)


def on_came_up(event: Event, now: datetime) -> None:
    automation.came_up(event.subject_id, since=event.data["since"], now=now)


def on_lost_sight(event: Event, now: datetime) -> None:
    automation.lost_sight(event.subject_id, now=now)


def on_maintenance_completed(event: Event, now: datetime) -> None:
    affected = AffectedComponent.objects.filter(maintenance_id=event.subject_id)
    automation.maintenance_over(list(affected.values_list("component_id", flat=True)), now=now)

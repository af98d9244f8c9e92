"""Verbs that move components and groups to another place of the page."""

from datetime import datetime

from django.db import transaction

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.versions import touch

from .models import Component, ComponentGroup
from .ordering import Order, moved, neighbour, order_of, shifted, stepped


class PlaceGoneError(Exception):
    """What was to be moved, or the group it was to go to, is no longer there."""


@transaction.atomic
def move_component(
    component: Component,
    *,
    group: ComponentGroup | None,
    before: str = "",
    by: Actor,
    now: datetime,
) -> None:
    """Put a component into a group (None: into none), before another one or at the end.

    `before` is the id of a component of that group; any other text means the end.
    """
    touch(component.page_id)
    order = _order(component.page_id)
    _check(order, component, group)
    key = None if group is None else group.pk
    _arrange(component, order, moved(order, component.pk, group=key, before=before), by=by, now=now)


@transaction.atomic
def step_component(component: Component, *, up: bool, by: Actor, now: datetime) -> None:
    """Move a component by one place, into the next group where its own ends."""
    touch(component.page_id)
    order = _order(component.page_id)
    _check(order, component, None)
    key, before = stepped(order, component.pk, up=up)
    _arrange(component, order, moved(order, component.pk, group=key, before=before), by=by, now=now)


@transaction.atomic
def move_group(group: ComponentGroup, *, before: str = "", by: Actor, now: datetime) -> None:
    """Put a group before the group with this id, or else at the end of the page."""
    touch(group.page_id)
    ids = _groups(group)
    _arrange_groups(group, ids, shifted(ids, group.pk, before=before), by=by, now=now)


@transaction.atomic
def step_group(group: ComponentGroup, *, up: bool, by: Actor, now: datetime) -> None:
    """Move a group by one place; the first and the last stay where they are."""
    touch(group.page_id)
    ids = _groups(group)
    before = neighbour(ids, group.pk, up=up)
    if before is not None:
        _arrange_groups(group, ids, shifted(ids, group.pk, before=before), by=by, now=now)


def _order(page_id: str) -> Order:
    groups = ComponentGroup.objects.filter(page_id=page_id).values_list("pk", flat=True)
    members = Component.objects.filter(page_id=page_id).values_list("pk", "group_id")
    return order_of(groups, members)


def _check(order: Order, component: Component, group: ComponentGroup | None) -> None:
    if group is not None and group.pk not in order:
        raise PlaceGoneError
    if not any(component.pk in members for members in order.values()):
        raise PlaceGoneError


def _arrange(
    component: Component, before: Order, after: Order, *, by: Actor, now: datetime
) -> None:
    if before == after:
        return
    rows = {row.pk: row for row in Component.objects.filter(page_id=component.page_id)}
    places = [(pk, group_id) for group_id, members in after.items() for pk in members]
    changed = []
    for position, (pk, group_id) in enumerate(places):
        row = rows[pk]
        if (row.position, row.group_id) != (position, group_id):
            row.position, row.group_id = position, group_id
            changed.append(row)
    Component.objects.bulk_update(changed, ["position", "group"])
    component.refresh_from_db(fields=["position", "group"])
    record(
        Kind.COMPONENT_MOVED,
        page_id=component.page_id,
        subject_id=component.pk,
        by=by,
        now=now,
        data={"group": component.group_id or ""},
    )


def _groups(group: ComponentGroup) -> list[str]:
    found = ComponentGroup.objects.filter(page_id=group.page_id).values_list("pk", flat=True)
    ids = list(found)
    if group.pk not in ids:
        raise PlaceGoneError
    return ids


def _arrange_groups(
    group: ComponentGroup, before: list[str], after: list[str], *, by: Actor, now: datetime
) -> None:
    if before == after:
        return
    rows = ComponentGroup.objects.in_bulk(after)
    for position, pk in enumerate(after):
        rows[pk].position = position
    ComponentGroup.objects.bulk_update(rows.values(), ["position"])
    record(Kind.GROUP_MOVED, page_id=group.page_id, subject_id=group.pk, by=by, now=now)

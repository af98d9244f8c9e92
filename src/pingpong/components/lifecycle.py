"""Verbs for components: the one way in which they change."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from pingpong.events.differences import differences, stored_values
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.changes import change_row, delete_row
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from . import history
from .models import Component, ComponentGroup, OwnStatus
from .ordering import next_position
from .status import Status


@transaction.atomic
def create_component(
    page: Page,
    *,
    name: str,
    group: ComponentGroup | None = None,
    description: str | None = None,
    status: str = Status.OPERATIONAL,
    showcased: bool = True,
    by: Actor,
    now: datetime,
) -> Component:
    """Add a component at the end of the page; its ledger begins now."""
    touch(page.pk)
    component = Component.objects.create(
        page=page,
        name=name,
        group=group,
        description=description,
        own_status=status,
        showcased=showcased,
        position=next_position(Component.objects.filter(page=page)),
        created_at=now,
    )
    named = {"name": component.name, "status": str(status)}
    record(
        Kind.COMPONENT_CREATED,
        page_id=page.pk,
        subject_id=component.pk,
        by=by,
        now=now,
        data=named,
    )
    _write_status(component, status, by=by, now=now)
    return component


@transaction.atomic
def change_component(
    component: Component, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> Component:
    """Change `name`, `group`, `description`, `own_status` or `showcased`; the rest stays."""
    change_row(component, changes, kind=Kind.COMPONENT_CHANGED, by=by, now=now)
    if "own_status" in changes:
        _write_status(component, changes["own_status"], by=by, now=now)
    return component


@transaction.atomic
def set_own_status(component: Component, status: str, *, by: Actor, now: datetime) -> Component:
    """Set what the component is when no event overrides it."""
    touch(component.page_id)
    before = stored_values(component, ["own_status"])
    component.own_status = status
    component.save(update_fields=["own_status"])
    record(
        Kind.COMPONENT_STATUS_SET,
        page_id=component.page_id,
        subject_id=component.pk,
        by=by,
        now=now,
        data={
            "name": component.name,
            "status": status,
            **differences(before, {"own_status": status}),
        },
    )
    _write_status(component, status, by=by, now=now)
    return component


@transaction.atomic
def delete_component(component: Component, *, by: Actor, now: datetime) -> None:
    """Delete a component with its ledger; events go on without it."""
    delete_row(component, kind=Kind.COMPONENT_DELETED, by=by, now=now)


def _write_status(component: Component, status: str, *, by: Actor, now: datetime) -> None:
    last = OwnStatus.objects.filter(component=component).last()
    if last is not None and last.status == status:
        return
    # Two requests may arrive in one order and commit in the other: the last commit stands.
    since = now if last is None else max(now, last.since + timedelta(microseconds=1))
    OwnStatus.objects.create(component=component, status=status, since=since, actor=by.name)
    history.sync(
        [component.pk],
        since=since,
        cause=Kind.COMPONENT_STATUS_SET,
        cause_id=component.pk,
        by=by,
        now=since,
    )

"""Verbs for many components of one page at once: in one transaction, or not at all."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.changes import delete_row
from pingpong.pages.versions import touch

from . import history
from .models import Component, OwnStatus

Wanted = Sequence[tuple[Component, str]]


@transaction.atomic
def set_own_statuses(wanted: Wanted, *, by: Actor, now: datetime) -> None:
    """Set what each component is when no event overrides it.

    Beside one event for each the number of queries does not depend on how many there are.
    """
    if not wanted:
        return
    touch(wanted[0][0].page_id)
    for component, status in wanted:
        component.own_status = status
    Component.objects.bulk_update([component for component, _status in wanted], ["own_status"])
    for component, status in wanted:
        _tell(component, Kind.COMPONENT_STATUS_SET, {"status": status}, by=by, now=now)
    _write_statuses(wanted, by=by, now=now)


@transaction.atomic
def set_showcased(wanted: Sequence[tuple[Component, bool]], *, by: Actor, now: datetime) -> None:
    """Say of each component whether the public page shows it."""
    if not wanted:
        return
    touch(wanted[0][0].page_id)
    for component, is_showcased in wanted:
        component.showcased = is_showcased
    Component.objects.bulk_update([component for component, _shown in wanted], ["showcased"])
    for component, _shown in wanted:
        _tell(component, Kind.COMPONENT_CHANGED, {"changed": ["showcased"]}, by=by, now=now)


@transaction.atomic
def delete_components(components: Iterable[Component], *, by: Actor, now: datetime) -> None:
    """Delete components with their ledgers; events go on without them."""
    for component in components:
        delete_row(component, kind=Kind.COMPONENT_DELETED, by=by, now=now)


def _tell(
    component: Component, kind: str, data: dict[str, Any], *, by: Actor, now: datetime
) -> None:
    record(kind, page_id=component.page_id, subject_id=component.pk, by=by, now=now, data=data)


def _write_statuses(wanted: Wanted, *, by: Actor, now: datetime) -> None:
    last = _newest([component.pk for component, _status in wanted])
    rows = []
    for component, status in wanted:
        before = last.get(component.pk)
        if before is None or before.status != status:
            # As of a single one: the last commit stands, whichever request came first.
            since = now if before is None else max(now, before.since + timedelta(microseconds=1))
            rows.append(OwnStatus(component=component, status=status, since=since, actor=by.name))
    if not rows:
        return
    OwnStatus.objects.bulk_create(rows)
    history.sync(
        [row.component_id for row in rows],
        since=min(row.since for row in rows),
        cause=Kind.COMPONENT_STATUS_SET,
        cause_id="",
        by=by,
        now=max(row.since for row in rows),
    )


def _newest(ids: Sequence[str]) -> dict[str, OwnStatus]:
    of_same = OwnStatus.objects.filter(component_id=OuterRef("component_id"))
    newest = Subquery(of_same.order_by("-since", "-pk").values("pk")[:1])
    rows = OwnStatus.objects.filter(component_id__in=ids, pk=newest)
    return {row.component_id: row for row in rows}

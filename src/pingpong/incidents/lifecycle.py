"""Verbs for incidents. What follows from the updates (status, effects) is settled in each."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from pingpong.components.effects import replace_effects
from pingpong.components.status import Source
from pingpong.events.differences import differences, stored_values, values_of
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from .affected import Affected, affect, all_said, told_components
from .models import Incident, IncidentStatus, IncidentUpdate
from .spans import effect_spans, status_after


class IncidentMovedOnError(Exception):
    """Somebody else has posted an update that the writer has not read."""


@transaction.atomic
def open_incident(
    page: Page,
    *,
    title: str,
    message: str,
    occurred_at: datetime | None = None,
    notify_subscribers: bool = True,
    affected: Affected = (),
    is_draft: bool = False,
    opened_as: str = IncidentStatus.IN_PROGRESS,
    next_update_by: datetime | None = None,
    by: Actor,
    now: datetime,
) -> Incident:
    """Report an incident. `message` is sanitised HTML; no `occurred_at` means now.

    `opened_as` is its status before any update: every one but "Resolved". Each affected component
    takes the status given with it until the incident is resolved. A draft has no effect and is
    seen by the team alone until :func:`publish_incident`. `next_update_by` is when the next update
    is promised; the next one keeps the promise, whatever it says, and may make another.
    """
    touch(page.pk)
    incident = Incident.objects.create(
        page=page,
        title=title,
        message=message,
        occurred_at=occurred_at or now,
        began_at=min(occurred_at or now, now),
        notify_subscribers=notify_subscribers,
        reported_by=by.name,
        created_at=now,
        opened_as=opened_as,
        status=opened_as,
        next_update_by=next_update_by,
        published_at=None if is_draft else now,
    )
    affect(incident, affected, now=now)
    _record(Kind.INCIDENT_OPENED, incident, notify=notify_subscribers, by=by, now=now)
    _settle(incident, cause=Kind.INCIDENT_OPENED, by=by, now=now)
    return incident


@transaction.atomic
def publish_incident(incident: Incident, *, by: Actor, now: datetime) -> Incident:
    """Make a draft count and be seen, from its beginning on; what is published stays so."""
    touch(incident.page_id)
    incident.refresh_from_db()
    if not incident.is_draft:
        return incident
    incident.published_at = now
    incident.save(update_fields=["published_at"])
    notify = incident.notify_subscribers
    _record(Kind.INCIDENT_PUBLISHED, incident, notify=notify, by=by, now=now)
    _settle(incident, cause=Kind.INCIDENT_PUBLISHED, by=by, now=now)
    return incident


@transaction.atomic
def change_incident(
    incident: Incident,
    changes: Mapping[str, Any],
    *,
    affected: Affected | None = None,
    notify: bool = False,
    by: Actor,
    now: datetime,
) -> Incident:
    """Change `title`, `message`, `occurred_at`, `opened_as`, `next_update_by`, the flag, the list.

    `affected` replaces the list of who is affected; None leaves it. `notify`
    asks for a notice of this change.
    """
    touch(incident.page_id)
    incident.refresh_from_db()
    before = values_of(incident, changes) | told_components(incident, affected)
    for field, value in changes.items():
        setattr(incident, field, value)
    if "occurred_at" in changes:
        incident.began_at = min(incident.occurred_at, now)
    incident.save(update_fields=[*changes, "began_at"])
    if affected is not None:
        affect(incident, affected, now=now)
    changed = sorted([*changes, *(["affected_components"] if affected is not None else [])])
    after = values_of(incident, changes) | told_components(incident, affected)
    data = {"changed": changed, **differences(before, after)}
    _record(Kind.INCIDENT_CHANGED, incident, data, notify=notify, by=by, now=now)
    _settle(incident, cause=Kind.INCIDENT_CHANGED, by=by, now=now)
    return incident


@transaction.atomic
def delete_incident(incident: Incident, *, by: Actor, now: datetime) -> None:
    """Delete an incident: the ledger is told anew as if it had never been."""
    touch(incident.page_id)
    incident.refresh_from_db()
    record(
        Kind.INCIDENT_DELETED,
        page_id=incident.page_id,
        subject_id=incident.pk,
        by=by,
        now=now,
        data={"title": incident.title},
    )
    _replace(incident, [], cause=Kind.INCIDENT_DELETED, by=by, now=now)
    incident.delete()


@transaction.atomic
def post_update(
    incident: Incident,
    *,
    status: str,
    message: str,
    notify_subscribers: bool | None = None,
    affected: Affected | None = None,
    next_update_by: datetime | None = None,
    seen: str | None = None,
    by: Actor,
    now: datetime,
) -> IncidentUpdate:
    """Tell how it goes on; status "Resolved" ends the incident, a later other one reopens it.

    No `notify_subscribers` inherits the incident's flag (contract A19). `affected` replaces the
    list of components from now on; None leaves it. `next_update_by` is the new promise, None for
    none. `seen` is the id of the newest update that the writer has read, "" for none: raises
    IncidentMovedOnError when there is a newer one.
    """
    touch(incident.page_id)
    incident.refresh_from_db()
    last = incident.updates.last()
    if seen is not None and seen != (last.pk if last else ""):
        raise IncidentMovedOnError
    if affected is not None:
        if status != IncidentStatus.RESOLVED:
            incident.resolved_at = None  # what reopens it is no correction of what was
        affect(incident, affected, now=now)
    notify = incident.notify_subscribers if notify_subscribers is None else notify_subscribers
    # Requests that race may come with each other's time: each update is later than the last.
    posted_at = now if last is None else max(now, last.created_at + timedelta(microseconds=1))
    update = IncidentUpdate.objects.create(
        incident=incident,
        status=status,
        message=message,
        reported_by=by.name,
        notify_subscribers=notify,
        created_at=posted_at,
        next_update_by=None if status == IncidentStatus.RESOLVED else next_update_by,
    )
    _promise(incident, update)
    _record_update(Kind.UPDATE_POSTED, update, incident, by=by, now=now)
    _settle(incident, cause=Kind.UPDATE_POSTED, by=by, now=now)
    return update


@transaction.atomic
def change_update(
    update: IncidentUpdate, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> IncidentUpdate:
    """Change `status`, `message`, `notify_subscribers` or `next_update_by` of an update."""
    incident = update.incident
    touch(incident.page_id)
    incident.refresh_from_db()
    before = stored_values(update, changes)
    for field, value in changes.items():
        setattr(update, field, value)
    update.save(update_fields=list(changes))
    if not {"status", "next_update_by"}.isdisjoint(changes):
        _promise(incident, incident.updates.last())
    data = differences(before, values_of(update, changes))
    _record_update(Kind.UPDATE_CHANGED, update, incident, data, by=by, now=now)
    _settle(incident, cause=Kind.UPDATE_CHANGED, by=by, now=now)
    return update


@transaction.atomic
def delete_update(update: IncidentUpdate, *, by: Actor, now: datetime) -> None:
    """Delete an update; without its "Resolved" an incident is open again (contract A20)."""
    incident = update.incident
    touch(incident.page_id)
    incident.refresh_from_db()
    _record_update(Kind.UPDATE_DELETED, update, incident, by=by, now=now)
    update.delete()
    _promise(incident, incident.updates.last())
    _settle(incident, cause=Kind.UPDATE_DELETED, by=by, now=now)


def _promise(incident: Incident, newest: IncidentUpdate | None) -> None:
    """Let the promise that holds be that of the newest update; what was before it is kept."""
    incident.next_update_by = None
    if newest is not None and newest.status != IncidentStatus.RESOLVED:
        incident.next_update_by = newest.next_update_by
    incident.save(update_fields=["next_update_by"])


def _record_update(
    kind: str,
    update: IncidentUpdate,
    incident: Incident,
    more: Mapping[str, Any] | None = None,
    *,
    by: Actor,
    now: datetime,
) -> None:
    data = {"update_id": update.pk, "status": update.status, **(more or {})}
    _record(kind, incident, data, notify=update.notify_subscribers, by=by, now=now)


def _record(
    kind: str,
    incident: Incident,
    data: Mapping[str, Any] | None = None,
    *,
    notify: bool,
    by: Actor,
    now: datetime,
) -> None:
    """Write an event; subscribers are never told of a draft."""
    record(
        kind,
        page_id=incident.page_id,
        subject_id=incident.pk,
        by=by,
        now=now,
        data={
            "title": incident.title,
            **(data or {}),
            "notify_subscribers": notify and not incident.is_draft,
        },
    )


def _settle(incident: Incident, *, cause: str, by: Actor, now: datetime) -> None:
    """Recompute the status, the time of resolution and the effects from the updates."""
    updates = list(incident.updates.values_list("status", "created_at"))
    incident.status, incident.resolved_at = status_after(updates, opened_as=incident.opened_as)
    incident.save(update_fields=["status", "resolved_at"])
    said = [] if incident.is_draft else all_said(incident)
    spans = effect_spans(said, updates, starts_at=incident.began_at)
    _replace(incident, spans, cause=cause, by=by, now=now)


def _replace(incident: Incident, spans: Any, *, cause: str, by: Actor, now: datetime) -> None:
    replace_effects(
        incident.page_id,
        source=Source.INCIDENT,
        event_id=incident.pk,
        spans=spans,
        cause=cause,
        by=by,
        now=now,
    )

"""Verbs for postmortems: what was learnt, for the team first and for everybody when ready."""

from datetime import datetime
from typing import Any

from django.db import transaction

from pingpong.events.differences import differences
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.versions import touch

from .models import Incident, Postmortem


class PostmortemTooEarlyError(Exception):
    """An incident that goes on, or is a draft, has no postmortem to show."""


@transaction.atomic
def write_postmortem(incident: Incident, *, text: str, by: Actor, now: datetime) -> Postmortem:
    """Keep the text, which is sanitised HTML; one that is published changes at once."""
    touch(incident.page_id)
    incident.refresh_from_db()
    before = Postmortem.objects.filter(incident=incident).values("text").first() or {}
    written = {"text": text, "written_by": by.name, "written_at": now}
    postmortem, _ = Postmortem.objects.update_or_create(incident=incident, defaults=written)
    data = {"is_published": postmortem.is_published, **differences(before, {"text": text})}
    _record(Kind.POSTMORTEM_WRITTEN, incident, data, by=by, now=now)
    return postmortem


@transaction.atomic
def publish_postmortem(postmortem: Postmortem, *, by: Actor, now: datetime) -> Postmortem:
    """Show it below the incident; what is published stays so. Raises PostmortemTooEarlyError."""
    incident = postmortem.incident
    touch(incident.page_id)
    incident.refresh_from_db()
    postmortem.refresh_from_db()
    if postmortem.is_published:
        return postmortem
    if incident.resolved_at is None or incident.is_draft:
        raise PostmortemTooEarlyError
    postmortem.published_at, postmortem.published_by = now, by.name
    postmortem.save(update_fields=["published_at", "published_by"])
    _record(Kind.POSTMORTEM_PUBLISHED, incident, {}, by=by, now=now)
    return postmortem


@transaction.atomic
def withdraw_postmortem(postmortem: Postmortem, *, by: Actor, now: datetime) -> Postmortem:
    """Take it from the page; the text stays with the team."""
    incident = postmortem.incident
    touch(incident.page_id)
    postmortem.refresh_from_db()
    if not postmortem.is_published:
        return postmortem
    postmortem.published_at, postmortem.published_by = None, ""
    postmortem.save(update_fields=["published_at", "published_by"])
    _record(Kind.POSTMORTEM_WITHDRAWN, incident, {}, by=by, now=now)
    return postmortem


def _record(
    kind: str, incident: Incident, data: dict[str, Any], *, by: Actor, now: datetime
) -> None:
    known = {"title": incident.title, **data}
    record(kind, page_id=incident.page_id, subject_id=incident.pk, by=by, now=now, data=known)

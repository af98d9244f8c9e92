from datetime import datetime
from typing import Any

from pingpong.incidents.lifecycle import open_incident, post_update
from pingpong.incidents.models import (
    Incident,
    IncidentStatus,
    IncidentTemplate,
    IncidentUpdate,
)
from pingpong.incidents.templates import create_template
from pingpong.kit.clock import utc_now
from pingpong.pages.models import Page

from .actors import DONALD


def make_incident(
    page: Page, title: str = "Database down", *, now: datetime | None = None, **others: Any
) -> Incident:
    """Return an ongoing incident; `affected` are pairs of component and status."""
    others = {"message": "<div>We are looking into it.</div>", **others}
    return open_incident(page, title=title, by=DONALD, now=now or utc_now(), **others)


def make_update(
    incident: Incident,
    status: str = IncidentStatus.INVESTIGATING,
    *,
    now: datetime | None = None,
    **others: Any,
) -> IncidentUpdate:
    others = {"message": f"<div>{status}.</div>", **others}
    return post_update(incident, status=status, by=DONALD, now=now or utc_now(), **others)


def resolve(incident: Incident, *, now: datetime | None = None) -> IncidentUpdate:
    """Post the update that ends an incident."""
    return make_update(incident, IncidentStatus.RESOLVED, now=now)


def make_template(page: Page, name: str = "Slow", **others: Any) -> IncidentTemplate:
    """Return a template with a placeholder in its title; `affected` as of an incident."""
    others = {"title": "{{component}} is slow", "message": "<div>Since {{time}}.</div>", **others}
    return create_template(page, name=name, by=DONALD, now=utc_now(), **others)

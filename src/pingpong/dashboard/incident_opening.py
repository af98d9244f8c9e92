"""From a filled-in form, or a template, to an incident."""

from datetime import datetime
from typing import Any

from django.utils import dateformat
from django.utils.html import escape

from pingpong.components.days import zone_named
from pingpong.incidents.lifecycle import open_incident
from pingpong.incidents.models import Incident, IncidentTemplate
from pingpong.kit.actor import Actor
from pingpong.kit.placeholders import fill_in
from pingpong.pages.models import Page

from .forms.affected import statuses_of
from .forms.incidents import IncidentForm


def open_from(
    form: IncidentForm, page: Page, *, is_draft: bool, by: Actor, now: datetime
) -> Incident:
    """Open what a valid form describes."""
    told = form.cleaned_data
    return open_incident(
        page,
        title=told["title"],
        message=told["message"],
        occurred_at=told["occurred_at"],
        notify_subscribers=told["notify_subscribers"],
        affected=form.affected.affected,
        is_draft=is_draft,
        opened_as=told["status"],
        next_update_by=told["next_update_by"],
        by=by,
        now=now,
    )


def begun_with(
    template: IncidentTemplate, page: Page, *, by: Actor, now: datetime
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the first values of a form, and the components, from a template.

    Date and time are those of the page's zone: visitors read them.
    """
    rows = list(template.affected.select_related("component"))
    local = now.astimezone(zone_named(page.time_zone))
    values = {
        "page": page.name,
        "person": by.name,
        "date": dateformat.format(local, "j F Y"),
        "time": dateformat.format(local, "H:i T"),
        "component": ", ".join(row.component.name for row in rows),
    }
    escaped = {name: escape(value) for name, value in values.items()}
    begun = {
        "title": fill_in(template.title, values),
        "message": fill_in(template.message, escaped),
        "status": template.status,
        "notify_subscribers": True,
    }
    return begun, statuses_of(rows)

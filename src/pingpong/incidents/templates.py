"""Verbs for incident templates: words and components that are kept ready."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from pingpong.events.differences import differences, values_of
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.models import Page

from .affected import Affected, told_components
from .models import IncidentStatus, IncidentTemplate, TemplateComponent


class TemplateNameTakenError(Exception):
    """Another template of the page has this name."""


@transaction.atomic
def create_template(
    page: Page,
    *,
    name: str,
    title: str,
    message: str,
    status: str = IncidentStatus.INVESTIGATING,
    affected: Affected = (),
    by: Actor,
    now: datetime,
) -> IncidentTemplate:
    """Keep a template; `message` is sanitised HTML. Raises TemplateNameTakenError."""
    template = IncidentTemplate(
        page=page, name=name, title=title, message=message, status=status, created_at=now
    )
    _save(template, force_insert=True)
    _affect(template, affected)
    _record(Kind.INCIDENT_TEMPLATE_CREATED, template, {}, by=by, now=now)
    return template


@transaction.atomic
def change_template(
    template: IncidentTemplate,
    changes: Mapping[str, Any],
    *,
    affected: Affected | None = None,
    by: Actor,
    now: datetime,
) -> IncidentTemplate:
    """Change `name`, `title`, `message` or `status`, and the components (None leaves them).

    Raises TemplateNameTakenError.
    """
    template.refresh_from_db()
    before = values_of(template, changes) | told_components(template, affected)
    for field, value in changes.items():
        setattr(template, field, value)
    _save(template, update_fields=list(changes))
    if affected is not None:
        _affect(template, affected)
    changed = sorted([*changes, *(["affected_components"] if affected is not None else [])])
    after = values_of(template, changes) | told_components(template, affected)
    data = {"changed": changed, **differences(before, after)}
    _record(Kind.INCIDENT_TEMPLATE_CHANGED, template, data, by=by, now=now)
    return template


@transaction.atomic
def delete_template(template: IncidentTemplate, *, by: Actor, now: datetime) -> None:
    """Delete a template; incidents that were made with it stay as they are."""
    template.refresh_from_db()
    _record(Kind.INCIDENT_TEMPLATE_DELETED, template, {}, by=by, now=now)
    template.delete()


def _save(template: IncidentTemplate, **how: Any) -> None:
    try:
        template.save(**how)
    except IntegrityError as problem:
        raise TemplateNameTakenError from problem


def _affect(template: IncidentTemplate, affected: Affected) -> None:
    template.affected.all().delete()
    TemplateComponent.objects.bulk_create(
        TemplateComponent(template=template, component=component, status=status, position=position)
        for position, (component, status) in enumerate(affected)
    )


def _record(
    kind: str, template: IncidentTemplate, data: dict[str, Any], *, by: Actor, now: datetime
) -> None:
    record(
        kind,
        page_id=template.page_id,
        subject_id=template.pk,
        by=by,
        now=now,
        data={"name": template.name, **data},
    )

"""Verbs for templates of maintenance: words and components that are kept ready."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from pingpong.components.models import Component
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.models import Page

from .models import MaintenanceTemplate, TemplateComponent


class TemplateNameTakenError(Exception):
    """Another template of the page has this name."""


@transaction.atomic
def create_template(
    page: Page,
    *,
    name: str,
    title: str,
    message: str,
    minutes: int,
    affected: Sequence[Component] = (),
    by: Actor,
    now: datetime,
) -> MaintenanceTemplate:
    """Keep a template: `message` is sanitised HTML, `minutes` is how long the work takes.

    Raises TemplateNameTakenError.
    """
    template = MaintenanceTemplate(
        page=page, name=name, title=title, message=message, minutes=minutes, created_at=now
    )
    _save(template, force_insert=True)
    _affect(template, affected)
    _record(Kind.MAINTENANCE_TEMPLATE_CREATED, template, {}, by=by, now=now)
    return template


@transaction.atomic
def change_template(
    template: MaintenanceTemplate,
    changes: Mapping[str, Any],
    *,
    affected: Sequence[Component] | None = None,
    by: Actor,
    now: datetime,
) -> MaintenanceTemplate:
    """Change `name`, `title`, `message` or `minutes`, and the components (None leaves them).

    Raises TemplateNameTakenError.
    """
    template.refresh_from_db()
    for field, value in changes.items():
        setattr(template, field, value)
    _save(template, update_fields=list(changes))
    if affected is not None:
        _affect(template, affected)
    changed = sorted([*changes, *(["affected_components"] if affected is not None else [])])
    _record(Kind.MAINTENANCE_TEMPLATE_CHANGED, template, {"changed": changed}, by=by, now=now)
    return template


@transaction.atomic
def delete_template(template: MaintenanceTemplate, *, by: Actor, now: datetime) -> None:
    """Delete a template; maintenance that was planned with it stays as it is."""
    template.refresh_from_db()
    _record(Kind.MAINTENANCE_TEMPLATE_DELETED, template, {}, by=by, now=now)
    template.delete()


def _save(template: MaintenanceTemplate, **how: Any) -> None:
    try:
        template.save(**how)
    except IntegrityError as problem:
        raise TemplateNameTakenError from problem


def _affect(template: MaintenanceTemplate, affected: Sequence[Component]) -> None:
    template.affected.all().delete()
    TemplateComponent.objects.bulk_create(
        TemplateComponent(template=template, component=component, position=position)
        for position, component in enumerate(affected)
    )


def _record(
    kind: str, template: MaintenanceTemplate, data: dict[str, Any], *, by: Actor, now: datetime
) -> None:
    record(
        kind,
        page_id=template.page_id,
        subject_id=template.pk,
        by=by,
        now=now,
        data={"name": template.name, **data},
    )

"""Verbs for groups of components."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.changes import change_row, delete_row
from pingpong.pages.models import Page
from pingpong.pages.versions import touch

from .models import ComponentGroup
from .ordering import next_position


@transaction.atomic
def create_group(
    page: Page, *, name: str, description: str | None = None, by: Actor, now: datetime
) -> ComponentGroup:
    """Add a group at the end of the page."""
    touch(page.pk)
    group = ComponentGroup.objects.create(
        page=page,
        name=name,
        description=description,
        position=next_position(ComponentGroup.objects.filter(page=page)),
        created_at=now,
    )
    named = {"name": group.name}
    record(Kind.GROUP_CREATED, page_id=page.pk, subject_id=group.pk, by=by, now=now, data=named)
    return group


@transaction.atomic
def change_group(
    group: ComponentGroup, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> ComponentGroup:
    """Change `name` or `description`; what is not named stays."""
    change_row(group, changes, kind=Kind.GROUP_CHANGED, by=by, now=now)
    return group


@transaction.atomic
def delete_group(group: ComponentGroup, *, by: Actor, now: datetime) -> None:
    """Delete a group; its components stay, without a group."""
    delete_row(group, kind=Kind.GROUP_DELETED, by=by, now=now)

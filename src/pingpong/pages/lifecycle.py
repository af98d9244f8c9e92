"""Verbs for pages."""

import re
from datetime import datetime

from django.db import transaction

from pingpong.events.journal import record, wake
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.text import clean_line

from .models import NAME_LENGTH, Page
from .versions import touch

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


class PageInvalidError(Exception):
    """The name or the slug cannot be taken; the text is one sentence."""


def create_page(*, name: str, slug: str, time_zone: str = "UTC", by: Actor, now: datetime) -> Page:
    """Make an empty page; the slug is one label of a host name, and new."""
    label = clean_line(name)
    if not label or len(label) > NAME_LENGTH:
        raise PageInvalidError(f"A project's name has 1 to {NAME_LENGTH} characters.")
    if not _SLUG.fullmatch(slug):
        raise PageInvalidError(
            "A slug has 1 to 63 lower-case letters, digits and hyphens, none at its ends."
        )
    page = Page.objects.create(name=label, slug=slug, time_zone=time_zone, created_at=now)
    record(
        Kind.PAGE_CREATED,
        page_id=page.pk,
        subject_id=page.pk,
        by=by,
        now=now,
        data={"name": page.name},
    )
    wake()
    return page


@transaction.atomic
def delete_page(page: Page, *, by: Actor, now: datetime) -> None:
    """Delete a page with all that stands on it; its events stay.

    Where monitors may be running, `monitors.page_deletion` is what to call.
    """
    touch(page.pk)
    page.refresh_from_db()  # of two that delete it, one is told that it is gone
    record(
        Kind.PAGE_DELETED,
        page_id=page.pk,
        subject_id=page.pk,
        by=by,
        now=now,
        data={"name": page.name, "slug": page.slug},
    )
    page.delete()

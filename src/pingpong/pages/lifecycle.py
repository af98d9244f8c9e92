"""Verbs for pages."""

import re
from datetime import datetime

from django.db import IntegrityError, transaction

from pingpong.events.journal import record, wake
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.text import clean_line

from .models import NAME_LENGTH, FormerSlug, Page
from .versions import touch

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


class PageInvalidError(Exception):
    """The name or the slug cannot be taken; the text is one sentence, `field` says which it is."""

    def __init__(self, text: str, *, field: str = "") -> None:
        super().__init__(text)
        self.field = field


class SlugOfAnotherError(PageInvalidError):
    """Another page has this address, or had it lately."""


@transaction.atomic
def create_page(*, name: str, slug: str, time_zone: str = "UTC", by: Actor, now: datetime) -> Page:
    """Make an empty page; the slug is one label of a host name, and new; or PageInvalidError."""
    label = clean_line(name)
    if not label or len(label) > NAME_LENGTH:
        raise PageInvalidError(f"A project's name has 1 to {NAME_LENGTH} characters.", field="name")
    if not SLUG.fullmatch(slug):
        raise PageInvalidError(
            "A slug has 1 to 63 lower-case letters, digits and hyphens, none at its ends.",
            field="slug",
        )
    if FormerSlug.objects.filter(slug=slug, until__gt=now).exists():
        raise SlugOfAnotherError("Another page had this address lately.", field="slug")
    page = Page(name=label, slug=slug, time_zone=time_zone, created_at=now)
    try:
        with transaction.atomic():
            page.save(force_insert=True)
    except IntegrityError as problem:
        raise SlugOfAnotherError(f"Another page has the slug {slug!r}.", field="slug") from problem
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


def refuse_foreign_slug(slug: str, *, page_id: str, now: datetime) -> None:
    """Raise SlugOfAnotherError where an address is, or lately was, another page's."""
    is_used = Page.objects.filter(slug=slug).exclude(pk=page_id).exists()
    former = FormerSlug.objects.filter(slug=slug, until__gt=now).exclude(page_id=page_id)
    if is_used or former.exists():
        raise SlugOfAnotherError("Another page has this address.", field="slug")

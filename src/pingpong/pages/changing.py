"""Verbs for what a page is called, where it is found, and how it counts time."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.db.models import F

from pingpong.events.differences import differences
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.text import clean_line

from .languages import LANGUAGES
from .lifecycle import SLUG, PageInvalidError, SlugOfAnotherError, refuse_foreign_slug
from .models import NAME_LENGTH, FormerSlug, Page
from .versions import touch

# So long an address that was given up leads to the page.
KEPT_FOR = timedelta(days=90)


@transaction.atomic
def change_page(page: Page, changes: Mapping[str, Any], *, by: Actor, now: datetime) -> None:
    """Change `name`, `slug`, `time_zone`, `language`, `languages`, `is_indexed` or `shows_doubts`.

    Raises PageInvalidError, SlugOfAnotherError. The former address leads to the new one for
    `KEPT_FOR`.
    """
    touch(page.pk)
    page.refresh_from_db()
    wanted = {field: _checked(field, value) for field, value in changes.items()}
    moved = {field: value for field, value in wanted.items() if getattr(page, field) != value}
    if not moved:
        return
    before = {field: getattr(page, field) for field in moved}
    if "slug" in moved:
        _move(page, moved["slug"], now=now)
    for field, value in moved.items():
        setattr(page, field, value)
    page.save(update_fields=list(moved))
    record(
        Kind.PAGE_CHANGED,
        page_id=page.pk,
        subject_id=page.pk,
        by=by,
        now=now,
        data=differences(before, moved),
    )


def _move(page: Page, slug: str, *, now: datetime) -> None:
    refuse_foreign_slug(slug, page_id=page.pk, now=now)
    FormerSlug.objects.filter(slug=slug).delete()
    FormerSlug.objects.update_or_create(
        slug=page.slug, defaults={"page": page, "until": now + KEPT_FOR}
    )
    try:
        # Its own savepoint: of two that want one address, the second is told.
        with transaction.atomic():
            Page.objects.filter(pk=page.pk).update(slug=slug, door_version=F("door_version") + 1)
    except IntegrityError as problem:
        raise SlugOfAnotherError("Another page has this address.", field="slug") from problem


def _checked(field: str, value: Any) -> Any:
    if field == "name":
        label = clean_line(value)
        if not label or len(label) > NAME_LENGTH:
            raise PageInvalidError(
                f"A project's name has 1 to {NAME_LENGTH} characters.", field=field
            )
        return label
    if field == "slug":
        if not SLUG.fullmatch(value):
            raise PageInvalidError(
                "A slug has 1 to 63 lower-case letters, digits and hyphens, none at its ends.",
                field=field,
            )
        return value
    if field == "time_zone" and value not in available_timezones():
        raise PageInvalidError("There is no such time zone.", field=field)
    if field == "language" and value not in LANGUAGES:
        raise PageInvalidError("There is no such language.", field=field)
    if field == "languages":
        return sorted(one for one in set(value) if one in LANGUAGES)
    return value

"""Verbs for how a page looks: colours, links, pictures and a style sheet."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from pingpong.events.differences import differences
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit import contrast, page_css, pictures
from pingpong.kit.actor import Actor
from pingpong.kit.egress import TargetInvalidError
from pingpong.kit.egress.names import canonical_host
from pingpong.kit.text import clean_line

from .look import Link
from .models import Branding, Page, PagePicture, PictureKind
from .versions import touch

MOST_LINKS = 8
LONGEST_LABEL = 40
LONGEST_URL = 500
FIRST_PRINTABLE = "!"
# A longer style sheet is no line of a log: of it is told that it was changed.
_TOLD_SHEET = 200


class LookInvalidError(Exception):
    """Something of the look cannot be taken; `field` says what, the text is one sentence."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


@transaction.atomic
def change_branding(
    page: Page, changes: Mapping[str, Any], *, by: Actor, now: datetime
) -> page_css.Filtered | None:
    """Change fields of `Branding`; raises LookInvalidError.

    `color`, `dark_color`: `#rrggbb` or empty. `header_links`, `footer_links`: sequences of Link.
    `css_typed`: a style sheet; what was left out of it is returned.
    """
    touch(page.pk)
    row, _ = Branding.objects.get_or_create(page=page)
    before = _told(row, changes)
    filtered = None
    for field, value in changes.items():
        if field == "css_typed":
            filtered = filter_sheet(value)
            row.css_typed, row.css = value, filtered.css
        elif field in ("color", "dark_color"):
            setattr(row, field, checked_color(field, value))
        elif field in ("header_links", "footer_links"):
            setattr(row, field, checked_links(field, value))
        else:
            raise KeyError(field)
    row.save()
    _record(page, before, _told(row, changes), by=by, now=now)
    return filtered


@transaction.atomic
def put_picture(page: Page, kind: PictureKind, content: bytes, *, by: Actor, now: datetime) -> None:
    """Show a picture from now on; raises LookInvalidError. It is kept byte by byte."""
    touch(page.pk)
    try:
        seen = pictures.inspect(content)
    except pictures.PictureInvalidError as problem:
        raise LookInvalidError(kind.value, str(problem)) from problem
    before = _measures(PagePicture.objects.filter(page=page, kind=kind).first())
    row, _ = PagePicture.objects.update_or_create(
        page=page,
        kind=kind,
        defaults={
            "digest": hashlib.blake2b(content, digest_size=16).hexdigest(),
            "content_type": seen.content_type,
            "suffix": seen.suffix,
            "width": seen.width,
            "height": seen.height,
            "content": content,
        },
    )
    _record(page, {kind.value: before}, {kind.value: _measures(row)}, by=by, now=now)


@transaction.atomic
def remove_picture(page: Page, kind: PictureKind, *, by: Actor, now: datetime) -> None:
    """Take a picture away; where there is none, nothing happens."""
    touch(page.pk)
    row = PagePicture.objects.filter(page=page, kind=kind).first()
    if row is not None:
        row.delete()
        _record(page, {kind.value: _measures(row)}, {kind.value: ""}, by=by, now=now)


def filter_sheet(text: str) -> page_css.Filtered:
    """Return what of a style sheet is shown; raises LookInvalidError for one that is too long."""
    if len(text.encode("utf-8", "replace")) > page_css.MAX_BYTES:
        kib = page_css.MAX_BYTES // 1024
        raise LookInvalidError("css_typed", f"The style sheet is longer than {kib} KiB.")
    return page_css.filter_css(text.replace("\0", ""))


def checked_color(field: str, text: str) -> str:
    """Return a colour as `#rrggbb`; raises LookInvalidError."""
    if not text.strip():
        return ""
    try:
        return contrast.write(contrast.parse(text))
    except contrast.ColorInvalidError as problem:
        raise LookInvalidError(field, str(problem)) from problem


def checked_links(field: str, links: Iterable[Link]) -> list[dict[str, str]]:
    """Return links as they are stored; raises LookInvalidError."""
    found = []
    for link in links:
        label = clean_line(link.label)
        if not label or len(label) > LONGEST_LABEL:
            raise LookInvalidError(field, f"A link's text has 1 to {LONGEST_LABEL} characters.")
        found.append({"label": label, "url": checked_address(field, link.url)})
    if len(found) > MOST_LINKS:
        raise LookInvalidError(field, f"There is room for {MOST_LINKS} links.")
    return found


def checked_address(field: str, typed: str) -> str:
    """Return where a link may lead: https to a named host, or a mail address."""
    url = typed.strip()
    refusal = LookInvalidError(
        field, f"{url[:60]!r} does not begin with https:// or mailto: or is no whole address."
    )
    # Browsers leave out control characters and read a backslash as a slash: neither gets there.
    odd = any(letter < FIRST_PRINTABLE or letter in '\\"<>\x7f' for letter in url)
    if odd or len(url) > LONGEST_URL or not url.isprintable():
        raise refusal
    try:
        parts = urlsplit(url)
        if parts.scheme == "mailto" and not parts.query:
            validate_email(parts.path)
            return url
        if parts.scheme == "https" and "@" not in parts.netloc and parts.port != 0:
            host = parts.hostname or ""
            canonical_host(f"[{host}]" if ":" in host else host)
            return url
    except (ValueError, TargetInvalidError, ValidationError) as problem:
        raise refusal from problem
    raise refusal


def _told(row: Branding, fields: Iterable[str]) -> dict[str, Any]:
    """Return the fields as the log tells them: a link is one line."""
    told: dict[str, Any] = {field: getattr(row, field) for field in fields}
    for field in told.keys() & {"header_links", "footer_links"}:
        told[field] = [f"{one['label']}: {one['url']}" for one in told[field]]
    return told


def _measures(row: PagePicture | None) -> str:
    """Return what a log can say of a picture: ``120 x 40, image/png, 1b2c3d4e``."""
    if row is None:
        return ""
    return f"{row.width} x {row.height}, {row.content_type}, {row.digest[:8]}"


def _record(
    page: Page, before: Mapping[str, Any], after: Mapping[str, Any], *, by: Actor, now: datetime
) -> None:
    sheets = [one.get("css_typed", "") for one in (before, after)]
    is_long = max(map(len, sheets)) > _TOLD_SHEET and sheets[0] != sheets[1]
    record(
        Kind.PAGE_LOOK_CHANGED,
        page_id=page.pk,
        subject_id=page.pk,
        by=by,
        now=now,
        data={
            "changed": sorted(after),
            **differences(before, after, hidden=["css_typed"] if is_long else ()),
        },
    )

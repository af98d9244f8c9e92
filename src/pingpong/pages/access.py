"""Who may see a page: verbs that say so, and the check of a password at its door."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import F

from pingpong.events.differences import differences
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.client_ip import Network, is_within, networks

from .models import Page, PageAccess, PasswordTry, Visibility
from .versions import touch

SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 128
MOST_NETWORKS = 100
TRIES_WITHIN = timedelta(minutes=15)
MOST_TRIES = 10
# Of all addresses together: many machines guess no faster than this.
MOST_TRIES_IN_ALL = 200
_NEVER_MATCHES = "!"


class PageAccessInvalidError(Exception):
    """What was said about the access cannot be taken; `field` is `password` or `networks`."""

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.field = field


class Verdict(StrEnum):
    """What became of a typed password."""

    RIGHT = "right"
    WRONG = "wrong"
    TOO_MANY = "too many"


@dataclass(frozen=True, slots=True)
class Access:
    """Who sees a page. `password_version` is 0 while there is no password."""

    visibility: Visibility
    password_version: int
    networks: tuple[Network, ...]

    def admits_address(self, address: str) -> bool:
        return self.visibility == Visibility.NETWORKS and is_within(address, self.networks)


@transaction.atomic
def change_access(
    page: Page,
    *,
    visibility: Visibility,
    password: str = "",
    network_list: str = "",
    by: Actor,
    now: datetime,
) -> None:
    """Say who sees the page. An empty `password` leaves the one that is there.

    Raises PageAccessInvalidError. Web processes stop serving a page that is not public any more
    within a second, without the engine.
    """
    touch(page.pk)
    row, _ = PageAccess.objects.get_or_create(page=page)
    if visibility == Visibility.PASSWORD:
        _take_password(row, password)
    if visibility == Visibility.NETWORKS:
        row.networks = _listed(network_list)
    row.save()
    page.refresh_from_db(fields=["visibility"])
    before = page.visibility
    Page.objects.filter(pk=page.pk).update(
        visibility=visibility, door_version=F("door_version") + 1
    )
    page.visibility = visibility
    record(
        Kind.PAGE_ACCESS_CHANGED,
        page_id=page.pk,
        subject_id=page.pk,
        by=by,
        now=now,
        data=differences(
            {"visibility": before},
            {"visibility": visibility.value},
            hidden=["password"] if password else [],
        ),
    )


def access_of(page: Page) -> Access:
    """Return who sees a page. One query, none for a public one."""
    visibility = Visibility(page.visibility)
    row = None
    if visibility != Visibility.PUBLIC:
        row = PageAccess.objects.filter(page=page).first()
    return Access(
        visibility=visibility,
        password_version=row.password_version if row else 0,
        networks=networks(row.networks) if row else (),
    )


def try_password(page: Page, typed: str, *, address: str, now: datetime) -> Verdict:
    """Compare a typed password; the try is written down first, so that none goes uncounted."""
    row = PageAccess.objects.filter(page=page).first()
    since = now - TRIES_WITHIN
    attempt = PasswordTry.objects.create(page=page, address=address[:64], at=now)
    tries = PasswordTry.objects.filter(page=page, at__gt=since)
    own = tries.filter(address=address[:64]).count()
    if own > MOST_TRIES or tries.count() > MOST_TRIES_IN_ALL:
        attempt.delete()
        return Verdict.TOO_MANY
    hashed = row.password if row and row.password else _NEVER_MATCHES
    if len(typed) > LONGEST_PASSWORD or not check_password(typed, hashed):
        return Verdict.WRONG
    attempt.delete()
    return Verdict.RIGHT


def forget_old(now: datetime) -> int:
    """Delete tries that count no more; return how many."""
    gone, _ = PasswordTry.objects.filter(at__lte=now - TRIES_WITHIN).delete()
    return gone


def _take_password(row: PageAccess, password: str) -> None:
    if not password and not row.password:
        raise PageAccessInvalidError("password", "A page with a password needs one.")
    if not password:
        return
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD or "\0" in password:
        raise PageAccessInvalidError(
            "password", f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."
        )
    row.password = make_password(password)
    row.password_version += 1


def _listed(text: str) -> str:
    try:
        found = networks(text)
    except ValueError as problem:
        raise PageAccessInvalidError("networks", str(problem)) from problem
    if not 0 < len(found) <= MOST_NETWORKS:
        raise PageAccessInvalidError("networks", f"Name 1 to {MOST_NETWORKS} networks.")
    return "\n".join(str(one) for one in found)

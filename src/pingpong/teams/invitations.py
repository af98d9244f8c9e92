"""Verbs for invitations into a team: made, sent again, and taken back."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from pingpong.accounts.mail import can_send
from pingpong.accounts.models import Person
from pingpong.accounts.people import normal_email
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.kit.secrets import keyed_hash, new_token
from pingpong.pages.models import Page
from pingpong.pages.versions import wait_turn

from .invitation_letters import post_letter
from .keys import invitation_key
from .members import require_rank
from .models import Invitation

COUNTS_FOR = timedelta(days=7)
LONGEST = timedelta(days=30)
MOST_OPEN = 100
# Where config.urls mounts the screen, as domain packages reverse no addresses; a test compares.
INVITATION_PATH = "/dashboard/invitation/"


class TooManyInvitationsError(Exception):
    """So many invitations of a project are open that some should be taken back first."""


class InvitationOverError(Exception):
    """The invitation was accepted, taken back or has expired, or there never was one."""


@transaction.atomic
def invite(
    page: Page,
    *,
    role: str,
    email: str = "",
    counts_for: timedelta = COUNTS_FOR,
    inviter: Person,
    now: datetime,
) -> tuple[Invitation, str]:
    """Invite an address, or whoever has the link; return the row and the link.

    To an address the link goes by mail where there is a mail server, and then it is returned
    empty: nobody else is to see it. Admins give roles below owner, owners every one. Nothing here
    depends on whether the address has an account. Raises RoleForbiddenError, PersonInvalidError,
    TooManyInvitationsError, LettersLimitError.
    """
    by = Actor(inviter.name, inviter.pk)
    wait_turn(page.pk)
    require_rank(page.pk, by, role)
    if open_invitations(page, now=now).count() >= MOST_OPEN:
        raise TooManyInvitationsError
    invitation = Invitation(
        page=page,
        role=role,
        email=normal_email(email) if email else "",
        invited_by=inviter,
        created_at=now,
        expires_at=now + min(counts_for, LONGEST),
    )
    link = _make_link(invitation)
    invitation.save(force_insert=True)
    return _told(Kind.INVITATION_CREATED, invitation, link, by=by, now=now)


@transaction.atomic
def renew_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> tuple[Invitation, str]:
    """Make a new link with a new term in place of the old one, and send it as :func:`invite`.

    One that has expired comes to life again. Raises InvitationOverError, RoleForbiddenError,
    LettersLimitError.
    """
    wait_turn(invitation.page_id)
    require_rank(invitation.page_id, by, invitation.role)
    term = min(invitation.expires_at - invitation.created_at, LONGEST)
    link = _make_link(invitation)
    renewed = _not_over(invitation).update(
        digest=invitation.digest,
        is_mailed=invitation.is_mailed,
        created_at=now,
        expires_at=now + term,
    )
    if not renewed:
        raise InvitationOverError
    invitation.refresh_from_db()
    return _told(Kind.INVITATION_RENEWED, invitation, link, by=by, now=now)


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Actor, now: datetime) -> bool:
    """Take an invitation back; False when it was over before. Raises RoleForbiddenError."""
    wait_turn(invitation.page_id)
    require_rank(invitation.page_id, by, invitation.role)
    revoked = _not_over(invitation).update(revoked_at=now)
    if revoked:
        record_invitation(Kind.INVITATION_REVOKED, invitation, by=by, now=now)
    return bool(revoked)


@transaction.atomic
def send_to(invitation: Invitation, email: str, *, now: datetime) -> None:
    """Send the seat of an open link to an address, in whose place it can be accepted.

    So who has no account proves the address before there is one. Raises InvitationOverError,
    PersonInvalidError, LettersLimitError.
    """
    wait_turn(invitation.page_id)
    if invitation.email or not can_send() or not _not_over(invitation).exists():
        raise InvitationOverError
    bound = Invitation(
        page=invitation.page,
        role=invitation.role,
        email=normal_email(email),
        invited_by=invitation.invited_by,
        asked_through=invitation,
        created_at=now,
        expires_at=invitation.expires_at,
    )
    link = _make_link(bound)
    bound.save(force_insert=True)
    post_letter(bound, link, now=now)


def open_invitations(page: Page, *, now: datetime) -> "QuerySet[Invitation]":
    """Return what may still be accepted; those that somebody had sent to an address left out."""
    return Invitation.objects.filter(
        page=page,
        asked_through__isnull=True,
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=now,
    )


def record_invitation(kind: str, invitation: Invitation, *, by: Actor, now: datetime) -> None:
    """Leave an event of an invitation; never with its link."""
    record(
        kind,
        page_id=invitation.page_id,
        subject_id=invitation.pk,
        by=by,
        now=now,
        data={
            "name": invitation.email,
            "role": str(invitation.role),
            "is_mailed": invitation.is_mailed,
        },
    )


def digest_of(token: str) -> str:
    """Return what is stored of the text in a link."""
    return keyed_hash(invitation_key(), token)


def _make_link(invitation: Invitation) -> str:
    token = new_token()
    invitation.digest = digest_of(token)
    invitation.is_mailed = bool(invitation.email) and can_send()
    return f"{settings.BASE_URL}{INVITATION_PATH}{token}/"


def _told(
    kind: str, invitation: Invitation, link: str, *, by: Actor, now: datetime
) -> tuple[Invitation, str]:
    record_invitation(kind, invitation, by=by, now=now)
    if not invitation.is_mailed:
        return invitation, link
    post_letter(invitation, link, now=now)
    return invitation, ""


def _not_over(invitation: Invitation) -> "QuerySet[Invitation]":
    return Invitation.objects.filter(
        pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True
    )

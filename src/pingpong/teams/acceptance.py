"""Accepting an invitation: once, by whom it is for."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from pingpong.accounts.models import Person
from pingpong.accounts.people import normal_email, register
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.versions import wait_turn

from .invitations import InvitationOverError, digest_of, record_invitation
from .members import RoleForbiddenError, add_member, require_rank
from .models import Invitation, Membership

# Longer texts are in no link of ours and are not worth hashing.
_TOKEN_LENGTH = 64


class AnotherAddressError(Exception):
    """The invitation is for an address, and not for that of this account."""


class AlreadyMemberError(Exception):
    """Who accepts is in the team already; the invitation stays for somebody else."""


class AddressUnavailableError(Exception):
    """No account can be made with this address: perhaps there is one."""


def find_invitation(token: str, *, now: datetime) -> Invitation | None:
    """Return the invitation of a link that may still be accepted. Up to two queries.

    It counts no more than who made it may give now: an inviter who was removed, made less or
    disabled invites nobody.
    """
    if len(token) != _TOKEN_LENGTH:
        return None
    found = (
        Invitation.objects.select_related("page", "invited_by")
        .filter(
            Q(asked_through__isnull=True)
            | Q(asked_through__accepted_at__isnull=True, asked_through__revoked_at__isnull=True),
            digest=digest_of(token),
            accepted_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=now,
            invited_by__is_active=True,
        )
        .first()
    )
    if found is None:
        return None
    try:
        require_rank(found.page_id, Actor("", found.invited_by_id), found.role)
    except RoleForbiddenError:
        return None
    return found


@transaction.atomic
def accept_invitation(token: str, person: Person, *, now: datetime) -> Membership:
    """Take the seat; of many who try at once with one link exactly one succeeds.

    Raises InvitationOverError, AnotherAddressError, AlreadyMemberError.
    """
    invitation = find_invitation(token, now=now)
    if invitation is None:
        raise InvitationOverError
    wait_turn(invitation.page_id)
    if invitation.email and invitation.email != person.email:
        raise AnotherAddressError
    if Membership.objects.filter(page_id=invitation.page_id, person=person).exists():
        raise AlreadyMemberError
    _claim(invitation, token, now=now)
    by = Actor(person.name, person.pk)
    record_invitation(Kind.INVITATION_ACCEPTED, invitation, by=by, now=now)
    return add_member(invitation.page, person, role=invitation.role, by=by, now=now)


@transaction.atomic
def accept_with_new_account(
    token: str, *, email: str, name: str, password: str, now: datetime
) -> Membership:
    """Make an account and take the seat with it. The link's own address counts before `email`.

    The address is verified when the link came by mail to it. Raises InvitationOverError,
    AddressUnavailableError, PersonInvalidError; then nothing was made.
    """
    invitation = find_invitation(token, now=now)
    if invitation is None:
        raise InvitationOverError
    address = normal_email(invitation.email or email)
    if Person.objects.filter(email=address).exists():
        raise AddressUnavailableError
    try:
        with transaction.atomic():
            person = register(
                email=address,
                name=name,
                password=password,
                is_verified=invitation.is_mailed,
                now=now,
            )
    except IntegrityError as problem:
        raise AddressUnavailableError from problem
    return accept_invitation(token, person, now=now)


def _claim(invitation: Invitation, token: str, *, now: datetime) -> None:
    """Mark the seat as taken: of a link, and of the open link that it was asked at."""
    open_ones = Invitation.objects.filter(accepted_at__isnull=True, revoked_at__isnull=True)
    mine = open_ones.filter(pk=invitation.pk, digest=digest_of(token), expires_at__gt=now)
    if not mine.update(accepted_at=now):
        raise InvitationOverError
    asked = invitation.asked_through_id
    if asked is not None and not open_ones.filter(pk=asked).update(accepted_at=now):
        raise InvitationOverError

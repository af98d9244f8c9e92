"""Verbs for the people of a page."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from pingpong.accounts.models import Person
from pingpong.events.differences import differences
from pingpong.events.journal import record
from pingpong.events.kinds import Kind
from pingpong.kit.actor import Actor
from pingpong.pages.models import Page
from pingpong.pages.versions import wait_turn

from .models import Invitation, Membership
from .roles import Role, reaches


class RoleForbiddenError(Exception):
    """The role of who does it is not enough: only owners make and unmake owners."""


class LastOwnerError(Exception):
    """Without this person the project would have no owner."""


class MemberChangedError(Exception):
    """Somebody else has changed or removed this member meanwhile."""


@transaction.atomic
def add_member(page: Page, person: Person, *, role: str, by: Actor, now: datetime) -> Membership:
    """Give a person a role on a page; one role a person and page."""
    membership = Membership.objects.create(page=page, person=person, role=role, created_at=now)
    _record(Kind.MEMBER_ADDED, membership, role, by=by, now=now)
    return membership


@transaction.atomic
def change_role(membership: Membership, role: str, *, by: Actor, now: datetime) -> Membership:
    """Give a member another role; it counts from the next request on, for tokens too.

    Admins give roles below owner, owners every one. Raises RoleForbiddenError, LastOwnerError, and
    MemberChangedError when the member no longer has the role that `membership` says.
    """
    before = membership.role
    wait_turn(membership.page_id)
    require_rank(membership.page_id, by, before, role)
    _require_owner_without(membership, role)
    if before == role:
        return membership
    if not _same(membership).update(role=role):
        raise MemberChangedError
    membership.role = role
    _record(Kind.MEMBER_ROLE_CHANGED, membership, before, by=by, now=now)
    withdraw_invitations(membership, now=now)
    return membership


@transaction.atomic
def remove_member(membership: Membership, *, by: Actor, now: datetime) -> None:
    """Take somebody out of the team, with the tokens of that membership.

    Raises RoleForbiddenError, LastOwnerError, MemberChangedError.
    """
    wait_turn(membership.page_id)
    require_rank(membership.page_id, by, membership.role)
    _remove(Kind.MEMBER_REMOVED, membership, by=by, now=now)


@transaction.atomic
def leave(membership: Membership, *, by: Actor, now: datetime) -> None:
    """Go out of a team; the last owner cannot: LastOwnerError. Raises MemberChangedError."""
    wait_turn(membership.page_id)
    _remove(Kind.MEMBER_LEFT, membership, by=by, now=now)


def require_rank(page_id: str, by: Actor, *roles: str) -> None:
    """Raise RoleForbiddenError unless who does it may give and take these roles. One query."""
    least = Role.OWNER if Role.OWNER in roles else Role.ADMIN
    own = Membership.objects.filter(page_id=page_id, person_id=by.person_id)
    role = own.values_list("role", flat=True).first()
    if role is None or not reaches(role, least):
        raise RoleForbiddenError


def withdraw_invitations(membership: Membership, *, now: datetime, is_gone: bool = False) -> None:
    """End the open invitations of somebody who may no longer give such a role."""
    open_ones = Invitation.objects.filter(
        page_id=membership.page_id,
        invited_by_id=membership.person_id,
        accepted_at__isnull=True,
        revoked_at__isnull=True,
    )
    if not is_gone and membership.role == Role.OWNER:
        return
    if not is_gone and membership.role == Role.ADMIN:
        open_ones = open_ones.filter(role=Role.OWNER)
    open_ones.update(revoked_at=now)


def _remove(kind: str, membership: Membership, *, by: Actor, now: datetime) -> None:
    _require_owner_without(membership, "")
    if not _same(membership).exists():
        raise MemberChangedError
    _record(kind, membership, membership.role, by=by, now=now)
    withdraw_invitations(membership, now=now, is_gone=True)
    _same(membership).delete()


def _same(membership: Membership) -> "QuerySet[Membership]":
    return Membership.objects.filter(pk=membership.pk, role=membership.role)


def _require_owner_without(membership: Membership, role: str) -> None:
    if membership.role != Role.OWNER or role == Role.OWNER:
        return
    owners = Membership.objects.filter(
        page_id=membership.page_id, role=Role.OWNER, person__is_active=True
    )
    if not owners.exclude(pk=membership.pk).exists():
        raise LastOwnerError


def _record(kind: str, membership: Membership, before: str, *, by: Actor, now: datetime) -> None:
    role = str(membership.role)
    record(
        kind,
        page_id=membership.page_id,
        subject_id=membership.person_id,
        by=by,
        now=now,
        data={
            "name": membership.person.name,
            "role": role,
            **differences({"role": str(before)}, {"role": role}),
        },
    )
